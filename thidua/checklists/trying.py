"""Trial scoring: a sheet with its real keys, added up and rated by the server at every press; nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from flask import render_template, request
from flask.typing import ResponseReturnValue

from thidua.checklists import version_queries as queries
from thidua.extensions import db
from thidua.hx import is_fragment_wanted
from thidua.identity import require_person
from thidua.models.checklist import STATES
from thidua.models.finders import sheet_of
from thidua.models.unit import UNIT_KINDS
from thidua.permissions import allow, may
from thidua.rules import sheet_words
from thidua.rules.gate_changes import told_gate
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.sheet_words import maximum_words
from thidua.rules.trial import NOT_APPLICABLE, fullest, try_sheet
from thidua.session_pages.score_controls import control_for

LONGEST = 12  # characters of one value


@dataclass(frozen=True, slots=True)
class Row:
    """A section's heading or a criterion with its keys and the value that stands in them."""

    criterion: Criterion
    depth: int
    most: str
    control: object = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form. ``kind``: of unit; ``declared``: places of the manual gates that are declared."""

    kind: str
    tokens: Mapping[int, str]
    declared: frozenset[int]
    wrong: frozenset[int]


def trial(checklist_id: int) -> ResponseReturnValue:
    """The form, empty (GET) or with what was typed (POST): as a whole, or after one press only what comes of it."""
    checklist = queries.found(checklist_id)
    person = require_person()
    allow("see_checklists", person)
    whole = sheet_of(db.session(), checklist_id)
    kinds = kinds_of(whole)
    kind = request.form.get("kind", "") if request.form.get("kind", "") in dict(kinds) else ""
    sheet = whole.for_kind(kind)
    typed = _read(sheet, kind)
    result = try_sheet(sheet, typed.tokens, declared_gates=typed.declared)
    values = {
        "checklist": checklist,
        "sheet": sheet,
        "typed": typed,
        "result": result,
        "cleared": sorted(typed.wrong - set(result.errors)),
        "rated": bool(sheet.bands),
    }
    status = 422 if result.errors else 200
    is_redrawn = bool(request.form.get("fill")) or request.form.get("kind", "") != request.form.get("kind_shown", "")
    if is_fragment_wanted() and not is_redrawn:
        return render_template("checklists/_trial_answer.html", **values), status
    values |= {
        "rows": list(_rows(sheet, typed)),
        "kinds": kinds,
        "gates": [(place, told_gate(gate, sheet)) for place, gate in enumerate(sheet.gates) if gate.kind == "manual"],
        "words": sheet_words,
        "states": STATES,
        "may": partial(may, person=person),
    }
    if is_fragment_wanted():
        return render_template("checklists/_trial_form.html", **values), status, REDRAWN
    return render_template("checklists/trial.html", **values), status


REDRAWN = {"HX-Retarget": "#trial", "HX-Reswap": "outerHTML"}


def kinds_of(sheet: Sheet) -> list[tuple[str, str]]:
    """The kinds of unit that the sheet names, with "" for all; [] when it is the same for everybody."""
    named = [kind for criterion in sheet.all for kind in criterion.applies_to]
    named += [kind for kind, _points in sheet.declared_max_by_kind]
    named += [kind for band in sheet.bands for kind, _points in band.minimum_by_kind]
    if not named:
        return []
    return [("", "Cả bảng"), *((kind, UNIT_KINDS.get(kind, kind)) for kind in dict.fromkeys(named))]


def _read(sheet: Sheet, kind: str) -> Typed:
    form = request.form
    tokens = {
        leaf.id: NOT_APPLICABLE if form.get(f"na-{leaf.id}") else form.get(f"v-{leaf.id}", "")[:LONGEST]
        for leaf in sheet.leaves
    }
    if form.get("fill") == "full":
        tokens = fullest(sheet)
    if form.get("fill") == "empty":
        tokens = {}
    wrong = (int(one) for one in form.get("wrong", "").split() if one.isascii() and one.isdecimal() and len(one) < 10)
    known = frozenset(leaf.id for leaf in sheet.leaves)
    return Typed(kind, tokens, frozenset(form.getlist("gate", type=int)), known & frozenset(wrong))


def _rows(sheet: Sheet, typed: Typed) -> list[Row]:
    rows: list[Row] = []

    def walk(criterion: Criterion, depth: int) -> None:
        control = None if criterion.is_section or criterion.kind == "note" else control_for(criterion)
        value = typed.tokens.get(criterion.id, "")
        rows.append(Row(criterion, depth, maximum_words(criterion), control, value))
        for child in criterion.children:
            walk(child, depth + 1)

    for root in sheet.roots:
        walk(root, 0)
    return rows
