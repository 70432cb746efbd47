"""Sent out means out: the open stream ends with the next heartbeat, and the device may not open another."""

import asyncio
import threading

import httpx
from flask import Flask
from flask.testing import FlaskClient

from tests.checklist_sessions.rooms import here
from tests.conftest import signed_in
from tests.joining import rooms
from tests.joining.rooms import inside, logins, open_room
from tests.world import World
from thidua.live.address import listen
from thidua.live.asgi import LiveASGI
from thidua.live.serve import Server

PATIENCE = 30


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("thidua")
    assert cookie is not None
    return f"thidua={cookie.value}"


def test_an_expelled_devices_stream_closes_and_its_next_change_is_refused(app: Flask, world: World) -> None:
    open_room(app, world)
    app.extensions["live_hub"].heartbeat = 0.2
    tablet, head = inside(app, world, "thanh-vien-1"), signed_in(app, world, "truong-doan")
    [opened] = logins(app, world, "thanh-vien-1")
    stream = here(world.open_id, "/stream?last=0")

    async def watch(address: str) -> tuple[int, int]:
        headers = {"Cookie": cookie_of(tablet), "Accept": "text/event-stream"}
        async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, trust_env=False, headers=headers) as client:
            async with client.stream("GET", stream) as screen:
                lines = screen.aiter_lines()
                async with asyncio.timeout(PATIENCE):
                    while "event: hb" not in await anext(lines):
                        pass
                    path = rooms.room(world, f"/devices/{opened.id}/expulsion")
                    answer = await asyncio.to_thread(head.post, path)
                    assert answer.status_code == 303
                    async for _line in lines:
                        pass
            again = await client.get(stream)
            posted = await client.post(
                here(world.open_id, "/criteria/1/scores"), headers={"X-Requested-With": "outbox"}
            )
            return again.status_code, posted.status_code

    asgi = LiveASGI(app, app.extensions["live_hub"])
    server, listener = Server(asgi), listen("127.0.0.1", 0)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        assert asyncio.run(watch(f"http://127.0.0.1:{listener.getsockname()[1]}")) == (401, 401)
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        asgi.join()


def test_a_room_login_may_watch_its_own_half_day_only(app: Flask, world: World) -> None:
    open_room(app, world)
    tablet = inside(app, world, "truong-doan")
    for path in ("/stream?last=0", "/changes?last=0"):
        assert tablet.get(here(world.planned_id, path)).status_code == 403
    assert tablet.get(here(world.open_id, "/changes?last=0")).status_code == 200
