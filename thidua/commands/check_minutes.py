"""``flask check``, minutes: frozen text, totals, stored files and signatures against their hashes and the journal."""

import hashlib
import json
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from thidua.commands.check_sessions import Told, journal_of
from thidua.doors.files import FileProblem, FileStore
from thidua.models import ChecklistSession, Conclusion, Paper
from thidua.models.finders import session_sheet
from thidua.models.score import plain_entry
from thidua.rules import lifecycle
from thidua.rules.points import api_points
from thidua.rules.scoring import compute_totals


def minutes_damages(session: Session, store: FileStore) -> Iterator[str]:
    """A sentence for each damage."""
    statement = (
        select(Paper)
        .options(
            selectinload(Paper.revisions),
            selectinload(Paper.signatures),
            joinedload(Paper.conclusion).joinedload(Conclusion.checklist_session),
        )
        .order_by(Paper.id)
    )
    found = session.scalars(statement).all()
    yield from _missing(session, {minutes.conclusion.checklist_session_id for minutes in found})
    for minutes in found:
        name = f"Biên bản {minutes.number_label} năm {minutes.year}"
        told = journal_of(session, minutes.conclusion.checklist_session_id)
        if hashlib.sha256(minutes.frozen.encode()).hexdigest() != minutes.sha256:
            yield f"{name}: nội dung đã chốt bị sửa."
        elif not _is_as_frozen(minutes, told):
            yield f"{name}: nội dung hoặc số không phải là nội dung, số đã chốt trong nhật ký."
        else:
            yield from _content_damages(session, minutes, told, name)
        yield from _file_damages(minutes, store, name)
        yield from _signature_damages(minutes, told, name)


def _missing(session: Session, there: set[int]) -> Iterator[str]:
    finished = select(ChecklistSession.id).where(ChecklistSession.state.in_((lifecycle.FROZEN, lifecycle.SIGNED)))
    for checklist_session_id in sorted(set(session.scalars(finished)) - there):
        yield f"Buổi kiểm tra {checklist_session_id}: không còn biên bản đã chốt."


def _is_as_frozen(minutes: Paper, told: Told) -> bool:
    frozen = [content for entry, content in told if entry.kind == "minutes.frozen"]
    return frozen == [{"minutes": minutes.sha256, "number": minutes.number_label}]


def _content_damages(session: Session, minutes: Paper, told: Told, name: str) -> Iterator[str]:
    frozen = json.loads(minutes.frozen)
    head = {"revision": minutes.journal_revision, "hash": minutes.journal_hash}
    hashes = {entry.revision: entry.hash for entry, _ in told}
    if frozen["journal"] != head or hashes.get(minutes.journal_revision) != minutes.journal_hash:
        yield f"{name}: dấu nhật ký in trong biên bản không còn trong nhật ký."
    sheet = session_sheet(session, minutes.conclusion.checklist_session)
    entries = {one["criterion"]: plain_entry(one) for one in frozen["scores"] if one["perspective"] == "agreed"}
    if api_points(compute_totals(sheet, entries).points) != frozen["total"]:
        yield f"{name}: tổng điểm tính lại khác tổng điểm đã chốt."


def _file_damages(minutes: Paper, store: FileStore, name: str) -> Iterator[str]:
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


def _signature_damages(minutes: Paper, told: Told, name: str) -> Iterator[str]:
    """Who signed what, and the file that came of it, are those of the journal, in its order."""
    files = [revision.sha256 for revision in minutes.revisions]
    kept = [
        (signature.account_id, signature.name, signature.part, signature.signed_sha256)
        for signature in minutes.signatures
    ]
    signed = [(entry, content) for entry, content in told if entry.kind == "minutes.signed"]
    if kept != [(entry.actor_id, entry.actor_name, one.get("part"), one.get("pdf_before")) for entry, one in signed]:
        yield f"{name}: chữ ký không khớp với nhật ký."
    chain = [one.get("pdf_before") for _, one in signed[:1]] + [one.get("pdf_after") for _, one in signed]
    if (chain or files[:1]) != files:
        yield f"{name}: các bản lưu không phải là các bản đã ký."
