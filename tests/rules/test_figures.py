"""Figures as Vietnamese people write them, compared exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.rules.errors import InvalidEntry
from thidua.rules.figures import (
    USUAL,
    Proposed,
    change_of,
    figure_of,
    format_figure,
    kept_figure,
    proposed_rows,
    read_figure,
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1.234,5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1.234", "1234"),
        ("12.345.678", "12345678"),
        ("8.5", "8.5"),
        ("8,50", "8.50"),
        (" 1 234 ", "1234"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("0", "0"),
    ],
)
def test_what_people_write_is_read(typed, read):
    assert read_figure(typed) == Decimal(read)


def test_nothing_is_nothing():
    assert read_figure("  ") is None and kept_figure(None) == "" and format_figure(None) == ""
    assert figure_of("") is None


@pytest.mark.parametrize(
    "typed", ["khoảng 100", "1,234,567", "1.23.456", "12%", "1e9", "٣", "--2", "9" * 40, "1,", ","]
)
def test_anything_else_is_refused_and_named(typed):
    with pytest.raises(InvalidEntry, match="không phải là số"):
        read_figure(typed)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_what_is_kept_and_shown_is_what_was_meant(value):
    assert figure_of(kept_figure(value)) == value
    assert read_figure(format_figure(value)) == value


@pytest.mark.parametrize(
    ("last", "this", "words"),
    [
        ("1200", "1234.5", "tăng 34,5 (2,9%)"),
        ("4", "3", "giảm 1 (25%)"),
        ("3", "3.0", "không đổi"),
        ("0", "5", "tăng 5"),
        ("3", "4", "tăng 1 (33,3%)"),
        ("-2", "2", "tăng 4 (200%)"),
        ("1000000", "2500000", "tăng 1.500.000 (150%)"),
    ],
)
def test_this_year_is_compared_with_the_last(last, this, words):
    assert change_of(Decimal(last), Decimal(this)).words == words


def test_without_one_of_them_there_is_no_comparison():
    assert change_of(None, Decimal(1)) is None and change_of(Decimal(1), None) is None


def test_last_times_rows_are_offered_again_or_the_usual_ones():
    before = [Proposed("Số chi hội", "chi hội", "24")]
    assert proposed_rows(before) == before
    assert proposed_rows([]) == list(USUAL)
