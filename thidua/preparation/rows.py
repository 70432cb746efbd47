"""The lists of a preparation: figures, documents, people. Added, changed, moved and taken out row by row."""

from dataclasses import dataclass
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import select

from thidua.extensions import db
from thidua.identity import now
from thidua.models import (
    ChecklistSession,
    Evidence,
    Preparation,
    PreparationDocument,
    PreparationFigure,
    PreparationPerson,
)
from thidua.models.preparation_verbs import add_row, change_row, document_label, move_row, remove_row
from thidua.preparation.forms import DocumentForm, FigureForm, PersonForm, before, posted
from thidua.preparation.saving import part, require_valid, save
from thidua.preparation.view import Prepared
from thidua.session_pages.finding import Found
from thidua.session_pages.operations import new_operation


@dataclass(frozen=True, slots=True)
class Kind:
    """One list: what is typed, what it becomes, and which columns make two rows the same."""

    form: type[FlaskForm]
    model: type[Any]
    columns: tuple[str, ...]
    same: tuple[str, ...]


KINDS = {
    "figures": Kind(
        FigureForm, PreparationFigure, ("label", "measure", "last_year", "this_year", "note"), ("label", "measure")
    ),
    "documents": Kind(
        DocumentForm, PreparationDocument, ("number", "issued_on", "title"), ("number", "issued_on", "title")
    ),
    "people": Kind(PersonForm, PreparationPerson, ("name", "office", "note"), ("kind", "name", "office")),
}


def add(checklist_session_id: int, rows: str) -> ResponseReturnValue:
    """One more row at the end; one that is there already is not added twice."""
    kind, form = KINDS[rows], KINDS[rows].form()

    def change(found: Found, preparation: Preparation) -> None:
        require_valid(form)
        values = {name: form[name].data for name in (*kind.columns, *(("kind",) if rows == "people" else ()))}
        state = found.checklist_session.state
        add_row(preparation, getattr(preparation, rows), kind.model(**values), same=kind.same, state=state)

    return save(checklist_session_id, change, place=rows, parts=lambda view: [_list(view, rows)])


def change(checklist_session_id: int, rows: str, row_id: int) -> ResponseReturnValue:
    """Other words or figures: what was posted of the row."""
    kind, form = KINDS[rows], KINDS[rows].form()

    def write(found: Found, preparation: Preparation) -> None:
        row = next((one for one in getattr(preparation, rows) if one.id == row_id), None) or abort(404)
        if rows == "people":
            form.kind.data = row.kind
        require_valid(form)
        label = document_label(row) if rows == "documents" else ""
        values, shown = posted(form, *kind.columns), before(kind.form, *kind.columns)
        if change_row(preparation, row, values, before=shown, state=found.checklist_session.state) and label:
            _rename_files(found, label, document_label(row))

    def parts(view: Prepared) -> list[str]:
        if rows == "figures":
            return [part(view, "change", row=one) for one in view.figures if one.id == row_id]
        return [part(view, "proofs")] if rows == "documents" else []

    return save(checklist_session_id, write, place=f"{rows}-{row_id}", parts=parts)


def remove(checklist_session_id: int, rows: str, row_id: int) -> ResponseReturnValue:
    """Take it out; gone already is gone."""

    def change(found: Found, preparation: Preparation) -> None:
        remove_row(preparation, getattr(preparation, rows), row_id, state=found.checklist_session.state)

    return save(checklist_session_id, change, place=rows, parts=lambda view: [_list(view, rows)])


def move(checklist_session_id: int, rows: str, row_id: int) -> ResponseReturnValue:
    """Put it at place ``to`` (from the address), counted from 1 among the rows shown together."""
    to = request.args.get("to", type=int) or abort(400)

    def change(found: Found, preparation: Preparation) -> None:
        move_row(preparation, getattr(preparation, rows), row_id, to, state=found.checklist_session.state)

    return save(checklist_session_id, change, place=f"{rows}-{row_id}", parts=lambda view: [_list(view, rows)])


def _list(view: Prepared, rows: str) -> str:
    if rows != "people":
        return part(view, rows) + (part(view, "proofs") if rows == "documents" else "")
    return "\n".join(part(view, "people", kind=kind) for kind in ("attendee", "exemplar"))


def _rename_files(found: Found, old: str, new: str) -> None:
    """A file of a document goes by the document's label: it takes over the new one, as the journal tells."""
    if old == new:
        return
    room: ChecklistSession = found.checklist_session
    meant = select(Evidence).where(
        Evidence.checklist_session_id == room.id,
        Evidence.purpose == "decision",
        Evidence.caption == old,
        Evidence.withdrawn_at.is_(None),
    )
    for one in db.session.scalars(meant):
        room.describe_evidence(one, new, base_caption=old, by=found.person, at=now(), op_id=new_operation())
