"""How every verb ends: one more entry at the end of the session's chain."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Mapped
from sqlalchemy.orm.attributes import set_committed_value

from thidua.models.actor import Actor
from thidua.models.journal import JournalEntry, payload_text
from thidua.rules.errors import InvalidEntry


class Recording:
    """What all verbs share."""

    if TYPE_CHECKING:
        id: Mapped[int]
        state: Mapped[str]
        revision: Mapped[int]
        head_hash: Mapped[str]
        journal: Mapped[list[JournalEntry]]

    def _record(self, kind: str, payload: dict[str, Any], *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        self.revision += 1
        entry = JournalEntry(
            checklist_session_id=self.id,
            revision=self.revision,
            op_id=op_id,
            actor_id=by.id,
            actor_name=by.name,
            kind=kind,
            payload=payload_text(payload),
            at=at,
            prev_hash=self.head_hash,
        )
        entry.seal()
        self.head_hash = entry.hash
        self._append(entry)
        return entry

    def _append(self, entry: JournalEntry) -> None:
        if "journal" not in self.__dict__:
            set_committed_value(self, "journal", [])  # the journal only grows: nothing of it is loaded to add to it
        self.journal.append(entry)


def require_text(text: str, field: str, sentence: str) -> None:
    """Refuse an empty text, naming the field."""
    if not text.strip():
        raise InvalidEntry(sentence, field=field)


def require_choice(value: str, choices: dict[str, str], field: str, sentence: str) -> None:
    """Refuse a value that is not offered, naming the field."""
    if value not in choices:
        raise InvalidEntry(sentence, field=field)
