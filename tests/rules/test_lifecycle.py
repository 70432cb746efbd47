from collections.abc import Callable

import pytest

from thidua.rules import lifecycle
from thidua.rules.errors import Refused
from thidua.rules.lifecycle import CLOSED, FROZEN, OPEN, PLANNED, SIGNED, STATES


def units_evidence(state: str) -> None:
    lifecycle.require_can_add_evidence(state, "unit")
    lifecycle.require_can_withdraw_evidence(state, "unit")


def teams_evidence(state: str) -> None:
    lifecycle.require_can_add_evidence(state, "team")


def teams_tidying(state: str) -> None:
    lifecycle.require_can_withdraw_evidence(state, "team")


ALLOWED = {
    lifecycle.require_can_self_score: {PLANNED, OPEN},
    lifecycle.require_can_propose: {OPEN},
    lifecycle.require_can_settle: {OPEN},
    lifecycle.require_can_record: {PLANNED, OPEN},
    lifecycle.require_is_open: {OPEN},
    lifecycle.require_can_remark: {OPEN, CLOSED},
    units_evidence: {PLANNED, OPEN},
    teams_evidence: {OPEN, CLOSED},
    teams_tidying: {PLANNED, OPEN, CLOSED},
    lifecycle.require_can_open: {PLANNED},
    lifecycle.require_can_close: {OPEN},
    lifecycle.require_can_reopen: {CLOSED},
    lifecycle.require_can_conclude: {CLOSED},
    lifecycle.require_can_freeze: {CLOSED},
    lifecycle.require_can_sign: {FROZEN},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("require", ALLOWED)
def test_each_state_allows_what_it_should_and_refuses_the_rest_in_sentences(
    require: Callable[[str], None], state: str
) -> None:
    if state in ALLOWED[require]:
        require(state)
        return
    with pytest.raises(Refused) as refusal:
        require(state)
    assert refusal.value.status == 409
    assert refusal.value.message[0].isupper()
    assert refusal.value.message.endswith(".")
    assert state not in refusal.value.message


def test_a_closed_session_refuses_a_score_and_says_what_was_typed_is_kept() -> None:
    with pytest.raises(Refused) as refusal:
        lifecycle.require_can_propose(CLOSED)
    assert refusal.value.message == (
        "Buổi kiểm tra đã khóa điểm nên không nhận thêm điểm. Điều đồng chí vừa nhập vẫn còn trên màn hình."
    )


def test_nothing_of_a_signed_session_changes() -> None:
    for require in ALLOWED:
        with pytest.raises(Refused):
            require(SIGNED)


def test_every_state_has_a_label() -> None:
    assert set(lifecycle.LABELS) == set(STATES)
