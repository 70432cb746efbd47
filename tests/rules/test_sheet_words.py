"""Every shape of a checklist is told in a sentence."""

import pytest

from tests.rules.sheets import checklist72, leaf, section, small_sheet
from thidua.rules.sheet import Band, Cluster, Criterion, Gate, Level
from thidua.rules.sheet_words import (
    applies_words,
    band_words,
    gate_words,
    group_words,
    maximum_words,
    scoring_words,
    settings_words,
)

PENALTY = leaf(9, 0, minimum=-300, polarity="penalty")


@pytest.mark.parametrize(
    ("criterion", "words", "maximum"),
    [
        (leaf(1, 1200), "Từ 0 đến 12 điểm, mỗi nấc 0,5", "12"),
        (leaf(1, 1200, step=25, minimum=200), "Từ 2 đến 12 điểm, mỗi nấc 0,25", "12"),
        (leaf(1, 1000, cap=800), "Từ 0 đến 10 điểm, mỗi nấc 0,5. Tính không quá 8 điểm", "8"),
        (leaf(1, 500, kind="levels", levels=(Level("Có", 500),)), "Chọn một mức", "5"),
        (leaf(1, 1000, kind="count", points_per_count=200), "Cộng 2 điểm mỗi lần. Nhiều nhất 10 điểm", "10"),
        (leaf(1, 500, kind="count", points_per_count=-100), "Bắt đầu từ 5 điểm, trừ 1 điểm mỗi lần", "5"),
        (leaf(1, 0, kind="count", polarity="penalty", points_per_count=-200), "Điểm trừ. Trừ 2 điểm mỗi lần", "trừ"),
        (
            leaf(1, 0, kind="count", polarity="penalty", points_per_count=-200, minimum=-600),
            "Điểm trừ. Trừ 2 điểm mỗi lần. Nhiều nhất 6 điểm",
            "-6",
        ),
        (leaf(1, 500, polarity="bonus", step=25), "Điểm thưởng. Từ 0 đến 5 điểm, mỗi nấc 0,25", "+5"),
        (leaf(1, None, kind="note"), "Ghi nhận xét, không chấm điểm", ""),
        (section(1, PENALTY, starts_full=True, maximum=400), "Bắt đầu từ 4 điểm, trừ theo lần", "4"),
        (
            section(1, PENALTY, starts_full=True, maximum=400, minimum=100),
            "Bắt đầu từ 4 điểm, trừ theo lần. Không dưới 1 điểm",
            "4",
        ),
        (
            section(1, leaf(2), leaf(3), either_or=True, maximum=1000),
            "Chọn một trong các nội dung; nội dung không chọn thì không phải chấm",
            "10",
        ),
        (
            section(1, leaf(2), leaf(3), only_highest=True, cap=800),
            "Chỉ tính nội dung cao nhất. Cả mục không quá 8 điểm",
            "",
        ),
        (section(1, leaf(2), PENALTY, minimum=-200), "Có thể xuống đến -2 điểm", ""),
        (section(1, PENALTY, polarity="penalty", minimum=-200), "Điểm trừ. Cả mục trừ không quá 2 điểm", "-2"),
    ],
)
def test_how_a_criterion_is_scored(criterion: Criterion, words: str, maximum: str) -> None:
    assert scoring_words(criterion) == words
    assert maximum_words(criterion) == maximum


def test_the_card_of_a_criterion_tells_of_the_section_around_it() -> None:
    assert group_words(section(1, PENALTY, starts_full=True, maximum=400)) == "Bắt đầu từ 4 điểm, trừ theo lần"
    assert group_words(section(1, leaf(2), maximum=1000)) == ""


def test_kinds_of_unit_are_called_by_their_names() -> None:
    assert applies_words(leaf(1, applies_to=("hoi_nu", "chủ nhiệm"))) == "Chỉ áp dụng cho: Hội Nữ, chủ nhiệm"
    assert applies_words(leaf(1)) == ""


def test_bands_tell_what_is_printed_and_what_differs() -> None:
    bands = (Band("A", 8100, 9000, (("hoi_nu", 7500),)), Band("B", 7100, 8000), Band("C", 0, 7000))
    assert band_words(bands) == (
        ("A", "từ 81 điểm trở lên (bảng ghi 81–90; Hội Nữ từ 75)"),
        ("B", "từ 71 đến dưới 81 điểm (bảng ghi 71–80)"),
        ("C", "dưới 71 điểm (bảng ghi 0–70)"),
    )
    assert dict(band_words(checklist72().bands))["Tốt"] == "từ 80 đến dưới 90 điểm"


def test_the_whole_sheet_is_told_in_sentences() -> None:
    sheet = small_sheet(
        leaf(1),
        bonus_cap=1000,
        total_cap=11000,
        declared_max_by_kind=(("hoi_nu", 8000),),
        clusters=(Cluster("I", "Cụm 1", ("Quận 1", "Quận 3")),),
    )
    assert settings_words(sheet) == (
        "Nội dung “không xét” được bỏ ra khỏi điểm tối đa.",
        "Điểm thưởng cộng không quá 10 điểm.",
        "Tổng điểm không quá 110 điểm.",
        "Tổng điểm theo loại đơn vị: Hội Nữ 80.",
        "Cụm 1: Quận 1, Quận 3. Chỉ xếp hạng trong cụm.",
    )


def test_a_gate_on_what_this_kind_of_unit_does_not_have_is_told_all_the_same() -> None:
    gate = Gate("critical_zero", "2", None, "lower_one")
    sheet = small_sheet(leaf(1), leaf(2, applies_to=("hoi_nu",)), gates=(gate,))
    assert gate_words(gate, sheet) == "Tiêu chí 2 (Tiêu chí) bị 0 điểm: hạ một bậc xếp loại."
    assert gate_words(gate, sheet.for_kind("hoi_tinh")) == "Tiêu chí 2 bị 0 điểm: hạ một bậc xếp loại."
