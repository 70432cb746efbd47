"""What a criterion and a whole sheet will look like: the card that members press, the form that is printed."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from thidua.checklists import version_queries as queries
from thidua.checklists.designing_criterion import LEVELS, read_levels
from thidua.checklists.designing_forms import CriterionForm
from thidua.checklists.designing_queries import draft_page
from thidua.checklists.designing_rows import TypedRows
from thidua.checklists.trying import kinds_of
from thidua.doors.pdf import render_apart
from thidua.extensions import db
from thidua.identity import require_person
from thidua.models import Checklist
from thidua.models.checklist import DRAFT, STATES
from thidua.models.finders import sheet_of
from thidua.models.unit import UNIT_KINDS
from thidua.permissions import allow, may
from thidua.rules.checklist_form import BlankFacts, compose_blank_form, rows_of, with_criterion
from thidua.rules.criterion_shape import problems
from thidua.rules.documents import Document, Table
from thidua.rules.sheet import Criterion, Level, Sheet
from thidua.session_pages.score_controls import TITLES, Control, EntryForm, Group, control_for, groups_of, guidance_of


@dataclass(frozen=True, slots=True)
class Card:
    """A criterion as the scoring screen shows it before anybody has scored (see ``checklist_sessions.cards.Card``)."""

    id: int
    number: str
    short: str
    guidance: str
    refs: tuple[str, ...]
    critical: bool
    kind: str
    section_number: str
    position: int
    count: int
    maximum: str
    maximum_label: str
    groups: tuple[Group, ...]
    control: Control
    entry: EntryForm


def card(checklist_id: int, criterion_id: int) -> ResponseReturnValue:
    """One criterion: its card, and its rows on paper."""
    checklist = queries.found(checklist_id)
    person = require_person()
    allow("see_checklists", person)
    sheet = sheet_of(db.session(), checklist_id)
    criterion = next((one for one in sheet.all if one.id == criterion_id), None) or abort(404)
    ids = [one.id for one in sheet.all]
    place = ids.index(criterion_id)
    return render_template(
        "checklists/preview_card.html",
        **_shown(sheet, criterion),
        checklist=checklist,
        previous_id=ids[place - 1] if place else None,
        next_id=ids[place + 1] if place + 1 < len(ids) else None,
        states=STATES,
        may=partial(may, person=person),
    )


def typed_card(draft_id: int, draft_criterion_id: int) -> ResponseReturnValue:
    """The same for what is being typed into the form of a criterion; nothing is saved."""
    draft = draft_page(draft_id)
    row = draft.row(draft_criterion_id)
    form, typed = CriterionForm(), TypedRows.posted(request.form, "level", LEVELS)
    form.validate()
    levels, errors = read_levels(typed) if form.kind.data == "levels" else ([], {})
    wrong = [*(str(one) for found in form.errors.values() for one in found), *errors.values()]
    sheet = draft.checklist.sheet
    stands = next(one for one in sheet.all if one.id == row.id)
    changed = None if wrong else _as_typed(stands, form.values(levels), form.typed_number)
    wrong = wrong or list(problems(changed or stands).values())
    if wrong or changed is None:
        return render_template("checklists/_preview_wrong.html", wrong=list(dict.fromkeys(wrong))), 422
    return render_template("checklists/_preview_card.html", **_shown(with_criterion(sheet, changed), changed))


def form(checklist_id: int) -> ResponseReturnValue:
    """The printed form on the screen (``?kind=``: as one kind of unit gets it)."""
    checklist = queries.found(checklist_id)
    person = require_person()
    allow("see_checklists", person)
    whole = sheet_of(db.session(), checklist_id)
    return render_template(
        "checklists/preview_form.html",
        checklist=checklist,
        document=_document(checklist, whole),
        kinds=kinds_of(whole),
        kind=request.args.get("kind", ""),
        states=STATES,
        may=partial(may, person=person),
    )


def form_pdf(checklist_id: int) -> ResponseReturnValue:
    """The same on paper."""
    checklist = queries.found(checklist_id)
    allow("see_checklists", require_person())
    document = _document(checklist, sheet_of(db.session(), checklist_id))
    name = f"phieu-cham-diem-{checklist_id}-ban-{checklist.version}.pdf"
    db.session.rollback()  # rendering takes a second; no transaction waits for it
    return Response(
        render_apart(document).pdf,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"},
    )


def _document(checklist: Checklist, whole: Sheet) -> Document:
    kind = request.args.get("kind", "")
    label = dict(kinds_of(whole)).get(kind, "") if kind else ""
    facts = BlankFacts(f"Bản {checklist.version}", checklist.state == DRAFT, label or UNIT_KINDS.get(kind, ""))
    return compose_blank_form(facts, whole.for_kind(kind))


def _shown(sheet: Sheet, criterion: Criterion) -> dict[str, Any]:
    table: Table = rows_of(sheet, criterion.id)
    leaf = None if criterion.is_section else criterion
    return {"criterion": criterion, "sheet": sheet, "table": table, "card": leaf and _card(sheet, leaf)}


def _card(sheet: Sheet, leaf: Criterion) -> Card:
    ids = [one.id for one in sheet.leaves]
    top = next(root for root in sheet.roots if leaf.id in {one.id for one in _below(root)})
    control = control_for(leaf)
    title, tab, reason_label, chips = TITLES["proposed"]
    return Card(
        id=leaf.id,
        number=leaf.number,
        short=leaf.text,
        guidance=guidance_of(sheet, leaf),
        refs=leaf.refs,
        critical=leaf.critical,
        kind=leaf.kind,
        section_number=top.number,
        position=ids.index(leaf.id) + 1,
        count=len(ids),
        maximum=control.maximum,
        maximum_label=control.maximum_label,
        groups=groups_of(sheet, leaf),
        control=control,
        entry=EntryForm("proposed", title, tab, reason_label, chips, 0, "", "", "", 0, "", "", ""),
    )


def _below(criterion: Criterion) -> list[Criterion]:
    return [criterion, *(one for child in criterion.children for one in _below(child))]


def _as_typed(stands: Criterion, values: dict[str, Any], number: str | None) -> Criterion:
    """The criterion as it would be saved."""
    levels = tuple(Level(**level) for level in values["levels"])
    values = values | {"levels": levels, "refs": tuple(values["refs"]), "applies_to": tuple(values["applies_to"])}
    return replace(stands, **values, number=number or stands.number)
