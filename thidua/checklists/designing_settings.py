"""The settings of a draft: name, totals, caps, what “không xét” does, clusters."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.widgets import HiddenInput

from thidua import form_fields as fields
from thidua.checklists.designing_answers import only_drafts, page_values
from thidua.checklists.designing_forms import PointsField, one_of
from thidua.checklists.designing_queries import Draft, draft_for_change, draft_page
from thidua.checklists.designing_rows import TypedRows, read_by_kind, show_by_kind
from thidua.extensions import db
from thidua.models import Checklist
from thidua.rules.errors import Conflict, InvalidEntry
from thidua.rules.sheet_words import NOT_APPLICABLE

CLUSTER = ("number", "name", "units")
STALE = (
    "Có người vừa sửa bản nháp này; điều đồng chí gõ vẫn còn ở dưới, chưa được lưu. "
    "Xin xem lại rồi bấm “Lưu” lần nữa: khi đó bản của đồng chí thay cho bản kia."
)


class SettingsForm(FlaskForm):
    """What holds for the whole sheet. The table of clusters is typed beside it."""

    name = fields.line("Tên bảng điểm", 300, required="Xin ghi tên bảng điểm.")
    note = fields.text("Ghi chú")
    declared_max = PointsField("Tổng điểm ghi trên bảng", required="Xin ghi tổng điểm, ví dụ 100.")
    by_kind = fields.text("Tổng điểm riêng theo loại đơn vị", 2000)
    not_applicable = one_of("Nội dung “không xét”", NOT_APPLICABLE, "Xin chọn cách tính nội dung “không xét”.")
    bonus_cap = PointsField("Trần điểm thưởng")
    total_cap = PointsField("Trần tổng điểm")
    revision = IntegerField(widget=HiddenInput())

    def values(self) -> tuple[dict[str, Any], str]:
        """The columns, and what is wrong with the totals by kind."""
        try:
            by_kind = [list(pair) for pair in read_by_kind(self.by_kind.data)]
        except InvalidEntry as wrong:
            return {}, wrong.message
        names = ("name", "note", "declared_max", "not_applicable", "bonus_cap", "total_cap")
        return {name: self[name].data for name in names} | {"declared_max_by_kind": by_kind}, ""


def settings(draft_id: int) -> ResponseReturnValue:
    """The form."""
    draft = draft_page(draft_id)
    if draft.checklist.state != "draft":
        return only_drafts(draft.checklist)
    return _page(draft, SettingsForm(formdata=None, data=_standing(draft.checklist)), _clusters(draft.checklist))


def save_settings(draft_id: int) -> ResponseReturnValue:
    """Replace them, unless somebody changed the draft meanwhile."""
    draft = draft_for_change(draft_id)
    if draft.checklist.state != "draft":
        return only_drafts(draft.checklist)
    form, clusters = SettingsForm(), TypedRows.posted(request.form, "cluster", CLUSTER)
    if "cluster_move" in request.form:
        db.session.rollback()
        return _page(draft_page(draft_id), form, clusters)
    form.validate()
    values, wrong = form.values()
    if wrong:
        form.by_kind.errors = [wrong]
    read, clusters = _read_clusters(clusters)
    if clusters.errors:
        form.form_errors.extend(clusters.errors.values())
    if form.errors:
        db.session.rollback()
        return _page(draft_page(draft_id), form, clusters, 422)
    try:
        changed = {name: value for name, value in values.items() if value != getattr(draft.checklist, name)}
        if changed or read != draft.checklist.clusters:
            draft.checklist.change_settings(changed | {"clusters": read}, revision=form.revision.data or 0)
    except Conflict:
        db.session.rollback()
        draft = draft_page(draft_id)
        form.revision.raw_data, form.revision.data = None, draft.checklist.revision
        return _page(draft, form, clusters, 409, theirs=told_differences(draft.checklist))
    db.session.commit()
    flash("Đã lưu cài đặt của bảng điểm.", "success")
    return redirect(url_for("checklists.design_settings", draft_id=draft_id), 303)


def cluster_rows(draft_id: int) -> ResponseReturnValue:
    """The table of clusters after one of its buttons; nothing is saved yet."""
    draft = draft_page(draft_id)
    clusters = TypedRows.posted(request.form, "cluster", CLUSTER)
    return render_template("checklists/_design_clusters.html", clusters=clusters, draft=draft.checklist)


def told_differences(checklist: Checklist) -> list[str]:
    """What the settings are now, where the posted form says otherwise than what was saved meanwhile."""
    standing = _standing(checklist)
    form = SettingsForm(formdata=None, data=standing)
    told = []
    for name in ("name", "note", "declared_max", "by_kind", "not_applicable", "bonus_cap", "total_cap"):
        now = standing["not_applicable"] if name == "not_applicable" else form[name]._value()
        typed = request.form.get(name, "")
        if str(now).replace("\r", "").strip() != typed.replace("\r", "").strip():
            shown = NOT_APPLICABLE.get(str(now), str(now))
            told.append(
                f"{form[name].label.text}: nay đang lưu là “{shown}”."
                if shown
                else f"{form[name].label.text}: nay đang để trống."
            )
    return told


def _read_clusters(typed: TypedRows) -> tuple[list[dict[str, Any]], TypedRows]:
    read, errors = [], {}
    for place, one in typed.filled:
        if not one["name"]:
            errors[place, "name"] = f"Cụm ở dòng {place + 1}: xin ghi tên cụm."
            continue
        units = [unit.strip() for unit in one["units"].split(";") if unit.strip()]
        read.append({"number": one["number"], "name": one["name"], "units": units})
    return read, typed.with_errors(errors)


def _standing(checklist: Checklist) -> dict[str, Any]:
    names = ("name", "note", "declared_max", "not_applicable", "bonus_cap", "total_cap", "revision")
    return {name: getattr(checklist, name) for name in names} | {
        "by_kind": show_by_kind(checklist.declared_max_by_kind, "\n")
    }


def _clusters(checklist: Checklist) -> TypedRows:
    rows = [
        {"number": one["number"], "name": one["name"], "units": "; ".join(one["units"])} for one in checklist.clusters
    ]
    return TypedRows.of("cluster", CLUSTER, rows)


def _page(
    draft: Draft, form: SettingsForm, clusters: TypedRows, status: int = 200, theirs: list[str] | None = None
) -> ResponseReturnValue:
    values = page_values(draft) | {"form": form, "clusters": clusters, "theirs": theirs, "stale": STALE}
    return render_template("checklists/design_settings.html", **values), status
