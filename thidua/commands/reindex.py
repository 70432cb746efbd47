"""``flask reindex``: writes every passage anew, one session a transaction, while the service goes on."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, Passage
from thidua.models.passage import forget_passages, index_session
from thidua.models.passage.index import empty_old_index
from thidua.rules import lifecycle


@click.command("reindex")
@with_appcontext
def command() -> None:
    """Lập lại chỉ mục tìm kiếm; không cần dừng máy chủ."""
    begin_writing()
    emptied = empty_old_index(db.session())
    db.session.commit()
    if emptied:
        click.echo("Cách đánh chỉ mục đã đổi: trong lúc lập lại, kết quả tìm kiếm chưa đủ.")
    signed = _signed_sessions()
    _forget_unsigned()
    written = 0
    with click.progressbar(signed, label="Lập chỉ mục") as sessions:
        for checklist_session_id in sessions:
            begin_writing()
            written += index_session(db.session(), checklist_session_id)
            db.session.commit()
            db.session.expunge_all()
    click.echo(f"Đã lập chỉ mục {written} đoạn của {len(signed)} buổi kiểm tra.")


def _signed_sessions() -> list[int]:
    """Every signed checklist session. One under way is not in the archive yet: what it says still changes."""
    found = db.session.scalars(
        select(ChecklistSession.id).where(ChecklistSession.state == lifecycle.SIGNED).order_by(ChecklistSession.id)
    ).all()
    db.session.rollback()
    return list(found)


def _forget_unsigned() -> None:
    """Take out what stands in the index for sessions that are not signed."""
    begin_writing()
    signed = select(ChecklistSession.id).where(ChecklistSession.state == lifecycle.SIGNED)
    stray = db.session.scalars(
        select(Passage.checklist_session_id).distinct().where(Passage.checklist_session_id.not_in(signed))
    ).all()
    for checklist_session_id in stray:
        forget_passages(db.session(), checklist_session_id)
    db.session.commit()
