"""A journal in memory, and a hub that reads it: commit and announcement are two steps, as in life."""

import threading
from collections import Counter
from contextlib import contextmanager

import pytest

from thidua.live import Event, Hub
from thidua.live.address import listen
from thidua.live.asgi import LiveASGI
from thidua.live.serve import Server

PATIENCE = 10  # seconds until a test that waits for something gives up


class Journal:
    def __init__(self) -> None:
        self.heads: Counter[int] = Counter()
        self.loads: list[tuple[int, int]] = []
        self.rendered: Counter[tuple[int, int, str]] = Counter()
        self._lock = threading.Lock()

    def commit(self, room: int = 7) -> Event:
        """Commit one change; whoever calls still has to announce the event."""
        with self._lock:
            self.heads[room] += 1
            return self.event(room, self.heads[room])

    def event(self, room: int, revision: int) -> Event:
        def render(audience: str) -> str:
            self.rendered[room, revision, audience] += 1
            return f"<p>{audience} {revision}</p>"

        return Event(room, revision, render)

    def load(self, room: int, after: int) -> list[Event]:
        self.loads.append((room, after))
        return [self.event(room, revision) for revision in range(after + 1, self.heads[room] + 1)]

    def head(self, room: int) -> int:
        return self.heads[room]


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def hub(journal):
    hub = Hub(journal.load, journal.head, ring=8)
    yield hub
    hub.close()


@pytest.fixture
def receive():
    """Wait until a screen has been given `count` events; returns their revisions."""

    def receive(hub: Hub, screen, count: int) -> list[int]:
        seen: list[int] = []
        while len(seen) < count:
            seen += [event.revision for event in hub.take(screen)]
            if len(seen) < count:
                assert screen.flag.wait(PATIENCE), f"only {seen} arrived"
                screen.flag.clear()
        return seen

    return receive


@pytest.fixture
def serving():
    """`with serving(asgi) as address`: a real server on a free port."""

    @contextmanager
    def serving(asgi: LiveASGI):
        server = Server(asgi)
        listener = listen("127.0.0.1", 0)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            asgi.join()
            assert not thread.is_alive()

    return serving
