"""Designing a draft: a new sheet, its outline, and the buttons that change it."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from thidua.checklists import queries
from thidua.checklists.designing_answers import only_drafts, outline_answer, outline_values, page_values
from thidua.checklists.designing_criterion import render_panel
from thidua.checklists.designing_forms import NewChecklistForm
from thidua.checklists.designing_outline import OutlineRow, outline_rows, shortened
from thidua.checklists.designing_picture import changes_since
from thidua.checklists.designing_queries import Draft, draft_for_change, draft_page
from thidua.extensions import begin_writing, db
from thidua.hx import is_fragment_wanted
from thidua.identity import now, require_person
from thidua.models import Checklist, Criterion
from thidua.models.finders import sheet_of
from thidua.permissions import allow
from thidua.rules.errors import Conflict, Refusal, Refused
from thidua.rules.sheet import Criterion as Rule
from thidua.rules.sheet import Sheet

STEPS_OF = {"up": -1, "down": 1}
SHORTCUTS = (
    (("↑", "↓"), "Chọn dòng trên, dòng dưới (khi đang ở trong dàn bài)"),
    (("Enter",), "Sửa dòng đang chọn"),
    (("N",), "Thêm ngang hàng"),
    (("C",), "Thêm mục con"),
    (("Shift", "↑"), "Đưa lên"),
    (("Shift", "↓"), "Đưa xuống"),
    (("Shift", "→"), "Thụt vào"),
    (("Shift", "←"), "Thụt ra"),
    (("D",), "Nhân bản"),
    (("R",), "Đánh số lại cả nhóm"),
    (("Delete",), "Xóa"),
    (("Ctrl", "Z"), "Hoàn tác lần xóa gần nhất"),
    (("?",), "Mở bảng phím tắt này"),
    (("Esc",), "Đóng bảng phím tắt"),
)
TOLD = {
    "up": "Đã đưa lên:",
    "down": "Đã đưa xuống:",
    "indent": "Đã thụt vào:",
    "outdent": "Đã thụt ra:",
    "duplicate": "Đã nhân bản thành:",
    "child": "Đã thêm nội dung con",
    "sibling": "Đã thêm nội dung",
    "restore": "Đã đưa lại:",
    "renumber": "Đã đánh số lại theo:",
}


def create() -> ResponseReturnValue:
    """A new draft, with one section and one criterion to begin with, or with all that another sheet holds."""
    allow("edit_checklists", require_person())
    sheets = queries.checklists_with_use()
    form = NewChecklistForm(data={"declared_max": 10000, "not_applicable": "leave_out", "step": "50"})
    form.copied_from.choices = [
        SelectChoice("", "Bảng trống"),
        *(SelectChoice(str(one.id), _label(one)) for one, _times in sheets),
    ]
    form.copied_from.data = form.copied_from.data or ""
    if not form.validate_on_submit():
        return render_template("checklists/design_new.html", form=form), 422 if form.is_submitted() else 200
    begin_writing()
    checklist = Checklist.from_sheet(_beginning(form), at=now())
    if form.copied_from.data:
        checklist.copied_from_id = int(form.copied_from.data)
    db.session.add(checklist)
    db.session.commit()
    flash(f"Đã tạo bản nháp “{checklist.name}”. Mọi thay đổi được lưu ngay khi bấm.", "success")
    return redirect(url_for("checklists.design", draft_id=checklist.id), 303)


def design(draft_id: int) -> ResponseReturnValue:
    """The outline of a draft."""
    draft = draft_page(draft_id)
    if draft.checklist.state != "draft":
        return only_drafts(draft.checklist)
    return _page(draft, picked=request.args.get("row", 0, type=int))


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of the outline: what to do with which row, decided on which revision."""

    act: str
    row: Criterion | None
    revision: int


def change_outline(draft_id: int) -> ResponseReturnValue:
    """One button of the outline."""
    draft = draft_for_change(draft_id)
    if draft.checklist.state != "draft":
        return only_drafts(draft.checklist)
    if request.form.get("act") == "edit":
        return _to_criterion(draft_id, request.form.get("criterion", 0, type=int))
    before = outline_rows(draft.checklist.sheet)
    try:
        draft.checklist.require_draft(request.form.get("revision", -1, type=int))
        pressed = _pressed(draft)
        row = _act(draft, pressed)
    except Conflict as conflict:
        db.session.rollback()
        return _conflict(draft_page(draft_id), conflict)
    except Refusal as refusal:
        db.session.rollback()
        return _refused(draft_page(draft_id), refusal)
    db.session.commit()
    return _done(draft.after_change(), pressed.act, row, before)


def _act(draft: Draft, pressed: Pressed) -> Criterion | None:
    """Do it; returns the row that is to be in hand afterwards."""
    checklist, act, row, revision = draft.checklist, pressed.act, pressed.row, pressed.revision
    if act == "restore":
        return checklist.restore(_removed(draft), revision=revision)
    if act in ("child", "sibling"):
        return checklist.add_criterion(row, inside=act == "child" and row is not None, revision=revision)
    if row is None:
        raise Refused("Xin chọn một dòng của dàn bài trước, rồi bấm nút.")
    if act == "duplicate":
        return checklist.duplicate(row, revision=revision)
    if act in STEPS_OF:
        checklist.move(row, STEPS_OF[act], revision=revision)
    elif act == "indent":
        checklist.indent(row, revision=revision)
    elif act == "outdent":
        checklist.outdent(row, revision=revision)
    elif act == "renumber":
        checklist.renumber(row, revision=revision)
    elif act == "remove":
        following = _following(outline_ids(draft), row, {one.id for one in _below(draft, row)})
        checklist.remove(row, revision=revision)
        return draft.row(following) if following else None
    else:
        abort(400)
    return row


def outline_ids(draft: Draft) -> list[int]:
    """Ids in running order."""
    return [one.id for one in draft.checklist.sheet.all]


def _below(draft: Draft, row: Criterion) -> list[Rule]:
    return [one for root in draft.checklist.sheet.all if root.id == row.id for one in _all_of(root)]


def _all_of(rule: Rule) -> list[Rule]:
    return [rule, *(one for child in rule.children for one in _all_of(child))]


def _following(ids: list[int], row: Criterion, gone: set[int]) -> int:
    """What is in hand after a removal: the row that moves up into its place, else the one before it."""
    place = ids.index(row.id)
    after = [one for one in ids[place:] if one not in gone]
    return next(iter(after), ids[place - 1] if place else 0)


def _pressed(draft: Draft) -> Pressed:
    act, _, restored = request.form.get("act", "").partition("-")
    picked = request.form.get("criterion", 0, type=int)
    row = next((one for one in draft.checklist.criteria if one.id == picked), None)
    return Pressed("restore" if restored else act, row, request.form.get("revision", -1, type=int))


def _removed(draft: Draft) -> list[Criterion]:
    wanted = request.form.get("act", "").partition("-")[2]
    for rows in draft.removed:
        if str(rows[0].id) == wanted:
            return rows
    raise Refused("Phần đã xóa này đã được đưa lại rồi.")


def _done(draft: Draft, act: str, row: Criterion | None, before: list[OutlineRow]) -> ResponseReturnValue:
    told = _told(act, row)
    is_new = act in ("child", "sibling") and row is not None
    if is_fragment_wanted():
        panel = ""
        if is_new and request.form.get("panel"):
            panel = render_panel(draft, draft.row(row.id))
        answer = outline_answer(draft, before, told, picked=row.id if row else 0, panel=panel)
        if is_new and not panel:
            address = url_for("checklists.edit_criterion", draft_id=draft.checklist.id, draft_criterion_id=row.id)
            return "", 204, {"HX-Redirect": address}
        return answer
    if is_new:
        return _to_criterion(draft.checklist.id, row.id)
    flash(told, "success")
    place = f"#row-{row.id}" if row else ""
    return redirect(url_for("checklists.design", draft_id=draft.checklist.id, row=row.id if row else None) + place, 303)


def _told(act: str, row: Criterion | None) -> str:
    if act == "remove":
        return "Đã xóa. Bấm “Hoàn tác” nếu xóa nhầm."
    if act in ("child", "sibling"):
        return f"{TOLD[act]} {row.number if row else ''}. Xin ghi nội dung và điểm."
    return f"{TOLD[act]} {row.number} {shortened(row.text)}" if row else TOLD[act]


def _conflict(draft: Draft, conflict: Conflict) -> ResponseReturnValue:
    changes = tuple(changes_since(request.form.get("picture", ""), draft))
    picked = request.form.get("criterion", 0, type=int)
    if is_fragment_wanted():
        return outline_answer(draft, [], conflict.message, picked=picked, whole=True, changes=changes, status=409)
    return _page(draft, picked=picked, refusal=conflict.message, changes=changes, status=409)


def _refused(draft: Draft, refusal: Refusal) -> ResponseReturnValue:
    picked = request.form.get("criterion", 0, type=int)
    if is_fragment_wanted():
        note = render_template("checklists/_design_note.html", told=refusal.message, tone="warn", changes=(), swap=True)
        return note, refusal.status
    return _page(draft, picked=picked, refusal=refusal.message, status=refusal.status)


def _page(
    draft: Draft, *, picked: int = 0, refusal: str = "", changes: tuple[str, ...] = (), status: int = 200
) -> ResponseReturnValue:
    values = outline_values(draft)
    known = [row.id for row in values["rows"]]
    return (
        render_template(
            "checklists/design.html",
            **(page_values(draft) | values),
            picked=picked if picked in known else (known[0] if known else 0),
            refusal=refusal,
            changes=changes,
            shortcuts=SHORTCUTS,
        ),
        status,
    )


def _to_criterion(draft_id: int, row_id: int) -> ResponseReturnValue:
    return redirect(url_for("checklists.edit_criterion", draft_id=draft_id, draft_criterion_id=row_id), 303)


def _label(checklist: Checklist) -> str:
    return f"Chép từ “{checklist.name}”, bản {checklist.version}"


def _beginning(form: NewChecklistForm) -> Sheet:
    """What the new draft holds at first."""
    name, total, policy = form.name.data, form.declared_max.data, form.not_applicable.data
    if form.copied_from.data:
        sheet = sheet_of(db.session(), int(form.copied_from.data))
        roots, bands, gates = sheet.roots, sheet.bands, sheet.gates
        note, rest = sheet.note, {"bonus_cap": sheet.bonus_cap, "total_cap": sheet.total_cap}
        return Sheet(0, name, note, total, policy, roots, bands, gates, **rest)
    first = Rule(2, "1", "", maximum=100, step=int(form.step.data))
    return Sheet(0, name, "", total, policy, (Rule(1, "I", "", kind="section", children=(first,)),))
