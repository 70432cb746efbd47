"""Our own server: real sockets, real uvicorn, a toy application behind it."""

import asyncio
import threading
from contextlib import asynccontextmanager

import httpx
import pytest
from flask import Flask, abort, request

from thidua.live import HANDSHAKE, Event, asgi, init_app, stream_response
from thidua.live.address import listen
from thidua.live.asgi import LiveASGI, asgi_app
from thidua.live.serve import Server

PATIENCE = 10  # seconds until a test that waits for something gives up
STREAM = "/checklist-sessions/7/stream"


@pytest.fixture
def app(journal):
    app = Flask(__name__)
    app.config.update(LIVE_HEARTBEAT=0.2, LIVE_SCREENS=60)
    hub = init_app(app, load=journal.load, head=journal.head)
    app.allowed = True

    @app.get("/checklist-sessions/<int:room>/stream")
    def stream(room: int):
        if not app.allowed or "stranger" in request.headers.get("Cookie", ""):
            abort(403, "Không được xem.")
        audience = request.args.get("as", "team")
        return stream_response(hub, room, audience, request.args.get("last"), request.headers.get(HANDSHAKE))

    @app.post("/checklist-sessions/<int:room>/scores")
    def score(room: int):
        hub.publish(journal.commit(room))
        return request.get_data()

    @app.after_request
    def secure(response):
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.set_cookie("seen", "1")
        return response

    return app


@pytest.fixture
def hub(app):
    return app.extensions["live_hub"]


@asynccontextmanager
async def browser(address):
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=PATIENCE, trust_env=False) as client:
        yield client


@asynccontextmanager
async def screen(client, path=STREAM + "?last=0", **headers):
    async with client.stream("GET", path, headers=headers) as response:
        assert response.status_code == 200, await response.aread()
        yield Screen(response)


class Screen:
    def __init__(self, response):
        self.headers = response.headers
        self._lines = response.aiter_lines()

    async def message(self):
        """The next message as (event, id, data), or None at the end of the stream."""
        fields: dict[str, str] = {}
        async for line in self._lines:
            if not line:
                return fields.get("event", ""), fields.get("id", ""), fields.get("data", "")
            name, _, value = line.partition(": ")
            fields[name] = value
        return None

    async def change(self):
        return await self._next("change")

    async def heartbeat(self):
        return await self._next("hb")

    async def _next(self, event):
        while (message := await self.message()) is not None:
            if message[0] == event:
                return message
        return None


async def eventually(condition):
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.01)


def test_fifty_screens_get_every_change_once_and_in_order(app, serving):
    async def meeting(address):
        async with browser(address) as client:

            async def watch():
                async with screen(client) as mine:
                    await mine.heartbeat()
                    watching.release()
                    return [await mine.change() for _ in range(20)]

            watching = asyncio.Semaphore(0)
            screens = [asyncio.create_task(watch()) for _ in range(50)]
            for _ in screens:
                await watching.acquire()
            await asyncio.gather(*(client.post("/checklist-sessions/7/scores") for _ in range(20)))
            return await asyncio.gather(*screens)

    with serving(asgi_app(app)) as address:
        seen = asyncio.run(meeting(address))
    assert seen == [[("change", str(n), f"<p>team {n}</p>") for n in range(1, 21)]] * 50


def test_each_change_is_rendered_once_for_all_screens_of_an_audience(app, hub, journal, serving):
    async def meeting(address):
        unit = STREAM + "?last=0&as=unit"
        async with (
            browser(address) as client,
            screen(client) as one,
            screen(client) as two,
            screen(client, unit) as three,
        ):
            await eventually(lambda: hub.screens == 3)
            await client.post("/checklist-sessions/7/scores")
            return [(await mine.change())[2] for mine in (one, two, three)]

    with serving(asgi_app(app)) as address:
        assert asyncio.run(meeting(address)) == ["<p>team 1</p>", "<p>team 1</p>", "<p>unit 1</p>"]
    assert journal.rendered == {(7, 1, "team"): 1, (7, 1, "unit"): 1}


def test_streams_hold_no_thread_that_a_score_needs(app, hub, serving):
    async def meeting(address):
        async with browser(address) as client, screen(client) as one, screen(client) as two:
            await one.heartbeat()
            await two.heartbeat()
            answer = await client.post("/checklist-sessions/7/scores", content="8,5")
            return answer.text

    with serving(LiveASGI(app, hub, threads=1)) as address:
        assert asyncio.run(meeting(address)) == "8,5"


def test_the_page_and_the_reader_each_name_a_cursor_and_the_later_counts(app, journal, serving):
    for _ in range(12):
        journal.commit(7)

    async def reopen(address):
        async with browser(address) as client:
            async with screen(client, STREAM + "?last=9") as mine:
                first = [await mine.change() for _ in range(3)]
            async with screen(client, STREAM + "?last=9", **{"Last-Event-ID": "11"}) as mine:
                return first, await mine.change()

    with serving(asgi_app(app)) as address:
        first, last = asyncio.run(reopen(address))
    assert [change[1] for change in first] == ["10", "11", "12"]
    assert last[1] == "12"


def test_a_change_never_announced_comes_before_the_heartbeat_that_reports_it(app, journal, serving):
    async def wait(address):
        async with browser(address) as client, screen(client) as mine:
            assert await mine.heartbeat() == ("hb", "", "0")
            journal.commit(7)
            while (message := await mine.message()) == ("hb", "", "0"):
                pass
            return [message, await mine.message()]

    with serving(asgi_app(app)) as address:
        assert asyncio.run(wait(address)) == [("change", "1", "<p>team 1</p>"), ("hb", "", "1")]


def test_a_stream_ends_at_the_heartbeat_after_its_permission_is_gone(app, hub, serving):
    async def wait(address):
        async with browser(address) as client, screen(client) as mine:
            await mine.heartbeat()
            app.allowed = False
            assert await mine.change() is None
            await eventually(lambda: hub.screens == 0)

    with serving(asgi_app(app)) as address:
        asyncio.run(wait(address))


def test_very_many_screens_are_checked_in_turn_and_still_all_in_the_end(app, hub, monkeypatch, serving):
    monkeypatch.setattr(asgi, "CHECKS_PER_SECOND", 0.001)

    async def wait(address):
        async with browser(address) as client, screen(client) as one, screen(client) as two:
            await one.heartbeat()
            await two.heartbeat()
            app.allowed = False
            async with asyncio.timeout(PATIENCE):
                assert await one.change() is await two.change() is None

    with serving(asgi_app(app)) as address:
        asyncio.run(wait(address))


def test_a_heartbeat_without_a_check_still_reads_the_head(app, journal, monkeypatch, serving):
    monkeypatch.setattr(asgi, "CHECKS_PER_SECOND", 0.001)
    monkeypatch.setattr(asgi, "MOST_BEATS_UNCHECKED", 1000)

    async def wait(address):
        async with browser(address) as client, screen(client) as one, screen(client) as two:
            await one.heartbeat()
            journal.commit(7)  # never announced
            return [await one.change(), await two.change()]

    with serving(asgi_app(app)) as address:
        assert asyncio.run(wait(address)) == [("change", "1", "<p>team 1</p>")] * 2


def test_a_reader_who_may_not_watch_gets_the_answer_of_the_application(app, hub, serving):
    with serving(asgi_app(app)) as address:
        refused = httpx.get(address + STREAM, headers={"Cookie": "stranger"}, trust_env=False)
        missing = httpx.get(address + "/checklist-sessions/seven/stream", trust_env=False)
    assert (refused.status_code, "Không được xem." in refused.text) == (403, True)
    assert missing.status_code == 404
    assert hub.screens == 0


def test_a_forged_handshake_opens_an_ordinary_stream(app, serving):
    async def forge(address):
        async with browser(address) as client, screen(client, **{HANDSHAKE: "guessed"}) as mine:
            return mine.headers

    with serving(asgi_app(app)) as address:
        headers = asyncio.run(forge(address))
    assert not {"x-room", "x-audience", "x-head"} & set(headers)


def test_a_stream_carries_the_security_headers_of_every_answer_but_no_cookie(app, serving):
    async def look(address):
        async with browser(address) as client, screen(client) as mine:
            return mine.headers

    with serving(asgi_app(app)) as address:
        headers = asyncio.run(look(address))
    assert headers["content-type"] == "text/event-stream; charset=utf-8"
    assert headers["cache-control"] == "no-cache, no-transform"
    assert headers["x-accel-buffering"] == "no"
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers


def test_a_screen_too_many_is_sent_to_poll(app, hub, serving):
    for _ in range(60):
        hub.subscribe(7, "team", loop=asyncio.new_event_loop())
    with serving(asgi_app(app)) as address:
        refused = httpx.get(address + STREAM, trust_env=False)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")


def test_a_screen_that_leaves_is_forgotten(app, hub, serving):
    async def leave(address):
        async with browser(address) as client:
            async with screen(client) as mine:
                await mine.heartbeat()
                assert hub.watched() == [7]
            await eventually(lambda: hub.watched() == [])

    with serving(asgi_app(app)) as address:
        asyncio.run(leave(address))


def test_a_screen_that_reads_nothing_neither_delays_the_others_nor_fills_the_memory(app, hub, journal, serving):
    big = "x" * 200_000
    journal.event = lambda room, revision: Event(room, revision, {"team": big})

    async def meeting(address):
        host, port = address.removeprefix("http://").split(":")
        _unread, writer = await asyncio.open_connection(host, int(port), limit=1024)
        writer.write(f"GET {STREAM}?last=0 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        async with browser(address) as client, screen(client) as quick:
            await eventually(lambda: hub.screens == 2)
            for _ in range(300):
                await client.post("/checklist-sessions/7/scores")
            seen = [(await quick.change())[1] for _ in range(300)]
        writer.close()
        return seen

    with serving(asgi_app(app)) as address:
        assert asyncio.run(meeting(address)) == [str(n) for n in range(1, 301)]


def test_open_streams_end_cleanly_and_at_once_when_the_server_stops(app, hub):
    async def meeting(address, stop):
        async with browser(address) as client, screen(client) as one, screen(client) as two:
            await one.heartbeat()
            await two.heartbeat()
            stop()
            async with asyncio.timeout(2.5):
                return [await one.change(), await two.change()]

    asgi = LiveASGI(app, hub)
    server, listener = Server(asgi), listen("127.0.0.1", 0)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    ended = asyncio.run(meeting(address, lambda: setattr(server, "should_exit", True)))
    thread.join(2.5)
    assert ended == [None, None]
    assert not thread.is_alive()
