"""A unit's history: its checklist sessions, newest first, with what the agreed scores come to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import and_, select

from thidua.extensions import db
from thidua.models import ChecklistSession, Conclusion, Plan, PlanUnit, Score, TeamMember
from thidua.models.actor import Actor
from thidua.models.finders import session_sheet
from thidua.models.paper import MINUTES
from thidua.models.paper_links import PaperLine, papers_of
from thidua.permissions import may, standing_in
from thidua.rules import lifecycle
from thidua.rules.entries import Entry
from thidua.rules.grading import grade
from thidua.rules.points import Points
from thidua.rules.scoring import compute_totals
from thidua.rules.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Result:
    """What the agreed scores come to; provisional while anything is not scored.

    ``label`` is empty for whom the rating is still closed: the unit hears it when scoring has ended.
    """

    points: Points
    maximum: Points
    label: str
    is_final: bool


@dataclass(frozen=True, slots=True)
class Inspection:
    """One past, present or coming half-day of the unit. What the person may not see is left out (None)."""

    checklist_session_id: int
    year: int
    plan_id: int
    plan_label: str
    on_date: date | None
    state: str
    is_readable: bool
    result: Result | None
    minutes_of: int | None
    """The conclusion whose minutes can be read, once they are frozen."""
    papers: tuple[PaperLine, ...] = ()
    """What corrects these minutes or was made of them."""

    @property
    def state_label(self) -> str:
        return lifecycle.LABELS[self.state]


def history(unit_id: int, person: Actor) -> list[Inspection]:
    """Every checklist session of the unit as this person may see it."""
    mine = TeamMember.__table__.alias("mine")
    rows = db.session.execute(
        select(ChecklistSession, Plan, PlanUnit.on_date, Conclusion, mine.c.role)
        .join(Plan, Plan.id == ChecklistSession.plan_id)
        .join(PlanUnit, PlanUnit.id == ChecklistSession.plan_unit_id)
        .outerjoin(Conclusion, Conclusion.checklist_session_id == ChecklistSession.id)
        .outerjoin(mine, and_(mine.c.team_id == PlanUnit.team_id, mine.c.account_id == person.id))
        .where(ChecklistSession.unit_id == unit_id)
        .order_by(Plan.year.desc(), PlanUnit.on_date.desc(), ChecklistSession.id.desc())
    ).all()
    standings = {
        one.id: standing_in(person, team_role=role, label="", unit_id=unit_id, checklist_session_id=one.id)
        for one, *_rest, role in rows
    }
    readable = {identity for identity, standing in standings.items() if may("see_session", person, standing)}
    entries = _agreed_entries(list(readable))
    papers = papers_of(db.session(), [one.id for *_before, one, _role in rows if one])
    return [
        _inspection(
            one,
            plan,
            day,
            conclusion,
            is_readable=one.id in readable,
            open_book=may("see_proposals", person, standings[one.id]),
            entries=entries[one.id],
            papers=[] if conclusion is None else papers.get(conclusion.id, []),
        )
        for one, plan, day, conclusion, _role in rows
    ]


def _agreed_entries(session_ids: Sequence[int]) -> defaultdict[int, dict[int, Entry]]:
    entries: defaultdict[int, dict[int, Entry]] = defaultdict(dict)
    scores = select(Score).where(Score.checklist_session_id.in_(session_ids), Score.perspective == "agreed")
    for score in db.session.scalars(scores):
        entries[score.checklist_session_id][score.criterion_id] = score.entry
    return entries


def _inspection(
    one: ChecklistSession,
    plan: Plan,
    day: date | None,
    conclusion: Conclusion | None,
    *,
    is_readable: bool,
    open_book: bool,
    entries: Mapping[int, Entry],
    papers: Sequence[PaperLine],
) -> Inspection:
    result = None
    if is_readable and entries and (open_book or not one.keeps_total_back):
        result = _result(session_sheet(db.session(), one), entries, one.state, conclusion)
        if not open_book and one.state in (lifecycle.PLANNED, lifecycle.OPEN):
            result = replace(result, label="")
    has_minutes = is_readable and conclusion and one.state in (lifecycle.FROZEN, lifecycle.SIGNED)
    return Inspection(
        one.id,
        plan.year,
        plan.id,
        plan.label,
        day,
        one.state,
        is_readable,
        result,
        conclusion.id if conclusion and has_minutes else None,
        tuple(line for line in papers if has_minutes and line.role != MINUTES and (open_book or line.is_public)),
    )


def _result(sheet: Sheet, entries: Mapping[int, Entry], state: str, conclusion: Conclusion | None) -> Result:
    totals = compute_totals(sheet, entries)
    given = conclusion.rated(sheet, entries, totals) if conclusion else grade(sheet, entries, totals)
    is_final = given.complete and state in (lifecycle.FROZEN, lifecycle.SIGNED)
    return Result(totals.points, totals.maximum, given.label, is_final)
