"""The verbs of a preparation's drafts: what the unit writes before it sends it. Nothing of this is journaled.

Whoever changes something says what stood there when the page was shown (``before``): two people of a unit on two phones
never overwrite each other unseen. What stands already is not written twice: sent again it changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from thidua.models.preparation import (
    Preparation,
    PreparationDocument,
    PreparationFigure,
    PreparationPerson,
    PreparationProof,
    PreparationReturn,
)
from thidua.rules import preparing
from thidua.rules.errors import Conflict, Refused
from thidua.rules.figures import Proposed, proposed_rows
from thidua.rules.lifecycle import PLANNED

Row = PreparationFigure | PreparationDocument | PreparationPerson
AnyRow = TypeVar("AnyRow", PreparationFigure, PreparationDocument, PreparationPerson)
MOST_ROWS = 200
CHANGED = "Mục này vừa được sửa trên máy khác trong lúc đồng chí nhập. Chưa có gì bị mất; xin chọn một bản."
TOO_MANY = f"Mỗi danh sách có nhiều nhất {MOST_ROWS} dòng. Xin gộp bớt, hoặc gửi kèm tệp."


def begin_preparation(checklist_session_id: int, *, figures: Iterable[PreparationFigure], at: datetime) -> Preparation:
    """An empty folder whose table of figures has the rows of last time (``figures``), or the usual ones."""
    before = [Proposed(one.label, one.measure, one.this_year) for one in figures]
    rows = [
        PreparationFigure(
            position=place, label=one.label, measure=one.measure, last_year=one.last_year, this_year="", note=""
        )
        for place, one in enumerate(proposed_rows(before), start=1)
    ]
    return Preparation(
        checklist_session_id=checklist_session_id,
        revision=0,
        figures=rows,
        documents=[],
        people=[],
        proofs=[],
        returns=[],
        report_summary="",
        visit_place="",
        schedule_confirmed_by_name="",
        submitted_by_name="",
        created_at=at,
    )


def write_texts(preparation: Preparation, texts: Mapping[str, str], *, before: Mapping[str, str], state: str) -> bool:
    """``report_summary`` or ``visit_place``; False when it stands so already. Raises ``Conflict``, ``Refused``."""
    require_draft(preparation, state)
    return _write(preparation, preparation, texts, before)


def add_row(preparation: Preparation, rows: list[AnyRow], row: AnyRow, *, same: Sequence[str], state: str) -> bool:
    """One more figure, document or person at the end; False when one with the ``same`` columns is there already."""
    require_draft(preparation, state)
    if any(all(getattr(one, name) == getattr(row, name) for name in same) for one in rows):
        return False
    if len(rows) >= MOST_ROWS:
        raise Refused(TOO_MANY)
    row.position = max((one.position for one in rows), default=0) + 1
    rows.append(row)
    preparation.revision += 1
    return True


def change_row(
    preparation: Preparation, row: Row, values: Mapping[str, Any], *, before: Mapping[str, Any], state: str
) -> bool:
    """Other words or figures in a row; False when it stands so already. Raises ``Conflict`` with the row."""
    require_draft(preparation, state)
    return _write(preparation, row, values, before)


def remove_row(preparation: Preparation, rows: list[AnyRow], row_id: int, *, state: str) -> bool:
    """Take a row out; False when it is gone already. A document takes the proofs that name it along."""
    require_draft(preparation, state)
    row = next((one for one in rows if one.id == row_id), None)
    if row is None:
        return False
    if isinstance(row, PreparationDocument):
        preparation.proofs = [one for one in preparation.proofs if one.document_id != row_id]
    rows.remove(row)
    _number(rows)
    preparation.revision += 1
    return True


def move_row(preparation: Preparation, rows: list[AnyRow], row_id: int, to: int, *, state: str) -> bool:
    """Put a row at place ``to``, counted from 1; False when it stands there already, or is gone."""
    require_draft(preparation, state)
    row = next((one for one in rows if one.id == row_id), None)
    to = min(max(to, 1), len(rows))
    if row is None or rows.index(row) == to - 1:
        return False
    ordered = [one for one in rows if one is not row]
    ordered.insert(to - 1, row)
    _number(ordered)
    rows.sort(key=lambda one: one.position)
    preparation.revision += 1
    return True


def add_proof(preparation: Preparation, criterion_id: int, *, document_id: int | None, note: str, state: str) -> bool:
    """A document of the unit, or a note, that proves its own score; False when it is named already."""
    require_proofs_open(preparation, criterion_id, state)
    wanted = (criterion_id, document_id, note)
    if any((one.criterion_id, one.document_id, one.note) == wanted for one in preparation.proofs):
        return False
    if len(preparation.proofs) >= MOST_ROWS * 10:
        raise Refused(TOO_MANY)
    preparation.proofs.append(PreparationProof(criterion_id=criterion_id, document_id=document_id, note=note))
    preparation.revision += 1
    return True


def remove_proof(preparation: Preparation, proof_id: int, *, state: str) -> bool:
    """Not a proof after all; False when it is gone already."""
    proof = next((one for one in preparation.proofs if one.id == proof_id), None)
    if proof is None:
        return False
    require_proofs_open(preparation, proof.criterion_id, state)
    preparation.proofs.remove(proof)
    preparation.revision += 1
    return True


def require_draft(preparation: Preparation, state: str) -> None:
    """The unit still writes: not sent yet, scoring not closed. Raises ``Refused``."""
    preparing.require_can_prepare(state)
    if preparation.submitted_at:
        raise Refused(preparing.SENT)


def require_proofs_open(preparation: Preparation, criterion_id: int, state: str) -> None:
    """The same for what proves one criterion; one that was returned is open again."""
    preparing.require_can_prepare(state)
    if preparation.submitted_at and not open_returns(preparation, criterion_id):
        raise Refused(preparing.SENT)


def require_self_open(
    preparation: Preparation,
    returns: Iterable[PreparationReturn],
    criterion_id: int,
    number: str,
    *,
    scored_at: datetime | None,
    state: str,
) -> None:
    """Whether the unit's own score may still change, whoever types it. Raises ``Refused``.

    ``scored_at``: when the score that stands was given (None: there is none); ``returns`` are all of the preparation.
    """
    if preparation.submitted_at is None:
        return
    asked = [one for one in returns if one.criterion_id == criterion_id]
    sealed_at = max([preparation.submitted_at, *(one.answered_at for one in asked if one.answered_at)])
    is_returned = any(one.answered_at is None for one in asked)
    if preparing.is_sealed(state, sealed_at=sealed_at, is_returned=is_returned, scored_at=scored_at):
        raise Refused(preparing.sealed_words(number))


def require_laying_open(
    preparation: Preparation,
    returns: Iterable[PreparationReturn],
    criterion_id: int | None,
    purpose: str,
    *,
    laid_at: datetime | None,
    state: str,
) -> None:
    """Whether the unit may still lay out a file, or change one laid out at ``laid_at``. Raises ``Refused``.

    In the room it shows what it likes; what was sent with the preparation stays.
    """
    if preparation.submitted_at is None:
        return
    if any(one.criterion_id == criterion_id and one.answered_at is None for one in returns):
        return
    is_new = laid_at is None or laid_at > preparation.submitted_at
    if purpose or not is_new or state == PLANNED:
        raise Refused(preparing.SENT)


def open_returns(preparation: Preparation, criterion_id: int | None = None) -> list[PreparationReturn]:
    """What the centre asked for again and did not get yet, of one criterion or of all. Needs ``returns`` loaded."""
    return [one for one in preparation.returns if one.answered_at is None and criterion_id in (None, one.criterion_id)]


def document_label(document: PreparationDocument) -> str:
    """ "Số 12/QĐ-HTS ngày 03/02/2020"; a document without a number goes by its title."""
    return preparing.document_words(document.number, document.issued_on, document.title)


def plain_preparation(preparation: Preparation) -> dict[str, Any]:
    """Everything that was sent, as plain JSON: what the digest in the journal is made of."""
    return {
        "report_summary": preparation.report_summary,
        "visit_place": preparation.visit_place,
        "figures": [[one.label, one.measure, one.last_year, one.this_year, one.note] for one in preparation.figures],
        "documents": [[one.number, _iso(one.issued_on), one.title] for one in preparation.documents],
        "people": [[one.kind, one.name, one.office, one.note] for one in preparation.people],
        "proofs": sorted([one.criterion_id, one.document_id or 0, one.note] for one in preparation.proofs),
    }


def _write(preparation: Preparation, row: Any, values: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    wanted = {name: value for name, value in values.items() if getattr(row, name) != value}
    if any(name in before and getattr(row, name) != before[name] for name in wanted):
        raise Conflict(CHANGED, theirs=row)
    for name, value in wanted.items():
        setattr(row, name, value)
    preparation.revision += bool(wanted)
    return bool(wanted)


def _number(rows: Sequence[Row]) -> None:
    for position, row in enumerate(rows, start=1):
        row.position = position


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
