"""The five published score sheets, typed as Excel and as Word tables, are read back as written down by hand."""

import pytest

from tests.checklists.office_files import Layout, docx_of, xlsx_of
from tests.checklists.published import DISTRICTS, HON_QUAN, PTIT, SCHOOL, VETERANS
from tests.checklists.test_import_layouts import reading_of
from tests.rules.sheet_reading.grids import doubts, outline
from thidua.rules.points import format_points
from thidua.rules.sheet import Band
from thidua.rules.sheet_reading.nesting import sheet_of
from thidua.rules.sheet_reading.values import Reading

FILES = pytest.mark.parametrize("ending", ["xlsx", "docx"])


def read(layout: Layout, ending: str) -> Reading:
    content = xlsx_of(layout) if ending == "xlsx" else docx_of(layout, before=["Thang điểm thi đua"])
    return reading_of(content, f"thang-diem.{ending}")


def short_outline(reading: Reading) -> list[str]:
    """The outline with the points of the levels only; their words are long."""
    lines = []
    for line, row in zip(outline(reading), (row for row in reading.rows if row.is_taken), strict=True):
        levels = "/".join(format_points(level.points) for level in row.criterion.levels)
        lines.append(f"{line.split('] ')[0]}] {levels}" if levels else line)
    return lines


@FILES
@pytest.mark.parametrize("layout", [HON_QUAN, PTIT, SCHOOL, DISTRICTS], ids=["hon-quan", "ptit", "school", "districts"])
def test_the_tree_is_the_one_written_down_by_hand(layout: Layout, ending: str):
    reading = read(layout, ending)
    assert short_outline(reading) == list(layout.expected)
    assert sorted(field for _at, field in doubts(reading)) == sorted(field for _at, field in layout.doubts)
    if ending == "xlsx":
        assert sorted(doubts(reading)) == sorted(layout.doubts)
    sheet_of(reading)


@FILES
def test_levels_and_evidence_of_the_district_youth_union(ending: str):
    reports = read(HON_QUAN, ending).row(3).criterion
    assert [(level.text[:24], level.points) for level in reports.levels] == [
        ("Gửi về huyện đoàn đầy đủ", 800),
        ("Gửi về huyện đoàn đúng h", 600),
        ("Gửi về huyện đoàn đầy đủ", 400),
        ("Gửi về huyện đoàn báo cá", 200),
        ("Thiếu báo cáo năm; thiếu", 0),
    ]
    assert reports.guidance == "Minh chứng: Số, ký hiệu, ngày tháng năm ban hành các báo cáo"


@FILES
def test_negative_levels_and_penalties_of_the_students_sheet(ending: str):
    reading = read(PTIT, ending)
    results, wrong_news = reading.row(3).criterion, reading.row(16).criterion
    assert (results.minimum, results.levels[-1].points) == (-100, -100)
    assert (wrong_news.kind, wrong_news.polarity, wrong_news.points_per_count) == ("count", "penalty", -1000)
    assert sheet_of(reading).maximum == 10000 == reading.head.declared_max
    assert [column.whose for column in reading.score_columns] == ["self", "team"]


@FILES
def test_parts_deductions_and_bonus_of_the_school(ending: str):
    reading = read(SCHOOL, ending)
    sheet = sheet_of(reading)
    assert sheet.numbered("VI").cap == 1000
    assert "Không xếp loại tháng" in sheet.numbered("II.1").guidance
    assert sheet.numbered("IV.2").kind == "points"
    assert [(band.label, band.minimum) for band in reading.head.bands] == [
        ("Xuất sắc", 10000),
        ("Loại A (Tốt)", 9500),
        ("Loại B (Khá)", 8500),
        ("Loại C (Trung bình)", 6500),
    ]


@FILES
def test_a_file_with_ratings_only_is_read_with_the_doubt_that_there_is_nothing_to_score(ending: str):
    reading = read(VETERANS, ending)
    assert outline(reading) == ["1 Tổng điểm [90]"] and [field for _at, field in doubts(reading)] == ["criteria"]
    assert reading.head.bands == (
        Band("TSVM xuất sắc", 8100, 9000),
        Band("TSVM tiên tiến", 7100, 8000),
        Band("TSVM", 6100, 7000),
        Band("Yếu", 0, 6000),
    )
    assert reading.head.declared_max == 9000


@FILES
def test_the_table_of_districts_gives_four_clusters(ending: str):
    clusters = read(DISTRICTS, ending).head.clusters
    assert [(one.number, one.name, len(one.units)) for one in clusters] == [
        ("I", "Cụm Thi đua 1", 6),
        ("II", "Cụm Thi đua 2", 7),
        ("III", "Cụm Thi đua 3", 6),
        ("IV", "Cụm Thi đua 4", 5),
    ]
    assert clusters[3].units == ("Huyện Bình Chánh", "Huyện Cần Giờ", "Huyện Củ Chi", "Huyện Hóc Môn", "Huyện Nhà Bè")
