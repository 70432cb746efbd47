"""``flask check``: journals, frozen hashes, stored files, totals, foreign keys; a line for each damage, exit 1."""

from collections.abc import Iterator
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from thidua.commands.check_evidence import evidence_damages
from thidua.commands.check_meeting import meeting_damages
from thidua.commands.check_office import office_damages
from thidua.commands.check_papers import paper_damages
from thidua.commands.check_preparation import preparation_damages
from thidua.commands.check_returns import return_damages
from thidua.commands.check_sessions import session_damages
from thidua.commands.check_writing import writing_damages
from thidua.doors.files import FileStore
from thidua.extensions import db
from thidua.models import ChecklistSession, JournalEntry, Paper


@click.command("check")
@with_appcontext
def command() -> None:
    """Kiểm tra sự toàn vẹn của dữ liệu; mã thoát 1 khi có hư hại."""
    session = db.session()
    if session.get_bind().dialect.name == "postgresql":  # one picture of everything while others go on writing
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    store = FileStore(Path(current_app.instance_path) / "files")
    damages = [
        *session_damages(session),
        *meeting_damages(session),
        *writing_damages(session),
        *paper_damages(session, store),
        *evidence_damages(session, store),
        *office_damages(session, store),
        *preparation_damages(session),
        *return_damages(session),
        *foreign_key_damages(session),
    ]
    for damage in damages:
        click.echo(damage)
    counts = [session.scalar(select(func.count(model.id))) for model in (ChecklistSession, JournalEntry, Paper)]
    click.echo(
        f"Đã kiểm tra {counts[0]} buổi kiểm tra, {counts[1]} bước nhật ký, {counts[2]} văn bản: "
        + (f"{len(damages)} hư hại." if damages else "nguyên vẹn.")
    )
    if damages:
        raise SystemExit(1)


def foreign_key_damages(session: Session) -> Iterator[str]:
    """Rows that point nowhere, and a damaged database file (SQLite; PostgreSQL enforces its keys itself)."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for row in session.execute(text("PRAGMA foreign_key_check")):
        yield f"Bảng {row[0]}, dòng {row[1]}: trỏ đến một dòng không có trong bảng {row[2]}."
    for (line,) in session.execute(text("PRAGMA integrity_check")):
        if line != "ok":
            yield f"Tệp cơ sở dữ liệu hỏng: {line}"
