"""What published sheets say in fields or prose of their own is read into the terms of the rules."""

from typing import Any

import pytest

from tests.rules.test_sheet_plain import changed
from thidua.rules.sheet import Band, Cluster, Criterion, Gate, Level
from thidua.rules.sheet_plain import sheet_from_plain

PUBLISHED = {
    "guidance": "Theo quy định",
    "evidence": "Số, ngày văn bản",
    "knockout": "Hạ một bậc",
    "applies_to": "chủ nhiệm",
    "parts": [1, 1.5],
    "deductions": [{"text": "Bị cảnh cáo", "points": -3, "per": "lần"}, {"text": "Không nộp", "points": -2}],
}


def published(**fields: Any) -> Criterion:
    plain = changed()
    plain["sections"][0]["criteria"][0] |= fields
    return sheet_from_plain(plain).roots[0].children[0]


def test_what_published_sheets_say_in_their_own_fields_is_kept() -> None:
    one = published(**PUBLISHED)
    assert one.guidance == "Theo quy định\nMinh chứng: Số, ngày văn bản\nKhống chế: Hạ một bậc"
    assert one.applies_to == ("chủ nhiệm",)


def test_parts_become_criteria_with_their_marks() -> None:
    one = published(parts=[1, 1.5])
    assert (one.kind, one.maximum, one.starts_full) == ("section", 250, False)
    assert [(part.number, part.text, part.kind, part.maximum, part.step) for part in one.children] == [
        ("1.1", "Phần 1", "points", 100, 25),
        ("1.2", "Phần 2", "points", 150, 25),
    ]


def test_parts_are_named_by_the_guidance_where_it_names_each() -> None:
    lines = "- Ra đề đúng chuẩn: 1 điểm.\n- Sinh hoạt (1,5điểm): Tốt: 1,5đ; CĐ: 0đ.\n- Đề sai: trừ 4đ/đề."
    one = published(parts=[1, 1.5], guidance=lines)
    assert one.guidance == lines
    assert [part.text for part in one.children] == ["Phần 1: Ra đề đúng chuẩn", "Phần 2: Sinh hoạt"]
    assert one.children[1].guidance == "- Sinh hoạt (1,5điểm): Tốt: 1,5đ; CĐ: 0đ."
    assert [part.text for part in published(parts=[1.5, 1], guidance=lines).children] == ["Phần 1", "Phần 2"]


def test_deductions_become_penalties_of_a_section_that_starts_full() -> None:
    one = published(deductions=PUBLISHED["deductions"])
    assert (one.kind, one.polarity, one.maximum, one.starts_full) == ("section", "base", 250, True)
    each_time, once = one.children
    assert (each_time.kind, each_time.polarity, each_time.points_per_count) == ("count", "penalty", -300)
    assert (each_time.minimum, each_time.guidance) == (0, "Trừ 3 điểm/lần")
    assert (once.kind, once.levels) == ("levels", (Level("Không", 0), Level("Có", -200)))


def test_parts_with_deductions_begin_at_nothing() -> None:
    one = published(parts=[1, 1.5], deductions=PUBLISHED["deductions"])
    assert [child.number for child in one.children] == ["1.1", "1.2", "1.3", "1.4"]
    assert not one.starts_full


def test_where_there_is_no_room_below_parts_and_deductions_are_kept_in_words() -> None:
    third = {"number": "1.1.1", "text": "c", "max": 2.5} | PUBLISHED
    second = {"number": "1.1", "text": "b", "children": [third]}
    sheet = sheet_from_plain(changed(sections=[{"number": "1", "title": "a", "criteria": [second]}]))
    assert sheet.leaves[0].guidance == (
        "Theo quy định\nBị cảnh cáo: trừ 3 điểm/lần\nKhông nộp: trừ 2 điểm\nGồm các phần: 1 + 1,5 điểm\n"
        "Minh chứng: Số, ngày văn bản\nKhống chế: Hạ một bậc"
    )
    by_levels = published(levels=[{"text": "Có", "points": 2.5}], deductions=PUBLISHED["deductions"])
    assert by_levels.guidance == "Bị cảnh cáo: trừ 3 điểm/lần\nKhông nộp: trừ 2 điểm"


@pytest.mark.parametrize(
    ("words", "kind", "each", "lowest"),
    [("-10 điểm (mỗi lần vi phạm)", "count", -1000, None), ("tùy mức độ", "points", None, -1000)],
)
def test_a_penalty_taken_each_time_is_counted(words: str, kind: str, each: int | None, lowest: int | None) -> None:
    one = published(kind="penalty", max=-10, guidance=words)
    assert (one.kind, one.polarity, one.points_per_count, one.lowest) == (kind, "penalty", each, lowest)
    assert one.guidance == words


def test_a_section_of_penalties_says_how_much_it_may_take() -> None:
    penalty = {"number": "1", "text": "Trừ", "max": -10, "kind": "penalty"}
    limited = {"number": "II", "title": "Điểm trừ", "max": -15, "criteria": [penalty]}
    open_ended = {"number": "II", "title": "Điểm trừ", "criteria": [penalty]}
    roots = [sheet_from_plain(changed(sections=[one])).roots[0] for one in (limited, open_ended)]
    assert [(one.polarity, one.maximum, one.minimum) for one in roots] == [("penalty", 0, -1500), ("penalty", None, 0)]


@pytest.mark.parametrize(
    ("text", "guidance", "gate"),
    [
        ("Lên lớp không có KHBD: Không xếp loại tháng", "", ("not_rated", "Lên lớp không có KHBD")),
        ("sai quy trình hạ 1 bậc thi đua", "", ("lower_one", "sai quy trình")),
        ("Không xét TĐ tháng", "- Tốt: 5 điểm.\n- Bỏ nhiệm vụ: Không xét TĐ tháng.", ("not_rated", "Bỏ nhiệm vụ")),
        ("Hạ một bậc", "", ("lower_one", "Điểm")),
    ],
)
def test_a_knock_out_becomes_a_gate_that_the_head_of_team_declares(
    text: str, guidance: str, gate: tuple[str, str]
) -> None:
    plain = changed()
    plain["sections"][0]["criteria"][0] |= {"knockout": text, "guidance": guidance}
    effect, cause = gate
    assert sheet_from_plain(plain).gates == (Gate("manual", None, None, effect, None, f"Tiêu chí I.1: {cause}"),)  # type: ignore[arg-type]


def test_bands_that_ask_for_no_violation_leave_the_best_of_the_others() -> None:
    asking = {"requires_no_violation": True}
    bands = [{"label": "A", "min": 15} | asking, {"label": "B", "min": 10} | asking, {"label": "C", "min": 5}]
    (gate,) = sheet_from_plain(changed(classification=bands)).gates
    assert (gate.kind, gate.effect, gate.label) == ("manual", "at_most", "C")
    assert gate.text == "Có vi phạm (mức A, B đòi hỏi không vi phạm)"
    (gate,) = sheet_from_plain(changed(classification=bands[:2])).gates
    assert gate.effect == "not_rated"


def test_totals_and_thresholds_by_kind_of_unit_are_read() -> None:
    by_kind = {"chủ nhiệm": 20, "không chủ nhiệm": 18}
    bands = [{"label": "A", "min": 18, "max": 20, "min_by_kind": {"không chủ nhiệm": 16.5}}]
    sheet = sheet_from_plain(changed(total_max_by_kind=by_kind, classification=bands))
    assert sheet.declared_max_by_kind == (("chủ nhiệm", 2000), ("không chủ nhiệm", 1800))
    assert sheet.bands == (Band("A", 1800, 2000, (("không chủ nhiệm", 1650),)),)


def test_a_table_that_only_ranks_is_one_criterion_with_a_bonus_and_clusters() -> None:
    plain = {
        "title": "Xếp hạng",
        "kind": "ranking_table",
        "columns": ["STT", "Điểm"],
        "sections": [{"number": "I", "title": "Cụm 1", "units": ["Quận 1", "Quận 3"]}],
        "bonus": [{"text": "Cờ thành phố", "points": 10}, {"text": "Cờ Chính phủ", "points": 15}],
    }
    sheet = sheet_from_plain(plain)
    assert [(one.text, one.kind, one.polarity, one.maximum) for one in sheet.all] == [
        ("Tổng điểm", "points", "base", 10000),
        ("Điểm thưởng theo danh hiệu", "levels", "bonus", 1500),
    ]
    assert sheet.leaves[1].levels[0] == Level("Không có", 0)
    assert sheet.clusters == (Cluster("I", "Cụm 1", ("Quận 1", "Quận 3")),)
    assert (sheet.declared_max, sheet.note) == (10000, "Các cột của bảng: STT; Điểm.")


def test_without_criteria_the_total_itself_is_scored() -> None:
    sheet = sheet_from_plain({"title": "Thang 90", "total_max": 90, "step": 0.25, "sections": []})
    assert [(one.text, one.maximum, one.step) for one in sheet.all] == [("Tổng điểm", 9000, 25)]
    assert sheet_from_plain({"name": "Nháp", "declared_max": 90, "roots": []}).roots == ()


def test_a_section_with_nothing_but_its_maximum_is_scored_itself() -> None:
    sheet = sheet_from_plain(changed(sections=[{"number": "I", "title": "Nền nếp", "max": 20, "criteria": []}]))
    assert [(one.kind, one.maximum) for one in sheet.roots] == [("points", 2000)]


def test_where_a_sheet_comes_from_stands_in_its_note() -> None:
    source = {
        "notes": ["Một.", "Hai."],
        "source": "http://x",
        "year": 2012,
        "complete": False,
        "seen_until": "mục I.3",
        "sample_results": [{"unit": "Hội A", "score": 88.25}],
    }
    assert sheet_from_plain(changed(**source)).note == (
        "Một.\nHai.\nNguồn: http://x\nNăm: 2012\nBản nguồn đọc được đến: mục I.3\n"
        "Bản nguồn không đầy đủ.\nKết quả mẫu: Hội A 88,25."
    )
