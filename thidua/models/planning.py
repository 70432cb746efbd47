"""Making the checklist sessions of a plan: one action, repeatable without harm."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from thidua.models.actor import Actor
from thidua.models.checklist_session import ChecklistSession
from thidua.models.conclusion import Conclusion
from thidua.models.journal import JournalEntry
from thidua.models.meeting import AgendaStep, Attendance
from thidua.models.plan import SETTINGS, TEAM_ROLES, Plan, PlanUnit
from thidua.rules import lifecycle
from thidua.rules.agenda import STEPS
from thidua.rules.errors import Refused

PRESENTER = "Chủ trì báo cáo"
_WORDS = ("name", "rank", "office", "part")


def create_checklist_sessions(plan: Plan, checklist_id: int, *, existing: Iterable[int]) -> list[Conclusion]:
    """A planned session, with agenda and list of people, for every unit of the plan that has none yet.

    ``existing`` are the ids of plan units that have one. Returns the conclusions (each with its session),
    to be added.
    Needs units, teams, members and their accounts loaded. Raises ``Refused`` when nothing is left to create.
    """
    done = set(existing)
    missing = [plan_unit for plan_unit in plan.plan_units if plan_unit.id not in done]
    if not missing:
        raise Refused("Mọi đơn vị của kế hoạch đã có buổi kiểm tra.")
    return [_planned(plan, plan_unit, checklist_id) for plan_unit in missing]


def _planned(plan: Plan, plan_unit: PlanUnit, checklist_id: int) -> Conclusion:
    checklist_session = ChecklistSession(
        plan_id=plan.id,
        plan_unit_id=plan_unit.id,
        unit_id=plan_unit.unit_id,
        checklist_id=checklist_id,
        unit_kind=plan_unit.unit.kind,
        **{name: getattr(plan, name) for name in SETTINGS},
        agenda_steps=[
            AgendaStep(
                position=position,
                title=step.title,
                text=step.text,
                actor=step.actor,
                optional=step.optional,
                planned_minutes=step.minutes,
            )
            for position, step in enumerate(STEPS, start=1)
        ],
        attendances=expected_people(plan_unit),
    )
    return Conclusion(checklist_session=checklist_session)


def expected_people(plan_unit: PlanUnit) -> list[Attendance]:
    """The team in its order, then the unit's leader, all still to be marked present or absent."""
    people: list[Attendance] = []
    for member in plan_unit.team.members if plan_unit.team else []:
        account = member.account
        people.append(
            Attendance(
                side="team",
                name=account.name,
                rank=account.rank,
                office=account.office,
                part=TEAM_ROLES[member.role],
                account_id=account.id,
                position=len(people) + 1,
            )
        )
    if plan_unit.unit.leader_name:
        people.append(
            Attendance(
                side="unit",
                name=plan_unit.unit.leader_name,
                office=plan_unit.unit.leader_office,
                part=PRESENTER,
                position=len(people) + 1,
            )
        )
    return people


def follow_plan(
    checklist_session: ChecklistSession, plan_unit: PlanUnit, *, by: Actor, at: datetime, op_id: str
) -> JournalEntry | None:
    """Before the opening, the list of expected people follows the plan's team and the unit's leader.

    Who was marked present or absent, or added by hand, stays. None when nothing changes or it has begun.
    Needs ``attendances`` loaded, and what ``create_checklist_sessions`` needs.
    """
    if checklist_session.state != lifecycle.PLANNED:
        return None
    before = [_words(person) for person in checklist_session.attendances]
    wanted = {_place(person): person for person in expected_people(plan_unit)}
    listed: list[Attendance] = []
    for person in checklist_session.attendances:
        successor = wanted.get(_place(person))
        is_marked = person.presence != "expected"
        if successor is None or (is_marked and successor.name != person.name):
            if is_marked or not _is_from_plan(person):
                listed.append(person)
            continue
        del wanted[_place(person)]
        for name in (*_WORDS, "position"):
            setattr(person, name, getattr(successor, name))
        listed.append(person)
    listed = sorted([*listed, *wanted.values()], key=lambda person: (not _is_from_plan(person), person.position))
    if [_words(person) for person in listed] == before:
        return None
    for position, person in enumerate(listed, start=1):
        person.position = position
    checklist_session.attendances = listed
    people = [{name: getattr(person, name) for name in ("side", *_WORDS)} for person in listed]
    return checklist_session.record_expected({"people": people}, by=by, at=at, op_id=op_id)


def all_follow_plan(planned: Iterable[ChecklistSession], *, by: Actor, at: datetime, op_id: UUID) -> list[JournalEntry]:
    """``follow_plan`` for several half-days; each journal entry gets its own id, made from ``op_id``."""
    entries = (follow_plan(one, one.plan_unit, by=by, at=at, op_id=str(uuid5(op_id, str(one.id)))) for one in planned)
    return [entry for entry in entries if entry is not None]


def all_follow_settings(
    plan: Plan, planned: Iterable[ChecklistSession], *, by: Actor, at: datetime, op_id: UUID
) -> list[JournalEntry]:
    """The half-days not yet begun take over how the plan wants points to be found; one entry for each that changes."""
    settings = {name: bool(getattr(plan, name)) for name in SETTINGS}
    return [
        one.follow_settings(settings, by=by, at=at, op_id=str(uuid5(op_id, f"settings {one.id}")))
        for one in planned
        if any(bool(getattr(one, name)) != value for name, value in settings.items())
    ]


def _place(person: Attendance) -> tuple[str, int | str | None]:
    return person.side, person.account_id or person.part


def _is_from_plan(person: Attendance) -> bool:
    return person.account_id is not None or person.part == PRESENTER


def _words(person: Attendance) -> tuple[Any, ...]:
    return person.side, person.account_id, *(getattr(person, name) for name in _WORDS)
