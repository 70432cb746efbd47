"""``flask check``: journals, frozen hashes, signatures, totals and foreign keys, recomputed; a line for each damage."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select, text
from sqlalchemy.orm import Session, joinedload, selectinload

from thidua.doors.files import FileProblem, FileStore
from thidua.extensions import db
from thidua.models import ChecklistSession, Conclusion, JournalEntry, Minutes
from thidua.models.finders import sheet_of
from thidua.models.journal import chain_damages
from thidua.models.score import plain_entry
from thidua.rules.points import api_points
from thidua.rules.scoring import compute_totals


@click.command("check")
@with_appcontext
def command() -> None:
    """Kiểm tra sự toàn vẹn của dữ liệu; mã thoát 1 khi có hư hại."""
    session = db.session()
    store = FileStore(Path(current_app.instance_path) / "files")
    damages = [*journal_damages(session), *minutes_damages(session, store), *foreign_key_damages(session)]
    for damage in damages:
        click.echo(damage)
    counts = [len(session.scalars(select(model.id)).all()) for model in (ChecklistSession, JournalEntry, Minutes)]
    click.echo(
        f"Đã kiểm tra {counts[0]} buổi kiểm tra, {counts[1]} bước nhật ký, {counts[2]} biên bản: "
        + (f"{len(damages)} hư hại." if damages else "nguyên vẹn.")
    )
    if damages:
        raise SystemExit(1)


def journal_damages(session: Session) -> Iterator[str]:
    """Broken chains, and standing scores that no journal entry explains."""
    for room in session.scalars(select(ChecklistSession).options(selectinload(ChecklistSession.scores))):
        entries = list(
            session.scalars(
                select(JournalEntry).where(JournalEntry.checklist_session_id == room.id).order_by(JournalEntry.revision)
            )
        )
        for damage in chain_damages(entries, revision=room.revision, head_hash=room.head_hash):
            yield f"Buổi kiểm tra {room.id}: {damage}."
        yield from _unexplained_scores(room, entries)


def _unexplained_scores(room: ChecklistSession, entries: list[JournalEntry]) -> Iterator[str]:
    by_revision = {entry.revision: entry for entry in entries}
    for score in room.scores:
        entry = by_revision.get(score.version)
        written = {"criterion_id": score.criterion_id, **score.value}
        if entry is None or entry.kind != f"score.{score.perspective}" or _content(entry) != written:
            yield f"Buổi kiểm tra {room.id}: điểm của tiêu chí {score.criterion_id} không khớp với nhật ký."


def _content(entry: JournalEntry) -> Any:
    try:
        return entry.content
    except json.JSONDecodeError:
        return None


def minutes_damages(session: Session, store: FileStore) -> Iterator[str]:
    """Frozen text, totals, stored files and signatures that do not agree with their hashes."""
    statement = select(Minutes).options(
        selectinload(Minutes.revisions),
        selectinload(Minutes.signatures),
        joinedload(Minutes.conclusion).joinedload(Conclusion.checklist_session),
    )
    for minutes in session.scalars(statement):
        name = f"Biên bản {minutes.number_label} năm {minutes.year}"
        if hashlib.sha256(minutes.frozen.encode()).hexdigest() != minutes.sha256:
            yield f"{name}: nội dung đã chốt bị sửa."
        else:
            yield from _content_damages(session, minutes, name)
        yield from _file_damages(minutes, store, name)
        yield from _signature_damages(minutes, name)


def _content_damages(session: Session, minutes: Minutes, name: str) -> Iterator[str]:
    frozen = json.loads(minutes.frozen)
    journal = session.execute(
        select(JournalEntry.hash).where(
            JournalEntry.checklist_session_id == frozen["checklist_session"],
            JournalEntry.revision == frozen["journal"]["revision"],
        )
    ).scalar()
    if journal != frozen["journal"]["hash"]:
        yield f"{name}: dấu nhật ký in trong biên bản không còn trong nhật ký."
    sheet = sheet_of(session, minutes.conclusion.checklist_session.checklist_id)
    entries = {one["criterion"]: plain_entry(one) for one in frozen["scores"] if one["perspective"] == "agreed"}
    if api_points(compute_totals(sheet, entries).points) != frozen["total"]:
        yield f"{name}: tổng điểm tính lại khác tổng điểm đã chốt."


def _file_damages(minutes: Minutes, store: FileStore, name: str) -> Iterator[str]:
    before = b""
    for revision in minutes.revisions:
        try:
            content = store.get(revision.sha256)
        except FileProblem as problem:
            yield f"{name}, bản {revision.number}: {problem}"
            continue
        if not content.startswith(before):
            yield f"{name}, bản {revision.number}: không nối tiếp bản trước."
        before = content


def _signature_damages(minutes: Minutes, name: str) -> Iterator[str]:
    known = [revision.sha256 for revision in minutes.revisions]
    for signature, seen in zip(minutes.signatures, known, strict=False):
        if signature.signed_sha256 != seen:
            yield f"{name}: chữ ký của {signature.name} không khớp với bản đã ký."
    if minutes.revisions and len(minutes.signatures) != len(known) - 1:
        yield f"{name}: số chữ ký và số bản lưu không khớp."


def foreign_key_damages(session: Session) -> Iterator[str]:
    """Rows that point nowhere, and a damaged database file (SQLite; PostgreSQL enforces its keys itself)."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for row in session.execute(text("PRAGMA foreign_key_check")):
        yield f"Bảng {row[0]}, dòng {row[1]}: trỏ đến một dòng không có trong bảng {row[2]}."
    for (line,) in session.execute(text("PRAGMA integrity_check")):
        if line != "ok":
            yield f"Tệp cơ sở dữ liệu hỏng: {line}"
