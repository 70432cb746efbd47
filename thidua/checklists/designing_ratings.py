"""Ratings (xếp loại) and gates (khống chế) of a draft: two tables typed row by row."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from thidua.checklists.designing_answers import only_drafts, page_values
from thidua.checklists.designing_outline import shortened
from thidua.checklists.designing_queries import Draft, draft_for_change, draft_page
from thidua.checklists.designing_rows import TypedRows, read_by_kind, show_by_kind, shown_points, typed_points
from thidua.extensions import db
from thidua.models import Checklist
from thidua.models.checklist import plain_band
from thidua.rules.errors import Conflict, InvalidEntry
from thidua.rules.plain_values import LONGEST_LABEL
from thidua.rules.sheet import Band, Sheet

BAND = ("label", "minimum", "maximum", "by_kind")
GATE = ("kind", "criterion", "threshold", "effect", "label", "text")
TABLES = {"band": BAND, "gate": GATE}
GATE_KINDS = {
    "critical_zero": "Nội dung bắt buộc bị 0 điểm",
    "section_below": "Mục đạt dưới một tỷ lệ điểm",
    "manual": "Trưởng đoàn áp dụng (kỷ luật, đơn thư …)",
}
GATE_EFFECTS = {"at_most": "xếp loại không quá …", "lower_one": "hạ một bậc", "not_rated": "không xếp loại"}
Errors = dict[tuple[int, str], str]


def ratings(draft_id: int) -> ResponseReturnValue:
    """Both tables."""
    draft = draft_page(draft_id)
    if draft.checklist.state != "draft":
        return only_drafts(draft.checklist)
    return _page(draft, _bands(draft.checklist), _gates(draft.checklist), draft.checklist.revision)


def save_ratings(draft_id: int) -> ResponseReturnValue:
    """Replace them, unless somebody changed the draft meanwhile."""
    draft = draft_for_change(draft_id)
    if draft.checklist.state != "draft":
        return only_drafts(draft.checklist)
    bands, gates = (TypedRows.posted(request.form, name, names) for name, names in TABLES.items())
    revision = request.form.get("revision", -1, type=int)
    if "band_move" in request.form or "gate_move" in request.form:
        db.session.rollback()
        return _page(draft_page(draft_id), bands, gates, revision)
    read_bands, wrong_bands = _read_bands(bands)
    read_gates, wrong_gates = _read_gates(gates, draft.checklist.sheet, [band["label"] for band in read_bands])
    bands, gates = bands.with_errors(wrong_bands), gates.with_errors(wrong_gates)
    if wrong_bands or wrong_gates:
        db.session.rollback()
        return _page(draft_page(draft_id), bands, gates, revision, 422)
    try:
        draft.checklist.change_settings({"bands": read_bands, "gates": read_gates}, revision=revision)
    except Conflict:
        db.session.rollback()
        draft = draft_page(draft_id)
        return _page(draft, bands, gates, draft.checklist.revision, 409)
    db.session.commit()
    flash("Đã lưu xếp loại và khống chế.", "success")
    return redirect(url_for("checklists.design_ratings", draft_id=draft_id), 303)


def rating_rows(draft_id: int, table: str) -> ResponseReturnValue:
    """One of the tables after one of its buttons; nothing is saved yet."""
    draft = draft_page(draft_id)
    if table not in TABLES:
        abort(404)
    typed = TypedRows.posted(request.form, table, TABLES[table])
    return render_template(f"checklists/_design_{table}s.html", **_choices(draft) | {f"{table}s": typed})


def _read_bands(typed: TypedRows) -> tuple[list[dict[str, Any]], Errors]:
    read: list[dict[str, Any]] = []
    errors: Errors = {}
    for place, one in typed.filled:
        row = f"Mức xếp loại ở dòng {place + 1}"
        minimum = _points(one, "minimum", place, row, errors)
        maximum = _points(one, "maximum", place, row, errors)
        if not one["label"]:
            errors[place, "label"] = f"{row}: xin ghi tên mức, ví dụ Tốt."
        elif len(one["label"]) > LONGEST_LABEL:
            errors[place, "label"] = f"{row}: tên mức dài quá {LONGEST_LABEL} chữ. Xin viết ngắn lại."
        elif any(band["label"] == one["label"] for band in read):
            errors[place, "label"] = f"{row}: tên “{one['label']}” đã dùng ở dòng khác."
        if minimum is None and (place, "minimum") not in errors:
            errors[place, "minimum"] = f"{row}: xin ghi điểm thấp nhất của mức; mức cuối ghi 0."
        try:
            by_kind = tuple(read_by_kind(one["by_kind"]))
        except InvalidEntry as wrong:
            errors[place, "by_kind"] = f"{row}: {wrong.message}"
            continue
        read.append(plain_band(Band(one["label"], minimum or 0, maximum, by_kind)))
    return sorted(read, key=lambda band: -band["minimum"]), errors


def _points(one: Mapping[str, str], name: str, place: int, row: str, errors: Errors) -> int | None:
    try:
        return typed_points(one[name])
    except InvalidEntry as wrong:
        errors[place, name] = f"{row}: {wrong.message}"
        return None


def _read_gates(typed: TypedRows, sheet: Sheet, labels: list[str]) -> tuple[list[dict[str, Any]], Errors]:
    read: list[dict[str, Any]] = []
    errors: Errors = {}
    for place, one in enumerate(typed.rows):
        if not any(one[name] for name in ("kind", "criterion", "threshold", "label", "text")):
            continue
        found = dict(_gate_problems(one, sheet, labels))
        errors |= {(place, name): f"Khống chế ở dòng {place + 1}: {sentence}" for name, sentence in found.items()}
        if not found:
            read.append(_gate(one))
    return read, errors


def _gate_problems(one: Mapping[str, str], sheet: Sheet, labels: list[str]) -> Iterator[tuple[str, str]]:
    if one["kind"] not in GATE_KINDS:
        yield "kind", "xin chọn khi nào áp dụng."
    if one["effect"] not in GATE_EFFECTS:
        yield "effect", "xin chọn áp dụng thế nào."
    if one["effect"] == "at_most" and one["label"] not in labels:
        yield "label", "xin chọn không quá mức nào trong bảng xếp loại ở trên."
    if one["kind"] == "section_below" and not _is_percent(one["threshold"]):
        yield "threshold", "xin ghi tỷ lệ từ 1 đến 100, ví dụ 50."
    if one["kind"] == "manual" and not one["text"]:
        yield "text", "xin ghi trường hợp áp dụng, ví dụ “Có đơn thư tố cáo đúng”."
    if one["kind"] != "manual" and one["criterion"]:
        try:
            sheet.numbered(one["criterion"])
        except KeyError:
            yield "criterion", f"không có nội dung nào mang số “{one['criterion']}”."


def _is_percent(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) <= 3 and 1 <= int(typed) <= 100


def _gate(one: Mapping[str, str]) -> dict[str, Any]:
    kind, effect = one["kind"], one["effect"]
    return {
        "kind": kind,
        "criterion": (one["criterion"] or None) if kind != "manual" else None,
        "threshold": int(one["threshold"]) if kind == "section_below" else None,
        "effect": effect,
        "label": one["label"] if effect == "at_most" else None,
        "text": one["text"] if kind == "manual" else "",
    }


def _bands(checklist: Checklist) -> TypedRows:
    rows = [
        {
            "label": band["label"],
            "minimum": shown_points(band["minimum"]),
            "maximum": shown_points(band.get("maximum")),
            "by_kind": show_by_kind(band.get("minimum_by_kind", ())),
        }
        for band in checklist.bands
    ]
    return TypedRows.of("band", BAND, rows)


def _gates(checklist: Checklist) -> TypedRows:
    rows = [{name: str(gate[name] if gate[name] is not None else "") for name in GATE} for gate in checklist.gates]
    return TypedRows.of("gate", GATE, rows)


def _choices(draft: Draft) -> dict[str, Any]:
    sheet = draft.checklist.sheet
    named = [(sheet.reference(one), f"{sheet.reference(one)} {shortened(one.text, 50)}") for one in sheet.all]
    return page_values(draft) | {"kinds": GATE_KINDS, "effects": GATE_EFFECTS, "named": named}


def _page(draft: Draft, bands: TypedRows, gates: TypedRows, revision: int, status: int = 200) -> ResponseReturnValue:
    values = _choices(draft) | {"bands": bands, "gates": gates, "revision": revision, "is_stale": status == 409}
    values["doubts"] = [text for criterion, text in draft.checklist.sheet.doubts if criterion is None]
    values["labels"] = [row["label"] for row in bands.rows if row["label"]]
    return render_template("checklists/design_ratings.html", **values), status
