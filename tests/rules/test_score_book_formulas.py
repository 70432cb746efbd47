"""The workbook's formulas give what ``rules.scoring`` and ``rules.grading`` give, for every sheet and every filling."""

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.doors.filled import filled
from tests.doors.formulas import Evaluator
from tests.rules.sheets import checklist72, full_marks72, leaf, scored_sheets, section, small_sheet, typed
from thidua.doors.workbook import render_workbook
from thidua.rules.entries import Entry
from thidua.rules.grading import grade
from thidua.rules.points import format_points
from thidua.rules.score_book import BookFacts, Marks, compose_score_book, fingerprint
from thidua.rules.scoring import compute_totals
from thidua.rules.sheet import Band, Gate, Level, Sheet

Entries = dict[int, Entry]
# Shrinking a sheet that fails takes minutes: the seed that is printed finds it again.
NO_SHRINKING = tuple(phase for phase in Phase if phase is not Phase.shrink)
BANDS = (Band("Tốt", 8000), Band("Khá", 6050), Band("Trung bình", 3000))


def book(sheet: Sheet, entries: Entries | None = None) -> tuple[Evaluator, dict[int, int], int]:
    """The workbook with these scores in both columns worked out; the rows of the criteria, and of the total."""
    facts = BookFacts(Marks(sheet.id, 1, fingerprint(sheet)), own=entries or {}, team=entries or {})
    made = compose_score_book(facts, sheet)
    numbers = {row: line.get("B") for row, line in made.pages[0].rows.items()}
    total = next(row for row, box in numbers.items() if box and box.value == "TỔNG CỘNG")
    first = total - len(sheet.all)
    rows = {criterion.id: first + place for place, criterion in enumerate(sheet.all)}
    return Evaluator(render_workbook(made)), rows, total


def hundredths(value: object) -> int | None:
    """Points of a box; None for an empty one."""
    return None if value in ("", None) else int(value * 100)  # type: ignore[operator]


def assert_same(sheet: Sheet, entries: Entries) -> None:
    worked, rows, total_row = book(sheet, entries)
    totals = compute_totals(sheet, entries)
    for column in "DE":
        words = {
            worked["Bảng điểm", f"B{row}"]: worked["Bảng điểm", f"{column}{row}"]
            for row in range(total_row, total_row + 5)
        }
        for one in totals.sections:
            shown = hundredths(worked["Bảng điểm", f"{column}{rows[one.id]}"])
            assert (shown or 0) == one.points, f"section {one.number}"
            assert shown is not None or not one.scored + one.not_applicable
        answered = words["TỔNG CỘNG"] != ""
        assert answered or not totals.scored + totals.not_applicable + totals.points
        assert words["Số tiêu chí chưa chấm"] == totals.missing
        if not answered:
            assert words["Tỷ lệ so với điểm tối đa (%)"] == ""
            continue
        assert hundredths(words["TỔNG CỘNG"]) == totals.points
        assert hundredths(words["Tỷ lệ so với điểm tối đa (%)"]) == totals.percent
        if sheet.not_applicable == "leave_out":
            scaled = next(value for name, value in words.items() if str(name).startswith("Điểm quy đổi"))
            assert hundredths(scaled) == totals.scaled_points
        if sheet.bands and (totals.is_complete or not asks_sections(sheet)):
            label = grade(sheet, entries, totals).label + ("" if totals.is_complete else " (tạm tính)")
            assert words["XẾP LOẠI"] == label


def asks_sections(sheet: Sheet) -> bool:
    """A gate about a section: with something missing the rules ask what could still come of it, the workbook waits."""
    sections = [one for one in sheet.all if one.is_section]
    return any(gate.kind == "section_below" for gate in sheet.gates) or any(
        gate.kind == "critical_zero" and (one.critical or one.number == gate.criterion)
        for gate in sheet.gates
        for one in sections
    )


@settings(max_examples=40, deadline=None, phases=NO_SHRINKING)
@given(scored_sheets())
def test_any_sheet_filled_in_any_way(scored: tuple[Sheet, Entries]) -> None:
    sheet, entries = scored
    assert_same(sheet if sheet.bands else replace(sheet, bands=BANDS), entries)


GATES = st.lists(
    st.sampled_from((
        Gate("critical_zero", None, None, "at_most", "Khá"),
        Gate("critical_zero", None, None, "lower_one"),
        Gate("section_below", None, 50, "at_most", "Trung bình"),
        Gate("section_below", None, 80, "lower_one"),
        Gate("section_below", None, 10, "not_rated"),
        Gate("manual", None, None, "not_rated", None, "Bị kỷ luật"),
    )),
    max_size=4,
    unique=True,
)  # fmt: skip


@settings(max_examples=20, deadline=None, phases=NO_SHRINKING)
@given(st.lists(st.sampled_from(("0", "3,5", "5", "6", "7", "x", "")), min_size=12, max_size=12), GATES)
def test_gates_lower_the_rating_as_the_rules_do(values: list[str], gates: list[Gate]) -> None:
    sheet = replace(checklist72(), gates=tuple(gates))
    wanted = {f"c{leaf.number}": value for leaf, value in zip(sheet.leaves, values, strict=True) if value}
    entries: Entries = {}
    for name, value in wanted.items():
        try:
            entries |= typed(sheet, **{name: value})
        except Exception:
            continue
    assert_same(replace(sheet, bands=(*BANDS, Band("Yếu", 0))), entries)


def test_the_sheet_that_ships_by_hand() -> None:
    """Full marks but 1.1 = 8,5 and 3.4 not applicable: 100 - 6 - 3,5 = 90,5 of 94; 90,5 × 100 / 94 = 96,28."""
    sheet = checklist72()
    worked, _rows, total = book(sheet, full_marks72(sheet, c1_1="8,5", c3_4="x"))
    words = {worked["Bảng điểm", f"B{row}"]: worked["Bảng điểm", f"D{row}"] for row in range(total, total + 5)}
    assert format_points(hundredths(words["TỔNG CỘNG"]) or 0) == "90,5"
    assert format_points(hundredths(words["Tỷ lệ so với điểm tối đa (%)"]) or 0) == "96,28"
    assert words["XẾP LOẠI"] == "Xuất sắc"


def test_zero_in_a_critical_criterion_is_told_beside_the_gate() -> None:
    sheet = checklist72()
    worked, _rows, total = book(sheet, full_marks72(sheet, c2_1="0"))
    told = {
        worked["Bảng điểm", f"B{row}"]: worked["Bảng điểm", f"D{row}"]
        for row in range(total, total + 20)
        if isinstance(worked["Bảng điểm", f"B{row}"], str)
    }
    assert next(value for words, value in told.items() if words.startswith("Tiêu chí 2.1 (")) == "Có"
    assert next(value for words, value in told.items() if words.startswith("Có mục đạt dưới 50%")) == "Có"  # 7 of 15
    assert told["XẾP LOẠI"] == "Khá"


@pytest.mark.parametrize("word", ["k", "K", "x", "không xét", "Không xét"])
def test_not_applicable_may_be_written_as_people_do(word: str) -> None:
    sheet = small_sheet(section(1, leaf(2), leaf(3)), declared_max=2000, bands=BANDS)
    worked, rows, total = book(sheet, {3: Entry(points=800)})
    evaluator = Evaluator(filled(saved(worked), {f"D{rows[2]}": word}))
    assert hundredths(evaluator["Bảng điểm", f"D{total}"]) == 800
    assert hundredths(evaluator["Bảng điểm", f"D{total + 2}"]) == 1600  # 8 of 10 on the scale of 20


def test_two_levels_that_bring_the_same_are_told_apart_by_their_place() -> None:
    levels = (Level("đủ", 1000), Level("thiếu sổ", 500), Level("thiếu biên bản", 500), Level("không", 0))
    sheet = small_sheet(leaf(1, 1000, kind="levels", levels=levels), declared_max=1000)
    assert_same(sheet, {1: Entry(level=2)})
    worked, rows, _total = book(sheet, {1: Entry(level=2)})
    assert worked["Bảng điểm", f"D{rows[1]}"] == "m3"


def saved(worked: Evaluator) -> bytes:
    out = BytesIO()
    worked.book.save(out)
    return out.getvalue()
