"""Every change reaches every screen of its room once, in order."""

import threading

import pytest

from thidua.live import Event, Full, Hub


def test_a_change_reaches_every_screen_of_the_room_and_no_other(hub, journal):
    ours = [hub.subscribe(7, "team"), hub.subscribe(7, "unit")]
    theirs = hub.subscribe(8, "team")
    hub.publish(journal.commit(7))
    assert [[e.frame(s.audience) for e in hub.take(s)] for s in ours] == [["<p>team 1</p>"], ["<p>unit 1</p>"]]
    assert hub.take(theirs) == []


def test_a_change_is_rendered_once_for_each_audience_however_many_screens_it_has(hub, journal):
    screens = [hub.subscribe(7, audience) for audience in ("team", "unit") * 10]
    hub.publish(journal.commit(7))
    for screen in screens:
        hub.take(screen)
    assert journal.rendered == {(7, 1, "team"): 1, (7, 1, "unit"): 1}


def test_announcements_out_of_order_arrive_in_order(hub, journal):
    screen = hub.subscribe(7, "team")
    first, second, third = (journal.commit(7) for _ in range(3))
    hub.publish(third)
    hub.publish(second)
    assert hub.take(screen) == []
    hub.publish(first)
    assert [event.revision for event in hub.take(screen)] == [1, 2, 3]
    assert journal.loads == []


def test_an_announcement_repeated_arrives_once(hub, journal):
    screen = hub.subscribe(7, "team")
    event = journal.commit(7)
    hub.publish(event)
    hub.publish(journal.event(7, 1))
    assert hub.take(screen) == [event]
    hub.publish(event)
    assert hub.take(screen) == []


def test_a_screen_opened_at_the_revision_of_its_page_gets_what_came_since(hub, journal):
    for _ in range(5):
        journal.commit(7)
    screen = hub.subscribe(7, "team", last=3)
    assert [event.revision for event in hub.take(screen)] == [4, 5]


def test_a_screen_without_a_cursor_starts_at_the_head(hub, journal):
    journal.commit(7)
    screen = hub.subscribe(7, "team")
    assert hub.take(screen) == []
    hub.publish(journal.commit(7))
    assert [event.revision for event in hub.take(screen)] == [2]


def test_screens_that_slept_equally_long_share_one_reading_of_the_journal(hub, journal):
    for _ in range(5):
        journal.commit(7)
    for _ in range(10):
        screen = hub.subscribe(7, "team", last=2)
        assert [event.revision for event in hub.take(screen)] == [3, 4, 5]
    assert journal.loads == [(7, 2)]


def test_a_slow_screen_past_the_ring_catches_up_from_the_journal(hub, journal):
    slow, quick = hub.subscribe(7, "team"), hub.subscribe(7, "team")
    for _ in range(30):
        hub.publish(journal.commit(7))
        hub.take(quick)
    assert journal.loads == []
    assert [event.revision for event in hub.take(slow)] == list(range(1, 31))
    assert journal.loads == [(7, 0)]


def test_a_gap_filled_late_does_not_send_slow_screens_to_the_journal_again(hub, journal, receive):
    slow, quick = hub.subscribe(7, "team"), hub.subscribe(7, "team")
    hub.publish(journal.commit(7))
    journal.commit(7)  # never announced
    hub.publish(journal.commit(7))
    assert receive(hub, quick, 3) == [1, 2, 3]
    assert [event.revision for event in hub.take(slow)] == [1, 2, 3]
    assert journal.loads == [(7, 1)]


def test_a_journal_may_answer_with_one_event_for_many_revisions(journal):
    def in_one(room: int, after: int) -> list[Event]:
        return [journal.event(room, journal.heads[room])] if journal.heads[room] > after else []

    hub = Hub(in_one, journal.head, ring=8)
    for _ in range(5):
        journal.commit(7)
    sleeper = hub.subscribe(7, "team", last=2)
    assert [event.revision for event in hub.take(sleeper)] == [5]
    for screen in (sleeper, hub.subscribe(7, "team", last=3)):
        hub.publish(journal.commit(7))
        assert hub.take(screen)[-1].revision == journal.heads[7]
    hub.close()


def test_an_audience_nobody_watched_when_the_change_was_rendered_is_read_from_the_journal(hub, journal):
    hub.subscribe(7, "team")
    journal.commit(7)
    late = hub.subscribe(7, "projector")
    hub.publish(Event(7, 1, {"team": "<p>team</p>"}))
    assert [event.frame("projector") for event in hub.take(late)] == ["<p>projector 1</p>"]


def test_a_broken_partial_does_not_fail_the_one_who_committed(hub, journal):
    hub.subscribe(7, "team")
    journal.commit(7)
    hub.publish(Event(7, 1, lambda audience: 1 / 0))


def test_only_audiences_that_watch_are_named(hub):
    assert hub.audiences(7) == frozenset()
    team, _unit = hub.subscribe(7, "team"), hub.subscribe(7, "unit")
    assert hub.audiences(7) == {"team", "unit"}
    hub.unsubscribe(team)
    assert hub.audiences(7) == {"unit"}


def test_the_last_screen_out_takes_the_memory_of_the_room_along(hub, journal):
    screens = [hub.subscribe(7, "team") for _ in range(3)]
    hub.publish(journal.commit(7))
    for screen in screens:
        hub.unsubscribe(screen)
        hub.unsubscribe(screen)
    assert (hub.watched(), hub.screens) == ([], 0)
    hub.publish(journal.commit(7))
    assert hub.watched() == []


def test_a_screen_too_many_is_refused_until_another_closes(journal):
    hub = Hub(journal.load, journal.head, limit=2)
    first, _second = hub.subscribe(7, "team"), hub.subscribe(8, "team")
    with pytest.raises(Full):
        hub.subscribe(9, "team")
    hub.unsubscribe(first)
    hub.subscribe(9, "team")
    assert hub.screens == 2


def test_a_failing_database_leaves_no_screen_behind(journal):
    def away(room: int) -> int:
        raise ConnectionError

    hub = Hub(journal.load, away)
    with pytest.raises(ConnectionError):
        hub.subscribe(7, "team")
    assert (hub.watched(), hub.screens) == ([], 0)


def test_a_notice_from_another_process_brings_what_it_committed(hub, journal, receive):
    screen = hub.subscribe(7, "team")
    for _ in range(3):
        journal.commit(7)
    hub.notice(7, 3)
    hub.notice(8, 1)
    assert receive(hub, screen, 3) == [1, 2, 3]
    assert {room for room, _ in journal.loads} == {7}


def test_a_notice_of_a_revision_that_does_not_exist_is_forgotten(hub, journal, receive):
    screen = hub.subscribe(7, "team")
    hub.notice(7, 99)
    hub.publish(journal.commit(7))
    assert receive(hub, screen, 1) == [1]
    hub.publish(journal.commit(7))
    assert receive(hub, screen, 1) == [2]


def test_forty_threads_that_commit_at_once_lose_and_repeat_nothing(hub, journal, receive):
    screens = [hub.subscribe(7, "team") for _ in range(3)]
    threads = [threading.Thread(target=lambda: hub.publish(journal.commit(7))) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for screen in screens:
        assert receive(hub, screen, 40) == list(range(1, 41))


def test_a_closed_hub_wakes_its_screens_and_takes_no_more(hub):
    screen = hub.subscribe(7, "team")
    hub.close()
    assert screen.flag.is_set()
    with pytest.raises(Full):
        hub.subscribe(7, "team")
