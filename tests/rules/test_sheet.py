import pytest

from tests.rules.sheets import checklist72, leaf, section, small_sheet
from thidua.rules.sheet import Criterion, Level, full_marks


def test_leaves_come_in_running_order_and_are_found_by_id() -> None:
    sheet = checklist72()
    assert [criterion.number for criterion in sheet.leaves][:3] == ["1.1", "1.2", "1.3"]
    assert len(sheet.leaves) == 12
    assert sheet.leaf(sheet.leaves[4].id) is sheet.leaves[4]


def test_an_unknown_id_or_a_section_is_no_leaf() -> None:
    sheet = checklist72()
    for wrong_id in (999, sheet.roots[0].id):
        with pytest.raises(KeyError):
            sheet.leaf(wrong_id)


def test_a_criterion_is_found_by_its_number_or_by_the_path_to_it() -> None:
    roots = [
        Criterion(n, name, "Mục", kind="section", children=(Criterion(n + 1, "1", "x", maximum=100),))
        for n, name in ((1, "I"), (3, "II"))
    ]
    sheet = small_sheet(*roots)
    assert sheet.numbered("II").id == 3
    assert sheet.numbered("II.1").id == 4
    for ambiguous_or_unknown in ("1", "III"):
        with pytest.raises(KeyError):
            sheet.numbered(ambiguous_or_unknown)


def test_the_maximum_comes_from_the_leaves_with_caps_and_without_bonus() -> None:
    capped = section(1, leaf(2), leaf(3), cap=1500)
    highest = section(4, leaf(5, 300), leaf(6, 500), only_highest=True)
    extra = section(7, leaf(8, polarity="bonus"), leaf(9, 0, minimum=-500, polarity="penalty"))
    assert [full_marks(one) for one in (capped, highest, extra)] == [1500, 500, 0]
    assert small_sheet(capped, highest, extra).maximum == 2000


def test_checklist72_agrees_with_itself() -> None:
    assert checklist72().warnings() == ()


def test_printed_maxima_that_disagree_are_told_and_kept() -> None:
    levels = Criterion(3, "1.1", "Mức", kind="levels", maximum=800, levels=(Level("Có", 600), Level("Không", 0)))
    sheet = small_sheet(section(1, leaf(2), levels, maximum=2000), declared_max=3000)
    assert sheet.warnings() == (
        "Tổng điểm ghi trên bảng là 30 nhưng cộng các mục được 18.",
        "Mục 1: điểm tối đa ghi là 20 nhưng cộng các tiêu chí được 18.",
        "Tiêu chí 1.1: điểm tối đa ghi là 8 nhưng mức cao nhất là 6.",
    )
    assert sheet.roots[0].maximum == 2000
