"""The rows of a preparation's lists in words: figures with their change, documents with their files, own scores."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from thidua.extensions import db
from thidua.models import (
    ChecklistSession,
    Evidence,
    Preparation,
    PreparationDocument,
    PreparationFigure,
    PreparationPerson,
    PreparationReturn,
    Score,
)
from thidua.models.finders import session_sheet
from thidua.models.preparation_verbs import document_label, open_returns
from thidua.preparation.queries import last_figures
from thidua.rules.entries import entry_points
from thidua.rules.figures import Change, Proposed, change_of, figure_of, format_figure, proposed_rows
from thidua.rules.points import format_points
from thidua.rules.sheet import Criterion


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


def figure_lines(rows: Iterable[PreparationFigure]) -> Iterable[FigureLine]:
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


def proposed_lines(room: ChecklistSession) -> Iterable[FigureLine]:
    before = [Proposed(one.label, one.measure, one.this_year) for one in last_figures(room)]
    for place, one in enumerate(proposed_rows(before), start=1):
        yield FigureLine(0, place, one.label, one.measure, format_figure(figure_of(one.last_year)), "", "", None)


def document_lines(rows: Iterable[PreparationDocument], pieces: list[Evidence]) -> Iterable[DocumentLine]:
    for place, one in enumerate(rows, start=1):
        label = document_label(one)
        files = tuple(each for each in pieces if each.purpose == "decision" and each.caption == label[:300])
        yield DocumentLine(one.id, place, one.number, one.issued_on, one.title, label, files)


def other_files(rows: Iterable[PreparationDocument], pieces: list[Evidence]) -> tuple[Evidence, ...]:
    labels = {document_label(one)[:300] for one in rows}
    return tuple(one for one in pieces if one.purpose == "decision" and one.caption not in labels)


def people_of(preparation: Preparation | None, kind: str) -> tuple[PreparationPerson, ...]:
    return tuple(one for one in preparation.people if one.kind == kind) if preparation else ()


def score_lines(
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
