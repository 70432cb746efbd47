"""Who is here: comes, moves, goes, vanishes; announced once for many changes, shared between processes."""

import json

import pytest

from thidua.live.presence import FORGET, PAUSE, SHARE, Presence
from thidua.live.traces import GRACE, NOWHERE, POLL_SILENCE, SILENCE, Somebody

ROOM, OTHER = 7, 8
HEAD = Somebody(1, "TĐ", "Nguyễn Văn Lạng", "team")
FIRST = Somebody(3, "TV 1", "Trần Thị Hòa", "team")
UNIT = Somebody(9, "ĐV", "Hoàng Văn Bắc", "unit")
FOURTH = ("4", 34)


class Clock:
    """Time that passes only when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Process:
    """One server's presence, with what it showed; `passes` lets time pass and does the work due, second by second."""

    def __init__(self, clock: Clock, name: str = "a", others: list["Process"] | None = None) -> None:
        self.clock = clock
        self.shown: list[tuple[int, list[tuple[str, str]]]] = []
        self.sent: list[str] = []
        self.others = others
        share = self._send if others is not None else None
        self.presence = Presence(self._show, share, name, clock, threaded=False)

    def _show(self, room, people) -> None:
        self.shown.append((room, [(one.who.label, one.place[0]) for one in people]))

    def _send(self, payload: str) -> None:
        self.sent.append(payload)
        for other in self.others or []:
            other.presence.hear(payload)

    @property
    def labels(self) -> list[str]:
        return [one.who.label for one in self.presence.here(ROOM)]

    def passes(self, seconds: float) -> None:
        end = self.clock.now + seconds
        while self.clock.now < end:
            self.presence.work()
            self.clock.now = min(end, self.clock.now + 0.5)
        self.presence.work()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def one(clock) -> Process:
    return Process(clock)


def test_who_arrives_is_shown_and_who_leaves_is_gone_after_a_moment_of_grace(one) -> None:
    one.presence.arrive(ROOM, HEAD)
    one.passes(0)
    assert one.shown == [(ROOM, [("TĐ", "")])]
    one.presence.leave(ROOM, HEAD)
    one.passes(GRACE - 0.5)
    assert one.labels == ["TĐ"]
    one.passes(1)
    assert one.labels == [] and one.shown[-1] == (ROOM, [])


def test_turning_to_another_page_is_no_leaving(one) -> None:
    one.presence.arrive(ROOM, HEAD)
    one.passes(2)
    one.presence.leave(ROOM, HEAD)
    one.clock.now += 0.4
    one.presence.arrive(ROOM, HEAD)
    one.passes(5)
    assert all(people == [("TĐ", "")] for _, people in one.shown)


def test_the_team_comes_first_and_its_head_before_all(one) -> None:
    for who in (UNIT, FIRST, HEAD):
        one.presence.arrive(ROOM, who)
    assert one.labels == ["TĐ", "TV 1", "ĐV"]


def test_a_move_is_shown_with_its_criterion(one) -> None:
    one.presence.arrive(ROOM, FIRST)
    one.passes(2)
    one.presence.tell(ROOM, FIRST, FOURTH)
    one.passes(0)
    assert one.shown[-1] == (ROOM, [("TV 1", "4")])
    one.presence.tell(ROOM, FIRST, NOWHERE)
    one.passes(2)
    assert one.shown[-1] == (ROOM, [("TV 1", "")])


def test_two_tabs_of_one_person_are_one_person_until_the_last_is_closed(one) -> None:
    one.presence.arrive(ROOM, FIRST)
    one.presence.arrive(ROOM, FIRST)
    one.presence.tell(ROOM, FIRST, FOURTH)
    assert one.labels == ["TV 1"]
    one.presence.leave(ROOM, FIRST)
    one.passes(GRACE + 1)
    assert one.labels == ["TV 1"]
    one.presence.leave(ROOM, FIRST)
    one.passes(GRACE + 1)
    assert one.labels == []


def test_a_sign_of_life_of_one_tab_does_not_move_the_person(one) -> None:
    one.presence.arrive(ROOM, FIRST)
    one.presence.tell(ROOM, FIRST, FOURTH)
    one.presence.tell(ROOM, FIRST)
    assert [seen.place for seen in one.presence.here(ROOM)] == [FOURTH]


def test_many_changes_within_a_second_are_one_announcement(one) -> None:
    one.presence.arrive(ROOM, HEAD)
    one.passes(0)
    for number in range(20):
        one.presence.tell(ROOM, HEAD, (str(number), number))
        one.presence.work()
    assert len(one.shown) == 1
    one.passes(PAUSE)
    assert one.shown[1:] == [(ROOM, [("TĐ", "19")])]


def test_nothing_is_announced_while_nothing_changes(one) -> None:
    one.presence.arrive(ROOM, HEAD)
    for _ in range(10):
        one.passes(20)
        one.presence.tell(ROOM, HEAD)
    assert len(one.shown) == 1


def test_only_the_room_that_changed_is_looked_at(one) -> None:
    one.presence.arrive(ROOM, HEAD)
    one.presence.arrive(OTHER, FIRST)
    one.passes(2)
    one.presence.tell(OTHER, FIRST, FOURTH)
    one.passes(2)
    assert [room for room, _ in one.shown] == [ROOM, OTHER, OTHER]


def test_a_new_screen_is_told_even_when_nobody_came(one) -> None:
    one.presence.arrive(ROOM, HEAD)
    one.passes(2)
    one.presence.arrive(ROOM, HEAD)
    one.passes(0)
    assert len(one.shown) == 2


def test_a_vanished_device_is_gone_within_45_seconds_though_its_stream_stays_open(one) -> None:
    one.presence.arrive(ROOM, FIRST)
    one.passes(SILENCE - 1)
    assert one.labels == ["TV 1"]
    one.passes(2)
    assert one.labels == [] and one.shown[-1] == (ROOM, []) and SILENCE < 45
    one.presence.tell(ROOM, FIRST)  # it was only in a lift
    one.passes(1)
    assert one.shown[-1] == (ROOM, [("TV 1", "")])


def test_a_screen_that_polls_is_here_as_long_as_it_polls(one) -> None:
    for _ in range(10):
        one.presence.poll(ROOM, FIRST)
        one.passes(2)
    assert one.labels == ["TV 1"] and len(one.shown) == 1
    one.passes(POLL_SILENCE)
    assert one.labels == [] and one.shown[-1] == (ROOM, [])


def test_who_only_says_so_without_any_screen_is_not_here(one) -> None:
    one.presence.tell(ROOM, FIRST, FOURTH)
    assert one.labels == []


def test_an_empty_room_is_forgotten(one) -> None:
    one.presence.arrive(ROOM, FIRST)
    one.presence.leave(ROOM, FIRST)
    one.passes(SILENCE + GRACE)
    assert one.presence._rooms == {} and one.presence._due == {}


# Several processes


@pytest.fixture
def two(clock) -> tuple[Process, Process]:
    left, right = Process(clock, "left", []), Process(clock, "right", [])
    left.others, right.others = [right], [left]
    return left, right


def both(two, seconds: float) -> None:
    left, right = two
    for _ in range(int(seconds * 2)):
        left.presence.work()
        right.presence.work()
        left.clock.now += 0.5
    left.presence.work()
    right.presence.work()


def test_people_of_two_processes_are_in_one_room(two) -> None:
    left, right = two
    left.presence.arrive(ROOM, HEAD)
    right.presence.arrive(ROOM, UNIT)
    both(two, 2)
    assert left.labels == right.labels == ["TĐ", "ĐV"]
    left.presence.leave(ROOM, HEAD)
    both(two, GRACE + 1)
    assert left.labels == right.labels == ["ĐV"] and right.shown[-1] == (ROOM, [("ĐV", "")])


def test_the_stream_may_be_with_one_process_and_the_moves_with_the_other(two) -> None:
    left, right = two
    left.presence.arrive(ROOM, FIRST)
    for _ in range(5):
        right.presence.tell(ROOM, FIRST, FOURTH)
        both(two, 20)
    assert left.labels == right.labels == ["TV 1"]
    assert left.shown[-1] == right.shown[-1] == (ROOM, [("TV 1", "4")])


def test_a_process_that_died_takes_its_people_along(two) -> None:
    left, right = two
    left.presence.arrive(ROOM, HEAD)
    right.presence.arrive(ROOM, UNIT)
    both(two, 2)
    for _ in range(int(FORGET) + 2):  # left is killed: it neither works nor shares
        right.presence.tell(ROOM, UNIT)
        right.passes(1)
    assert right.labels == ["ĐV"]


def test_who_stays_is_told_again_before_the_others_forget(two) -> None:
    left, right = two
    left.presence.arrive(ROOM, HEAD)
    for _ in range(10):
        both(two, 10)
        left.presence.tell(ROOM, HEAD)
    assert right.labels == ["TĐ"] and len(left.sent) <= 100 / SHARE + 3


def test_a_process_that_begins_to_listen_hears_at_once_who_is_there(two, clock) -> None:
    left, right = two
    left.presence.arrive(ROOM, HEAD)
    both(two, 2)
    third = Process(clock, "third", [left])
    left.others = [right, third]
    third.presence.ask_others()
    both(two, 2)
    assert third.labels == ["TĐ"]


def test_what_is_no_notice_of_ours_is_ignored(one) -> None:
    for payload in ("", "{}", "5", "[1]", '["x", 7, [[1]]]', '["x", 7, 3]', "null"):
        one.presence.hear(payload)
    one.passes(1)
    assert one.labels == []


def test_a_notice_of_a_crowded_room_fits_into_what_postgresql_takes(clock) -> None:
    crowded = Process(clock, "a", [])
    for number in range(200):
        crowded.presence.arrive(ROOM, Somebody(number, f"TV {number}", "Nguyễn Phúc Hoàng Ưu Đãi " * 2, "team"))
    crowded.passes(0)
    assert 4000 < len(crowded.sent[0].encode()) < 8000 and len(json.loads(crowded.sent[0])[2]) > 10
