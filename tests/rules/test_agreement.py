from tests.rules.sheets import NOT_APPLICABLE, leaf
from thidua.rules.agreement import common_value, differing, gap, spread
from thidua.rules.entries import Entry

EIGHT, SEVEN, SIX = Entry(points=800), Entry(points=700), Entry(points=600)
CRITERION = leaf(1)


def test_equal_proposals_can_be_taken_with_one_tap() -> None:
    assert common_value([EIGHT, Entry(points=800), EIGHT]) == EIGHT
    assert common_value([SEVEN]) == SEVEN
    assert common_value([NOT_APPLICABLE, NOT_APPLICABLE]) == NOT_APPLICABLE


def test_different_or_no_proposals_have_no_common_value() -> None:
    assert common_value([]) is None
    assert common_value([EIGHT, SEVEN]) is None
    assert common_value([Entry(points=0), NOT_APPLICABLE]) is None


def test_who_differs_from_the_majority_is_named() -> None:
    assert differing({1: EIGHT, 2: EIGHT, 3: SEVEN}) == {3}
    assert differing({1: EIGHT, 2: EIGHT, 3: SEVEN, 4: NOT_APPLICABLE}) == {3, 4}


def test_on_a_tie_everybody_differs() -> None:
    assert differing({1: EIGHT, 2: SEVEN}) == {1, 2}
    assert differing({1: EIGHT, 2: EIGHT, 3: SEVEN, 4: SEVEN, 5: SIX}) == {1, 2, 3, 4, 5}


def test_nobody_differs_when_all_agree_or_nobody_proposed() -> None:
    assert differing({}) == differing({1: EIGHT}) == differing({1: EIGHT, 2: EIGHT}) == frozenset()
    assert differing({1: Entry(text="tốt"), 2: Entry(text="khá")}) == frozenset()


def test_the_spread_is_highest_minus_lowest() -> None:
    assert spread(CRITERION, [EIGHT, SIX, SEVEN, NOT_APPLICABLE]) == 200
    assert spread(CRITERION, [EIGHT, NOT_APPLICABLE]) is None


def test_the_gap_is_agreed_minus_self() -> None:
    assert gap(EIGHT, SEVEN, CRITERION) == -100
    assert gap(SEVEN, EIGHT, CRITERION) == 100
    assert gap(None, EIGHT, CRITERION) is None
    assert gap(EIGHT, None, CRITERION) is None
    assert gap(NOT_APPLICABLE, EIGHT, CRITERION) is None
