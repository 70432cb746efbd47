"""Scores: the unit's own, the members' proposals, and what the head of team settles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Mapped

from thidua.models.actor import Actor
from thidua.models.journal import JournalEntry, payload_text
from thidua.models.preparation import Preparation, PreparationReturn
from thidua.models.preparation_verbs import require_self_open
from thidua.models.score import NOBODY, Score, plain_value
from thidua.models.session_verbs.recording import Recording
from thidua.rules import lifecycle
from thidua.rules.entries import Entry
from thidua.rules.errors import Conflict
from thidua.rules.sheet import Criterion

HEAD_LABEL = "Trưởng đoàn"
NO_MARKS: Mapping[str, Any] = MappingProxyType({})  # what else the journal keeps: restored_from, batch, undoes
REQUIRED = {
    "self": lifecycle.require_can_self_score,
    "proposed": lifecycle.require_can_propose,
    "agreed": lifecycle.require_can_settle,
}


@dataclass(frozen=True, slots=True)
class Holder:
    """For whom somebody else enters a score (nhập hộ); ``id`` is None for the inspected unit."""

    id: int | None
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Clearing:
    """The last time a score was put back to "not scored"; ``version`` is the revision that did it."""

    version: int
    by_name: str
    at: datetime


class Scoring(Recording):
    """Needs ``scores`` loaded, all or those of the criterion in question.

    ``held_by`` names whose score it is when ``by`` enters it for that person; ``cleared`` the row's last clearing, to
    be looked up when no row stands though the screen had seen one (``base_version`` above 0).
    """

    if TYPE_CHECKING:
        scores: Mapped[list[Score]]
        preparation: Mapped[Preparation | None]
        preparation_returns: Mapped[list[PreparationReturn]]

    def score_self(
        self,
        criterion: Criterion,
        entry: Entry,
        *,
        reason: str,
        base_version: int,
        held_by: Holder | None = None,
        cleared: Clearing | None = None,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """The unit's own score (tự chấm); ``reason`` names the evidence."""
        self._require_takes("self", criterion)
        return self._score(
            "self",
            NOBODY,
            criterion,
            entry,
            reason=reason,
            base_version=base_version,
            label="",
            held_by=held_by,
            cleared=cleared,
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
        held_by: Holder | None = None,
        cleared: Clearing | None = None,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """A team member's own proposal; ``label`` is the short name on the chip ("TV 2")."""
        lifecycle.require_can_propose(self.state)
        return self._score(
            "proposed",
            holder_of("proposed", by, held_by),
            criterion,
            entry,
            reason=reason,
            base_version=base_version,
            label=label,
            held_by=held_by,
            cleared=cleared,
            by=by,
            at=at,
            op_id=op_id,
        )

    def settle(
        self,
        criterion: Criterion,
        entry: Entry,
        *,
        reason: str,
        base_version: int,
        held_by: Holder | None = None,
        cleared: Clearing | None = None,
        by: Actor,
        at: datetime,
        op_id: str,
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
            label=HEAD_LABEL,
            held_by=held_by,
            cleared=cleared,
            by=by,
            at=at,
            op_id=op_id,
        )

    def conflict_on(
        self,
        criterion: Criterion,
        perspective: str,
        *,
        by: Actor,
        held_by: Holder | None = None,
        cleared: Clearing | None = None,
    ) -> Conflict:
        """The refusal of a score that was based on an older one; it carries the standing score, or its clearing."""
        standing = self.score_of(criterion.id, perspective, holder_of(perspective, by, held_by)) or cleared
        name = standing.by_name if standing else "Có người"
        return Conflict(
            f"Tiêu chí {criterion.number}: {name} vừa ghi điểm khác trong lúc đồng chí nhập. "
            "Cả hai điểm hiện bên dưới, xin chọn một.",
            theirs=standing,
        )

    def note_conflict(
        self,
        criterion: Criterion,
        perspective: str,
        entry: Entry | None,
        *,
        reason: str,
        held_by: Holder | None = None,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """Keep in the journal the value that came too late; the standing score does not change."""
        payload = score_payload(criterion.id, entry, reason, held_by)
        return self._record(f"conflict.{perspective}", payload, by=by, at=at, op_id=op_id)

    def score_of(self, criterion_id: int, perspective: str, holder: int = NOBODY) -> Score | None:
        """The standing score among the loaded ones."""
        wanted = (criterion_id, perspective, holder)
        return next((s for s in self.scores if (s.criterion_id, s.perspective, s.holder) == wanted), None)

    def _require_takes(self, perspective: str, criterion: Criterion) -> None:
        """Whether the half-day takes such a score now; the unit's own not once its preparation was sent."""
        REQUIRED[perspective](self.state)
        if perspective != "self" or self.preparation is None:
            return
        standing = self.score_of(criterion.id, perspective)
        require_self_open(
            self.preparation,
            self.preparation_returns,
            criterion.id,
            criterion.number,
            scored_at=standing.at if standing else None,
            state=self.state,
        )

    def _standing(
        self,
        criterion: Criterion,
        perspective: str,
        base_version: int,
        by: Actor,
        held_by: Holder | None,
        cleared: Clearing | None,
    ) -> Score | None:
        """The row to change; raises ``Conflict`` when it, or its clearing, is newer than what the screen had seen."""
        standing = self.score_of(criterion.id, perspective, holder_of(perspective, by, held_by))
        latest = standing or (cleared if base_version else None)
        if latest and latest.version > base_version:
            raise self.conflict_on(criterion, perspective, by=by, held_by=held_by, cleared=cleared)
        return standing

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
        held_by: Holder | None = None,
        cleared: Clearing | None = None,
        marks: Mapping[str, Any] = NO_MARKS,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        standing = self._standing(criterion, perspective, base_version, by, held_by, cleared)
        before = standing.value if standing else None
        score = standing or Score(criterion_id=criterion.id, perspective=perspective, holder=holder)
        score.points, score.level, score.count = entry.points, entry.level, entry.count
        score.not_applicable, score.text, score.reason = entry.not_applicable, entry.text, reason
        score.previous = payload_text(before) if before is not None else None
        score.version, score.at = self.revision + 1, at
        if held_by:
            score.by_id, score.by_name, score.by_label = held_by.id or by.id, held_by.name, held_by.label
            score.scribe_name = by.name
        else:
            score.by_id, score.by_name, score.by_label, score.scribe_name = by.id, by.name, label, ""
        if standing is None:
            self.scores.append(score)
        payload = score_payload(criterion.id, entry, reason, held_by) | dict(marks)
        return self._record(f"score.{perspective}", payload, by=by, at=at, op_id=op_id)


def holder_of(perspective: str, by: Actor, held_by: Holder | None = None) -> int:
    """Whose row a score goes to: a proposal is its proposer's, the others belong to nobody."""
    if perspective != "proposed":
        return NOBODY
    return (held_by.id if held_by else by.id) or NOBODY


def told_holder(perspective: str, actor_id: int, content: Mapping[str, Any]) -> int:
    """The same from a journal entry."""
    if perspective != "proposed":
        return NOBODY
    return content.get("for_id") or actor_id


def score_payload(criterion_id: int, entry: Entry | None, reason: str, held_by: Holder | None = None) -> dict[str, Any]:
    """What the journal keeps of a score (``entry`` None: it was cleared), and what a repetition is compared with."""
    payload = {"criterion_id": criterion_id, **(plain_value(entry, reason) if entry else {"cleared": True})}
    if held_by:
        payload |= {"for_id": held_by.id, "for_name": held_by.name}
    return payload
