"""One preparation as its pages show it: everything loaded, in words, nothing left to ask in a template."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from thidua.extensions import db
from thidua.identity import now
from thidua.models import (
    ChecklistSession,
    Evidence,
    PlanUnit,
    Preparation,
    PreparationDocument,
    PreparationFigure,
    PreparationPerson,
    PreparationReturn,
    Score,
)
from thidua.models.finders import session_sheet
from thidua.models.plan_text import stored_facts
from thidua.models.preparation_verbs import document_label, open_returns
from thidua.preparation.queries import last_figures, preparation_of
from thidua.rules import lifecycle
from thidua.rules.entries import entry_points
from thidua.rules.figures import Change, Proposed, change_of, figure_of, format_figure, proposed_rows
from thidua.rules.plan_facts import Duty
from thidua.rules.points import format_points
from thidua.rules.preparing import FULL, NONE, Step, figures_state, report_state, share_state
from thidua.rules.readiness import days_words, due_day
from thidua.rules.sheet import Criterion
from thidua.rules.words import day_of
from thidua.session_pages.finding import Found


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure; ``last_year`` and ``this_year`` as people write them. ``id`` 0: proposed only."""

    id: int
    place: int
    label: str
    measure: str
    last_year: str
    this_year: str
    note: str
    change: Change | None


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One of the unit's documents with its files."""

    id: int
    place: int
    number: str
    issued_on: date | None
    title: str
    label: str
    files: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A proof in words."""

    id: int
    words: str


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A criterion with the unit's own score. ``asked``: what the centre wants anew, not answered yet."""

    id: int
    number: str
    text: str
    maximum: str
    value: str
    reason: str
    proofs: tuple[ProofLine, ...]
    files: int
    asked: PreparationReturn | None
    is_open: bool

    @property
    def is_proved(self) -> bool:
        """Something stands behind the score."""
        return bool(self.proofs or self.files or self.reason)


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
    scores = tuple(_scores(room, preparation, pieces, may_prepare))
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
        figures=tuple(_figures(preparation.figures) if preparation else _proposed(room)),
        documents=tuple(_documents(preparation.documents if preparation else (), pieces)),
        attendees=_people(preparation, "attendee"),
        exemplars=_people(preparation, "exemplar"),
        scores=scores,
        files={purpose: tuple(one for one in pieces if one.purpose == purpose) for purpose in ("report", "appendix")}
        | {"decision": _other_files(preparation.documents if preparation else (), pieces)},
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


def _figures(rows: Iterable[PreparationFigure]) -> Iterable[FigureLine]:
    for place, one in enumerate(rows, start=1):
        last, this = figure_of(one.last_year), figure_of(one.this_year)
        yield FigureLine(
            one.id,
            place,
            one.label,
            one.measure,
            format_figure(last),
            format_figure(this),
            one.note,
            change_of(last, this),
        )


def _proposed(room: ChecklistSession) -> Iterable[FigureLine]:
    before = [Proposed(one.label, one.measure, one.this_year) for one in last_figures(room)]
    for place, one in enumerate(proposed_rows(before), start=1):
        yield FigureLine(0, place, one.label, one.measure, format_figure(figure_of(one.last_year)), "", "", None)


def _documents(rows: Iterable[PreparationDocument], pieces: list[Evidence]) -> Iterable[DocumentLine]:
    for place, one in enumerate(rows, start=1):
        label = document_label(one)
        files = tuple(each for each in pieces if each.purpose == "decision" and each.caption == label[:300])
        yield DocumentLine(one.id, place, one.number, one.issued_on, one.title, label, files)


def _other_files(rows: Iterable[PreparationDocument], pieces: list[Evidence]) -> tuple[Evidence, ...]:
    labels = {document_label(one)[:300] for one in rows}
    return tuple(one for one in pieces if one.purpose == "decision" and one.caption not in labels)


def _people(preparation: Preparation | None, kind: str) -> tuple[PreparationPerson, ...]:
    return tuple(one for one in preparation.people if one.kind == kind) if preparation else ()


def _scores(
    room: ChecklistSession, preparation: Preparation | None, pieces: list[Evidence], may_prepare: bool
) -> Iterable[ScoreLine]:
    own = {
        score.criterion_id: score
        for score in db.session.scalars(
            select(Score).where(Score.checklist_session_id == room.id, Score.perspective == "self")
        )
    }
    files: dict[int, int] = defaultdict(int)
    for piece in pieces:
        if piece.criterion_id:
            files[piece.criterion_id] += 1
    proofs: dict[int, list[ProofLine]] = defaultdict(list)
    labels = {one.id: document_label(one) for one in preparation.documents} if preparation else {}
    for proof in preparation.proofs if preparation else ():
        words = ": ".join(one for one in (labels.get(proof.document_id or 0, ""), proof.note) if one)
        proofs[proof.criterion_id].append(ProofLine(proof.id, words))
    asked = {one.criterion_id: one for one in open_returns(preparation)} if preparation else {}
    is_sent = bool(preparation and preparation.submitted_at)
    for leaf in session_sheet(db.session(), room).leaves:
        score = own.get(leaf.id)
        yield ScoreLine(
            leaf.id,
            leaf.number,
            leaf.text,
            format_points(leaf.maximum) if leaf.maximum is not None else "",
            _value(leaf, score),
            (score.reason or score.text) if score else "",
            tuple(proofs[leaf.id]),
            files[leaf.id],
            asked.get(leaf.id),
            may_prepare and (not is_sent or leaf.id in asked),
        )


def _value(leaf: Criterion, score: Score | None) -> str:
    """ "8,5", "Không xét", "đã ghi", or nothing."""
    if score is None:
        return ""
    if score.not_applicable:
        return "Không xét"
    points = entry_points(leaf, score.entry)
    return "đã ghi" if points is None else format_points(points)
