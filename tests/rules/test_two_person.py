import pytest

from thidua.rules.errors import Refused
from thidua.rules.two_person import check_state, require_can_confirm, require_can_read_back


def test_a_check_holds_for_the_score_it_was_given_for():
    assert check_state(5, 0, is_confirmed=False) == "unread"
    assert check_state(5, 5, is_confirmed=False) == "read"
    assert check_state(5, 5, is_confirmed=True) == "confirmed"
    assert check_state(6, 5, is_confirmed=True) == "unread"


def test_nothing_is_read_twice():
    require_can_read_back("unread")
    for state in ("read", "confirmed"):
        with pytest.raises(Refused):
            require_can_read_back(state)


@pytest.mark.parametrize(("confirmer", "words"), [(1, "chốt điểm"), (2, "đọc lại")])
def test_settler_reader_and_confirmer_are_not_one(confirmer, words):
    with pytest.raises(Refused, match=words):
        require_can_confirm("read", confirmer_id=confirmer, settled_by_id=1, read_by_id=2)
    require_can_confirm("read", confirmer_id=3, settled_by_id=1, read_by_id=2)


@pytest.mark.parametrize("state", ["unread", "confirmed"])
def test_only_what_was_read_and_not_confirmed_is_confirmed(state):
    with pytest.raises(Refused):
        require_can_confirm(state, confirmer_id=3, settled_by_id=1, read_by_id=2)
