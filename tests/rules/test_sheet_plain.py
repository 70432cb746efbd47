import copy
import json
from typing import Any

import pytest
from hypothesis import given

from tests.rules.sheets import CHECKLIST72, checklist72, sheets
from thidua.rules.errors import InvalidEntry
from thidua.rules.sheet import Band, Cluster, Criterion, Gate, Level, Sheet
from thidua.rules.sheet_plain import sheet_from_plain, to_plain

SHORT: dict[str, Any] = {
    "title": "Bảng điểm",
    "total_max": 20,
    "step": 0.25,
    "sections": [
        {
            "number": "I",
            "title": "Mục một",
            "max": 20,
            "criteria": [
                {"number": "1", "text": "Điểm", "max": 2.5, "kind": "base"},
                {
                    "number": "2",
                    "text": "Mức",
                    "kind": "base",
                    "levels": [
                        {"text": "Có", "points": 10},
                        {"text": "Không", "points": 0},
                        {"text": "Vi phạm", "points": -1},
                    ],
                },
                {"number": "3", "text": "Số lần", "max": 2, "points_per_count": 0.5},
                {"number": "4", "text": "Trừ", "max": -10, "kind": "penalty"},
                {"number": "5", "text": "Lời", "kind": "note"},
            ],
        },
        {
            "number": "II",
            "title": "Điểm cộng",
            "max": 5,
            "criteria": [{"number": "1", "text": "Thưởng", "max": 10, "kind": "bonus"}],
        },
    ],
    "classification": [{"label": "Đạt", "min": 10}, {"label": "Chưa đạt", "min": 0}],
}


def changed(**replaced: Any) -> dict[str, Any]:
    return copy.deepcopy(SHORT) | replaced


def test_checklist72_is_read_as_it_stands() -> None:
    sheet = checklist72()
    assert (sheet.declared_max, sheet.maximum, sheet.not_applicable) == (10000, 10000, "leave_out")
    assert [(root.number, root.maximum, root.refs) for root in sheet.roots] == [
        ("1", 6000, ("36/HD-HTS",)),
        ("2", 1500, ()),
        ("3", 2500, ()),
    ]
    council = sheet.numbered("2.1")
    assert (council.kind, council.critical, council.maximum) == ("levels", True, 800)
    assert council.levels[1] == Level("Có quyết định, hoạt động chưa thường xuyên", 500)
    assert sheet.bands[0] == Band("Xuất sắc", 9000)
    assert sheet.gates == (
        Gate("critical_zero", "2.1", None, "at_most", "Khá"),
        Gate("section_below", None, 50, "at_most", "Tốt"),
    )
    assert [one.id for one in sheet.all] == list(range(1, 16))


def test_checklist72_survives_the_canonical_shape() -> None:
    sheet = checklist72()
    assert sheet_from_plain(json.loads(json.dumps(to_plain(sheet)))) == sheet


@given(sheets())
def test_every_sheet_survives_the_canonical_shape(sheet: Sheet) -> None:
    assert sheet_from_plain(json.loads(json.dumps(to_plain(sheet)))) == sheet


def test_the_short_shape_is_completed() -> None:
    sheet = sheet_from_plain(SHORT)
    points, levels, counted, penalty, note, bonus = sheet.leaves
    assert (points.maximum, points.step, points.polarity) == (250, 25, "base")
    assert (levels.kind, levels.maximum, levels.minimum) == ("levels", 1000, -100)
    assert (counted.kind, counted.points_per_count) == ("count", 50)
    assert (penalty.polarity, penalty.maximum, penalty.minimum) == ("penalty", 0, -1000)
    assert (note.kind, note.maximum) == ("note", None)
    assert bonus.polarity == "bonus"
    assert (sheet.roots[1].polarity, sheet.roots[1].cap) == ("bonus", 500)


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


def test_what_was_stored_before_the_newer_shapes_still_reads() -> None:
    plain = to_plain(checklist72())
    for name in ("total_cap", "declared_max_by_kind", "clusters"):
        del plain[name]
    for band in plain["bands"]:
        del band["maximum"], band["minimum_by_kind"]

    def older(criterion: dict[str, Any]) -> None:
        del criterion["either_or"], criterion["starts_full"], criterion["applies_to"]
        for child in criterion["children"]:
            older(child)

    for root in plain["roots"]:
        older(root)
    assert sheet_from_plain(plain) == checklist72()


def test_a_gate_in_fields_is_taken_even_where_it_cannot_work_and_told_of() -> None:
    plain = to_plain(sheet_from_plain(SHORT))
    gate = {"kind": "critical_zero", "criterion": "9", "effect": "at_most", "label": "Giỏi"}
    sheet = sheet_from_plain(plain | {"gates": [gate]})
    assert sheet.gates == (Gate("critical_zero", "9", None, "at_most", "Giỏi"),)
    assert "Khống chế 1: không có mức xếp loại “Giỏi” nên không có tác dụng." in sheet.warnings()


def test_criteria_may_be_three_levels_deep_and_no_deeper() -> None:
    third = {"number": "1.1.1", "text": "c", "max": 20}
    second = {"number": "1.1", "text": "b", "children": [third]}
    plain = changed(sections=[{"number": "1", "title": "a", "criteria": [second]}])
    assert [one.number for one in sheet_from_plain(plain).all] == ["1", "1.1", "1.1.1"]
    third["children"] = [{"number": "x", "text": "d", "max": 1}]
    with pytest.raises(InvalidEntry, match=r"sections\[0\]\.criteria\[0\]\.children\[0\]\.children\[0\].*3 cấp"):
        sheet_from_plain(plain)


@pytest.mark.parametrize(
    ("when", "effect", "gate"),
    [
        ("I.1 = 0", "lower one", Gate("critical_zero", "I.1", None, "lower_one")),
        ("any critical = 0", "not rated", Gate("critical_zero", None, None, "not_rated")),
        ("section I below 40%", "at most Chưa đạt", Gate("section_below", "I", 40, "at_most", "Chưa đạt")),
        ("Có người bị kỷ luật", "lower one", Gate("manual", None, None, "lower_one", None, "Có người bị kỷ luật")),
    ],
)
def test_gates_are_read_from_prose(when: str, effect: str, gate: Gate) -> None:
    sheet = sheet_from_plain(changed(gates=[{"when": when, "effect": effect}]))
    assert sheet.gates == (gate,)
    assert sheet_from_plain(to_plain(sheet)) == sheet


@pytest.mark.parametrize(
    ("when", "effect", "path"),
    [
        ("9.9 = 0", "lower one", "gates[0]"),
        ("1 = 0", "lower one", "gates[0]"),  # both sections have a criterion 1
        ("I = 0", "lower one", "gates[0]"),
        ("section I.1 below 50 %", "lower one", "gates[0]"),
        ("I.1 = 0", "at most Giỏi", "gates[0].label"),
        ("I.1 = 0", "tùy", "gates[0].effect"),
        ("any section below 0 %", "lower one", "gates[0].threshold"),
    ],
)
def test_a_gate_that_can_never_work_is_refused(when: str, effect: str, path: str) -> None:
    with pytest.raises(InvalidEntry) as refusal:
        sheet_from_plain(changed(gates=[{"when": when, "effect": effect}]))
    assert refusal.value.field == path


@pytest.mark.parametrize(
    ("criterion", "path"),
    [
        ({"max": "tám"}, "max"),
        ({"max": 8.125}, "max"),
        ({"max": True}, "max"),
        ({"max": -1}, "max"),
        ({"max": 1e300}, "max"),
        ({"max": float("nan")}, "max"),
        ({"max": None}, "max"),
        ({"number": ""}, "number"),
        ({"text": 5}, "text"),
        ({"step": 0}, "step"),
        ({"critical": 1}, "critical"),
        ({"kind": "lạ"}, "kind"),
        ({"kind": "levels"}, "levels"),
        ({"kind": "count"}, "points_per_count"),
        ({"levels": [{"text": "a"}]}, "levels[0].points"),
        ({"levels": ["a"]}, "levels[0]"),
        ({"maxx": 8}, "maxx"),
        ({"min": 9}, "min"),
        ({"applies_to": [""]}, "applies_to[0]"),
        ({"either_or": 1}, "either_or"),
        ({"parts": ["x"]}, "parts[0]"),
        ({"deductions": [{"points": 1}]}, "deductions[0].text"),
        ({"refs": "36/HD"}, "refs"),
        ({"id": -1}, "id"),
        ({"polarity": "penalty", "levels": [{"text": "a", "points": 1}]}, "levels"),
        ({"polarity": "bonus", "levels": [{"text": "a", "points": -1}]}, "levels"),
    ],
)
def test_a_bad_criterion_is_refused_with_its_path(criterion: dict[str, Any], path: str) -> None:
    plain = changed()
    plain["sections"][0]["criteria"][0] |= criterion
    with pytest.raises(InvalidEntry) as refusal:
        sheet_from_plain(plain)
    assert refusal.value.field == f"sections[0].criteria[0].{path}"
    assert refusal.value.message.startswith(f"Bảng điểm sai ở {refusal.value.field}")


@pytest.mark.parametrize(
    ("plain", "path"),
    [
        ([], "bảng điểm"),
        ({}, "sections"),
        (changed(title=None), "name"),
        (changed(sections={}), "sections"),
        (changed(classification=[{"label": "A", "min": 1}] * 2), "bands"),
        (changed(not_applicable="tùy"), "not_applicable"),
        (changed(total_max="nhiều"), "total_max"),
        (changed(classification=[{"label": "A"}]), "classification[0].min"),
        (changed(total_max_by_kind={"A": "x"}), "total_max_by_kind.A"),
        (changed(declared_max_by_kind=[{"kind": "A", "points": 1}] * 2), "declared_max_by_kind"),
        (changed(clusters=[{"units": []}]), "clusters[0].name"),
    ],
)
def test_a_bad_sheet_is_refused_with_its_path(plain: object, path: str) -> None:
    with pytest.raises(InvalidEntry) as refusal:
        sheet_from_plain(plain)
    assert refusal.value.field == path


def test_two_criteria_never_share_an_id() -> None:
    plain = json.loads(CHECKLIST72.read_text("utf-8"))
    plain["sections"][0]["criteria"][0]["id"] = 7
    with pytest.raises(InvalidEntry, match="bị trùng: 7"):
        sheet_from_plain(plain)
