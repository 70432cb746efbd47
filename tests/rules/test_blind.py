"""The blind first round: when a criterion opens."""

from thidua.rules.blind import OPEN_BOOK, blind_round
from thidua.rules.lifecycle import CLOSED, FROZEN, OPEN, PLANNED, SIGNED

SECRETARY, FIRST, SECOND, HEAD = 2, 3, 4, 1
TEAM = (SECRETARY, FIRST, SECOND)
CRITERION, OTHER = 31, 32


def test_proposals_are_hidden_until_the_last_awaited_person_has_proposed() -> None:
    blind = blind_round(True, OPEN, TEAM, ())
    assert blind.hides(CRITERION, ())
    assert blind.hides(CRITERION, {SECRETARY, FIRST})
    assert not blind.hides(CRITERION, {SECRETARY, FIRST, SECOND})


def test_the_head_is_not_awaited_and_does_not_stand_in_for_anybody() -> None:
    blind = blind_round(True, OPEN, TEAM, ())
    assert blind.hides(CRITERION, {SECRETARY, FIRST, HEAD})
    assert not blind.hides(CRITERION, {*TEAM, HEAD})


def test_who_is_absent_is_not_awaited() -> None:
    assert not blind_round(True, OPEN, (SECRETARY, FIRST), ()).hides(CRITERION, {SECRETARY, FIRST})


def test_without_anybody_to_await_nothing_is_hidden() -> None:
    assert not blind_round(True, OPEN, (), ()).hides(CRITERION, {HEAD})


def test_a_revealed_criterion_is_open_and_the_others_are_not() -> None:
    blind = blind_round(True, OPEN, TEAM, {CRITERION})
    assert not blind.hides(CRITERION, {FIRST})
    assert blind.hides(OTHER, {FIRST})


def test_who_takes_the_own_proposal_back_is_awaited_again_unless_the_criterion_was_revealed() -> None:
    assert blind_round(True, OPEN, TEAM, ()).hides(CRITERION, {SECRETARY, FIRST})
    assert not blind_round(True, OPEN, TEAM, {CRITERION}).hides(CRITERION, {SECRETARY, FIRST})


def test_nothing_is_hidden_without_the_setting_or_when_no_points_are_taken() -> None:
    assert not blind_round(False, OPEN, TEAM, ()).hides(CRITERION, {FIRST})
    for state in (PLANNED, CLOSED, FROZEN, SIGNED):
        assert blind_round(True, state, TEAM, ()) == OPEN_BOOK
    assert not OPEN_BOOK.hides(CRITERION, ())
