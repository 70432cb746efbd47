"""Whatever a table holds, reading gives a sheet that can be saved, or a refusal in words; and nothing is lost."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.rules.errors import Refusal
from thidua.rules.sheet_reading.amounts import read_amount
from thidua.rules.sheet_reading.cells import Cell, Grid, tidy
from thidua.rules.sheet_reading.correcting import answer_all, answer_doubt
from thidua.rules.sheet_reading.nesting import sheet_of
from thidua.rules.sheet_reading.plain import reading_from_plain, reading_to_plain
from thidua.rules.sheet_reading.reading import read_tables

ASIDE = ("self", "team", "ignored", "rank")
WORDS = st.sampled_from(
    (
        "",
        "",
        "",
        "TT",
        "Nội dung",
        "Điểm tối đa",
        "Tự chấm",
        "Ghi chú",
        "Hướng dẫn",
        "Tốt",
        "Khá",
        "I",
        "II",
        "A",
        "1",
        "2",
        "1.1",
        "1.2.3",
        "a)",
        "-",
        "+",
        "10",
        "8,5",
        "-2",
        "0-10",
        "10đ",
        "5 điểm/lần",
        "(10 điểm)",
        "Tổng cộng",
        "Cộng mục I",
        "Tốt: 5đ; Khá: 4đ",
        "trừ 1đ/lần",
        "Điểm thưởng",
        "Điểm trừ",
        "Xuất sắc: từ 90 điểm trở lên",
        "Yếu: dưới 50 điểm",
        "Công tác Hội (10 điểm)",
        "- Đầy đủ: 10 điểm",
        "1. Sinh hoạt\n2. Báo cáo",
        "5\n5",
        "Cụm thi đua 1",
        "Tên đơn vị",
        "01/02/2025",
        "#REF!",
        "99999",
        "33,3333",
        "mỗi lần trừ 2 điểm",
        "Người lập",
        "Xếp loại",
        "Ghi chú: abc",
        "1.",
    )
)
TEXTS = st.one_of(WORDS, st.text(max_size=12))


@st.composite
def cells(draw: st.DrawFn, at: str, others: list[str]) -> Cell:
    covered = draw(st.sampled_from(others)) if others and draw(st.integers(0, 9)) == 0 else ""
    return Cell(
        "" if covered else draw(TEXTS),
        at,
        is_bold=draw(st.booleans()),
        spans=(draw(st.sampled_from((1, 1, 1, 2, 3))), draw(st.sampled_from((1, 1, 1, 2, 3)))),
        covered_by=covered,
    )


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    width, height = draw(st.integers(0, 6)), draw(st.integers(0, 14))
    rows: list[tuple[Cell, ...]] = []
    others: list[str] = []
    if width and draw(st.booleans()):
        titles = ["TT", "Nội dung", "Điểm tối đa", "Tự chấm", "Hướng dẫn", "Minh chứng"][:width]
        rows.append(tuple(Cell(text, f"{'ABCDEF'[place]}0") for place, text in enumerate(titles)))
    for place in range(1, height + 1):
        row = []
        for index in range(width):
            at = f"{'ABCDEF'[index]}{place}"
            row.append(draw(cells(at, others[-8:])))
            others.append(at)
        rows.append(tuple(row))
    return Grid(draw(st.text(max_size=5)), tuple(rows), tuple(draw(st.lists(TEXTS, max_size=2))))


@st.composite
def printable_grids(draw: st.DrawFn) -> Grid:
    """Tables as Word and Excel can make them: what a merged cell covers is empty and says so."""
    width, height = draw(st.integers(2, 5)), draw(st.integers(1, 12))
    texts = [["TT", "Nội dung", "Điểm tối đa", "Hướng dẫn", "Ghi chú"][:width]]
    texts += [[draw(TEXTS) for _ in range(width)] for _ in range(height)]
    at = [[f"{'ABCDE'[column]}{row}" for column in range(width)] for row in range(height + 1)]
    spans: dict[str, tuple[int, int]] = {}
    covered: dict[str, str] = {}
    for _ in range(draw(st.integers(0, 4))):
        top, left = draw(st.integers(1, height)), draw(st.integers(0, width - 1))
        size = (draw(st.integers(1, height + 1 - top)), draw(st.integers(1, width - left)))
        inside = [at[top + down][left + right] for down in range(size[0]) for right in range(size[1])]
        if any(one in covered or one in spans for one in inside):
            continue
        spans[inside[0]] = size
        covered |= dict.fromkeys(inside[1:], inside[0])
    rows = tuple(
        tuple(
            Cell("" if one in covered else text, one, spans=spans.get(one, (1, 1)), covered_by=covered.get(one, ""))
            for text, one in zip(line, places, strict=True)
        )
        for line, places in zip(texts, at, strict=True)
    )
    return Grid("Trang 1", rows)


@settings(max_examples=150, deadline=None)
@given(st.lists(grids(), max_size=3), st.booleans(), st.lists(TEXTS, max_size=3))
def test_any_table_gives_a_sheet_that_can_be_saved_or_a_refusal(
    tables: list[Grid], is_document: bool, after: list[str]
):
    try:
        reading = read_tables(tables, name="Tên", after=after, is_document=is_document)
    except Refusal as refusal:
        assert refusal.message.endswith(".")
        return
    sheet = sheet_of(reading)
    assert len(sheet.all) == sum(row.is_taken for row in reading.rows)
    assert all(doubt.choices and doubt.why for doubt in reading.doubts)
    assert reading_from_plain(reading_to_plain(reading)) == reading
    assert not answer_all(reading).open_doubts


@settings(max_examples=80, deadline=None)
@given(grids(), st.data())
def test_whatever_choices_are_taken_the_sheet_can_still_be_read(table: Grid, data: st.DataObject):
    try:
        reading = read_tables([table], name="Tên")
    except Refusal:
        return
    while reading.open_doubts:
        doubt = reading.open_doubts[0]
        place = data.draw(st.integers(0, len(doubt.choices) - 1))
        reading = answer_doubt(reading, doubt.id, place)
    try:
        sheet_of(reading)
    except Refusal as refusal:
        assert refusal.field == "" or any(str(row.id) == refusal.field for row in reading.rows)


@settings(max_examples=80, deadline=None)
@given(printable_grids())
def test_every_row_with_words_is_a_criterion_or_is_told_to_be_none(table: Grid):
    try:
        reading = read_tables([table], name="Tên")
    except Refusal:
        return
    told = {one.at for one in reading.skipped} | {row.at for row in reading.rows} | {one.at for one in reading.totals}
    told |= {doubt.at for doubt in reading.doubts}
    kept = "\n".join(
        f"{row.criterion.text}\n{row.criterion.guidance}\n" + "\n".join(level.text for level in row.criterion.levels)
        for row in reading.rows
    )
    columns = {column.at for column in reading.columns}
    for row in tidy(table).rows:
        looked_at = [row[column.index] for column in reading.columns if column.role not in ASIDE]
        words = [cell for cell in looked_at if _has_words(cell)]
        if not words or any(cell.at in told | columns for cell in row):
            continue
        first = re.search(r"[^\W\d_]{2,}", words[0].text)
        assert first is None or first[0] in kept or first[0] in reading.head.note, (words[0], kept)


def _has_words(cell: Cell) -> bool:
    """Points keep their meaning, not their words."""
    return sum(one.isalpha() for one in cell.text) >= 2 and read_amount(cell.text) is None
