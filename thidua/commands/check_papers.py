"""``flask check``, papers: every check of the page of evidence on every paper, the register without a hole, drafts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from thidua.commands.check_sessions import Told, journal_of
from thidua.doors.files import FileStore
from thidua.models import ChecklistSession, Conclusion, Paper, PaperDraft, RegisterEntry
from thidua.models.paper import ADDENDUM, MINUTES, ROLE_NAMES
from thidua.papers.proof import Trust, asked_of, checks_of
from thidua.rules import lifecycle


def paper_damages(session: Session, store: FileStore) -> Iterator[str]:
    """A sentence for each damage."""
    trust, told = Trust.now(session, datetime.now(UTC)), dict[int, Told]()
    found = _papers(session)
    yield from _missing(session, found)
    for paper in found:
        assert paper.conclusion is not None
        room = paper.conclusion.checklist_session_id
        told[room] = told.get(room) or journal_of(session, room)
        for check in checks_of(asked_of(session, paper, told[room], store, trust)):
            for fault in check.faults:
                yield f"{paper.title} năm {paper.year}: {fault}."
    yield from _links(found)
    yield from _drafts(session, told)
    yield from _register(session)


def _papers(session: Session) -> list[Paper]:
    statement = (
        select(Paper)
        .where(Paper.conclusion_id.is_not(None))
        .options(
            selectinload(Paper.revisions),
            selectinload(Paper.signatures),
            selectinload(Paper.scans),
            joinedload(Paper.conclusion).joinedload(Conclusion.checklist_session),
        )
        .order_by(Paper.id)
    )
    return list(session.scalars(statement))


def _missing(session: Session, found: list[Paper]) -> Iterator[str]:
    """Half-days that ended have their minutes, and what the journal froze is still there."""
    there = {paper.conclusion.checklist_session_id for paper in found if paper.conclusion and paper.role == MINUTES}
    finished = select(ChecklistSession.id).where(ChecklistSession.state.in_((lifecycle.FROZEN, lifecycle.SIGNED)))
    for checklist_session_id in sorted(set(session.scalars(finished)) - there):
        yield f"Buổi kiểm tra {checklist_session_id}: không còn biên bản đã chốt."


def _links(found: list[Paper]) -> Iterator[str]:
    """An addendum points to the minutes of its own half-day, and nothing else corrects anything."""
    minutes = {paper.conclusion_id: paper.id for paper in found if paper.role == MINUTES}
    for paper in found:
        expected = minutes.get(paper.conclusion_id) if paper.role == ADDENDUM else None
        if paper.amends_id != expected:
            yield f"{paper.title} năm {paper.year}: không dẫn đến đúng biên bản của buổi kiểm tra."


def _drafts(session: Session, told: dict[int, Told]) -> Iterator[str]:
    """A draft says what the journal has of it last, and became the paper that the journal froze from it."""
    loaded = (joinedload(PaperDraft.conclusion), joinedload(PaperDraft.paper))
    for draft in session.scalars(select(PaperDraft).options(*loaded).order_by(PaperDraft.id)):
        room = draft.conclusion.checklist_session_id
        told[room] = told.get(room) or journal_of(session, room)
        mine = [(entry, said) for entry, said in told[room] if said.get("draft_id") == draft.id]
        contents = [said["content"] for _, said in mine if "content" in said]
        frozen = [said.get("paper") for entry, said in mine if entry.kind == "paper.frozen"]
        became = [draft.paper.sha256] if draft.paper else []
        is_discarded = any(entry.kind == "draft.discarded" for entry, _ in mine)
        if contents[-1:] != [draft.content] or frozen != became or is_discarded != bool(draft.discarded_at):
            yield f"Bản dự thảo {ROLE_NAMES[draft.role].lower()} mã {draft.id}: không khớp với nhật ký."


def _register(session: Session) -> Iterator[str]:
    """Numbers of a kind, symbol and year begin with 1 and leave no hole."""
    row = (RegisterEntry.kind, RegisterEntry.symbol, RegisterEntry.year)
    entries = session.execute(select(*row, RegisterEntry.number).order_by(*row, RegisterEntry.number)).all()
    for (kind, symbol, year), given in groupby(entries, key=lambda one: tuple(one[:3])):
        numbers = [one.number for one in given]
        for hole in sorted(set(range(1, numbers[-1] + 1)) - set(numbers)):
            yield f"Sổ đăng ký {kind}-{symbol} năm {year}: thiếu số {hole:02d}."
