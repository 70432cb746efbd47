"""Typing a filled paper in: the page, and without scripts the whole table in one plain POST."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from thidua.committing import commit_changes
from thidua.extensions import db
from thidua.models.finders import session_sheet
from thidua.paper_forms.papers import TypedRow, paper_meant, papers_of, rows_of, standing_of
from thidua.paper_forms.printing import code_of, with_plan
from thidua.paper_forms.writing import read_rows, write_rows
from thidua.rules.errors import InvalidEntry
from thidua.rules.form_code import code_problem
from thidua.rules.points import format_points
from thidua.rules.scoring import compute_totals
from thidua.rules.typed_entry import added_up, started_with, total_problem
from thidua.rules.vietnamese import clean_line
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.header import room_of
from thidua.session_pages.operations import new_operation, posted_operation
from thidua.session_pages.scribing import Choice, holder_meant


@dataclass(frozen=True, slots=True)
class Sent:
    """What was typed besides the rows, as it is shown again."""

    code: str = ""
    total: str = ""
    code_error: str = ""
    total_error: str = ""


def typing(checklist_session_id: int) -> ResponseReturnValue:
    """Whose paper it is (``?for=``, ``?code=`` as printed), then its table."""
    found = find(checklist_session_id)
    found.allow("type_in")
    code = clean_line(request.args.get("code", ""))
    sent = Sent(code=code, code_error=_code_error(found, code))
    paper = paper_meant(found, request.args.get("for", ""))
    return _page(found, None if sent.code_error else paper, sent)


def type_in(checklist_session_id: int) -> ResponseReturnValue:
    """The whole table (fields: for, code, total, value-<id>, reason-<id>, replace-<id>): all of its rows, or none.

    A row that says what stands there already changes nothing; one that says otherwise is asked about first, and the
    answer (``replace-<id>``: the version of what was shown) holds for that value only.
    """
    found = find_for_change(checklist_session_id)
    found.allow("type_in")
    sheet = session_sheet(db.session(), found.checklist_session)
    paper = paper_meant(found, request.form.get("for", ""))
    if paper is None:
        raise InvalidEntry("Xin chọn phiếu của ai rồi nhập lại.", field="for")
    op_id = posted_operation()
    code, total = clean_line(request.form.get("code", "")), clean_line(request.form.get("total", ""))
    standing = standing_of(found, sheet, paper)
    typed, entries = read_rows(sheet, standing, op_id)
    known = {one: standing[one].entry for one in standing if not standing[one].is_hidden}
    whole = known | entries
    total_error = total_problem(total, added_up(sheet, whole), compute_totals(sheet, whole).points)
    sent = Sent(code, total, _code_error(found, code), total_error)
    if sent.code_error or sent.total_error or any(row.error or row.asks for row in typed.values()):
        db.session.rollback()
        return _page(find(checklist_session_id), paper, sent, typed=typed, status=422)
    changed = write_rows(found, sheet, paper, entries, typed, standing, op_id)
    commit_changes(changed)
    flash(f"Đã ghi {len(changed)} dòng." if changed else "Các dòng đã có sẵn như vậy, không có gì thay đổi.", "success")
    return redirect(f"/checklist-sessions/{checklist_session_id}/typing?for={paper.meant}", 303)


def _code_error(found: Found, typed: str) -> str:
    return code_problem(typed, code_of(with_plan(found.checklist_session.id))) if typed else ""


def _page(
    found: Found, paper: Choice | None, sent: Sent, *, typed: Mapping[int, TypedRow] | None = None, status: int = 200
) -> ResponseReturnValue:
    checklist_session = found.checklist_session
    sheet = session_sheet(db.session(), checklist_session)
    standing = standing_of(found, sheet, paper) if paper else {}
    seen = {one: each.entry for one, each in standing.items() if not each.is_hidden}
    room = room_of(found, audience_of(found.standing.part), "room")
    html = render_template(
        "paper_forms/typing.html",
        room=room,
        tabs=room["links"],
        papers=papers_of(found),
        paper=paper,
        is_for_other=bool(paper and holder_meant(found, paper.perspective, paper.meant)),
        sent=sent,
        code=code_of(with_plan(checklist_session.id)),
        rows=rows_of(sheet, standing, typed or {}) if paper else [],
        wrong=sum(bool(row.error or row.asks) for row in (typed or {}).values()),
        filled=len(standing),
        count=len(sheet.leaves),
        total=format_points(added_up(sheet, seen)),
        started_with=started_with(sheet),
        op_id=new_operation(),
    )
    return html, status
