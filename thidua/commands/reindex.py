"""``flask reindex``: writes every passage anew, one session a transaction, while the service goes on."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, Passage
from thidua.models.passage import index_session
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
    begun = _sessions_with_words()
    written = 0
    with click.progressbar(begun, label="Lập chỉ mục") as sessions:
        for checklist_session_id in sessions:
            begin_writing()
            written += index_session(db.session(), checklist_session_id)
            db.session.commit()
            db.session.expunge_all()
    click.echo(f"Đã lập chỉ mục {written} đoạn của {len(begun)} buổi kiểm tra.")


def _sessions_with_words() -> list[int]:
    """Every checklist session that has begun, and any that has passages from before."""
    begun = select(ChecklistSession.id).where(ChecklistSession.state != lifecycle.PLANNED)
    found = db.session.scalars(begun.union(select(Passage.checklist_session_id))).all()
    db.session.rollback()
    return sorted(found)
