import pytest

from thidua.rules.numbering import document_number, next_number, shown_number


def test_numbers_are_printed_as_the_decree_wants_them() -> None:
    assert document_number(15, "BB", "HTS") == "15/BB-HTS"
    assert document_number(5, "KH", "HTS") == "05/KH-HTS"
    assert document_number(217, "QC", "HTS") == "217/QC-HTS"
    assert document_number(72, "", "HTS") == "72/HTS"


def test_there_is_no_number_zero() -> None:
    with pytest.raises(ValueError, match="0"):
        document_number(0, "BB", "HTS")


def test_the_year_begins_at_one_and_goes_on_without_a_hole() -> None:
    used: list[int] = []
    for _ in range(4):
        used.append(next_number(used))
    assert used == [1, 2, 3, 4]


def test_a_hole_left_by_paper_is_not_filled_later() -> None:
    assert next_number([15, 3]) == 16


def test_a_paper_not_yet_registered_is_shown_with_dots() -> None:
    assert shown_number(None, "BB", "HTS") == "…/BB-HTS"
    assert shown_number(5, "BB", "HTS") == "05/BB-HTS"
