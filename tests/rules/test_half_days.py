"""Warnings about teams and half-days name everybody concerned, and are silent otherwise."""

from datetime import date

import pytest

from thidua.rules.half_days import Booking, clashes, team_warnings

DAY = date(2020, 10, 20)
HOA, THANG = (1, "Trần Thị Hòa"), (2, "Lê Đức Thắng")


def booked(plan_id, unit_id, *people, half="morning", day=DAY):
    return Booking(plan_id, f"Kế hoạch {plan_id}/HTS", unit_id, f"Hội số {unit_id}", day, half, people)


def test_a_person_in_two_places_is_named_with_both():
    assert clashes([booked(72, 1, HOA, THANG), booked(72, 2, HOA)], 72) == (
        "Đồng chí Trần Thị Hòa được xếp hai nơi buổi sáng 20/10/2020: "
        "Hội số 1 (Kế hoạch 72/HTS) và Hội số 2 (Kế hoạch 72/HTS).",
    )


def test_a_unit_of_two_plans_in_one_half_day_is_named_with_both_plans():
    assert clashes([booked(72, 1), booked(80, 1)], 72) == (
        "Hội số 1 được xếp kiểm tra hai lần buổi sáng 20/10/2020: Kế hoạch 72/HTS và Kế hoạch 80/HTS.",
    )


@pytest.mark.parametrize(
    "other", [booked(72, 2, HOA, half="afternoon"), booked(72, 2, HOA, day=date(2020, 10, 21)), booked(72, 2, THANG)]
)
def test_another_half_day_another_day_or_another_person_is_no_clash(other):
    assert clashes([booked(72, 1, HOA), other], 72) == ()


def test_clashes_between_other_plans_are_not_our_concern():
    assert clashes([booked(80, 1, HOA), booked(81, 2, HOA)], 72) == ()


@pytest.mark.parametrize(
    ("roles", "warnings"),
    [
        (["head", "secretary", "member", "member"], []),
        (["head", "secretary", "member", "member", "member"], []),
        (["head", "secretary", "member"], ["Đoàn có 3 người; theo kế hoạch là 4 đến 5 đồng chí."]),
        ([], ["Đoàn chưa có ai; theo kế hoạch là 4 đến 5 đồng chí."]),
        (["member"] * 4, ["Đoàn chưa có Trưởng đoàn.", "Đoàn chưa có Thư ký."]),
        (["head", "head", "secretary", "member"], ["Đoàn có 2 Trưởng đoàn; chỉ nên có một."]),
    ],
)
def test_a_team_is_warned_of_size_and_missing_parts(roles, warnings):
    assert list(team_warnings("Đoàn", roles, 4, 5)) == warnings
