import pytest

from tests.rules.half_day import FULL
from thidua.rules.minutes_facts import Attendee
from thidua.rules.minutes_signers import people_signing, signature_places, signing_parts

PEOPLE = FULL.attendees


def places(settings=None, chosen=None, people=PEOPLE, unit_leader=""):
    return signature_places(signing_parts(people, settings or {}, chosen or {}), "(Ký)", unit_leader=unit_leader)


def told(place):
    return place.authority, place.office, place.person


def test_usually_secretary_and_unit_sign_first_and_the_head_last():
    parts = signing_parts(PEOPLE, {}, {})
    assert [(one.part, one.step) for one in parts] == [("secretary", 1), ("unit", 1), ("head", 2)]
    assert [one.person for one in parts] == ["Nguyễn Văn Quyết", "Trần Văn Hải", "Thiếu tướng Võ Sở"]


def test_places_stand_from_left_to_right_in_whatever_order_they_are_signed():
    order = {"order": [["head"], ["unit"], ["secretary"]]}
    assert [one.part for one in signing_parts(PEOPLE, order, {})] == ["head", "unit", "secretary"]
    assert [place.name for place in places(order)] == ["secretary", "unit", "head"]


@pytest.mark.parametrize("order", [[["head"]], [["head"], ["head"], ["unit", "secretary"]], "x", [1, 2]])
def test_an_order_nobody_can_sign_in_is_the_usual_one(order):
    assert signing_parts(PEOPLE, {"order": order}, {}) == signing_parts(PEOPLE, {}, {})


def test_the_unit_is_named_as_such_with_the_office_of_who_signs():
    assert told(places()[1]) == ("Đại diện đơn vị được kiểm tra", "Chủ tịch Hội", "Trần Văn Hải")


@pytest.mark.parametrize("formula", ["KT.", "TL.", "TUQ."])
def test_a_deputy_signs_with_the_formula_above_the_own_office(formula):
    chosen = {"head": {"name": "Phạm Tiến Ích", "office": "Phó Trưởng đoàn", "formula": formula}}
    assert told(places(chosen=chosen)[2]) == (f"{formula} Trưởng đoàn", "Phó Trưởng đoàn", "Phạm Tiến Ích")


def test_a_deputy_of_the_unit_signs_below_its_name():
    chosen = {"unit": {"name": "Đỗ Thị Nga", "office": "Phó Chủ tịch Hội", "formula": "KT."}}
    assert told(places(chosen=chosen)[1]) == (
        "Đại diện đơn vị được kiểm tra\nKT. Thủ trưởng đơn vị", "Phó Chủ tịch Hội", "Đỗ Thị Nga",
    )  # fmt: skip
    assert places(chosen=chosen, unit_leader="Chủ tịch Hội")[1].authority.endswith("\nKT. Chủ tịch Hội")


def test_anybody_of_a_group_leaves_the_name_to_the_mark():
    parts = {one.part: one for one in signing_parts(PEOPLE, {"groups": ["head"]}, {})}
    assert parts["head"].group and parts["head"].person == "" and not parts["secretary"].group
    assert told(places({"groups": ["head"]})[2]) == ("", "Trưởng đoàn", "")


def test_a_person_chosen_by_name_signs_even_where_a_group_might():
    parts = signing_parts(PEOPLE, {"groups": ["head"]}, {"head": {"name": "Phạm Tiến Ích"}})
    assert parts[-1].person == "Phạm Tiến Ích" and not parts[-1].group


def test_who_was_chosen_has_the_rank_before_the_name_like_everybody():
    (head,) = [one for one in signing_parts(PEOPLE, {}, {"head": {"name": "Võ Sở"}}) if one.part == "head"]
    assert head.person == "Thiếu tướng Võ Sở"


def test_the_seal_comes_last_and_has_no_place_of_its_own():
    parts = signing_parts(PEOPLE, {"seal": True}, {})
    assert (parts[-1].part, parts[-1].step) == ("seal", 3)
    assert [place.name for place in signature_places(parts, "")] == ["secretary", "unit", "head"]


def test_who_is_not_known_yet_leaves_a_place_without_a_name():
    assert [told(place) for place in places(people=())] == [
        ("", "Thư ký", ""), ("Đại diện đơn vị được kiểm tra", "", ""), ("", "Trưởng đoàn", ""),
    ]  # fmt: skip


def test_odd_choices_are_taken_for_none():
    chosen = {"head": {"name": None, "office": 7, "formula": "QĐ."}, "nobody": {"name": "x"}}
    (head,) = [one for one in signing_parts(PEOPLE, {}, chosen) if one.part == "head"]
    assert (head.formula, head.person) == ("", "Thiếu tướng Võ Sở")


def test_an_office_too_long_for_the_place_is_left_to_the_list_of_those_present():
    long = Attendee("unit", "Trần Văn Hải", "", "Phó Trưởng ban Thường trực " * 4, signs="unit")
    assert told(places(people=(long,))[1]) == ("Đại diện đơn vị được kiểm tra", "", "Trần Văn Hải")


def test_a_deputy_who_signs_is_listed_in_the_place_of_the_usual_person():
    chosen = {"head": {"name": "Phạm Tiến Ích", "formula": "KT."}, "unit": {"name": "Vũ Văn Lâm", "office": "Ủy viên"}}
    people = people_signing(PEOPLE, signing_parts(PEOPLE, {"seal": True}, chosen))
    assert [one.name for one in people] == ["Phạm Tiến Ích", "Nguyễn Văn Quyết", "Vũ Văn Lâm"]
    assert (people[2].side, people[2].office, people[2].presence) == ("unit", "Ủy viên", "present")
    usual = people_signing(PEOPLE, signing_parts(PEOPLE, {"groups": ["secretary"]}, {}))
    assert [one.name for one in usual] == ["Võ Sở", "Nguyễn Văn Quyết", "Trần Văn Hải"]
