"""The form of one criterion: a page of its own on a phone, a panel beside the outline on a wider screen."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from thidua.checklists.designing_answers import only_drafts, outline_answer, page_values
from thidua.checklists.designing_forms import CriterionForm, base_of, read_base, typed_of
from thidua.checklists.designing_outline import outline_rows, shortened
from thidua.checklists.designing_queries import Draft, draft_for_change, draft_page
from thidua.checklists.designing_rows import TypedRows, shown_points, typed_points
from thidua.checklists.designing_values import told_value
from thidua.extensions import db
from thidua.hx import is_fragment_wanted
from thidua.models import Criterion
from thidua.models.checklist_outline import Outline
from thidua.models.checklist_verbs import CRITERION_FIELDS
from thidua.rules.criterion_shape import problems
from thidua.rules.errors import InvalidEntry, Refusal

LEVELS = ("text", "points")


@dataclass(frozen=True, slots=True)
class Typed:
    """Form and levels as they stand on the screen. ``theirs`` is what somebody else changed meanwhile."""

    form: CriterionForm
    levels: TypedRows
    theirs: tuple[str, ...] = ()
    note: str = ""


def edit(draft_id: int, draft_criterion_id: int) -> ResponseReturnValue:
    """The form on a page of its own."""
    draft = draft_page(draft_id)
    row = draft.row(draft_criterion_id)
    if draft.checklist.state != "draft":
        return only_drafts(draft.checklist)
    return _page(draft, row, _standing(draft, row))


def panel(draft_id: int, draft_criterion_id: int) -> ResponseReturnValue:
    """The same form for the panel."""
    draft = draft_page(draft_id)
    row = draft.row(draft_criterion_id)
    if draft.checklist.state != "draft":
        return only_drafts(draft.checklist)
    return render_panel(draft, row, _standing(draft, row))


def levels(draft_id: int, draft_criterion_id: int) -> ResponseReturnValue:
    """The table of levels after one of its buttons; nothing is saved yet."""
    draft = draft_page(draft_id)
    row = draft.row(draft_criterion_id)
    return render_template(
        "checklists/_design_levels.html",
        levels=TypedRows.posted(request.form, "level", LEVELS),
        row=row,
        draft=draft.checklist,
    )


def save(draft_id: int, draft_criterion_id: int) -> ResponseReturnValue:
    """Replace the criterion, unless somebody changed it meanwhile: then both are shown."""
    draft = draft_for_change(draft_id)
    row = draft.row(draft_criterion_id)
    if draft.checklist.state != "draft":
        return only_drafts(draft.checklist)
    typed = Typed(CriterionForm(), TypedRows.posted(request.form, "level", LEVELS))
    if "level_move" in request.form:
        db.session.rollback()
        return _again(draft_page(draft_id), draft_criterion_id, typed, 200)
    values, typed = _read(draft, row, typed)
    theirs = changed_by_others(row, typed.form)
    if typed.form.errors or theirs:
        typed.form.base.data = typed.form.base.raw_data = None
        typed.form.base.data = base_of(row)
        typed = Typed(typed.form, typed.levels, tuple(theirs))
        db.session.rollback()
        return _again(draft_page(draft_id), draft_criterion_id, typed, 422 if typed.form.errors else 409)
    before = outline_rows(draft.checklist.sheet)
    seen = draft.checklist.revision
    try:
        draft.checklist.change_criterion(row, values, number=typed.form.typed_number)
        added = _following(draft, row)
    except Refusal as refusal:
        db.session.rollback()
        field = typed.form[refusal.field if refusal.field in typed.form else "text"]
        field.errors = [*field.errors, refusal.message]
        return _again(draft_page(draft_id), draft_criterion_id, typed, refusal.status)
    db.session.commit()
    return _saved(draft.after_change(), row, added, before, seen)


def render_panel(draft: Draft, row: Criterion, typed: Typed | None = None) -> str:
    """The content of the panel."""
    return render_template("checklists/_design_criterion.html", **_values(draft, row, typed, in_panel=True))


def changed_by_others(row: Criterion, form: CriterionForm) -> list[str]:
    """Field by field, what the row is now and what it was when this form was opened."""
    base = read_base(form.base.data)
    told = []
    for name in CRITERION_FIELDS:
        if name in base and base[name] != getattr(row, name):
            label = getattr(form, name).label.text if hasattr(form, name) else "Các mức điểm"
            told.append(
                f"{label}: trước là {told_value(name, base[name])}, nay là {told_value(name, getattr(row, name))}"
            )
    return told


def _following(draft: Draft, row: Criterion) -> Criterion | None:
    """The next row, when the button says that another one is to be written."""
    if request.form.get("then") != "sibling":
        return None
    return draft.checklist.add_criterion(row, inside=False, revision=draft.checklist.revision)


def _saved(draft: Draft, row: Criterion, added: Criterion | None, before: list[Any], seen: int) -> ResponseReturnValue:
    told = f"Đã lưu {row.number} {shortened(row.text)}"
    if is_fragment_wanted():
        is_behind = request.form.get("revision", type=int) != seen
        shown = added or row
        panel = render_panel(draft, shown, _standing(draft, shown, note="" if added else told))
        return outline_answer(draft, before, told, picked=shown.id, panel=panel, whole=is_behind)
    flash(told, "success")
    if added:
        return redirect(
            url_for("checklists.edit_criterion", draft_id=draft.checklist.id, draft_criterion_id=added.id), 303
        )
    return redirect(url_for("checklists.design", draft_id=draft.checklist.id, row=row.id) + f"#row-{row.id}", 303)


def _read(draft: Draft, row: Criterion, typed: Typed) -> tuple[dict[str, Any], Typed]:
    form = typed.form
    form.validate()
    read, errors = read_levels(typed.levels) if form.kind.data == "levels" else ([], {})
    typed = Typed(form, typed.levels.with_errors(errors))
    if errors:
        form.form_errors.extend(errors.values())
    values = form.values(read)
    children: dict[int | None, list[Criterion]] = {}
    for one in draft.checklist.criteria:
        children.setdefault(one.parent_id, []).append(one)
    if not form.errors:
        _blame(form, problems(_as_rule(row, values, children)))
    return values, typed


def _blame(form: CriterionForm, found: dict[str, str]) -> None:
    for name, sentence in found.items():
        if name in form:
            form[name].errors = [*form[name].errors, sentence]
        else:
            form.form_errors.append(sentence)


def _as_rule(row: Criterion, values: dict[str, Any], children: dict[int | None, list[Criterion]]) -> Any:
    trial = Criterion(id=row.id, number=row.number, position=0, **values)
    return trial.rule(children)


def read_levels(typed: TypedRows) -> tuple[list[dict[str, Any]], dict[tuple[int, str], str]]:
    """The levels of the filled rows, and what is wrong by row and field."""
    read, errors = [], {}
    for place, one in typed.filled:
        try:
            points = typed_points(one["points"], allow_negative=True)
        except InvalidEntry as wrong:
            errors[place, "points"] = f"Mức {place + 1}: {wrong.message}"
            continue
        if points is None:
            errors[place, "points"] = f"Mức {place + 1}: xin ghi số điểm, ví dụ 8 hoặc -2."
        elif not one["text"]:
            errors[place, "text"] = f"Mức {place + 1}: xin ghi lời của mức."
        else:
            read.append({"text": one["text"], "points": points})
    return read, errors


def _standing(draft: Draft, row: Criterion, note: str = "") -> Typed:
    outline = Outline(draft.checklist.criteria)
    own = outline.is_numbered_by_hand(outline.parent_of[row])
    form = CriterionForm(formdata=None, data=typed_of(row, own_number=own))
    rows = [{"text": level["text"], "points": shown_points(level["points"])} for level in row.levels]
    empty = dict.fromkeys(LEVELS, "")
    return Typed(form, TypedRows.of("level", LEVELS, rows or [empty, empty]), note=note)


def _again(draft: Draft, row_id: int, typed: Typed, status: int) -> ResponseReturnValue:
    row = draft.row(row_id)
    if is_fragment_wanted():
        return render_panel(draft, row, typed), status, {"HX-Retarget": "#panel", "HX-Reswap": "innerHTML"}
    return _page(draft, row, typed, status)


def _page(draft: Draft, row: Criterion, typed: Typed, status: int = 200) -> ResponseReturnValue:
    return render_template("checklists/design_criterion.html", **_values(draft, row, typed, in_panel=False)), status


def _values(draft: Draft, row: Criterion, typed: Typed | None, *, in_panel: bool) -> dict[str, Any]:
    typed = typed or _standing(draft, row)
    return page_values(draft) | {
        "row": row,
        "form": typed.form,
        "levels": typed.levels,
        "theirs": typed.theirs,
        "note": typed.note,
        "in_panel": in_panel,
        "may_carry": _may_carry(draft, row),
    }


def _may_carry(draft: Draft, row: Criterion) -> bool:
    """Whether it has children, and so must stay a section."""
    return any(one.parent_id == row.id for one in draft.checklist.criteria)
