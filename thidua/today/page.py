"""The start page's sections: what is mine first, then what the office has to see to."""

from dataclasses import dataclass, field
from datetime import date

from thidua.models import Actor
from thidua.models.readiness import UnitReadiness
from thidua.permissions import HEAD, INSPECTED, SECRETARY, may
from thidua.rules import lifecycle
from thidua.today import queries
from thidua.today.papers import PaperToSign, papers_to_sign
from thidua.today.queries import Counts, HalfDay, SelfScores, Unarranged, Waiting

WRITERS = (HEAD, SECRETARY)


@dataclass(frozen=True, slots=True)
class Step:
    """A first step of a new instance: done, or where to do it."""

    title: str
    text: str
    url: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Office:
    """What the office sees to."""

    running: list[HalfDay]
    closed: list[HalfDay]
    frozen: list[HalfDay]
    unarranged: list[Unarranged]
    waiting_preparations: list[Waiting]
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """Everything ``today/index.html`` needs. Half-days of the first seven are the person's own;
    ``readiness`` is that of the unit's half-days not yet begun."""

    running: list[HalfDay]
    to_sign: list[HalfDay]
    to_conclude: list[HalfDay]
    waiting: list[HalfDay]
    planned_today: list[HalfDay]
    planned: list[HalfDay]
    finished: list[HalfDay]
    papers_to_sign: list[PaperToSign]
    self_scores: dict[int, SelfScores]
    readiness: dict[int, UnitReadiness]
    office: Office | None

    @property
    def is_empty(self) -> bool:
        """Nothing of one's own to do."""
        half_days = (self.running, self.to_sign, self.to_conclude, self.waiting, self.planned_today, self.planned)
        return not any((*half_days, self.finished, self.papers_to_sign))


def page_for(person: Actor, today: date) -> Page:
    """The start page of this person on this day."""
    everything = queries.half_days(person, today)
    mine = [one for one in everything if one.part]
    planned = [one for one in mine if one.state == lifecycle.PLANNED]
    scoring = [one for one in mine if one.part == INSPECTED and one.state in (lifecycle.PLANNED, lifecycle.OPEN)]
    frozen = [one for one in mine if one.state == lifecycle.FROZEN]
    closed = [one for one in mine if one.state == lifecycle.CLOSED]
    return Page(
        running=[one for one in mine if one.state == lifecycle.OPEN],
        to_sign=[one for one in frozen if one.waits_for_me],
        to_conclude=[one for one in closed if one.part in WRITERS],
        waiting=[one for one in closed if one.part not in WRITERS] + [one for one in frozen if not one.waits_for_me],
        planned_today=[one for one in planned if one.on_date == today],
        planned=[one for one in planned if one.on_date != today],
        finished=[one for one in mine if one.state == lifecycle.SIGNED],
        papers_to_sign=papers_to_sign(person),
        self_scores={one.id: queries.self_scores(one) for one in scoring},
        readiness=queries.readiness([one for one in planned if one.part == INSPECTED], today),
        office=_office(everything, person, today) if may("create_checklist_sessions", person) else None,
    )


def _office(everything: list[HalfDay], person: Actor, today: date) -> Office:
    others = [one for one in everything if not one.part]
    counts = queries.counts()
    return Office(
        running=[one for one in others if one.state == lifecycle.OPEN],
        closed=[one for one in others if one.state == lifecycle.CLOSED],
        frozen=[one for one in others if one.state == lifecycle.FROZEN],
        unarranged=queries.unarranged(),
        waiting_preparations=queries.waiting_preparations(
            [one for one in everything if one.state == lifecycle.PLANNED], today
        ),
        steps=_first_steps(counts, person) if not counts.checklist_sessions else [],
    )


def _first_steps(counts: Counts, person: Actor) -> list[Step]:
    plan = f"/plans/{counts.latest_plan_id}" if counts.latest_plan_id else ""
    teams, schedule, creating = (
        (f"{plan}/teams", f"{plan}/schedule", f"{plan}/schedule#creating") if plan else ("/plans",) * 3
    )
    steps = [
        Step("Nhập các đơn vị", f"{counts.units} đơn vị", "/units", counts.units > 0),
        Step("Lập kế hoạch kiểm tra", f"{counts.plans} kế hoạch", "/plans", counts.plans > 0),
        Step("Lập đoàn kiểm tra", "Trưởng đoàn, Thư ký và các thành viên của từng đoàn", teams, counts.members > 0),
        Step("Xếp lịch các buổi", "Ngày, buổi sáng hay chiều, địa điểm của từng đơn vị", schedule, counts.dates > 0),
        Step("Tạo các buổi kiểm tra", "Một lần bấm, ở cuối trang lịch", creating, False),
    ]
    if may("edit_accounts", person):
        accounts = Step("Tạo tài khoản", "Cho từng thành viên đoàn và từng đơn vị", "/accounts", counts.accounts > 1)
        steps.insert(2, accounts)
    return steps
