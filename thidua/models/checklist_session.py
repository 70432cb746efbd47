"""The checklist session (buổi kiểm tra): what belongs to it, and the verbs from its opening to the last signature.

The verbs of scoring and of the meeting are in ``session_verbs``, which also says what all verbs have in common.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from thidua.models.actor import Actor
from thidua.models.base import Base
from thidua.models.criterion_round import CriterionRound
from thidua.models.evidence import Evidence
from thidua.models.journal import GENESIS, JournalEntry
from thidua.models.meeting import AgendaStep, Attendance, Exchange, Remark
from thidua.models.plan import Plan, PlanUnit
from thidua.models.preparation import Preparation, PreparationReturn
from thidua.models.recommendation_review import RecommendationReview
from thidua.models.score import Score
from thidua.models.session_verbs.checking import Checking
from thidua.models.session_verbs.evidence import Exhibiting
from thidua.models.session_verbs.joining import Joining
from thidua.models.session_verbs.meeting import Meeting
from thidua.models.session_verbs.preparing import Preparing
from thidua.models.session_verbs.restoring import Restoring
from thidua.models.session_verbs.returning import Returning
from thidua.models.session_verbs.revealing import Revealing
from thidua.models.session_verbs.reviewing import Reviewing
from thidua.models.unit import Unit
from thidua.rules import lifecycle


class ChecklistSession(
    Restoring, Checking, Meeting, Reviewing, Revealing, Exhibiting, Joining, Preparing, Returning, Base
):
    """One unit's half-day. ``revision`` counts its changes; ``head_hash`` is the hash of the last journal entry.

    ``unit_kind`` is the unit's kind when the session was made, as criteria may be for some kinds only.
    ``starts_at`` is the planned hour ("08:00"; empty: the usual one of the half-day); ``join_code`` the secret in the
    address on the wall; ``total_hidden`` keeps the total off the projector until it is announced.
    """

    __tablename__ = "checklist_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    plan_unit_id: Mapped[int] = mapped_column(ForeignKey("plan_unit.id"), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    checklist_id: Mapped[int] = mapped_column(ForeignKey("checklist.id"), index=True)
    unit_kind: Mapped[str] = mapped_column(String(40), default="")
    state: Mapped[str] = mapped_column(String(10), default=lifecycle.PLANNED, index=True)
    revision: Mapped[int] = mapped_column(default=0)
    head_hash: Mapped[str] = mapped_column(String(64), default=GENESIS)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    criterion_on_screen_id: Mapped[int | None]
    blind_first_round: Mapped[bool] = mapped_column(default=False)
    two_person_check: Mapped[bool] = mapped_column(default=False)
    starts_at: Mapped[str] = mapped_column(String(5), default="")
    total_hidden: Mapped[bool] = mapped_column(default=False)
    join_code: Mapped[str | None] = mapped_column(String(20), unique=True, index=True)

    plan: Mapped[Plan] = relationship(lazy="raise", viewonly=True)
    plan_unit: Mapped[PlanUnit] = relationship(lazy="raise", viewonly=True)
    unit: Mapped[Unit] = relationship(lazy="raise", viewonly=True)
    scores: Mapped[list[Score]] = relationship(lazy="raise", order_by="Score.id", cascade="all, delete-orphan")
    attendances: Mapped[list[Attendance]] = relationship(
        lazy="raise", order_by="(Attendance.position, Attendance.id)", cascade="all, delete-orphan"
    )
    agenda_steps: Mapped[list[AgendaStep]] = relationship(
        lazy="raise", order_by="AgendaStep.position", cascade="all, delete-orphan"
    )
    remarks: Mapped[list[Remark]] = relationship(lazy="raise", order_by="Remark.id")
    exchanges: Mapped[list[Exchange]] = relationship(lazy="raise", order_by="Exchange.id")
    evidence: Mapped[list[Evidence]] = relationship(lazy="raise", order_by="Evidence.id")
    criterion_rounds: Mapped[list[CriterionRound]] = relationship(lazy="raise", order_by="CriterionRound.id")
    recommendation_reviews: Mapped[list[RecommendationReview]] = relationship(
        lazy="raise", order_by="RecommendationReview.id"
    )
    journal: Mapped[list[JournalEntry]] = relationship(lazy="raise", order_by="JournalEntry.revision")
    # Read by the guard of every self-score, wherever it comes from: loaded by itself, so that no way in forgets it.
    preparation: Mapped[Preparation | None] = relationship(lazy="select", viewonly=True)
    preparation_returns: Mapped[list[PreparationReturn]] = relationship(
        secondary="preparation", lazy="select", viewonly=True, order_by="PreparationReturn.id"
    )

    # -- opening and closing ------------------------------------------------------------------------------------

    def open(self, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """The head of team opens the half-day."""
        lifecycle.require_can_open(self.state)
        self.state, self.opened_at = lifecycle.OPEN, at
        return self._record("opened", {}, by=by, at=at, op_id=op_id)

    def close(self, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Scoring ends; the conclusion begins."""
        lifecycle.require_can_close(self.state)
        self.state, self.closed_at = lifecycle.CLOSED, at
        return self._record("closed", {}, by=by, at=at, op_id=op_id)

    def reopen(self, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Back to scoring, as long as no minutes are frozen."""
        lifecycle.require_can_reopen(self.state)
        self.state, self.closed_at = lifecycle.OPEN, None
        return self._record("reopened", {}, by=by, at=at, op_id=op_id)

    # -- after the meeting: called by the conclusion's and the minutes' verbs ---------------------------------------

    def record_conclusion(
        self, kind: str, payload: dict[str, Any], *, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """Journal a change of the conclusion."""
        lifecycle.require_can_conclude(self.state)
        return self._record(kind, payload, by=by, at=at, op_id=op_id)

    def require_can_freeze(self) -> None:
        """Raise ``Refused`` unless scoring is closed and nothing is frozen yet."""
        lifecycle.require_can_freeze(self.state)

    def record_freezing(self, payload: dict[str, Any], *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """The minutes are frozen: nothing of the half-day changes any more."""
        lifecycle.require_can_freeze(self.state)
        self.state = lifecycle.FROZEN
        return self._record("minutes.frozen", payload, by=by, at=at, op_id=op_id)

    def record_signature(
        self, payload: dict[str, Any], *, last: bool, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """A signature on the frozen minutes; the ``last`` one ends the checklist session."""
        lifecycle.require_can_sign(self.state)
        if last:
            self.state = lifecycle.SIGNED
        return self._record("minutes.signed", payload, by=by, at=at, op_id=op_id)

    def record_last_refusal(self, payload: dict[str, Any], *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """The last person waited for would not sign: with that the checklist session ends."""
        lifecycle.require_can_sign(self.state)
        self.state = lifecycle.SIGNED
        return self._record("paper.refused", payload, by=by, at=at, op_id=op_id)

    def record_registration(self, payload: dict[str, Any], *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """The minutes were signed on paper and entered into the register: this ends the checklist session."""
        lifecycle.require_can_sign(self.state)
        self.state = lifecycle.SIGNED
        return self._record("minutes.registered", payload, by=by, at=at, op_id=op_id)

    def record_paper(self, kind: str, payload: dict[str, Any], *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Something that happened to a paper of this half-day: allowed in every state, for papers outlive it."""
        return self._record(kind, payload, by=by, at=at, op_id=op_id)
