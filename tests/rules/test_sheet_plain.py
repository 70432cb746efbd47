import copy
import json
from typing import Any

import pytest
from hypothesis import given

from tests.rules.sheets import CHECKLIST72, checklist72, sheets
from thidua.rules.errors import InvalidEntry
from thidua.rules.sheet import Band, Gate, Level, Sheet
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
