"""What an addendum and a notice cannot do without."""

import pytest

from thidua.rules.errors import InvalidEntry, Refused
from thidua.rules.paper_content import (
    Correction,
    NoticeSigner,
    corrections_from_plain,
    corrections_to_plain,
    require_corrections,
    require_numbered,
    require_signed,
    require_signer,
)

GOOD = Correction("mục II", "mười", "mười hai")


@pytest.mark.parametrize(
    ("reason", "corrections", "field"),
    [
        (" ", (GOOD,), "reason"),
        ("Ghi nhầm", (), "corrections-0-place"),
        ("Ghi nhầm", (GOOD, Correction(said="mười")), "corrections-1-place"),
        ("Ghi nhầm", (Correction("mục II"),), "corrections-0-now"),
        ("Ghi nhầm", (Correction("mục II", "mười", "mười"),), "corrections-0-now"),
    ],
)
def test_an_addendum_says_why_where_and_what(reason, corrections, field) -> None:
    with pytest.raises(InvalidEntry) as refused:
        require_corrections(reason, corrections)
    assert refused.value.field == field


def test_something_may_be_added_or_taken_out() -> None:
    require_corrections("Ghi sót", (Correction("mục II", now="thêm"), Correction("mục III", said="bỏ")))


def test_empty_rows_are_not_kept_and_what_is_kept_comes_back() -> None:
    plain = corrections_to_plain((GOOD, Correction(block="x")))
    assert corrections_from_plain(plain) == (GOOD,) == corrections_from_plain([{**plain[0], "more": 1}])


@pytest.mark.parametrize(
    ("signer", "field"),
    [
        (NoticeSigner(formula="XX", office="CHỦ TỊCH", person="A"), "formula"),
        (NoticeSigner(person="A"), "office"),
        (NoticeSigner(office="CHỦ TỊCH"), "person"),
    ],
)
def test_a_notice_names_who_signs(signer, field) -> None:
    with pytest.raises(InvalidEntry) as refused:
        require_signer(signer)
    assert refused.value.field == field


def test_what_follows_minutes_waits_for_their_number_and_signatures() -> None:
    require_numbered(1)
    require_signed(())
    with pytest.raises(Refused, match="vào sổ"):
        require_numbered(None)
    with pytest.raises(Refused, match="chưa đủ chữ ký"):
        require_signed(("head",))
