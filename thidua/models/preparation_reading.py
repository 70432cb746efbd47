"""What of the unit's preparation stands beside the proposals in the room, and in the minutes: one query each."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Date, String, Text, bindparam, cast, func, literal, null, select, type_coerce, union_all
from sqlalchemy.orm import Session

from thidua.models.evidence import Evidence
from thidua.models.preparation import Preparation, PreparationDocument, PreparationFigure, PreparationProof
from thidua.rules.minutes_facts import FigureReported
from thidua.rules.preparing import document_words


@dataclass(frozen=True, slots=True)
class PreparedFacts:
    """What the unit sent. ``proofs``: criterion id -> what proves its own score: documents, notes, then its files."""

    report_summary: str = ""
    visit_place: str = ""
    figures: tuple[FigureReported, ...] = ()
    documents: tuple[str, ...] = ()
    proofs: dict[int, tuple[str, ...]] = field(default_factory=dict)


def proofs_of(session: Session, checklist_session_id: int) -> dict[int, tuple[str, ...]]:
    """Criterion id -> what stands behind the unit's own score: "Số 12/QĐ-HTS ngày 03/02/2020", notes, "2 tệp"."""
    return _proofs(session.execute(_PROOFS, {"id": checklist_session_id}).all())


def prepared_facts(session: Session, checklist_session_id: int) -> PreparedFacts:
    """Everything the minutes tell of it. What was not sent is the unit's draft, and told to nobody but the proofs."""
    rows = session.execute(_EVERYTHING, {"id": checklist_session_id}).all()
    kinds: dict[str, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: one.place):
        kinds[row.kind].append(row)
    texts = kinds["text"][0] if kinds["text"] else None
    is_sent = texts is not None and texts.a != ""
    return PreparedFacts(
        report_summary=texts.b if texts is not None and is_sent else "",
        visit_place=texts.c if texts is not None and is_sent else "",
        figures=tuple(
            FigureReported(row.a, row.b, row.c, row.d) for row in kinds["figure"] if is_sent and (row.c or row.d)
        ),
        documents=tuple(_document(row) for row in kinds["document"] if is_sent),
        proofs=_proofs([*kinds["proof"], *kinds["files"]]),
    )


def _document(row: Any) -> str:
    """ "Số 12/QĐ-HTS ngày 03/02/2020, Ban hành Quy chế thi đua"."""
    label = document_words(row.a, row.day, row.b)
    return f"{label}, {row.b}" if row.a else label


def _proofs(rows: Any) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: (one.kind == "files", one.place)):
        if row.kind == "files":
            found[row.about].append(f"{row.place} tệp")
            continue
        document = document_words(row.a, row.day, row.b) if row.a or row.b else ""
        found[row.about].append(": ".join(one for one in (document, row.c) if one))
    return {criterion_id: tuple(words) for criterion_id, words in found.items()}


# One shape for every kind: kind, about (criterion), place (order, or how many), four texts, a day.
_NOTHING = literal("", String)


def _row(kind: str, about: Any, place: Any, a: Any, b: Any, c: Any, d: Any, day: Any) -> Any:
    return select(
        literal(kind, String).label("kind"),
        about.label("about"),
        place.label("place"),
        cast(a, Text).label("a"),
        cast(b, Text).label("b"),
        cast(c, Text).label("c"),
        cast(d, Text).label("d"),
        type_coerce(day, Date).label("day"),
    )


_HERE = Preparation.checklist_session_id == bindparam("id")
_ZERO: Any = literal(0)
_PROOF_ROWS = (
    _row(
        "proof",
        PreparationProof.criterion_id,
        PreparationProof.id,
        func.coalesce(PreparationDocument.number, ""),
        func.coalesce(PreparationDocument.title, ""),
        PreparationProof.note,
        _NOTHING,
        PreparationDocument.issued_on,
    )
    .select_from(PreparationProof)
    .join(Preparation, Preparation.id == PreparationProof.preparation_id)
    .outerjoin(PreparationDocument, PreparationDocument.id == PreparationProof.document_id)
    .where(_HERE)
)
_FILE_ROWS = (
    _row("files", Evidence.criterion_id, func.count(Evidence.id), _NOTHING, _NOTHING, _NOTHING, _NOTHING, null())
    .where(
        Evidence.checklist_session_id == bindparam("id"),
        Evidence.side == "unit",
        Evidence.withdrawn_at.is_(None),
        Evidence.criterion_id.is_not(None),
    )
    .group_by(Evidence.criterion_id)
)
_PROOFS = union_all(_PROOF_ROWS, _FILE_ROWS)
_EVERYTHING = union_all(
    _PROOF_ROWS,
    _FILE_ROWS,
    _row(
        "text",
        _ZERO,
        _ZERO,
        func.coalesce(cast(Preparation.submitted_at, Text), ""),
        Preparation.report_summary,
        Preparation.visit_place,
        _NOTHING,
        null(),
    ).where(_HERE),
    _row(
        "figure",
        _ZERO,
        PreparationFigure.position,
        PreparationFigure.label,
        PreparationFigure.measure,
        PreparationFigure.last_year,
        PreparationFigure.this_year,
        null(),
    )
    .join(Preparation, Preparation.id == PreparationFigure.preparation_id)
    .where(_HERE),
    _row(
        "document",
        _ZERO,
        PreparationDocument.position,
        PreparationDocument.number,
        PreparationDocument.title,
        _NOTHING,
        _NOTHING,
        PreparationDocument.issued_on,
    )
    .join(Preparation, Preparation.id == PreparationDocument.preparation_id)
    .where(_HERE),
)
