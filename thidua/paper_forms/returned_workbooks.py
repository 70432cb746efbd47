"""A filled workbook comes back: it is read, shown beside what stands, and written only when somebody says so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from thidua.committing import commit_changes
from thidua.doors.office import OfficeFile, Unreadable, read_office_file
from thidua.errors import answering_too_large
from thidua.extensions import db
from thidua.models.finders import session_sheet
from thidua.paper_forms.papers import Standing, TypedRow, displayed, paper_meant, standing_of
from thidua.paper_forms.workbooks import fitting_sheets, marks_here, show_workbook_page
from thidua.paper_forms.writing import checked_row, read_rows, write_rows
from thidua.rules.entries import check_entry
from thidua.rules.errors import InvalidEntry
from thidua.rules.score_book.fitting import misfit, whose_doubt
from thidua.rules.score_book.reading import ReadBook, WrittenBox, marks_of, read_score_book
from thidua.rules.sheet import Criterion, Sheet
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.header import room_of
from thidua.session_pages.operations import new_operation, posted_operation
from thidua.session_pages.scribing import Choice

NOTHING_CHOSEN = "Xin chọn tệp Excel đã ghi điểm trước khi gửi."
WHOSE = "Xin chọn phiếu của ai rồi gửi lại tệp."
TOO_HEAVY = "Tệp nặng quá 10 MB nên chưa được nhận. Xin gửi đúng tệp phiếu chấm điểm đã tải về."
NO_MARKS = (
    "Tệp không còn phần ẩn ghi đây là phiếu của buổi nào, nên các hàng được tìm theo số thứ tự và nội dung. "
    "Xin xem kỹ trước khi ghi."
)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One criterion: what stands (``there``), what the file says (``said``).

    ``blame``: why it is not taken; ``changes``: it replaces what stands.

    ``at`` is the box of the file, "" once only the typed values are known.
    """

    criterion: Criterion
    at: str
    typed: TypedRow
    there: Standing | None
    said: str
    doubt: str = ""

    @property
    def blame(self) -> str:
        return self.typed.error

    @property
    def changes(self) -> bool:
        return self.typed.asks


@dataclass(frozen=True, slots=True)
class Review:
    """What would be written (``new`` or replacing), what cannot, what stands so already, and what is doubtful."""

    written: tuple[ReviewRow, ...]
    wrong: tuple[ReviewRow, ...]
    same: int = 0
    empty: int = 0
    doubts: tuple[str, ...] = ()


def review_workbook(checklist_session_id: int) -> ResponseReturnValue:
    """The posted ``file`` for the paper ``for``, shown beside what stands. Nothing is written."""
    found = find(checklist_session_id)
    found.allow("fill_workbook")
    meant, sent = request.form.get("for", ""), request.files.get("file")
    if paper_meant(found, meant) is None:
        return show_workbook_page(found, meant, problem=WHOSE, field="for", status=422)
    if sent is None or not sent.filename:
        return show_workbook_page(found, meant, problem=NOTHING_CHOSEN, status=422)
    content, name = sent.read(), sent.filename
    db.session.rollback()  # nobody's connection is held while a file is read
    try:
        file = read_office_file(content, name)
    except Unreadable as unreadable:
        return show_workbook_page(find(checklist_session_id), meant, problem=unreadable.sentence, status=422)
    return _review(find(checklist_session_id), meant, file)


def write_workbook(checklist_session_id: int) -> ResponseReturnValue:
    """“Ghi các điểm này”: the rows of the review (fields: for, op_id, value-, reason-, replace-<id>), all or none.

    What somebody wrote meanwhile is not overwritten: the review is shown again with it.
    """
    found = find_for_change(checklist_session_id)
    found.allow("fill_workbook")
    sheet = session_sheet(db.session(), found.checklist_session)
    paper = paper_meant(found, request.form.get("for", ""))
    if paper is None:
        raise InvalidEntry(WHOSE, field="for")
    op_id = posted_operation()
    standing = standing_of(found, sheet, paper)
    typed, entries = read_rows(sheet, standing, op_id)
    if any(row.error or row.asks for row in typed.values()):
        db.session.rollback()
        return _page(find(checklist_session_id), paper, _typed_again(sheet, standing, typed), status=422)
    changed = write_rows(found, sheet, paper, entries, typed, standing, op_id)
    commit_changes(changed)
    flash(f"Đã ghi {len(changed)} điểm." if changed else "Các điểm đã có sẵn như vậy, không có gì thay đổi.", "success")
    return redirect(f"/checklist-sessions/{checklist_session_id}/workbook?for={paper.meant}", 303)


@answering_too_large
def too_heavy(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """More than the file may weigh: nothing was read."""
    db.session.rollback()
    found = find((request.view_args or {})["checklist_session_id"])
    found.allow("fill_workbook")
    return show_workbook_page(found, "", problem=TOO_HEAVY, status=413)


def _review(found: Found, meant: str, file: OfficeFile) -> ResponseReturnValue:
    paper = paper_meant(found, meant)
    if paper is None:
        return show_workbook_page(found, meant, problem=WHOSE, field="for", status=422)
    sheet = session_sheet(db.session(), found.checklist_session)
    marks, here = marks_of(file.tables), marks_here(found, sheet, paper)
    problem = misfit(marks, here, sheets=fitting_sheets(found, sheet)) if marks else ""
    book = ReadBook(problem=problem) if problem else read_score_book(file.tables, sheet, paper.perspective)
    if book.problem:
        return show_workbook_page(found, meant, problem=book.problem, status=422)
    told = whose_doubt(marks, here) if marks else NO_MARKS
    return _page(found, paper, _compared(sheet, standing_of(found, sheet, paper), book, told))


def _compared(sheet: Sheet, standing: Mapping[int, Standing], book: ReadBook, told: str) -> Review:
    rows, op_id = [], new_operation()
    for box in book.boxes:
        row = _row(sheet.leaf(box.criterion_id), box, standing.get(box.criterion_id), op_id)
        if row is not None:
            rows.append(row)
    lost = [f"Không thấy tiêu chí {leaf.number} ({leaf.text[:60]}) trong tệp." for leaf in book.lost]
    wrong = tuple(row for row in rows if row.blame)
    written = tuple(row for row in rows if not row.blame and (row.there is None or row.changes))
    return Review(
        written,
        wrong,
        same=len(rows) - len(wrong) - len(written),
        empty=len(book.boxes) - len(rows),
        doubts=tuple(line for line in (told, *book.strays, *lost) if line),
    )


def _row(criterion: Criterion, box: WrittenBox, there: Standing | None, op_id: str) -> ReviewRow | None:
    """None for an empty box; the reason that stands already beside an empty box is no new one."""
    if not box.value and not box.problem and (not box.reason or (there and there.reason == box.reason)):
        return None
    typed = TypedRow(box.value, box.reason)
    if box.problem:
        return ReviewRow(criterion, box.at, TypedRow(box.value, box.reason, error=box.problem), there, box.value)
    if blame := _no_such_level(criterion, box.value):
        return ReviewRow(criterion, box.at, replace(typed, error=blame), there, box.value)
    typed, entry = checked_row(criterion, typed, there, op_id)
    said = displayed(criterion, entry) if entry else box.value
    return ReviewRow(criterion, box.at, typed, there, said, box.doubt)


def _no_such_level(criterion: Criterion, value: str) -> str:
    """Why a bare number names no level: a workbook adds it up as points, so it is never the place of a level here."""
    if criterion.kind != "levels" or not value.strip().isdecimal():
        return ""
    try:
        check_entry(criterion, points=value)
    except InvalidEntry as wrong:
        return wrong.message
    return ""


def _typed_again(sheet: Sheet, standing: Mapping[int, Standing], typed: Mapping[int, TypedRow]) -> Review:
    """The review once more, when something else was written meanwhile or a value was changed on the way."""
    rows = [
        ReviewRow(leaf, "", typed[leaf.id], standing.get(leaf.id), typed[leaf.id].value)
        for leaf in sheet.leaves
        if leaf.id in typed
    ]
    doubt = "Trong lúc đồng chí xem, có người vừa ghi điểm khác. Chưa có gì được ghi; xin xem lại các hàng bên dưới."
    return Review(
        tuple(row for row in rows if not row.blame),
        tuple(row for row in rows if row.blame),
        doubts=(doubt,) if any(row.changes for row in rows) else (),
    )


def _page(found: Found, paper: Choice, review: Review, *, status: int = 200) -> ResponseReturnValue:
    room = room_of(found, audience_of(found.standing.part), "room")
    html = render_template(
        "paper_forms/workbook_review.html",
        room=room,
        tabs=room["links"],
        paper=paper,
        review=review,
        op_id=new_operation(),
    )
    return html, status
