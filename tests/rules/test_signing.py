"""Whose turn it is to sign, what a refusal changes, and who was chosen to sign."""

import pytest

from thidua.rules.errors import InvalidEntry, Refused
from thidua.rules.signing import (
    SigningPart,
    missing,
    parts_from_plain,
    parts_of,
    parts_to_plain,
    require_order,
    require_turn,
    turn,
    with_accounts,
    with_seal,
)

USUAL = parts_of()
UNIT_LAST = parts_of((("secretary",), ("head",), ("unit",)))
SEALED = (*parts_of(), SigningPart("seal", 3))


def test_secretary_and_unit_sign_in_any_order_the_head_afterwards():
    assert turn(USUAL, ()) == ("secretary", "unit")
    assert turn(USUAL, {"unit"}) == ("secretary",)
    with pytest.raises(Refused, match=r"Trưởng đoàn ký sau cùng[.] Còn chờ chữ ký của thư ký và đại diện đơn vị"):
        require_turn(USUAL, (), "head")
    require_turn(USUAL, {"secretary", "unit"}, "head")


def test_a_plan_sets_another_order():
    assert turn(UNIT_LAST, {"secretary"}) == ("head",)
    with pytest.raises(Refused, match="Đại diện đơn vị ký sau cùng"):
        require_turn(UNIT_LAST, {"secretary"}, "unit")


def test_nobody_signs_twice_or_where_there_is_no_place():
    with pytest.raises(Refused, match="đã ký"):
        require_turn(USUAL, {"unit"}, "unit")
    with pytest.raises(Refused, match="không có chỗ ký"):
        require_turn(USUAL, (), "issuer")


def test_who_refuses_is_not_waited_for_but_may_still_sign():
    refused = {"unit"}
    assert turn(USUAL, {"secretary"}, refused) == ("head",)
    require_turn(USUAL, {"secretary"}, "unit", refused)
    require_turn(USUAL, {"secretary"}, "head", refused)
    assert missing(USUAL, {"secretary", "head"}, refused) == ()
    with pytest.raises(Refused, match="đủ chữ ký"):
        require_turn(USUAL, {"secretary", "head"}, "unit", refused)


def test_without_the_head_nothing_is_concluded():
    assert missing(USUAL, {"secretary", "unit"}, {"head"}) == ("head",)


def test_the_seal_comes_after_the_people_and_nobody_waits_for_it():
    assert missing(SEALED, {"secretary", "unit", "head"}) == ()
    assert turn(SEALED, {"secretary", "unit", "head"}) == ("seal",)
    with pytest.raises(Refused, match="Con dấu của Hội đóng sau"):
        require_turn(SEALED, {"secretary", "unit"}, "seal")
    require_turn(SEALED, {"secretary", "unit", "head"}, "seal")


def test_a_deputy_signs_with_the_formula_and_the_own_account():
    signers = {"head": {"name": "Trần Thị Hòa", "account": 7}}
    deputy = SigningPart("head", 2, "Trần Thị Hòa", "Phó Trưởng đoàn", "KT.")
    secretary, head = with_accounts((SigningPart("secretary", 1), deputy), signers)
    assert (head.authority, head.account, secretary.account) == ("KT. TRƯỞNG ĐOÀN", 7, 0)
    assert parts_from_plain(parts_to_plain((secretary, head))) == (secretary, head)


@pytest.mark.parametrize(
    "order",
    [[["secretary"], ["head"]], [["secretary", "unit"], ["head"], ["unit"]], [["secretary", "unit", "head"], []]],
)
def test_an_order_names_everybody_once(order):
    with pytest.raises(InvalidEntry):
        require_order(order)


def test_parts_stored_before_the_office_signed_for_was_kept_still_load() -> None:
    old = SigningPart("issuer", 1, "Võ Sở", "PHÓ CHỦ TỊCH", "KT.")
    plain = parts_to_plain((old,))
    assert "replaced" not in plain[0] and parts_from_plain(plain)[0].authority == "KT. NGƯỜI KÝ BAN HÀNH"
    notice = SigningPart("issuer", 1, "Võ Sở", "PHÓ CHỦ TỊCH", "KT.", replaced="CHỦ TỊCH")
    assert parts_from_plain(parts_to_plain((notice,))) == (notice,) and notice.authority == "KT. CHỦ TỊCH"


def test_the_seal_comes_once_and_last() -> None:
    assert with_seal(parts_of(), {"seal": True}) == SEALED == with_seal(SEALED, {"seal": True})
    assert with_seal(parts_of(), {}) == parts_of() and with_seal(SEALED, {"seal": False}) == SEALED
