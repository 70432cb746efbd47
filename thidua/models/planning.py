"""Making the checklist sessions of a plan: one action, repeatable without harm."""

from collections.abc import Iterable

from thidua.models.checklist_session import ChecklistSession
from thidua.models.conclusion import Conclusion
from thidua.models.meeting import AgendaStep, Attendance
from thidua.models.plan import TEAM_ROLES, Plan, PlanUnit
from thidua.rules.agenda import STEPS
from thidua.rules.errors import Refused


def create_checklist_sessions(plan: Plan, checklist_id: int, *, existing: Iterable[int]) -> list[Conclusion]:
    """A planned session, with its agenda and its list of people, for every unit of the plan that has none yet.

    ``existing`` are the ids of plan units that have one. Returns the conclusions (each with its session), to be added.
    Needs units, teams, members and their accounts loaded. Raises ``Refused`` when nothing is left to create.
    """
    done = set(existing)
    missing = [plan_unit for plan_unit in plan.plan_units if plan_unit.id not in done]
    if not missing:
        raise Refused("Mọi đơn vị của kế hoạch đã có buổi kiểm tra.")
    return [_planned(plan, plan_unit, checklist_id) for plan_unit in missing]


def _planned(plan: Plan, plan_unit: PlanUnit, checklist_id: int) -> Conclusion:
    checklist_session = ChecklistSession(
        plan_id=plan.id, plan_unit_id=plan_unit.id, unit_id=plan_unit.unit_id, checklist_id=checklist_id,
        agenda_steps=[AgendaStep(position=position, title=step.title, text=step.text, actor=step.actor,
                                 optional=step.optional) for position, step in enumerate(STEPS, start=1)],
        attendances=expected_people(plan_unit))
    return Conclusion(checklist_session=checklist_session, paragraph_edits=[])


def expected_people(plan_unit: PlanUnit) -> list[Attendance]:
    """The team in its order, then the unit's leader, all still to be marked present or absent."""
    people: list[Attendance] = []
    for member in plan_unit.team.members if plan_unit.team else []:
        account = member.account
        people.append(Attendance(side="team", name=account.name, rank=account.rank, office=account.office,
                                 part=TEAM_ROLES[member.role], account_id=account.id, position=len(people) + 1))
    if plan_unit.unit.leader_name:
        people.append(Attendance(side="unit", name=plan_unit.unit.leader_name, office=plan_unit.unit.leader_office,
                                 part="Chủ trì báo cáo", position=len(people) + 1))
    return people
