"""Which passages a person may see; counts obey the same."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from thidua.models.actor import Actor
from thidua.models.checklist_session import ChecklistSession
from thidua.models.passage.row import Passage
from thidua.models.plan import PlanUnit, TeamMember


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything (the office); else the sessions of one's own teams, and what is signed of one's own unit.

    The unit sees no drafts: until scoring is closed it may not read the team's remarks.
    """

    everything: bool
    account_id: int
    unit_id: int | None

    @classmethod
    def of(cls, person: Actor, *, everything: bool) -> "Sight":
        """What this person sees; `everything` is the answer of the table of permissions."""
        return cls(everything, person.id, person.unit_id if person.role == "unit" else None)

    def condition(self) -> ColumnElement[bool]:
        """As a condition on passages."""
        if self.everything:
            return true()
        own_unit = and_(Passage.unit_id == self.unit_id, Passage.is_draft.is_(False))
        return or_(self._is_of_own_team(), own_unit if self.unit_id else false())

    def _is_of_own_team(self) -> ColumnElement[bool]:
        mine = (
            select(ChecklistSession.id)
            .join(PlanUnit, PlanUnit.id == ChecklistSession.plan_unit_id)
            .join(TeamMember, TeamMember.team_id == PlanUnit.team_id)
            .where(TeamMember.account_id == self.account_id)
        )
        return Passage.checklist_session_id.in_(mine)
