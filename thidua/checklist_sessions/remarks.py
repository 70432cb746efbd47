"""Remarks: what was heard, seen and read, in short entries of eleven kinds; the minutes are made of them."""

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.wrappers import Response

from thidua.checklist_sessions.meeting_page import blame, show_page
from thidua.checklist_sessions.parts import kinds_seen, meeting_audience, remarks_part
from thidua.checklist_sessions.remark_forms import ChangedRemarkForm, RemarkForm, criterion_choices
from thidua.checklist_sessions.routes import checklist_sessions
from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.models import ChecklistSession, JournalEntry, Remark
from thidua.models.finders import session_sheet
from thidua.models.meeting import REMARK_KINDS, UNIT_REMARKS
from thidua.rules.errors import Conflict, NotAllowed, Refusal
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation

WRITABLE = ("open", "closed")


@checklist_sessions.get("/<int:checklist_session_id>/remarks")
def remarks(checklist_session_id: int) -> ResponseReturnValue:
    """The remarks by kind and the form for the next: ``?kind=`` chosen, ``?again=`` a withdrawn one."""
    found = find(checklist_session_id, ChecklistSession.remarks)
    form = _form(found, formdata=None)
    kinds = kinds_writable(found)
    wanted = request.args.get("kind")
    form.kind.data = wanted if wanted in kinds else next(iter(kinds), None)
    again = _remark(found, request.args.get("again", 0, type=int))
    if again and again.kind in kinds:
        form.kind.data, form.text.data = again.kind, again.text
        form.owner.data, form.due_on.data = again.owner, again.due_on
        form.criterion_id.data = again.criterion_id or 0
    return _page(found, form)


@checklist_sessions.post("/<int:checklist_session_id>/remarks")
def add_remark(checklist_session_id: int) -> ResponseReturnValue:
    """One more remark."""
    found = find_for_change(checklist_session_id, ChecklistSession.remarks)
    found.allow("record_remarks" if found.may("record_remarks") else "give_opinion")
    form = _form(found)
    try:
        if form.validate() and not is_repeated(
            found, op_id := posted_operation(), "remark.added", kind=form.kind.data, text=form.text.data
        ):
            commit_change(
                found.checklist_session.add_remark(
                    form.kind.data,
                    form.text.data,
                    criterion_id=form.criterion_id.data or None,
                    **form.duty,
                    by=found.person,
                    at=now(),
                    op_id=op_id,
                )
            )
        status = 422
    except Refusal as refusal:
        status = blame(form, refusal)
    if form.errors:
        db.session.rollback()
        return _page(find(checklist_session_id), form, status=status)
    flash(f"Đã ghi vào mục {REMARK_KINDS[form.kind.data]}.", "success")
    return redirect(f"{_here(found)}?kind={form.kind.data}", 303)


@checklist_sessions.get("/<int:checklist_session_id>/remarks/<int:remark_id>")
def remark(checklist_session_id: int, remark_id: int) -> ResponseReturnValue:
    """One remark; who may, changes it or takes it back here."""
    found = find(checklist_session_id, ChecklistSession.remarks)
    one = _readable(found, remark_id)
    form = ChangedRemarkForm(
        formdata=None,
        op_id=new_operation(),
        base_version=one.version,
        text=one.text,
        owner=one.owner,
        due_on=one.due_on,
    )
    return _remark_page(found, one, form)


@checklist_sessions.post("/<int:checklist_session_id>/remarks/<int:remark_id>")
def change_remark(checklist_session_id: int, remark_id: int) -> ResponseReturnValue:
    """Another wording, unless somebody changed it meanwhile: then both are shown."""
    found = find_for_change(checklist_session_id, ChecklistSession.remarks)
    _allow_change(found, one := _readable(found, remark_id))
    form, conflict = ChangedRemarkForm(), False
    try:
        if form.validate() and not is_repeated(
            found, op_id := posted_operation(), "remark.changed", remark_id=one.id, text=form.text.data
        ):
            commit_change(
                found.checklist_session.change_remark(
                    one,
                    form.text.data,
                    owner=form.owner.data,
                    due_on=form.due_on.data,
                    base_version=form.base_version.data or 0,
                    by=found.person,
                    at=now(),
                    op_id=op_id,
                )
            )
        status = 422
    except Refusal as refusal:
        conflict = isinstance(refusal, Conflict)
        status = blame(form, refusal)
    if form.errors:
        db.session.rollback()
        found = find(checklist_session_id, ChecklistSession.remarks)
        return _remark_page(found, _readable(found, remark_id), form, conflict=conflict, status=status)
    flash("Đã sửa ghi nhận. Nội dung cũ còn trong nhật ký.", "success")
    return _to_remarks(found, f"#remark-{remark_id}")


@checklist_sessions.post("/<int:checklist_session_id>/remarks/<int:remark_id>/withdrawal")
def withdraw_remark(checklist_session_id: int, remark_id: int) -> ResponseReturnValue:
    """Take a remark back."""
    found = find_for_change(checklist_session_id, ChecklistSession.remarks)
    _allow_change(found, one := _readable(found, remark_id))
    op_id = posted_operation()
    if not is_repeated(found, op_id, "remark.withdrawn", remark_id=remark_id):
        commit_change(found.checklist_session.withdraw_remark(one, by=found.person, at=now(), op_id=op_id))
        flash("Đã rút ghi nhận. Nội dung còn trong nhật ký.", "success")
    return _to_remarks(found, "")


def kinds_writable(found: Found) -> dict[str, str]:
    """The kinds this person may enter: the unit its own, a member all but the unit's opinion."""
    own, opinion = found.may("record_remarks"), found.may("give_opinion")
    return {
        kind: label
        for kind, label in REMARK_KINDS.items()
        if (opinion if kind == "opinion" else own or (opinion and kind in UNIT_REMARKS))
    }


def may_change(found: Found, one: Remark) -> bool:
    """One's own, and for head of team and secretary any."""
    own = one.by_id == found.person.id and one.kind in kinds_writable(found)
    return own or found.may("withdraw_any")


def _allow_change(found: Found, one: Remark) -> None:
    if not may_change(found, one):
        raise NotAllowed("Chỉ người đã ghi, Thư ký và Trưởng đoàn được sửa hoặc rút ghi nhận này.")


def _form(found: Found, **given: None) -> RemarkForm:
    form = RemarkForm(**given)
    form.op_id.data = form.op_id.data or new_operation()
    form.kind.choices = list(kinds_writable(found).items())
    sheet = session_sheet(db.session(), found.checklist_session)
    form.criterion_id.choices = criterion_choices(sheet)
    return form


def _page(found: Found, form: RemarkForm, *, status: int = 200) -> ResponseReturnValue:
    checklist_session = found.checklist_session
    part = remarks_part(db.session(), checklist_session.id, meeting_audience(found.standing.part))
    return show_page(
        "remarks",
        found,
        "remarks",
        status=status,
        form=form,
        remarks=part,
        writable=bool(form.kind.choices) and checklist_session.state in WRITABLE,
    )


def _remark_page(
    found: Found, one: Remark, form: ChangedRemarkForm, *, conflict: bool = False, status: int = 200
) -> ResponseReturnValue:
    changeable = may_change(found, one) and not one.withdrawn_at and found.checklist_session.state in WRITABLE
    return show_page(
        "remark",
        found,
        "remarks",
        status=status,
        one=one,
        form=form,
        conflict=conflict,
        changeable=changeable,
        kind_label=REMARK_KINDS[one.kind],
        changed_by=_changer(found, one),
        op_id=new_operation(),
    )


def _changer(found: Found, one: Remark) -> str:
    """Who wrote the standing wording."""
    name = db.session.scalar(
        select(JournalEntry.actor_name).where(
            JournalEntry.checklist_session_id == found.checklist_session.id, JournalEntry.revision == one.version
        )
    )
    return name or one.by_name


def _readable(found: Found, remark_id: int) -> Remark:
    """The remark, if this person may read its kind now; otherwise 404."""
    found.allow("see_session")
    one = _remark(found, remark_id)
    audience = meeting_audience(found.standing.part)
    if one is None or one.kind not in kinds_seen(audience, found.checklist_session.state):
        abort(404)
    return one


def _remark(found: Found, remark_id: int) -> Remark | None:
    return next((one for one in found.checklist_session.remarks if one.id == remark_id), None)


def _here(found: Found) -> str:
    return f"/checklist-sessions/{found.checklist_session.id}/remarks"


def _to_remarks(found: Found, place: str) -> Response:
    return redirect(_here(found) + place, 303)
