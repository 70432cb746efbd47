"""The notes of when each login was last used: at most once a minute, whatever the clock does."""

from datetime import timedelta

from tests.world import MORNING
from thidua.seen import WRITTEN_EVERY, Seen


def test_notes_are_due_once_a_minute_and_only_once() -> None:
    seen = Seen()
    assert seen.due(MORNING) == {}
    seen.note(7, MORNING)
    assert seen.due(MORNING + WRITTEN_EVERY / 2) == {} and seen.at(7) == MORNING
    assert seen.due(MORNING + WRITTEN_EVERY) == {7: MORNING}
    assert seen.due(MORNING + 2 * WRITTEN_EVERY) == {}


def test_a_clock_set_back_by_a_day_stops_nothing_for_a_day() -> None:
    seen = Seen()
    seen.due(MORNING)
    earlier = MORNING - timedelta(days=1)
    seen.note(7, earlier)
    assert seen.due(earlier) == {7: earlier}
