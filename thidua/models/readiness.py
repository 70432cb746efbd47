"""How far the units are with their preparation, read for many half-days at once: one query a table, not one a unit."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from thidua.models.checklist_session import ChecklistSession
from thidua.models.evidence import Evidence
from thidua.models.finders import session_sheet
from thidua.models.plan import PlanUnit
from thidua.models.preparation import (
    Preparation,
    PreparationDocument,
    PreparationFigure,
    PreparationPerson,
    PreparationReturn,
)
from thidua.models.score import Score
from thidua.models.unit import Unit
from thidua.rules.preparing import FULL, figures_state, report_state
from thidua.rules.readiness import OpenReturn, Prepared, Readiness, readiness_of


@dataclass(frozen=True, slots=True)
class UnitReadiness:
    """A unit of a plan and how it stands. ``checklist_session_id`` is None while it has no half-day.

    ``changed_at`` is the last change that left a time: a file, a self-score, sending, confirming, a return.
    """

    plan_id: int
    plan_unit_id: int
    position: int
    unit_id: int
    unit: str
    team_id: int | None
    checklist_session_id: int | None
    session_state: str
    on_date: date | None
    half: str
    place: str
    starts_at: str
    readiness: Readiness
    confirmed_at: datetime | None
    changed_at: datetime | None


def readiness_of_plan(session: Session, plan_id: int, today: date) -> list[UnitReadiness]:
    """Every unit of the plan in its order, those without a half-day too."""
    return _read(session, PlanUnit.plan_id == plan_id, today)


def readiness_of_sessions(session: Session, ids: Sequence[int], today: date) -> dict[int, UnitReadiness]:
    """The half-days with these ids; those that are not there are left out."""
    found = _read(session, ChecklistSession.id.in_(ids), today) if ids else []
    return {one.checklist_session_id: one for one in found if one.checklist_session_id is not None}


def _read(session: Session, which: ColumnElement[bool], today: date) -> list[UnitReadiness]:
    rows = session.execute(
        select(PlanUnit, Unit.name, ChecklistSession, Preparation)
        .join(Unit, Unit.id == PlanUnit.unit_id)
        .outerjoin(ChecklistSession, ChecklistSession.plan_unit_id == PlanUnit.id)
        .outerjoin(Preparation, Preparation.checklist_session_id == ChecklistSession.id)
        .where(which)
        .order_by(PlanUnit.position, PlanUnit.id)
    ).all()
    read = _Counted(session, [room.id for _, _, room, _ in rows if room], [one.id for *_, one in rows if one])
    found = []
    for plan_unit, unit, room, preparation in rows:
        found.append(
            UnitReadiness(
                plan_id=plan_unit.plan_id,
                plan_unit_id=plan_unit.id,
                position=plan_unit.position,
                unit_id=plan_unit.unit_id,
                unit=unit,
                team_id=plan_unit.team_id,
                checklist_session_id=room.id if room else None,
                session_state=room.state if room else "",
                on_date=plan_unit.on_date,
                half=plan_unit.half,
                place=plan_unit.place,
                starts_at=room.starts_at if room else "",
                readiness=readiness_of(read.prepared(plan_unit, room, preparation), today),
                confirmed_at=preparation.schedule_confirmed_at if preparation else None,
                changed_at=read.changed_at(room, preparation),
            )
        )
    return found


class _Counted:
    """What is counted of several half-days, by table."""

    def __init__(self, session: Session, rooms: list[int], preparations: list[int]) -> None:
        self._session = session
        self.files: dict[int, dict[str, int]] = defaultdict(dict)
        self.times: dict[int, list[datetime]] = defaultdict(list)
        self.self_scored: dict[int, int] = {}
        self.figures: dict[int, tuple[int, int]] = {}
        self.returns: dict[int, list[PreparationReturn]] = defaultdict(list)
        if rooms:
            self._count_of_rooms(rooms)
        self.documents: dict[int, int] = {}
        self.attendees: dict[int, int] = {}
        if preparations:
            self._count_of_preparations(preparations)

    def _count_of_rooms(self, rooms: list[int]) -> None:
        files = (
            select(Evidence.checklist_session_id, Evidence.purpose, func.count(), func.max(Evidence.at))
            .where(Evidence.checklist_session_id.in_(rooms), Evidence.side == "unit", Evidence.withdrawn_at.is_(None))
            .group_by(Evidence.checklist_session_id, Evidence.purpose)
        )
        for room, purpose, count, at in self._session.execute(files):
            self.files[room][purpose] = count
            self.times[room].append(at)
        scores = (
            select(Score.checklist_session_id, func.count(), func.max(Score.at))
            .where(Score.checklist_session_id.in_(rooms), Score.perspective == "self")
            .group_by(Score.checklist_session_id)
        )
        for room, count, at in self._session.execute(scores):
            self.self_scored[room] = count
            self.times[room].append(at)

    def _count_of_preparations(self, preparations: list[int]) -> None:
        has_figure = case((PreparationFigure.this_year != "", 1), else_=0)
        figures = (
            select(PreparationFigure.preparation_id, func.count(), func.sum(has_figure))
            .where(PreparationFigure.preparation_id.in_(preparations))
            .group_by(PreparationFigure.preparation_id)
        )
        self.figures = {one: (count, int(filled)) for one, count, filled in self._session.execute(figures)}
        self.documents = self._count(PreparationDocument.preparation_id, preparations)
        self.attendees = self._count(
            PreparationPerson.preparation_id, preparations, PreparationPerson.kind == "attendee"
        )
        for one in self._session.scalars(
            select(PreparationReturn)
            .where(PreparationReturn.preparation_id.in_(preparations))
            .order_by(PreparationReturn.id)
        ):
            self.returns[one.preparation_id].append(one)

    def _count(self, column: Any, ids: list[int], *conditions: ColumnElement[bool]) -> dict[int, int]:
        counted = select(column, func.count()).where(column.in_(ids), *conditions).group_by(column)
        return {row[0]: row[1] for row in self._session.execute(counted)}

    def prepared(self, plan_unit: PlanUnit, room: ChecklistSession | None, preparation: Preparation | None) -> Prepared:
        """The unit in the terms of the rules."""
        if room is None:
            return Prepared(on_date=plan_unit.on_date)
        files = self.files[room.id]
        leaves = session_sheet(self._session, room).leaves
        scored = self.self_scored.get(room.id, 0)
        if preparation is None:
            return Prepared(
                state=room.state, on_date=plan_unit.on_date, self_scored=scored, self_count=len(leaves),
                has_report=report_state("", files.get("report", 0)) == FULL,
            )  # fmt: skip
        count, filled = self.figures.get(preparation.id, (0, 0))
        numbers = {leaf.id: leaf.number for leaf in leaves}
        return Prepared(
            state=room.state,
            on_date=plan_unit.on_date,
            due_on=preparation.due_on,
            has_report=report_state(preparation.report_summary, files.get("report", 0)) == FULL,
            has_figures=figures_state(["1"] * filled + [""] * (count - filled), files.get("appendix", 0)) == FULL,
            self_scored=scored,
            self_count=len(leaves),
            has_documents=bool(self.documents.get(preparation.id)),
            has_attendees=bool(self.attendees.get(preparation.id)),
            is_confirmed=preparation.schedule_confirmed_at is not None,
            submitted_at=preparation.submitted_at,
            first_submitted_at=preparation.first_submitted_at,
            returns=tuple(
                OpenReturn(numbers.get(one.criterion_id, "?"), one.due_on, one.remark)
                for one in self.returns[preparation.id]
                if one.answered_at is None
            ),
        )

    def changed_at(self, room: ChecklistSession | None, preparation: Preparation | None) -> datetime | None:
        """The latest time that something left."""
        times = list(self.times[room.id]) if room else []
        if preparation:
            times += [one for one in (preparation.submitted_at, preparation.schedule_confirmed_at) if one]
            for one in self.returns[preparation.id]:
                times.append(one.answered_at or one.at)
        return max(times, default=None)
