"""What a username and a password must be (OWASP ASVS 5.0, V6.2: length counts, not kinds of letters)."""

import re

from thidua.rules.errors import InvalidEntry
from thidua.rules.vietnamese import fold, nfc

SHORTEST, LONGEST = 8, 128
KNOWN_BAD = frozenset(
    {
        "password",
        "password1",
        "password123",
        "passw0rd",
        "12345678",
        "123456789",
        "1234567890",
        "0123456789",
        "87654321",
        "11111111",
        "00000000",
        "88888888",
        "12341234",
        "11223344",
        "qwertyui",
        "qwerty123",
        "abcd1234",
        "abc12345",
        "iloveyou",
        "matkhau1",
        "matkhau123",
        "matkhau12345",
        "vietnam1",
        "vietnam123",
        "thidua123",
        "thiduakhenthuong",
        "truongson",
        "truongson1",
        "truongson559",
        "anhyeuem",
        "administrator",
        "quantri123",
        "quantrivien",
        "a1234567",
        "a12345678",
    }
)
_USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9]|[._-](?=[a-z0-9])){2,59}")


def username_key(typed: str) -> str:
    """The username as it is kept, whatever the keyboard did to it: small letters, no blanks around it."""
    return nfc(typed).strip().lower()


def require_username(username: str) -> None:
    """Three to sixty plain letters, figures, dots and hyphens: it is typed on every kind of keyboard."""
    if not _USERNAME.fullmatch(username):
        raise InvalidEntry(
            "Tên đăng nhập chỉ gồm chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối, từ 3 đến 60 ký tự, "
            "ví dụ nguyen-van-a.",
            "username",
        )


def require_new_password(password: str, *, username: str) -> None:
    """Refuse what would be guessed first: too short, known everywhere, or the username itself."""
    if len(password) < SHORTEST:
        raise InvalidEntry(
            f"Mật khẩu mới cần ít nhất {SHORTEST} ký tự. Dễ nhớ và khó đoán nhất là ba, bốn từ liền nhau.", "password"
        )
    if len(password) > LONGEST:
        raise InvalidEntry(f"Mật khẩu mới dài quá {LONGEST} ký tự. Xin đặt ngắn lại.", "password")
    plain = re.sub(r"[\s._-]", "", fold(password))
    if plain == re.sub(r"[._-]", "", username):
        raise InvalidEntry("Mật khẩu mới không được trùng với tên đăng nhập.", "password")
    if plain in KNOWN_BAD or len(set(plain)) < 3:
        raise InvalidEntry("Mật khẩu này quá dễ đoán. Xin đặt mật khẩu khác.", "password")
