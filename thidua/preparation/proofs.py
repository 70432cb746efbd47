"""What proves a self-score: one of the unit's documents, or a note. Files are evidence of the criterion."""

from flask import abort
from flask.typing import ResponseReturnValue

from thidua.extensions import db
from thidua.models import Preparation
from thidua.models.finders import session_sheet
from thidua.models.preparation_verbs import add_proof, remove_proof
from thidua.preparation.forms import ProofForm
from thidua.preparation.saving import part, require_valid, save
from thidua.preparation.view import Prepared
from thidua.rules.errors import InvalidEntry
from thidua.session_pages.finding import Found

NOTHING = "Xin chọn một văn bản, hoặc ghi chú minh chứng là gì."


def add(checklist_session_id: int) -> ResponseReturnValue:
    """Name a document, a note, or both."""
    form = ProofForm()

    def change(found: Found, preparation: Preparation) -> None:
        require_valid(form)
        _require_criterion(found, form.criterion_id.data)
        document_id, note = form.document_id.data or None, form.note.data or ""
        if document_id and all(one.id != document_id for one in preparation.documents):
            raise InvalidEntry("Văn bản này không còn trong danh sách. Xin chọn lại.", "document_id")
        if not document_id and not note:
            raise InvalidEntry(NOTHING, "note")
        state = found.checklist_session.state
        add_proof(preparation, form.criterion_id.data, document_id=document_id, note=note, state=state)

    return save(
        checklist_session_id,
        change,
        place=f"score-{form.criterion_id.data}",
        parts=lambda view: _one(view, form.criterion_id.data),
    )


def remove(checklist_session_id: int, proof_id: int) -> ResponseReturnValue:
    """Not a proof after all."""
    about: list[int] = []

    def change(found: Found, preparation: Preparation) -> None:
        about.extend(one.criterion_id for one in preparation.proofs if one.id == proof_id)
        remove_proof(preparation, proof_id, state=found.checklist_session.state)

    return save(
        checklist_session_id,
        change,
        place="scores",
        parts=lambda view: [each for one in about for each in _one(view, one)],
    )


def _one(view: Prepared, criterion_id: int) -> list[str]:
    return [part(view, "proof_list", one=one) for one in view.scores if one.id == criterion_id]


def _require_criterion(found: Found, criterion_id: int | None) -> None:
    sheet = session_sheet(db.session(), found.checklist_session)
    if all(leaf.id != criterion_id for leaf in sheet.leaves):
        abort(404)
