"""Codes at the foot of pages: read whatever server's name they begin with, compared page by page."""

import pytest

from thidua.rules.page_codes import (
    OTHER,
    THIS,
    UNREAD,
    PageCode,
    codes_of_pages,
    judged,
    kept_code,
    missing_pages,
    page_code,
)

PAPER = "0123456789abcdef" * 4
MINE = "http://192.168.1.10:8000/verify/0123456789abcdef?p="
THEIRS = "/verify/" + "f" * 16 + "?p=1"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{MINE}3", PageCode("0123456789abcdef", 3)),
        ("/verify/0123456789ab", PageCode("0123456789ab")),
        ("HTTPS://THIDUA.VN/VERIFY/0123456789ABCDEF?p=12", PageCode("0123456789abcdef", 12)),
        ("https://vi.wikipedia.org", None),
        ("/verify/0123", None),
        ("", None),
    ],
)
def test_only_our_own_codes_are_read(text, code) -> None:
    assert page_code(text) == code
    assert code is None or kept_code(str(code)) == code


def test_each_page_is_of_this_paper_of_another_or_unread() -> None:
    kept = codes_of_pages([[f"{MINE}1"], [], ["quảng cáo"], [THEIRS], [THEIRS, f"{MINE}3"]], PAPER)
    pages = judged(kept, PAPER)
    assert [page.verdict for page in pages] == [THIS, UNREAD, UNREAD, OTHER, THIS]
    assert missing_pages([pages[:2], pages[2:]], 4) == (2, 4)
    assert judged(["' OR 1=1", "zz"], PAPER)[0].verdict == UNREAD
