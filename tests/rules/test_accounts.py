"""Usernames that every keyboard types, passwords that are not guessed first."""

import pytest

from thidua.rules.accounts import require_new_password, require_username, username_key
from thidua.rules.errors import InvalidEntry


@pytest.mark.parametrize("username", ["thu-ky", "nguyen.van.a", "abc", "don_vi_2", "a" * 60])
def test_a_plain_username_is_taken(username: str) -> None:
    require_username(username)


@pytest.mark.parametrize("username", ["ab", "a" * 61, "lê", "thu ky", "-thu", "thu-", "a--b", "Thu", "a/b", ""])
def test_any_other_is_refused(username: str) -> None:
    with pytest.raises(InvalidEntry):
        require_username(username)


def test_the_key_forgives_capitals_and_blanks() -> None:
    assert username_key("  Thu-KY\n") == "thu-ky"


@pytest.mark.parametrize("password", ["ba con mèo", "Trường Sơn 1959 xanh", "x7!kq92z", "d" * 64 + "ab"])
def test_a_long_enough_password_of_any_letters_is_taken(password: str) -> None:
    require_new_password(password, username="thu-ky")


@pytest.mark.parametrize(
    "password",
    [
        "1234567",
        "12345678",
        "PASSWORD",
        "Mật-khẩu 123",
        "abababab",
        "thu.ky.thu.ky.thu.ky"[:6] + "   ",
        "truongson",
        "Thiduakhenthuong",
        "a" * 129,
    ],
)
def test_what_would_be_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(InvalidEntry):
        require_new_password(password, username="thu-ky")
