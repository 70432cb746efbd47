"""Values that no longer stand: read from the journal, so that one step back and any earlier one stay possible."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from thidua.models import JournalEntry
from thidua.models.score import plain_entry
from thidua.models.session_verbs.scoring import told_holder
from thidua.rules.entries import Entry

RowKey = tuple[int, str, int]  # criterion id, perspective, holder


@dataclass(frozen=True, slots=True)
class ClearedScore:
    """A score put back to "not scored" by revision ``version``, and the value it had."""

    version: int
    value: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PastScore:
    """One value that the journal has of a criterion, whether it was taken or came too late (``is_late``).

    ``entry`` None: the score was taken back. ``by_name`` is whose it is, ``scribe`` who entered it for that person.
    """

    revision: int
    at: datetime
    key: RowKey
    by_name: str
    scribe: str
    for_id: int | None
    entry: Entry | None
    reason: str
    is_late: bool
    restored_from: int | None
    batch: str

    @property
    def perspective(self) -> str:
        return self.key[1]


def past_scores(session: Session, checklist_session_id: int, criterion_id: int) -> list[PastScore]:
    """Every value of one criterion, oldest first."""
    entries = session.scalars(
        select(JournalEntry)
        .where(
            JournalEntry.checklist_session_id == checklist_session_id,
            or_(JournalEntry.kind.startswith("score."), JournalEntry.kind.startswith("conflict.")),
            JournalEntry.payload.contains(f'"criterion_id":{criterion_id}'),
        )
        .order_by(JournalEntry.revision)
    )
    return [past for past in map(past_score, entries) if past.key[0] == criterion_id]


def cleared_scores(session: Session, checklist_session_id: int) -> dict[RowKey, ClearedScore]:
    """The scores whose last change put them back to "not scored", each with what it was before."""
    room = JournalEntry.checklist_session_id == checklist_session_id
    cleared = JournalEntry.payload.contains('"cleared":true')
    touched = set(session.scalars(select(JournalEntry.payload).where(room, cleared)))
    if not touched:
        return {}
    standing: dict[RowKey, dict[str, Any]] = {}
    found: dict[RowKey, ClearedScore] = {}
    for past, value in _taken(session, checklist_session_id):
        if past.entry is not None:
            standing[past.key] = value
            found.pop(past.key, None)
        elif past.key in standing:
            found[past.key] = ClearedScore(past.revision, standing.pop(past.key))
        elif past.key in found:
            found[past.key] = ClearedScore(past.revision, found[past.key].value)
    return found


def past_score(entry: JournalEntry) -> PastScore:
    """A journal entry of a score or of a conflict, read."""
    said = entry.content
    family, _, perspective = entry.kind.partition(".")
    for_name = said.get("for_name", "")
    return PastScore(
        revision=entry.revision,
        at=entry.at,
        key=(said["criterion_id"], perspective, told_holder(perspective, entry.actor_id, said)),
        by_name=for_name or entry.actor_name,
        scribe=entry.actor_name if for_name else "",
        for_id=said.get("for_id"),
        entry=None if said.get("cleared") else plain_entry(said),
        reason=said.get("reason", ""),
        is_late=family == "conflict",
        restored_from=said.get("restored_from"),
        batch=said.get("batch", ""),
    )


def _taken(session: Session, checklist_session_id: int) -> Iterator[tuple[PastScore, dict[str, Any]]]:
    entries = session.scalars(
        select(JournalEntry)
        .where(JournalEntry.checklist_session_id == checklist_session_id, JournalEntry.kind.startswith("score."))
        .order_by(JournalEntry.revision)
    )
    for entry in entries:
        yield past_score(entry), entry.content
