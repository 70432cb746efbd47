"""What the start page loads: half-days and who still has to sign, self-scores, and what is not arranged."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import defer, selectinload

from thidua.extensions import db
from thidua.issuing.finding import may_sign
from thidua.models import Account, Actor, ChecklistSession, Conclusion, Paper, Plan, PlanUnit, Score, TeamMember, Unit
from thidua.models.finders import session_sheet
from thidua.models.paper import MINUTES, Signature, SigningRefusal
from thidua.models.plan import HALVES
from thidua.models.readiness import UnitReadiness, readiness_of_sessions
from thidua.permissions import Standing, may, standing_in
from thidua.rules import lifecycle
from thidua.rules.signing import LABELS, SEAL
from thidua.rules.unscored import unscored
from thidua.rules.words import VIETNAM


@dataclass(frozen=True, slots=True)
class HalfDay:
    """A checklist session that is not over, as the asking person stands to it (no ``part``: an onlooker)."""

    id: int
    state: str
    checklist_id: int
    unit_kind: str
    unit: str
    plan_label: str
    on_date: date | None
    half: str
    place: str
    part: str
    conclusion_id: int | None
    missing_parts: tuple[str, ...]
    waits_for_me: bool

    @property
    def state_label(self) -> str:
        return lifecycle.LABELS[self.state]

    @property
    def half_label(self) -> str:
        return HALVES.get(self.half, "")

    @property
    def missing_names(self) -> str:
        """Whose signatures are missing, in words."""
        return ", ".join(LABELS[part].lower() for part in self.missing_parts)


@dataclass(frozen=True, slots=True)
class SelfScores:
    """How far a unit is with scoring itself; ``missing`` are the numbers of the criteria left."""

    done: int
    count: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unarranged:
    """A unit of a plan whose half-day has no date or no team yet."""

    plan_id: int
    plan_label: str
    unit: str
    lacks: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A plan with units that are late with their preparation, or were sent something back."""

    plan_id: int
    plan_label: str
    late: int
    returned: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is, to know which first steps are still to be taken, and with which plan."""

    units: int
    plans: int
    accounts: int
    members: int
    dates: int
    checklist_sessions: int
    latest_plan_id: int | None


def half_days(person: Actor, today: date) -> list[HalfDay]:
    """Every checklist session not yet signed, or signed today, that this person may see, by date."""
    mine = TeamMember.__table__.alias("mine")
    rows = db.session.execute(
        select(
            ChecklistSession,
            Unit.name,
            Plan,
            PlanUnit.on_date,
            PlanUnit.half,
            PlanUnit.place,
            mine.c.role,
            Conclusion.id,
        )
        .join(Unit, Unit.id == ChecklistSession.unit_id)
        .join(Plan, Plan.id == ChecklistSession.plan_id)
        .join(PlanUnit, PlanUnit.id == ChecklistSession.plan_unit_id)
        .outerjoin(Conclusion, Conclusion.checklist_session_id == ChecklistSession.id)
        .outerjoin(mine, and_(mine.c.team_id == PlanUnit.team_id, mine.c.account_id == person.id))
        .where(or_(ChecklistSession.state != lifecycle.SIGNED, ChecklistSession.id.in_(_ended_on(today))))
        .order_by(PlanUnit.on_date, PlanUnit.half.desc(), PlanUnit.position, ChecklistSession.id)
    ).all()
    frozen = _minutes(conclusion_id for one, *_rest, conclusion_id in rows if one.state == lifecycle.FROZEN)
    found = []
    for one, unit, plan, on_date, half, place, role, conclusion_id in rows:
        standing = standing_in(person, team_role=role, label="", unit_id=one.unit_id, checklist_session_id=one.id)
        minutes = frozen.get(conclusion_id)
        if may("see_session", person, standing):
            found.append(
                HalfDay(
                    one.id,
                    one.state,
                    one.checklist_id,
                    one.unit_kind,
                    unit,
                    plan.label,
                    on_date,
                    half,
                    place,
                    standing.part,
                    conclusion_id,
                    minutes.missing_parts if minutes else (),
                    bool(minutes) and _waits_for(minutes, person, standing),
                )
            )
    return found


def self_scores(half_day: HalfDay) -> SelfScores:
    """What the unit has scored itself, and what it has not."""
    rows = db.session.scalars(
        select(Score).where(Score.checklist_session_id == half_day.id, Score.perspective == "self")
    )
    sheet = session_sheet(db.session(), half_day)
    missing = unscored(sheet, {score.criterion_id: score.entry for score in rows}).missing
    return SelfScores(len(sheet.leaves) - len(missing), len(sheet.leaves), tuple(leaf.number for leaf in missing))


def readiness(half_days: Iterable[HalfDay], today: date) -> dict[int, UnitReadiness]:
    """How far the preparations of these half-days are."""
    return readiness_of_sessions(db.session(), [one.id for one in half_days], today)


def waiting_preparations(half_days: Iterable[HalfDay], today: date) -> list[Waiting]:
    """Plans whose units are late, or answered nothing that was returned, by plan, in the order of the half-days."""
    labels = {one.id: one.plan_label for one in half_days}
    plans: dict[int, list[UnitReadiness]] = defaultdict(list)
    for one in readiness_of_sessions(db.session(), list(labels), today).values():
        plans[one.plan_id].append(one)
    found = []
    for plan_id, units in plans.items():
        late, returned = (sum(one.readiness.status == status for one in units) for status in ("late", "returned"))
        if late or returned:
            found.append(Waiting(plan_id, labels[units[0].checklist_session_id or 0], late, returned))
    return found


def unarranged() -> list[Unarranged]:
    """The plans' units still without a date or a team, whose half-day has not begun."""
    rows = db.session.execute(
        select(Plan, Unit.name, PlanUnit.on_date, PlanUnit.team_id)
        .join(PlanUnit, PlanUnit.plan_id == Plan.id)
        .join(Unit, Unit.id == PlanUnit.unit_id)
        .outerjoin(ChecklistSession, ChecklistSession.plan_unit_id == PlanUnit.id)
        .where(
            or_(PlanUnit.on_date.is_(None), PlanUnit.team_id.is_(None)),
            or_(ChecklistSession.id.is_(None), ChecklistSession.state == lifecycle.PLANNED),
        )
        .order_by(Plan.year.desc(), Plan.id.desc(), PlanUnit.position)
    )
    return [Unarranged(plan.id, plan.label, unit, _lacks(on_date, team_id)) for plan, unit, on_date, team_id in rows]


def counts() -> Counts:
    """One query for all of them."""
    columns = (Unit.id, Plan.id, Account.id, TeamMember.id, PlanUnit.on_date, ChecklistSession.id)
    counted = (select(func.count(column)).scalar_subquery() for column in columns)
    return Counts(*db.session.execute(select(*counted, select(func.max(Plan.id)).scalar_subquery())).one())


def _ended_on(day: date) -> Select[tuple[int]]:
    """Ids of those whose minutes got a signature or a refusal on this Vietnamese day or later; a seal is none."""
    begin = datetime.combine(day, time(), tzinfo=VIETNAM).astimezone(UTC)
    signed = select(Signature.paper_id).where(Signature.at >= begin, Signature.part != SEAL)
    refused = select(SigningRefusal.paper_id).where(SigningRefusal.at >= begin)
    return (
        select(Conclusion.checklist_session_id)
        .join(Paper, Paper.conclusion_id == Conclusion.id)
        .where(Paper.role == MINUTES, or_(Paper.id.in_(signed), Paper.id.in_(refused)))
    )


def _minutes(conclusion_ids: Iterable[int | None]) -> dict[int | None, Paper]:
    """Frozen minutes with who has signed them."""
    wanted = [one for one in conclusion_ids if one is not None]
    papers = select(Paper).where(Paper.conclusion_id.in_(wanted), Paper.role == MINUTES)
    loaded = (selectinload(Paper.signatures), defer(Paper.frozen))
    return {one.conclusion_id: one for one in db.session.scalars(papers.options(*loaded))} if wanted else {}


def _waits_for(minutes: Paper, person: Actor, standing: Standing) -> bool:
    """My signature is one of the next that are missing."""
    return any(one.part in minutes.turn and may_sign(one, person, standing) for one in minutes.signing_parts)


def _lacks(on_date: date | None, team_id: int | None) -> str:
    return " và ".join(
        words
        for words, is_missing in (("chưa có ngày", on_date is None), ("chưa có đoàn", team_id is None))
        if is_missing
    )
