"""Numbers of criteria: the style of siblings is recognised and goes on; what somebody typed in another way is not."""

import pytest

from thidua.rules.outline_numbers import Style, free_number, ordinal, style_of


@pytest.mark.parametrize(
    ("numbers", "parent", "following"),
    [
        (["I", "II", "III"], "", "IV"),
        (["I"], "", "II"),
        (["XIX", "XX"], "", "XXI"),
        (["1", "2"], "I", "3"),
        (["1.", "2."], "I", "3."),
        (["1.1", "1.2"], "1", "1.3"),
        (["II.1"], "II", "II.2"),
        (["2.1", "2.2"], "II", "2.3"),
        (["a", "b", "c", "d"], "1", "đ"),
        (["a)", "b)", "c)", "d)", "e)"], "1", "f)"),
        (["A", "B"], "", "C"),
        (["C"], "", "D"),
        (["4", "5"], "II", "6"),
        (["TC 1", "TC 2"], "", "TC 3"),
    ],
)
def test_a_group_goes_on_in_its_own_style(numbers: list[str], parent: str, following: str) -> None:
    style = style_of(numbers, parent)
    assert style is not None
    assert style.number(len(numbers), parent) == following


@pytest.mark.parametrize("numbers", [[], ["", ""], ["1", "3"], ["1", "a"], ["1a", "2"], ["Chung"], ["I", "I"]])
def test_numbers_that_do_not_run_on_are_somebodys_own(numbers: list[str]) -> None:
    assert style_of(numbers, "") is None


def test_numbers_under_a_parent_follow_the_parent() -> None:
    style = style_of(["1.1", "1.2"], "1")
    assert style == Style("decimal", under="number")
    assert style.number(0, "3.") == "3.1"
    ordinals = style_of(["2.1"], "II")
    assert ordinals is not None and ordinals.number(1, "IV") == "4.2"


def test_a_number_counts_and_a_free_one_is_found() -> None:
    assert [ordinal(number) for number in ("II", "2.", "b", "", "Chung")] == [2, 2, 2, 0, 0]
    assert free_number("3", ["1", "3", "4"]) == "5"
    assert free_number("Chung", ["Chung"]) == "Chung(1)"
    assert free_number("x", []) == "x"
