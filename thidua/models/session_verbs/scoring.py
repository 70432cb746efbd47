"""Scores: the unit's own, the members' proposals, and what the head of team settles."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Mapped

from thidua.models.actor import Actor
from thidua.models.journal import JournalEntry, payload_text
from thidua.models.score import NOBODY, Score, plain_value
from thidua.models.session_verbs.recording import Recording
from thidua.rules import lifecycle
from thidua.rules.entries import Entry
from thidua.rules.errors import Conflict
from thidua.rules.sheet import Criterion


class Scoring(Recording):
    """Needs ``scores`` loaded, all or those of the criterion in question."""

    if TYPE_CHECKING:
        scores: Mapped[list[Score]]

    def score_self(
        self, criterion: Criterion, entry: Entry, *, reason: str, base_version: int, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """The unit's own score (tự chấm); ``reason`` names the evidence."""
        lifecycle.require_can_self_score(self.state)
        return self._score(
            "self",
            NOBODY,
            criterion,
            entry,
            reason=reason,
            base_version=base_version,
            label="",
            by=by,
            at=at,
            op_id=op_id,
        )

    def propose(
        self,
        criterion: Criterion,
        entry: Entry,
        *,
        reason: str,
        base_version: int,
        label: str,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """A team member's own proposal; ``label`` is the short name on the chip ("TV 2")."""
        lifecycle.require_can_propose(self.state)
        return self._score(
            "proposed",
            by.id,
            criterion,
            entry,
            reason=reason,
            base_version=base_version,
            label=label,
            by=by,
            at=at,
            op_id=op_id,
        )

    def settle(
        self, criterion: Criterion, entry: Entry, *, reason: str, base_version: int, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """The head of team settles the agreed score (thống nhất)."""
        lifecycle.require_can_settle(self.state)
        return self._score(
            "agreed",
            NOBODY,
            criterion,
            entry,
            reason=reason,
            base_version=base_version,
            label="Trưởng đoàn",
            by=by,
            at=at,
            op_id=op_id,
        )

    def conflict_on(self, criterion: Criterion, perspective: str, *, by: Actor) -> Conflict:
        """The refusal of a score that was based on an older one; it carries the standing score."""
        standing = self.score_of(criterion.id, perspective, holder_of(perspective, by))
        name = standing.by_name if standing else "Có người"
        return Conflict(
            f"Tiêu chí {criterion.number}: {name} vừa ghi điểm khác trong lúc đồng chí nhập. "
            "Cả hai điểm hiện bên dưới, xin chọn một.",
            theirs=standing,
        )

    def note_conflict(
        self, criterion: Criterion, perspective: str, entry: Entry, *, reason: str, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """Keep in the journal the value that came too late; the standing score does not change."""
        return self._record(
            f"conflict.{perspective}", score_payload(criterion.id, entry, reason), by=by, at=at, op_id=op_id
        )

    def score_of(self, criterion_id: int, perspective: str, holder: int = NOBODY) -> Score | None:
        """The standing score among the loaded ones."""
        wanted = (criterion_id, perspective, holder)
        return next((s for s in self.scores if (s.criterion_id, s.perspective, s.holder) == wanted), None)

    def _score(
        self,
        perspective: str,
        holder: int,
        criterion: Criterion,
        entry: Entry,
        *,
        reason: str,
        base_version: int,
        label: str,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        standing = self.score_of(criterion.id, perspective, holder)
        if standing and standing.version > base_version:
            raise self.conflict_on(criterion, perspective, by=by)
        before = standing.value if standing else None
        score = standing or Score(criterion_id=criterion.id, perspective=perspective, holder=holder)
        score.points, score.level, score.count = entry.points, entry.level, entry.count
        score.not_applicable, score.text, score.reason = entry.not_applicable, entry.text, reason
        score.previous = payload_text(before) if before is not None else None
        score.version, score.by_id, score.by_name, score.by_label, score.at = (
            self.revision + 1,
            by.id,
            by.name,
            label,
            at,
        )
        if standing is None:
            self.scores.append(score)
        return self._record(
            f"score.{perspective}", score_payload(criterion.id, entry, reason), by=by, at=at, op_id=op_id
        )


def holder_of(perspective: str, by: Actor) -> int:
    """Whose row a score goes to: a proposal is its proposer's, the others belong to nobody."""
    return by.id if perspective == "proposed" else NOBODY


def score_payload(criterion_id: int, entry: Entry, reason: str) -> dict[str, Any]:
    """What the journal keeps of a score, and what a repeated operation is compared with."""
    return {"criterion_id": criterion_id, **plain_value(entry, reason)}
