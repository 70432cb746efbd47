"""What the last press on "Lấy điểm chung" settled, read from the journal: shown until nothing of it stands."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.checklist_sessions.rendering import render_part
from thidua.checklist_sessions.view import display_of
from thidua.models import JournalEntry, Score
from thidua.models.score import plain_entry
from thidua.rules.sheet import Criterion, Sheet


@dataclass(frozen=True, slots=True)
class Taken:
    """What one press settled: (number, display) of each criterion, and how many of them still stand as taken."""

    batch: str
    values: tuple[tuple[str, str], ...]
    standing: int


def last_taken(session: Session, sheet: Sheet, checklist_session_id: int, scores: Iterable[Score]) -> Taken | None:
    """The latest batch, as long as something of it still stands as it was taken."""
    about = (JournalEntry.checklist_session_id == checklist_session_id, JournalEntry.kind == "score.agreed")
    latest = session.scalar(
        select(JournalEntry)
        .where(*about, JournalEntry.payload.contains('"batch":'))
        .order_by(JournalEntry.revision.desc())
        .limit(1)
    )
    if latest is None:
        return None
    batch = latest.content["batch"]
    entries = entries_of(session, checklist_session_id, batch)
    versions = {score.criterion_id: score.version for score in scores if score.perspective == "agreed"}
    standing = sum(versions.get(entry.content["criterion_id"]) == entry.revision for entry in entries)
    if not standing:
        return None
    values = tuple(_told(sheet.leaf(entry.content["criterion_id"]), entry.content) for entry in entries)
    return Taken(batch, values, standing)


def taken_part(checklist_session_id: int, state: str, taken: Taken | None) -> str:
    """The strip that says what was taken, with its undo."""
    return render_part("_taken", room_id=checklist_session_id, state=state, taken=taken)


def entries_of(session: Session, checklist_session_id: int, batch: str) -> list[JournalEntry]:
    """The entries that one press made, in order; none for what is no batch."""
    try:
        wanted = f'"batch":"{uuid.UUID(batch)}"'
    except ValueError:
        return []
    return list(
        session.scalars(
            select(JournalEntry)
            .where(
                JournalEntry.checklist_session_id == checklist_session_id,
                JournalEntry.kind == "score.agreed",
                JournalEntry.payload.contains(wanted),
            )
            .order_by(JournalEntry.revision)
        )
    )


def _told(criterion: Criterion, said: dict[str, Any]) -> tuple[str, str]:
    return criterion.number, display_of(criterion, plain_entry(said))
