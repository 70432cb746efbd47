"""Numbers of the room: which are made, on which day they are good, how long a wrong one makes wait."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest

from thidua.rules.errors import InvalidEntry
from thidua.rules.room_numbers import (
    TRIES,
    code_key,
    day_for,
    end_of,
    good_on,
    is_good,
    is_spent,
    is_trivial,
    new_code,
    new_number,
    read_number,
    spaced,
    wait_left,
)

ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"
NOON = datetime(2020, 10, 20, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "number",
    ["000000", "777777", "123456", "654321", "012345", "987654", "121212", "112112", "123123", "112233", "588585"],
)
def test_what_people_try_first_is_never_made(number: str) -> None:
    assert is_trivial(number)


@pytest.mark.parametrize("number", ["482913", "720811", "100234", "013579"])
def test_an_ordinary_number_is_good(number: str) -> None:
    assert not is_trivial(number)


def test_a_number_has_six_digits_and_nobody_else_of_the_room_has_it() -> None:
    drawn = iter([0, 123456, 482913, 13579])
    assert new_number(lambda _below: next(drawn), taken=["482913"]) == "013579"


def test_the_code_is_read_however_it_was_typed() -> None:
    counted = itertools.count()
    code = new_code(lambda below: next(counted) % below, ALPHABET)
    assert code == "abcde-fghkm-npqrs" and len(ALPHABET) ** 15 > 2**60
    assert {code_key(typed) for typed in (code, " ABCDE FGHKM NPQRS", "abcdefghkmnpqrs", "abcde–fghkm_npqrs")} == {code}
    assert code_key("") == "" and len(code_key("x" * 5000)) < 60


@pytest.mark.parametrize("typed", ["482913", "482 913", " 482-913 ", "４８２９１３", "482.913", "4 8 2 9 1 3\n"])
def test_a_number_is_read_with_blanks_and_from_every_keyboard(typed: str) -> None:
    assert read_number(typed) == "482913"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Xin ghi sáu"),
        ("48291", "vừa ghi 5"),
        ("4829134", "vừa ghi 7"),
        ("48a913", "chỉ gồm"),
        ("٤٨٢٩١٣", "chỉ gồm"),
    ],
)
def test_what_is_no_number_is_refused_in_words(typed: str, sentence: str) -> None:
    with pytest.raises(InvalidEntry, match=sentence):
        read_number(typed)


def test_a_number_is_good_on_its_day_in_vietnam_and_neither_before_nor_after() -> None:
    ends = end_of(date(2020, 10, 20))
    assert ends == datetime(2020, 10, 20, 17, 0, tzinfo=UTC) and good_on(ends) == date(2020, 10, 20)
    assert (
        is_good(ends, NOON) and is_good(ends, ends - timedelta(seconds=1)) and is_good(ends, ends - timedelta(days=1))
    )
    assert not is_good(ends, ends) and not is_good(ends, ends - timedelta(days=1, seconds=1))


def test_numbers_are_for_the_half_day_or_for_today_when_that_is_past_or_not_fixed() -> None:
    today = date(2020, 10, 20)
    assert day_for(date(2020, 10, 23), NOON) == date(2020, 10, 23)
    assert day_for(date(2020, 10, 19), NOON) == day_for(None, NOON) == day_for(today, NOON) == today


def test_after_five_wrong_tries_the_wait_grows_and_after_ten_the_number_is_spent() -> None:
    assert [wait_left(tries, NOON, NOON) for tries in range(11)] == [0, 0, 0, 0, 0, 10, 20, 40, 60, 120, 120]
    assert (
        wait_left(5, NOON, NOON + timedelta(seconds=9.5)) == 1 and wait_left(5, NOON, NOON + timedelta(seconds=10)) == 0
    )
    assert wait_left(9, None, NOON) == 0
    assert not is_spent(TRIES - 1) and is_spent(TRIES)


def test_the_slip_shows_two_groups_of_three() -> None:
    assert spaced("482913") == "482 913"
