from hypothesis import given
from hypothesis import strategies as st

from thidua.rules.ranking import rank


def test_equal_points_share_a_place_and_the_next_is_skipped() -> None:
    ranked = rank([("Hòa Bình", 8900), ("Tân Lâm", 8725), ("Hòa Hưng", 8825), ("Bàu Lâm", 8825)])
    assert [(one.place, one.key, one.shared) for one in ranked] == [
        (1, "Hòa Bình", False),
        (2, "Hòa Hưng", True),
        (2, "Bàu Lâm", True),
        (4, "Tân Lâm", False),
    ]


def test_nobody_is_ranked_among_nobody() -> None:
    assert rank([]) == ()


@given(st.lists(st.integers(-500, 15000)))
def test_a_place_is_one_more_than_how_many_are_better(points: list[int]) -> None:
    for one in rank(enumerate(points)):
        assert one.place == 1 + sum(other > one.points for other in points)
        assert one.points == points[one.key]
