"""Going back: a score cleared, an earlier one restored, and the common values taken all at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from thidua.models.actor import Actor
from thidua.models.journal import JournalEntry
from thidua.models.score import NOBODY
from thidua.models.session_verbs.scoring import (
    HEAD_LABEL,
    NO_MARKS,
    Clearing,
    Holder,
    Scoring,
    holder_of,
    score_payload,
)
from thidua.rules import lifecycle
from thidua.rules.entries import Entry
from thidua.rules.sheet import Criterion


class Restoring(Scoring):
    """What each perspective allows in which state is the same as for scoring."""

    def clear_score(
        self,
        criterion: Criterion,
        perspective: str,
        *,
        base_version: int,
        held_by: Holder | None = None,
        cleared: Clearing | None = None,
        marks: Mapping[str, Any] = NO_MARKS,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """Back to "not scored": the row goes, its values stay in the journal."""
        self._require_takes(perspective, criterion)
        standing = self._standing(criterion, perspective, base_version, by, held_by, cleared)
        if standing:
            self.scores.remove(standing)
        payload = score_payload(criterion.id, None, "", held_by) | dict(marks)
        return self._record(f"score.{perspective}", payload, by=by, at=at, op_id=op_id)

    def restore_score(
        self,
        criterion: Criterion,
        perspective: str,
        entry: Entry | None,
        *,
        reason: str,
        from_revision: int,
        base_version: int,
        label: str,
        held_by: Holder | None,
        cleared: Clearing | None,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """An earlier value of the journal holds again (``entry`` None: not scored); its revision is kept with it."""
        common: dict[str, Any] = {
            "base_version": base_version,
            "held_by": held_by,
            "cleared": cleared,
            "marks": {"restored_from": from_revision},
            "by": by,
            "at": at,
            "op_id": op_id,
        }
        if entry is None:
            return self.clear_score(criterion, perspective, **common)
        self._require_takes(perspective, criterion)
        holder = holder_of(perspective, by, held_by)
        return self._score(perspective, holder, criterion, entry, reason=reason, label=label, **common)

    def take_common_value(
        self, criterion: Criterion, entry: Entry, *, batch: str, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """The head of team settles what all have proposed, one of several at once; ``batch`` is told by each."""
        lifecycle.require_can_settle(self.state)
        return self._score(
            "agreed",
            NOBODY,
            criterion,
            entry,
            reason="",
            base_version=0,
            label=HEAD_LABEL,
            marks={"batch": batch},
            by=by,
            at=at,
            op_id=op_id,
        )
