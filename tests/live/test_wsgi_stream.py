"""The stream under any WSGI server, as the test client sees it."""

import pytest
from flask import Flask, request

from thidua.live import HANDSHAKE, changes_response, init_app, stream_response


@pytest.fixture
def app(journal):
    app = Flask(__name__)
    app.config.update(LIVE_HEARTBEAT=0.05, LIVE_WSGI_SCREENS=2)
    hub = init_app(app, load=journal.load, head=journal.head)
    app.allowed = True

    @app.get("/checklist-sessions/<int:room>/stream")
    def stream(room: int):
        return stream_response(
            hub, room, "team", request.args.get("last"), request.headers.get(HANDSHAKE), lambda: app.allowed
        )

    @app.get("/checklist-sessions/<int:room>/changes")
    def changes(room: int):
        return changes_response(hub, room, "team", request.args.get("last"))

    yield app
    hub.close()


@pytest.fixture
def hub(app):
    return app.extensions["live_hub"]


@pytest.fixture
def client(app):
    return app.test_client()


def _until(chunks, part: str) -> str:
    """What the stream sends up to the first chunk that holds `part`."""
    text = ""
    for chunk in chunks:
        text += chunk.decode()
        if part in text:
            return text
    raise AssertionError(f"the stream ended without {part!r}: {text!r}")


def test_a_stream_says_when_to_come_back_then_what_was_missed_then_that_it_lives(client, journal):
    for _ in range(3):
        journal.commit(7)
    with client.get("/checklist-sessions/7/stream?last=2") as response:
        text = _until(response.response, "event: hb")
    assert text == ("retry: 2000\n\nid: 3\nevent: change\ndata: <p>team 3</p>\n\nevent: hb\ndata: 3\n\n")
    assert response.content_type == "text/event-stream; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-cache, no-transform"
    assert response.headers["X-Accel-Buffering"] == "no"


def test_the_reader_that_reopens_by_itself_is_taken_at_its_own_word(client, journal):
    for _ in range(5):
        journal.commit(7)
    with client.get("/checklist-sessions/7/stream?last=2", headers={"Last-Event-ID": "4"}) as response:
        text = _until(response.response, "event: hb")
    assert "id: 5" in text
    assert "id: 4" not in text


def test_a_change_is_sent_to_an_open_stream(client, hub, journal):
    with client.get("/checklist-sessions/7/stream?last=0") as response:
        _until(response.response, "event: hb")
        hub.publish(journal.commit(7))
        assert "<p>team 1</p>" in _until(response.response, "event: change")


def test_a_change_never_announced_comes_with_the_heartbeat(client, journal):
    with client.get("/checklist-sessions/7/stream?last=0") as response:
        _until(response.response, "event: hb")
        journal.commit(7)
        assert _until(response.response, "data: 1\n").startswith("id: 1\nevent: change")


def test_a_stream_ends_when_the_reader_may_no_longer_watch(client, app, hub):
    with client.get("/checklist-sessions/7/stream?last=0") as response:
        _until(response.response, "event: hb")
        app.allowed = False
        list(response.response)
    assert hub.screens == 0


def test_a_stream_ends_when_the_server_stops(client, hub):
    with client.get("/checklist-sessions/7/stream?last=0") as response:
        _until(response.response, "event: hb")
        hub.close()
        list(response.response)
    assert hub.screens == 0


def test_a_closed_stream_leaves_nothing_even_if_it_was_never_read(client, hub):
    client.get("/checklist-sessions/7/stream").close()
    client.head("/checklist-sessions/7/stream").close()
    assert (hub.screens, hub.watched()) == (0, [])


def test_streams_never_take_all_threads_of_a_wsgi_server(client):
    streams = [client.get("/checklist-sessions/7/stream") for _ in range(2)]
    refused = client.get("/checklist-sessions/7/stream")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    streams.pop().close()
    assert client.get("/checklist-sessions/7/stream").status_code == 200


def test_only_our_own_server_gets_the_handshake(client, hub, journal):
    journal.commit(7)
    ours = client.get("/checklist-sessions/7/stream", headers={HANDSHAKE: hub.handshake})
    assert (ours.status_code, ours.headers["X-Audience"], ours.headers["X-Head"]) == (204, "team", "1")
    forged = client.get("/checklist-sessions/7/stream", headers={HANDSHAKE: "guessed"})
    assert forged.status_code == 200
    assert "X-Audience" not in forged.headers


def test_a_screen_that_polls_gets_the_changes_in_one_piece_and_then_nothing(client, journal):
    for _ in range(3):
        journal.commit(7)
    response = client.get("/checklist-sessions/7/changes?last=1")
    assert (response.text, response.headers["X-Revision"]) == ("<p>team 2</p>\n<p>team 3</p>", "3")
    assert client.get("/checklist-sessions/7/changes?last=3").status_code == 204
