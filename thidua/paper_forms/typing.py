"""Typing a filled paper in: the page, and without scripts the whole table in one plain POST."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from thidua.committing import commit_changes
from thidua.extensions import db
from thidua.identity import now
from thidua.models import ChecklistSession, JournalEntry, Score
from thidua.models.finders import operation, session_sheet
from thidua.paper_forms.papers import Standing, TypedRow, papers_of, rows_of, standing_of
from thidua.paper_forms.printing import code_of, with_plan
from thidua.rules.entries import Entry
from thidua.rules.errors import InvalidEntry
from thidua.rules.form_code import code_problem
from thidua.rules.points import format_points
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.typed_entry import added_up, total_problem, typed_entry
from thidua.rules.vietnamese import clean_line, clean_text
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.header import room_of
from thidua.session_pages.operations import new_operation, posted_operation
from thidua.session_pages.scribing import Choice, holder_meant

LONGEST_BOX, LONGEST_REASON = 4000, 2000


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
    paper = _paper(found, request.args.get("for", ""))
    return _page(found, None if sent.code_error else paper, sent)


def type_in(checklist_session_id: int) -> ResponseReturnValue:
    """The whole table (fields: for, code, total, value-<id>, reason-<id>, replace-<id>): all of its rows, or none.

    A row that says what stands there already changes nothing; one that says otherwise is asked about first, and the
    answer (``replace-<id>``: the version of what was shown) holds for that value only.
    """
    found = find_for_change(checklist_session_id)
    found.allow("type_in")
    sheet = session_sheet(db.session(), found.checklist_session)
    paper = _paper(found, request.form.get("for", ""))
    if paper is None:
        raise InvalidEntry("Xin chọn phiếu của ai rồi nhập lại.", field="for")
    op_id = posted_operation()
    code, total = clean_line(request.form.get("code", "")), clean_line(request.form.get("total", ""))
    standing = standing_of(found, sheet, paper)
    typed, entries = _read(sheet, standing, op_id)
    known = {one: standing[one].entry for one in standing if not standing[one].is_hidden}
    sent = Sent(code, total, _code_error(found, code), total_problem(total, added_up(sheet.leaves, known | entries)))
    if sent.code_error or sent.total_error or any(row.error or row.asks for row in typed.values()):
        db.session.rollback()
        return _page(find(checklist_session_id), paper, sent, typed=typed, status=422)
    changed = _write(found, sheet, paper, entries, typed, standing, op_id)
    commit_changes(changed)
    flash(f"Đã ghi {len(changed)} dòng." if changed else "Các dòng đã có sẵn như vậy, không có gì thay đổi.", "success")
    return redirect(f"/checklist-sessions/{checklist_session_id}/typing?for={paper.meant}", 303)


def _paper(found: Found, meant: str) -> Choice | None:
    return next((one for one in papers_of(found) if one.meant == meant), None)


def _code_error(found: Found, typed: str) -> str:
    return code_problem(typed, code_of(with_plan(found.checklist_session.id))) if typed else ""


def _read(sheet: Sheet, standing: Mapping[int, Standing], op_id: str) -> tuple[dict[int, TypedRow], dict[int, Entry]]:
    """Every row that was filled in, and the entries of those that are to be written."""
    typed: dict[int, TypedRow] = {}
    entries: dict[int, Entry] = {}
    for leaf in sheet.leaves:
        row = TypedRow(
            clean_text(request.form.get(f"value-{leaf.id}", ""))[:LONGEST_BOX],
            clean_text(request.form.get(f"reason-{leaf.id}", "")),
            request.form.get(f"replace-{leaf.id}") == _version_of(standing.get(leaf.id)),
        )
        if not row.value and not row.reason:
            continue
        typed[leaf.id], entry = _checked(leaf, row, standing.get(leaf.id), op_id)
        if entry is not None:
            entries[leaf.id] = entry
    return typed, entries


def _checked(criterion: Criterion, row: TypedRow, there: Standing | None, op_id: str) -> tuple[TypedRow, Entry | None]:
    """The row with what is wrong about it, and the entry to write, None when there is nothing to be written."""
    if len(row.reason) > LONGEST_REASON:
        return replace(row, error=f"Lý do dài quá {LONGEST_REASON} chữ. Xin viết ngắn lại."), None
    try:
        entry = typed_entry(criterion, row.value)
    except InvalidEntry as wrong:
        return replace(row, error=wrong.message), None
    if entry is None:
        return replace(row, error="Có lý do nhưng chưa có điểm. Xin ghi điểm hoặc “k”."), None
    if there is None or operation(db.session(), _row_operation(op_id, criterion)):
        return row, entry
    is_same = not there.is_hidden and (there.entry, there.reason) == (entry, row.reason or there.reason)
    if is_same:
        return row, None
    return (row, entry) if row.replace else (replace(row, asks=True), None)


def _version_of(there: Standing | None) -> str:
    return str(there.version) if there else ""


def _row_operation(op_id: str, criterion: Criterion) -> str:
    """The operation of one row of the table: the same when the table is sent twice."""
    return str(uuid5(UUID(op_id), str(criterion.id)))


def _write(
    found: Found,
    sheet: Sheet,
    paper: Choice,
    entries: Mapping[int, Entry],
    typed: Mapping[int, TypedRow],
    standing: Mapping[int, Standing],
    op_id: str,
) -> list[JournalEntry]:
    """One journal entry for each row, each as if it had been entered on the scoring screen."""
    room, held_by = found.checklist_session, holder_meant(found, paper.perspective, paper.meant)
    _load_scores(room, paper)
    changed = []
    for leaf in sheet.leaves:
        own_op = _row_operation(op_id, leaf)
        if leaf.id not in entries or operation(db.session(), own_op):
            continue
        there = standing.get(leaf.id)
        words = {
            "reason": typed[leaf.id].reason or (there.reason if there else ""),
            "base_version": there.version if there else 0,
            "held_by": held_by,
            "by": found.person,
            "at": now(),
            "op_id": own_op,
        }
        if paper.perspective == "self":
            changed.append(room.score_self(leaf, entries[leaf.id], **words))
        elif paper.perspective == "proposed":
            changed.append(room.propose(leaf, entries[leaf.id], label=paper.label, **words))
        else:
            changed.append(room.settle(leaf, entries[leaf.id], **words))
    return changed


def _load_scores(room: ChecklistSession, paper: Choice) -> None:
    scores = db.session.scalars(
        select(Score)
        .where(Score.checklist_session_id == room.id, Score.perspective == paper.perspective)
        .order_by(Score.id)
    )
    set_committed_value(room, "scores", list(scores))


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
        total=format_points(added_up(sheet.leaves, seen)),
        op_id=new_operation(),
    )
    return html, status
