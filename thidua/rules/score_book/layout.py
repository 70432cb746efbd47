"""A score sheet laid out as a workbook: title, table, totals and rating, places to sign; behind it working pages."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from thidua.rules.score_book.accepting import Lists, reason_check, score_checks
from thidua.rules.score_book.adding import working_formulas
from thidua.rules.score_book.embedding import PAGE, embedded
from thidua.rules.score_book.ending import end_rows
from thidua.rules.score_book.facts import BookFacts
from thidua.rules.score_book.heights import COLUMNS, LINE_HEIGHT, line_height, row_height
from thidua.rules.score_book.lines import body_row
from thidua.rules.score_book.marks import Marks, marked, written
from thidua.rules.score_book.places import (
    LISTS,
    MAIN,
    MARKS,
    MOST,
    NUMBER,
    REMARK,
    SCORES,
    SELF,
    TEXT,
    WORKING,
    Working,
)
from thidua.rules.score_book.rating import Result, gate_formula, ordered, total_formulas
from thidua.rules.sheet import Sheet
from thidua.rules.workbook import Box, Formula, Look, Page, Workbook, column

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
HOW = (
    "Ghi điểm vào ô màu nhạt; ô trống là chưa chấm, “k” là không xét. "
    "Tổng điểm, tỷ lệ và xếp loại tự tính. Ghi xong, lưu lại dạng .xlsx."
)
RATINGS = "xep_loai"


def compose_score_book(facts: BookFacts, sheet: Sheet) -> Workbook:
    """The workbook of the sheet; see the module."""
    top = list(_top(facts, sheet))
    head = len(top) + 1
    rows = {criterion.id: head + place for place, criterion in enumerate(sheet.all, start=1)}
    total = head + len(rows) + 1
    lists = Lists()
    leaves_rows = [rows[leaf.id] for leaf in sheet.leaves]
    ending, result = end_rows(facts.signers, sheet, total, RATINGS)
    is_filled_in = bool(leaves_rows and facts.writes)
    checks = score_checks(sheet.leaves, rows, facts.writes, lists) if is_filled_in else []
    body = {rows[one.id]: body_row(one, rows[one.id], facts) for one in sheet.all} | ending.rows
    main = Page(
        MAIN,
        rows={place: line for place, (line, _height) in enumerate(top, start=1)}
        | {head: {letters: Box(title, "head") for letters, title in _titles(facts).items()}}
        | body,
        widths=COLUMNS,
        heights={place: height for place, (_line, height) in enumerate(top, start=1)}
        | {head: 2 * LINE_HEIGHT}
        | {row: row_height(boxes) for row, boxes in body.items()},
        merged=(*_merged_top(facts, len(top)), *ending.merged),
        checks=(*checks, reason_check(leaves_rows)) if is_filled_in else (),
        frozen=f"{SELF}{head + 1}",
        repeated=(head, head),
    )
    working = Page(WORKING, _working_rows(sheet, rows, result), is_hidden=True)
    marks = replace(facts.marks, rows=marked(sheet.all, rows))
    pages = [main, working, _lists_page(sheet, lists), _marks_page(marks)]
    if not marks.checklist_session_id:
        pages.append(
            Page(PAGE, {row: {NUMBER: Box(line)} for row, line in enumerate(embedded(sheet), 1)}, is_hidden=True)
        )
    names = lists.names() | _ratings_name(sheet, lists)
    return Workbook(sheet.name, tuple(pages), names, footer=sheet.name)


def _top(facts: BookFacts, sheet: Sheet) -> Iterator[tuple[dict[str, Box], float]]:
    """The lines above the table with their heights; few, as they stay on the screen with the head of the table."""
    if facts.issuer:
        for place, motto in enumerate(MOTTO):
            issuer = facts.issuer[place] if place < len(facts.issuer) else ""
            yield {NUMBER: Box(issuer, "issuer"), MOST: Box(motto, "motto")}, LINE_HEIGHT
    if facts.title or facts.marks.checklist_session_id:
        yield _line(facts.title or "PHIẾU CHẤM ĐIỂM", "title", 24)
        yield _line(sheet.name, "subtitle", line_height(sheet.name))
    else:
        yield _line(sheet.name, "title", line_height(sheet.name))
    for fact in facts.lines:
        yield _line(fact, "fact", line_height(fact))
    if sheet.note and not facts.title and not facts.marks.checklist_session_id:
        yield _line(sheet.note, "note", min(line_height(sheet.note), 6 * LINE_HEIGHT))
    if facts.writes:
        yield _line(HOW, "note", line_height(HOW))


def _line(text: str, look: Look, height: float) -> tuple[dict[str, Box], float]:
    return {NUMBER: Box(text, look)}, height


def _merged_top(facts: BookFacts, lines: int) -> Iterator[str]:
    for row in range(1, lines + 1):
        if facts.issuer and row <= len(MOTTO):
            yield f"{NUMBER}{row}:{TEXT}{row}"
            yield f"{MOST}{row}:{REMARK}{row}"
        else:
            yield f"{NUMBER}{row}:{REMARK}{row}"


def _titles(facts: BookFacts) -> dict[str, str]:
    titles = ("TT", "Nội dung, tiêu chí", "Điểm tối đa", "Tự chấm", facts.team_title, "Lý do / Minh chứng")
    return dict(zip(COLUMNS, (*titles, "Hướng dẫn, ghi chú"), strict=True))


def _working_rows(sheet: Sheet, rows: Mapping[int, int], result: Result) -> dict[int, dict[str, Box]]:
    placed: dict[int, dict[str, Box]] = {}

    def put(address: str, formula: str) -> None:
        letters = address.rstrip("0123456789")
        placed.setdefault(int(address[len(letters) :]), {})[letters] = Box(Formula(formula), "plain")

    for score in SCORES:
        columns = Working(score)
        for address, formula in working_formulas(sheet, rows, columns):
            put(address, formula)
        for part, formula in total_formulas(sheet, rows, result.total, columns).items():
            put(columns.at(part, result.total), formula)
        for place, row in result.gates.items():
            put(columns.at("zero", row), gate_formula(sheet, sheet.gates[place], rows, columns))
    return placed


def _lists_page(sheet: Sheet, lists: Lists) -> Page:
    columns = [list(offered) for offered in lists.columns]
    if sheet.bands:
        columns.append([band.label for band in ordered(sheet)])
    longest = max(map(len, columns), default=0)
    lines = {
        row + 1: {column(place): Box(one[row]) for place, one in enumerate(columns, start=1) if row < len(one)}
        for row in range(longest)
    }
    return Page(LISTS, lines, is_hidden=True)


def _ratings_name(sheet: Sheet, lists: Lists) -> dict[str, str]:
    if not sheet.bands:
        return {}
    letters = column(len(lists.columns) + 1)
    return {RATINGS: f"{LISTS}!${letters}$1:${letters}${len(sheet.bands)}"}


def _marks_page(marks: Marks) -> Page:
    lines = {
        row: {column(place): Box(word) for place, word in enumerate(words, start=1)}
        for row, words in enumerate(written(marks), start=1)
    }
    return Page(MARKS, lines, is_hidden=True)
