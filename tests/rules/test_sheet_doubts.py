"""What disagrees or cannot work is told, never refused."""

import pytest

from tests.rules.sheets import leaf, section, small_sheet
from thidua.rules.sheet import Band, Gate, Sheet

PENALTY = leaf(2, 0, minimum=-300, polarity="penalty")
WHOLE = leaf(1, 10000)


def told(*roots: object, **settings: object) -> tuple[str, ...]:
    sheet = small_sheet(*roots, **settings)  # type: ignore[arg-type]
    return sheet.warnings()


def test_a_sheet_that_agrees_with_itself_has_no_doubts() -> None:
    full = section(3, PENALTY, starts_full=True, maximum=2000)
    choice = section(4, leaf(5, 1000), leaf(6, 1000), either_or=True, maximum=1000)
    bands = (Band("A", 9000, 10000), Band("B", 5000, 8950), Band("C", 0, 4950))
    gates = (Gate("manual", effect="at_most", label="B"), Gate("section_below", "3", 50, "lower_one"))
    assert told(leaf(1, 7000), full, choice, bands=bands, gates=gates) == ()


def test_a_section_that_starts_full_takes_away_only() -> None:
    assert told(WHOLE, section(3, PENALTY, starts_full=True)) == (
        "Mục 3: trừ dần từ điểm tối đa nhưng chưa ghi điểm tối đa.",
    )
    assert told(leaf(1, 9000), section(3, PENALTY, leaf(4), starts_full=True, maximum=1000)) == (
        "Mục 3: trừ dần từ điểm tối đa nên chỉ chứa điểm trừ; tiêu chí 4 không phải điểm trừ.",
    )


def test_alternatives_that_differ_are_told() -> None:
    assert told(leaf(1, 9000), section(3, leaf(4, 1000), leaf(5, 800), either_or=True)) == (
        "Mục 3: các nội dung để chọn có điểm tối đa khác nhau (10, 8); "
        "điểm tối đa của mục tính theo nội dung cao nhất.",
    )
    assert told(leaf(1, 9000), section(3, leaf(4, 1000), either_or=True)) == (
        "Mục 3: chọn một nhưng chưa có hai nội dung để chọn.",
    )
    full = section(5, PENALTY, starts_full=True, maximum=1000)
    (sentence,) = told(leaf(1, 9000), section(3, leaf(4, 1000), full, either_or=True))
    assert sentence.startswith("Mục 3: nội dung 5 trừ dần từ điểm tối đa nên luôn có điểm")


def test_totals_by_kind_of_unit_are_added_up_too() -> None:
    theirs = leaf(2, 2000, applies_to=("hoi_nu",))
    by_kind = (("hoi_nu", 10000), ("hoi_tinh", 9000))
    assert told(leaf(1, 8000), theirs, declared_max_by_kind=by_kind) == (
        "Với Hội tỉnh: tổng điểm ghi trên bảng là 90 nhưng cộng các mục được 80.",
    )


@pytest.mark.parametrize(
    ("bands", "sentence"),
    [
        (
            (Band("A", 8100), Band("B", 7100, 8000)),
            "Giữa 80 và 81 điểm bảng không ghi mức nào; điểm ở giữa thuộc mức thấp hơn là “B”.",
        ),
        (
            (Band("A", 8000), Band("B", 7000, 8000)),
            "Mức “B” ghi đến 80 điểm nhưng mức “A” đã bắt đầu từ 80; từ đó trở lên thuộc mức “A”.",
        ),
        ((Band("A", 8000), Band("B", 8000)), "Mức “A” và “B” cùng bắt đầu từ 80 điểm."),
        (
            (Band("A", 5000), Band("B", 8000), Band("C", 0)),
            "Các mức xếp loại không theo thứ tự từ cao xuống thấp; khi xếp loại, mức cao hơn được xét trước.",
        ),
        ((Band("A", 12000), Band("B", 0)), "Mức “A” bắt đầu từ 120 điểm nhưng cộng các mục chỉ được 100."),
        (
            (Band("A", 8000, None, (("hoi_nu", 3000),)), Band("B", 5000)),
            "Với Hội Nữ: các mức xếp loại không cùng thứ tự với bảng chung.",
        ),
    ],
)
def test_gaps_overlaps_and_the_order_of_bands_are_told(bands: tuple[Band, ...], sentence: str) -> None:
    assert told(WHOLE, bands=bands) == (sentence,)


@pytest.mark.parametrize(
    ("gate", "sentence"),
    [
        (Gate("manual", effect="at_most", label="D"), "không có mức xếp loại “D” nên không có tác dụng."),
        (
            Gate("critical_zero", effect="lower_one"),
            "chưa có tiêu chí nào được đánh dấu bắt buộc nên không có tác dụng.",
        ),
        (
            Gate("critical_zero", "9", None, "lower_one"),
            "không có, hoặc có nhiều, tiêu chí số 9 nên không có tác dụng.",
        ),
        (
            Gate("section_below", "1", 50, "lower_one"),
            "số 1 là một tiêu chí, không phải một mục, nên không có tác dụng.",
        ),
    ],
)
def test_a_gate_that_cannot_work_is_told(gate: Gate, sentence: str) -> None:
    assert told(WHOLE, gates=(gate,)) == (f"Khống chế 1: {sentence}",)


def test_a_doubt_names_the_criterion_it_is_about() -> None:
    sheet: Sheet = small_sheet(WHOLE, section(3, PENALTY, starts_full=True))
    assert [(about.number if about else "") for about, _text in sheet.doubts] == ["3"]
