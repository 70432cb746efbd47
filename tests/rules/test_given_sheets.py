"""The five published sheets and the plan's own checklist, scored; every expected figure was worked out by hand."""

import json
from pathlib import Path

import pytest

from tests.rules.sheets import NOT_APPLICABLE, checklist72, full_marks72
from thidua.rules.entries import Entry, check_entry
from thidua.rules.grading import NOT_RATED, Grade, grade
from thidua.rules.scoring import Totals, compute_totals
from thidua.rules.sheet import Sheet
from thidua.rules.sheet_plain import sheet_from_plain, to_plain

GIVEN = Path(__file__).parent / "given"
NAMES = sorted(one.stem for one in GIVEN.glob("*.json"))


def given_sheet(name: str) -> Sheet:
    return sheet_from_plain(json.loads((GIVEN / f"{name}.json").read_text("utf-8")))


def scored(sheet: Sheet, typed: dict[str, str]) -> Totals:
    return compute_totals(sheet, entries_of(sheet, typed))


def rated(sheet: Sheet, typed: dict[str, str], declared: tuple[int, ...] = ()) -> Grade:
    entries = entries_of(sheet, typed)
    return grade(sheet, entries, compute_totals(sheet, entries), declared_gates=declared)


def entries_of(sheet: Sheet, typed: dict[str, str]) -> dict[int, Entry]:
    """What would be typed, by number or path: points ("8,5"), a level's points, times ("2 lần"), or "x"."""
    entries = {}
    for number, value in typed.items():
        criterion = sheet.numbered(number)
        if value == "x":
            entries[criterion.id] = NOT_APPLICABLE
        elif value.endswith(" lần"):
            entries[criterion.id] = check_entry(criterion, count=value.removesuffix(" lần"))
        else:
            entries[criterion.id] = check_entry(criterion, points=value)
    return entries


def typed_in(line: str) -> dict[str, str]:
    """ "1.1 8,5 · 1.2 2 lần" by number."""
    return dict(one.split(" ", 1) for one in line.split(" · "))


@pytest.mark.parametrize("name", NAMES)
def test_every_given_sheet_survives_the_canonical_shape(name: str) -> None:
    sheet = given_sheet(name)
    assert sheet_from_plain(json.loads(json.dumps(to_plain(sheet)))) == sheet


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_given_sheet_is_kept(name: str) -> None:
    sheet = given_sheet(name)
    kept = "\n".join(
        (
            sheet.name,
            sheet.note,
            *(f"{one.text}\n{one.guidance}\n{' '.join(one.applies_to)}" for one in sheet.all),
            *(level.text for one in sheet.all for level in one.levels),
            *(band.label for band in sheet.bands),
            *(kind for band in sheet.bands for kind, _ in band.minimum_by_kind),
            *(f"{one.name}\n{' '.join(one.units)}" for one in sheet.clusters),
        )
    )
    plain = json.loads((GIVEN / f"{name}.json").read_text("utf-8"))
    assert [text for text in texts_in(plain) if text not in kept] == []


def texts_in(plain: object, field: str = "") -> list[str]:
    """Every text of the file but those that are words of the format, and "per", which is told as "/lần"."""
    if isinstance(plain, dict):
        return [text for key, value in plain.items() if key != "kind" for text in texts_in(value, key)]
    if isinstance(plain, list):
        return [text for value in plain for text in texts_in(value, field)]
    return [plain] if isinstance(plain, str) and field not in ("number", "per") else []


# Cụm Cựu chiến binh, thang 90, bước 0,25: bảng chỉ có tổng và mức xếp loại.


@pytest.mark.parametrize(
    ("points", "label"),
    [
        ("89", "TSVM xuất sắc"),
        ("88,25", "TSVM xuất sắc"),
        ("81", "TSVM xuất sắc"),
        ("80,75", "TSVM tiên tiến"),  # giữa 80 và 81: mức thấp hơn
        ("80,5", "TSVM tiên tiến"),
        ("70,5", "TSVM"),  # giữa 70 và 71
        ("60,25", "Yếu"),  # giữa 60 và 61
        ("60", "Yếu"),
    ],
)
def test_the_veterans_scale_of_90_rates_between_its_bands(points: str, label: str) -> None:
    sheet = given_sheet("ccb_huyen_cum_thang_90")
    assert (sheet.declared_max, sheet.maximum) == (9000, 9000)
    assert rated(sheet, {"1": points}).label == label


def test_the_veterans_scale_of_90_takes_quarters_only() -> None:
    (whole,) = given_sheet("ccb_huyen_cum_thang_90").leaves
    assert check_entry(whole, points="87,25") == Entry(points=8725)
    with pytest.raises(Exception, match="mỗi nấc 0,25"):
        check_entry(whole, points="87,3")


# Huyện Đoàn Hớn Quản: mức điểm; mục I ghi tối đa 40, ba tiêu chí đọc được cộng 12 + 8 + 10 = 30.


def test_the_district_youth_union_adds_up_its_levels() -> None:
    sheet = given_sheet("huyen_doan_hon_quan_2012")
    totals = scored(sheet, {"1": "12", "2": "6", "3": "8"})
    # 12 + 6 + 8 = 26 trên 30; 26 / 30 = 86,67 %
    assert (totals.points, totals.maximum, totals.percent) == (2600, 3000, 8667)
    assert totals.section("I").declared_max == 4000
    assert rated(sheet, {"1": "12", "2": "6", "3": "8"}).label == NOT_RATED
    assert sheet.warnings() == ("Mục I: điểm tối đa ghi là 40 nhưng cộng các tiêu chí được 30.",)


# Phiếu rèn luyện PTIT: trừ theo lần, mức âm, điểm phạt trong mục.

STUDENT = typed_in(
    "1.1 2 · 1.2 8 · 1.3.1 1 lần · 1.3.2 0 lần · 1.3.3 0 lần · 1.3.4 0 lần · "
    "1.4 1,5 · 1.5 1 · "
    "2.1.1 0 · 2.1.2 5 · 2.2 4 · 2.3 3 · "
    "3.1 8 · 3.2 4 · 3.3 2 · 3.4 3 · 3.5 0 lần · "
    "4.1 8 · 4.2 5 · 4.3 4 · 4.4 5 · 4.5 2 · 4.6 1 lần · "
    "5.1 0 · 5.2 3 · 5.3 0"
)


def test_the_student_sheet_deducts_by_occurrence() -> None:
    totals = scored(given_sheet("ren_luyen_ptit_diem_phat"), STUDENT)
    # 1: 2 + 8 + (4 − 2) + 1,5 + 1 = 14,5 · 2: (15 − 5) + 4 + 3 = 17 · 3: 8 + 4 + 2 + 3 − 0 = 17
    # 4: 8 + 5 + 4 + 5 + 2 − 5 = 19 · 5: 0 + 3 + 0 = 3 · 14,5 + 17 + 17 + 19 + 3 = 70,5
    tops = [section.points for section in totals.sections if section.depth == 0]
    assert tops == [1450, 1700, 1700, 1900, 300]
    assert (totals.points, totals.maximum, totals.is_complete) == (7050, 10000, True)


@pytest.mark.parametrize(
    ("changed", "points"),
    [
        ({"1.3.1": "0 lần"}, 7250),  # bỏ một lần trừ 2: 70,5 + 2
        ({"1.3.1": "2 lần"}, 6850),  # 4 − 4 = 0: 70,5 − 2
        ({"1.3.1": "2 lần", "1.3.4": "1 lần"}, 6850),  # 4 − 4 − 4 = −4, giữ ở 0: vẫn 70,5 − 2
        ({"2.1.1": "15", "2.1.2": "0"}, 6050),  # 15 − 15 = 0 thay vì 10: 70,5 − 10
        ({"2.1.1": "15", "2.1.2": "5"}, 6050),  # 15 − 20, giữ ở 0
        ({"1.2": "-1"}, 6150),  # học lại −1 thay vì 8: 70,5 − 9
        ({"3.5": "1 lần"}, 6050),  # 17 − 10 = 7: 70,5 − 10
        ({"3.5": "3 lần"}, 5350),  # 17 − 30, mục giữ ở 0: 70,5 − 17
        ({"4.6": "0 lần"}, 7550),  # bỏ phạt: 70,5 + 5
    ],
)
def test_each_change_of_the_student_sheet_by_hand(changed: dict[str, str], points: int) -> None:
    assert scored(given_sheet("ren_luyen_ptit_diem_phat"), STUDENT | changed).points == points


def test_a_negative_level_never_pulls_a_section_below_nothing() -> None:
    typed = {"1.1": "0", "1.2": "-1", "1.3.3": "2 lần", "1.4": "0", "1.5": "0"}
    totals = scored(given_sheet("ren_luyen_ptit_diem_phat"), typed)
    # 0 − 1 + (4 − 6 giữ ở 0) + 0 + 0 = −1, mục giữ ở 0; mục 2 chưa chấm: nội quy bắt đầu từ 15
    assert totals.section("1").points == 0
    assert totals.points == 1500


@pytest.mark.parametrize(
    ("bonus", "points"),
    [("0", 9700), ("10", 10700), ("15", 11200)],  # 97 · 97 + 10 = 107 · 97 + 15 = 112
)
def test_the_ranking_table_passes_100_by_its_bonus(bonus: str, points: int) -> None:
    sheet = given_sheet("so_nganh_cham_quan_huyen")
    totals = scored(sheet, {"1": "97", "2": bonus})
    assert (totals.points, totals.maximum, totals.bonus) == (points, 10000, int(bonus) * 100)


def test_the_ranking_table_keeps_its_clusters() -> None:
    clusters = given_sheet("so_nganh_cham_quan_huyen").clusters
    assert [(one.number, one.name, len(one.units)) for one in clusters] == [
        ("I", "Cụm Thi đua 1", 6),
        ("II", "Cụm Thi đua 2", 7),
        ("III", "Cụm Thi đua 3", 6),
        ("IV", "Cụm Thi đua 4", 5),
    ]


# Thi đua giáo viên: phần IV chỉ cho chủ nhiệm, thưởng không quá 10, khống chế do Trưởng đoàn tuyên bố.

TEACHER = typed_in(
    "I.1 7,5 · I.2 1,5 · "
    "II.1 2,5 · II.2 2 · II.3 2,5 · II.4 1,5 · "
    "III.1.1.1 5 · III.1.1.2 9 · III.2.2.1 5 · III.2.2.2 4 · III.3 4,5 · "
    "III.4.4.1 5 · III.4.4.2 8 · "
    "V.1 5 · V.2 3 · V.3 5"
)
HOMEROOM = TEACHER | {"IV.1": "4", "IV.2.2.1": "5", "IV.2.2.2": "4", "IV.2.2.3": "5"}
BONUS = {"VI.1": "3", "VI.2": "3", "VI.3": "0,75", "VI.4": "0,25", "VI.5": "2", "VI.6": "4"}


def test_the_teacher_with_a_homeroom_class_is_scored_out_of_100() -> None:
    sheet = given_sheet("thi_dua_truong_giao_vien").for_kind("chủ nhiệm")
    totals = scored(sheet, HOMEROOM | dict.fromkeys(BONUS, "0"))
    # I: 7,5 + 1,5 = 9 · II: 2,5 + 2 + 2,5 + 1,5 = 8,5 · III: 14 + 9 + 4,5 + 13 = 40,5
    # IV: 4 + (5 + 4 + 5) = 18 · V: 5 + 3 + 5 = 13 · 9 + 8,5 + 40,5 + 18 + 13 = 89
    tops = [section.points for section in totals.sections if section.depth == 0]
    assert tops == [900, 850, 4050, 1800, 1300, 0]
    assert (totals.points, totals.maximum, totals.declared_max) == (8900, 10000, 10000)
    assert totals.is_complete
    assert rated(sheet, HOMEROOM | dict.fromkeys(BONUS, "0")).label == "Loại B (Khá)"  # 89 ≥ 85


def test_the_bonus_of_a_teacher_is_no_more_than_10() -> None:
    sheet = given_sheet("thi_dua_truong_giao_vien").for_kind("chủ nhiệm")
    totals = scored(sheet, HOMEROOM | BONUS)
    # 3 + 3 + 0,75 + 0,25 + 2 + 4 = 13, tính 10: 89 + 10 = 99
    assert (totals.points, totals.bonus) == (9900, 1000)
    assert rated(sheet, HOMEROOM | BONUS).label == "Loại A (Tốt)"  # 99 ≥ 95
    small = HOMEROOM | {"VI.3": "0,25", "VI.4": "0,5"}
    assert scored(sheet, small).points == 8975  # 89 + 0,25 + 0,5


@pytest.mark.parametrize(
    ("bonus", "points", "label"),
    [
        ({}, 7100, "Loại B (Khá)"),  # 9 + 8,5 + 40,5 + 13 = 71 ≥ 65
        ({"VI.6": "4"}, 7500, "Loại A (Tốt)"),  # 71 + 4 = 75 ≥ 75
        (BONUS, 8100, "Xuất sắc"),  # 71 + 10 = 81 ≥ 80
    ],
)
def test_the_teacher_without_a_class_is_rated_out_of_80(bonus: dict[str, str], points: int, label: str) -> None:
    sheet = given_sheet("thi_dua_truong_giao_vien").for_kind("không chủ nhiệm")
    assert (sheet.declared_max, sheet.maximum) == (8000, 8000)
    assert "IV" not in [root.number for root in sheet.roots]
    assert scored(sheet, TEACHER | bonus).points == points
    assert rated(sheet, TEACHER | bonus).label == label


@pytest.mark.parametrize(
    ("declared", "label"),
    [
        ((), "Loại A (Tốt)"),  # 99
        ((0,), NOT_RATED),  # lên lớp không có kế hoạch bài dạy
        ((1,), "Loại B (Khá)"),  # sai quy trình: hạ một bậc
        ((2,), NOT_RATED),  # không thực hiện chuyên đề
        ((3,), "Loại C (Trung bình)"),  # có vi phạm
        ((1, 3), "Loại C (Trung bình)"),  # B vì hạ bậc, C vì vi phạm: mức thấp hơn
    ],
)
def test_what_is_declared_against_a_teacher_lowers_the_rating(declared: tuple[int, ...], label: str) -> None:
    sheet = given_sheet("thi_dua_truong_giao_vien").for_kind("chủ nhiệm")
    assert rated(sheet, HOMEROOM | BONUS, declared).label == label


def test_the_parts_of_a_teachers_criterion_are_told_apart() -> None:
    sheet = given_sheet("thi_dua_truong_giao_vien")
    assert [part.text for part in sheet.numbered("IV.2").children] == [
        "Phần 1: Nội quy trong giờ học",
        "Phần 2: Sinh hoạt ngoại khoá, kỹ năng",
        "Phần 3: Phong trào Liên đội",
    ]
    assert sheet.warnings() == ()


# Bảng điểm của Kế hoạch 72/HTS.

UNIT = typed_in("1.1 10,5 · 1.2 11 · 1.3 9 · 1.4 8 · 1.5 7,5 · 1.6 6 · 2.1 8 · 2.2 4")


def test_the_plans_own_checklist_by_hand() -> None:
    sheet = checklist72()
    entries = full_marks72(sheet) | entries_of(sheet, UNIT)
    totals = compute_totals(sheet, entries)
    # 1: 10,5 + 11 + 9 + 8 + 7,5 + 6 = 52 · 2: 8 + 4 = 12 · 3: đủ 25 · 52 + 12 + 25 = 89
    assert [section.points for section in totals.sections] == [5200, 1200, 2500]
    assert (totals.points, grade(sheet, entries, totals).label) == (8900, "Tốt")


def test_the_plans_own_checklist_without_a_council() -> None:
    sheet = checklist72()
    entries = full_marks72(sheet) | entries_of(sheet, UNIT | {"2.1": "0"})
    totals = compute_totals(sheet, entries)
    # 89 − 8 = 81: Tốt; 2.1 bị 0 điểm: không quá Khá; mục 2 được 4/15 = 26,7 %: không quá Tốt
    result = grade(sheet, entries, totals)
    assert (totals.points, result.by_total, result.label, len(result.gates)) == (8100, "Tốt", "Khá", 2)


def test_the_plans_own_checklist_where_something_does_not_apply() -> None:
    sheet = checklist72()
    entries = full_marks72(sheet) | entries_of(sheet, UNIT | {"1.6": "x"})
    totals = compute_totals(sheet, entries)
    # 89 − 6 = 83 trên 100 − 8 = 92; quy về 100: 83 × 100 / 92 = 90,217…
    assert (totals.points, totals.maximum, totals.scaled_points) == (8300, 9200, 9022)
    assert grade(sheet, entries, totals).label == "Xuất sắc"
