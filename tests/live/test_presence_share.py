"""Who is here, shared between the processes on one PostgreSQL by notices outside of any transaction."""

import os
import threading
from types import SimpleNamespace

import psycopg
import pytest

from thidua.live import Hub
from thidua.live.notices import Notices
from thidua.live.presence import Presence
from thidua.live.traces import Somebody
from thidua.live.watchers import PostgresWatcher, postgres_url

PATIENCE = 20  # seconds until a test that waits for something gives up
DATABASE_URL = os.environ.get("DATABASE_URL", "")
on_postgresql = pytest.mark.skipif(not DATABASE_URL.startswith("postgres"), reason="PostgreSQL")
URL = "postgresql://" + DATABASE_URL.partition("://")[2]
ROOM = 7
HEAD = Somebody(1, "TĐ", "Nguyễn Văn Lạng", "team")
UNIT = Somebody(9, "ĐV", "Hoàng Văn Bắc", "unit")


class Process:
    """The live side of one server process."""

    def __init__(self, journal) -> None:
        self.changed = threading.Condition()
        self.labels: list[str] = []
        self.hub = Hub(journal.load, journal.head)
        self.notices = Notices(URL)
        self.hub.presence = Presence(self._show, self.notices.send, self.hub.name)
        self.watcher = PostgresWatcher(self.hub, URL)

    def start(self) -> "Process":
        self.watcher.start()
        assert self.watcher.ready.wait(PATIENCE)
        return self

    def _show(self, _room, people) -> None:
        with self.changed:
            self.labels = [one.who.label for one in people]
            self.changed.notify_all()

    def shows(self, *labels: str) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self.labels == list(labels), PATIENCE)

    def stop(self) -> None:
        self.watcher.stop()
        self.hub.close()


@pytest.fixture
def process(journal):
    started: list[Process] = []

    def start() -> Process:
        started.append(Process(journal).start())
        return started[-1]

    yield start
    for one in started:
        one.stop()


@on_postgresql
def test_people_of_two_servers_see_each_other(process) -> None:
    left, right = process(), process()
    left.hub.presence.arrive(ROOM, HEAD)
    assert right.shows("TĐ") and left.shows("TĐ")
    right.hub.presence.arrive(ROOM, UNIT)
    assert left.shows("TĐ", "ĐV") and right.shows("TĐ", "ĐV")
    left.hub.presence.leave(ROOM, HEAD)
    assert right.shows("ĐV") and left.shows("ĐV")


@on_postgresql
def test_a_server_started_later_learns_who_is_there(process) -> None:
    left = process()
    left.hub.presence.arrive(ROOM, HEAD)
    assert left.shows("TĐ")
    assert process().shows("TĐ")


@on_postgresql
def test_a_broken_connection_is_opened_again() -> None:
    notices = Notices(URL)
    notices.send("[]")
    notices._connection.close()
    with psycopg.connect(URL, autocommit=True) as listener:
        listener.execute("LISTEN thidua_presence")
        notices.send('["somebody", 0, []]')
        [notify] = listener.notifies(timeout=PATIENCE, stop_after=1)
    assert notify.payload == '["somebody", 0, []]'


def test_only_a_postgresql_has_an_address_to_send_to() -> None:
    def url(value: str) -> str:
        return postgres_url(SimpleNamespace(config={"SQLALCHEMY_DATABASE_URI": value}))

    assert url("postgresql+psycopg://thidua@host/x") == "postgresql://thidua@host/x"
    assert url("sqlite:///x.sqlite3") == "" and url("") == ""
