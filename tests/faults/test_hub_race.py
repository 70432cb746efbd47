"""The two ways an announcement can be lost. No load test finds them; each once froze a room for ever."""

import threading

from thidua.live import Event, Hub

PATIENCE = 10  # seconds


class Journal:
    def __init__(self) -> None:
        self.revision = 0

    def commit(self) -> Event:
        self.revision += 1
        return self._event(self.revision)

    def load(self, room: int, after: int) -> list[Event]:
        return [self._event(revision) for revision in range(after + 1, self.revision + 1)]

    def head(self, room: int) -> int:
        return self.revision

    def _event(self, revision: int) -> Event:
        return Event(7, revision, lambda audience: f"<p>{revision}</p>")


def _receive(hub, screen, count):
    seen = []
    while len(seen) < count:
        seen += [event.revision for event in hub.take(screen)]
        if len(seen) < count:
            assert screen.flag.wait(PATIENCE), f"only {seen} arrived"
            screen.flag.clear()
    return seen


def test_a_commit_between_registration_and_the_reading_of_the_head_is_not_lost():
    journal = Journal()

    def head_while_somebody_commits(room: int) -> int:
        before = journal.revision
        hub.publish(journal.commit())
        return before  # as a reading transaction begun earlier would answer

    hub = Hub(journal.load, head_while_somebody_commits)
    screen = hub.subscribe(7, "team")
    hub.publish(journal.commit())
    assert _receive(hub, screen, 2) == [1, 2]
    hub.close()


def test_a_commit_announced_before_the_head_that_contains_it_is_not_repeated():
    journal = Journal()

    def head_after_somebody_committed(room: int) -> int:
        hub.publish(journal.commit())
        return journal.revision

    hub = Hub(journal.load, head_after_somebody_committed)
    screen = hub.subscribe(7, "team", last=0)
    hub.publish(journal.commit())
    assert _receive(hub, screen, 2) == [1, 2]
    assert hub.take(screen) == []
    hub.close()


def test_a_commit_that_was_never_registered_nor_in_the_head_is_fetched():
    """Head read first, registration second, as the prototype had it: the gap is still healed."""
    journal = Journal()
    stale = journal.head(7)
    journal.commit()  # announced to nobody
    hub = Hub(journal.load, lambda room: stale)
    screen = hub.subscribe(7, "team")
    hub.publish(journal.commit())
    assert _receive(hub, screen, 2) == [1, 2]
    hub.close()


def test_a_thread_that_dies_between_commit_and_announcement_stops_nobody():
    journal = Journal()
    hub = Hub(journal.load, journal.head)
    screens = [hub.subscribe(7, "team") for _ in range(3)]
    journal.commit()  # and dies here
    for _ in range(4):
        hub.publish(journal.commit())
    for screen in screens:
        assert _receive(hub, screen, 5) == [1, 2, 3, 4, 5]
    hub.close()


def test_the_last_change_before_a_silence_is_healed_by_the_heartbeat():
    journal = Journal()
    hub = Hub(journal.load, journal.head)
    screen, other = hub.subscribe(7, "team"), hub.subscribe(7, "team")
    journal.commit()  # never announced, and nothing follows it
    assert hub.take(screen) == []
    assert [event.revision for event in hub.take(screen, head=hub.head(7))] == [1]
    assert other.flag.is_set()
    assert [event.revision for event in hub.take(other)] == [1]
    hub.close()


def test_the_filler_survives_a_database_that_is_away_for_a_moment():
    journal = Journal()
    failed = threading.Event()

    def load(room: int, after: int) -> list[Event]:
        if not failed.is_set():
            failed.set()
            raise ConnectionError("away")
        return journal.load(room, after)

    hub = Hub(load, journal.head)
    screen = hub.subscribe(7, "team")
    journal.commit()
    hub.publish(journal.commit())
    assert _receive(hub, screen, 2) == [1, 2]
    assert failed.is_set()
    hub.close()
