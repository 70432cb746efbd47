"""Numbers, dates and times read as the state rule and the meeting room read them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.rules.words import (
    VIETNAM,
    clock,
    clock_in_words,
    copies_sentence,
    count_phrase,
    counted,
    date_in_words,
    date_screen,
    day_of,
    number_in_words,
    period_of_day,
    points_in_words,
)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2020, 9, 8, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (2020, "hai nghìn không trăm hai mươi"),
        (1_000_000, "một triệu"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (1_234_567, "một triệu hai trăm ba mươi bốn nghìn năm trăm sáu mươi bảy"),
        (2_000_000_000, "hai tỷ"),
        (1_000_000_000_000, "một nghìn tỷ"),
        (-21, "âm hai mươi mốt"),
    ],
)
def test_a_number_is_read_aloud(number: int, words: str) -> None:
    assert number_in_words(number) == words


@settings(deadline=None)
@given(st.integers(min_value=-(10**20), max_value=10**20), st.integers(min_value=-(10**20), max_value=10**20))
def test_different_numbers_never_read_alike(one: int, other: int) -> None:
    assert (number_in_words(one) == number_in_words(other)) is (one == other)
    assert "  " not in number_in_words(one)
    assert number_in_words(one) == number_in_words(one).strip()


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (9250, "chín mươi hai phẩy năm"),
        (850, "tám phẩy năm"),
        (825, "tám phẩy hai mươi lăm"),
        (805, "tám phẩy không năm"),
        (50, "không phẩy năm"),
        (10000, "một trăm"),
        (0, "không"),
        (-150, "âm một phẩy năm"),
        (-50, "âm không phẩy năm"),
    ],
)
def test_points_are_read_with_phay(points: int, words: str) -> None:
    assert points_in_words(points) == words


@pytest.mark.parametrize(
    ("count", "phrase"),
    [(0, "0 tập thể"), (2, "02 tập thể"), (9, "09 tập thể"), (10, "10 tập thể"), (1250, "1.250 tập thể")],
)
def test_small_counts_carry_a_zero(count: int, phrase: str) -> None:
    assert count_phrase(count, "tập thể") == phrase


@pytest.mark.parametrize(
    ("day", "words", "screen"),
    [
        (date(2020, 9, 8), "ngày 08 tháng 9 năm 2020", "08/09/2020"),
        (date(2020, 1, 31), "ngày 31 tháng 01 năm 2020", "31/01/2020"),
        (date(2020, 2, 9), "ngày 09 tháng 02 năm 2020", "09/02/2020"),
        (date(2020, 3, 10), "ngày 10 tháng 3 năm 2020", "10/03/2020"),
        (date(2026, 11, 22), "ngày 22 tháng 11 năm 2026", "22/11/2026"),
    ],
)
def test_dates_follow_decree_30(day: date, words: str, screen: str) -> None:
    assert date_in_words(day) == words
    assert date_screen(day) == screen


def test_the_evening_of_greenwich_is_the_next_day_in_vietnam() -> None:
    evening = datetime(2020, 9, 7, 17, 30, tzinfo=UTC)
    assert date_in_words(evening) == "ngày 08 tháng 9 năm 2020"
    assert day_of(evening) == date(2020, 9, 8)
    assert clock(evening) == "0 giờ 30"
    assert clock(datetime(2020, 9, 8, 3, 30, tzinfo=timezone(timedelta(hours=2)))) == "8 giờ 30"


@pytest.mark.parametrize(
    ("moment", "short", "long"),
    [(at(8, 30), "8 giờ 30", "8 giờ 30 phút"), (at(9, 5), "9 giờ 05", "9 giờ 05 phút"), (at(14), "14 giờ", "14 giờ")],
)
def test_the_clock_says_gio(moment: datetime, short: str, long: str) -> None:
    assert clock(moment) == short
    assert clock_in_words(moment) == long


def test_the_day_has_its_periods() -> None:
    hours = (0, 3, 4, 8, 11, 13, 17, 18, 21, 22, 23)
    periods = ["đêm", "đêm", "sáng", "sáng", "trưa", "chiều", "chiều", "tối", "tối", "đêm", "đêm"]
    assert [period_of_day(at(hour)) for hour in hours] == periods


def test_a_moment_of_unknown_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock(datetime(2020, 9, 8, 8, 30))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "một ý kiến"), (5, "năm ý kiến"), (10, "mười ý kiến"), (15, "mười lăm ý kiến"), (21, "hai mươi mốt ý kiến"),
        (24, "hai mươi bốn ý kiến"), (105, "một trăm linh năm ý kiến"),
    ],
)  # fmt: skip
def test_things_are_counted_in_words_within_a_sentence(count, words):
    assert counted(count, "ý kiến") == words


@pytest.mark.parametrize(
    ("copies", "told"),
    [
        (1, "Biên bản được lập thành 01 bản"),
        (2, "Biên bản được lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản"),
        (3, "Biên bản được lập thành 03 bản có giá trị như nhau"),
        (4, "Biên bản được lập thành 04 bản có giá trị như nhau, mỗi bên giữ 02 bản"),
    ],
)
def test_copies_are_told_with_who_keeps_them_when_both_sides_keep_as_many(copies, told):
    assert copies_sentence("Biên bản", copies) == told
