"""One preparation as its pages show it: everything loaded, in words, nothing left to ask in a template."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from thidua.extensions import db
from thidua.identity import now
from thidua.models import Evidence, PlanUnit, PreparationPerson
from thidua.models.plan_text import stored_facts
from thidua.preparation.lines import (
    DocumentLine,
    FigureLine,
    ScoreLine,
    document_lines,
    figure_lines,
    other_files,
    people_of,
    proposed_lines,
    score_lines,
)
from thidua.preparation.queries import preparation_of
from thidua.rules import lifecycle
from thidua.rules.plan_facts import Duty
from thidua.rules.preparing import FULL, NONE, Step, figures_state, report_state, share_state
from thidua.rules.readiness import days_words, due_day
from thidua.rules.words import day_of
from thidua.session_pages.finding import Found


@dataclass(frozen=True, slots=True)
class Prepared:
    """The whole. ``may_write``: this person may change drafts now; ``exists``: somebody has begun."""

    id: int
    state: str
    exists: bool
    may_prepare: bool
    may_write: bool
    duties: tuple[Duty, ...]
    plan_label: str
    plan_unit: PlanUnit
    starts_at: str
    due_on: date | None
    due_words: str
    report_summary: str
    visit_place: str
    figures: tuple[FigureLine, ...]
    documents: tuple[DocumentLine, ...]
    attendees: tuple[PreparationPerson, ...]
    exemplars: tuple[PreparationPerson, ...]
    scores: tuple[ScoreLine, ...]
    files: dict[str, tuple[Evidence, ...]]
    confirmed_at: datetime | None
    confirmed_by: str
    submitted_at: datetime | None
    submitted_by: str
    is_late: bool
    returns: tuple[ScoreLine, ...]
    steps: tuple[Step, ...] = field(default=())

    @property
    def missing(self) -> tuple[Step, ...]:
        """What is asked about before it is sent."""
        return tuple(step for step in self.steps if step.asked and step.state != FULL)

    @property
    def done(self) -> int:
        """How many of the things asked are there."""
        return sum(step.state == FULL for step in self.steps if step.asked)

    @property
    def asked(self) -> int:
        """How many things are asked."""
        return sum(step.asked for step in self.steps)

    def step(self, key: str) -> Step:
        """The step with this key."""
        return next(one for one in self.steps if one.key == key)


def prepared_view(found: Found) -> Prepared:
    """Read it all; before anybody has begun, the figures are those that would be proposed."""
    room = found.checklist_session
    preparation = preparation_of(room.id)
    plan_unit = db.session.scalars(
        select(PlanUnit).where(PlanUnit.id == room.plan_unit_id).options(joinedload(PlanUnit.plan))
    ).one()
    pieces = _pieces(room.id)
    submitted_at = preparation.submitted_at if preparation else None
    writable = room.state in (lifecycle.PLANNED, lifecycle.OPEN)
    may_prepare = found.may("prepare") and writable
    due_on = due_day(preparation.due_on if preparation else None, plan_unit.on_date)
    today = day_of(now())
    scores = tuple(score_lines(room, preparation, pieces, may_prepare))
    first = preparation.first_submitted_at if preparation else None
    view = Prepared(
        id=room.id,
        state=room.state,
        exists=preparation is not None,
        may_prepare=may_prepare,
        may_write=may_prepare and submitted_at is None,
        duties=stored_facts(plan_unit.plan.content).duties,
        plan_label=found.plan_label,
        plan_unit=plan_unit,
        starts_at=room.starts_at,
        due_on=due_on,
        due_words=days_words((due_on - today).days) if due_on and not submitted_at else "",
        report_summary=preparation.report_summary if preparation else "",
        visit_place=preparation.visit_place if preparation else "",
        figures=tuple(figure_lines(preparation.figures) if preparation else proposed_lines(room)),
        documents=tuple(document_lines(preparation.documents if preparation else (), pieces)),
        attendees=people_of(preparation, "attendee"),
        exemplars=people_of(preparation, "exemplar"),
        scores=scores,
        files={purpose: tuple(one for one in pieces if one.purpose == purpose) for purpose in ("report", "appendix")}
        | {"decision": other_files(preparation.documents if preparation else (), pieces)},
        confirmed_at=preparation.schedule_confirmed_at if preparation else None,
        confirmed_by=preparation.schedule_confirmed_by_name if preparation else "",
        submitted_at=submitted_at,
        submitted_by=preparation.submitted_by_name if preparation else "",
        is_late=due_on is not None and day_of(first) > due_on if first else False,
        returns=tuple(one for one in scores if one.asked),
    )
    return _with_steps(view)


def _with_steps(view: Prepared) -> Prepared:
    filled = sum(bool(one.this_year) for one in view.figures)
    scored = sum(bool(one.value) for one in view.scores)
    proved = sum(bool(one.value) and one.is_proved for one in view.scores)
    report, appendix = len(view.files["report"]), len(view.files["appendix"])
    figures = figures_state([one.this_year for one in view.figures], appendix)
    extras = len(view.exemplars) + bool(view.visit_place)
    steps = (
        Step(
            "report",
            "Báo cáo",
            report_state(view.report_summary, report),
            f"{report} tệp" if report else "chưa có tệp",
            asked=True,
        ),
        Step("figures", "Phụ lục số liệu", figures, f"{filled}/{len(view.figures)} chỉ tiêu", asked=True),
        Step(
            "documents",
            "Quyết định, quy chế của đơn vị",
            FULL if view.documents else NONE,
            f"{len(view.documents)} văn bản",
            asked=True,
        ),
        Step(
            "scores",
            "Tự chấm điểm",
            share_state(scored, len(view.scores)),
            f"{scored}/{len(view.scores)} tiêu chí, {proved} có minh chứng",
            asked=True,
        ),
        Step(
            "people",
            "Người dự buổi kiểm tra",
            FULL if view.attendees else NONE,
            f"{len(view.attendees)} người",
            asked=True,
        ),
        Step("visit", "Nơi tham quan, điển hình (nếu có)", FULL if extras else NONE, f"{extras} mục" if extras else ""),
        Step(
            "schedule",
            "Xác nhận lịch",
            FULL if view.confirmed_at else NONE,
            "đã xác nhận" if view.confirmed_at else "chưa xác nhận",
            asked=True,
        ),
    )
    return Prepared(**{name: getattr(view, name) for name in Prepared.__slots__ if name != "steps"}, steps=steps)


def _pieces(checklist_session_id: int) -> list[Evidence]:
    """The unit's files that stand."""
    return list(
        db.session.scalars(
            select(Evidence)
            .where(
                Evidence.checklist_session_id == checklist_session_id,
                Evidence.side == "unit",
                Evidence.withdrawn_at.is_(None),
            )
            .order_by(Evidence.id)
        )
    )
