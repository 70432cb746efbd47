"""The WSGI application behind the ASGI server: requests and answers pass unharmed."""

import socket
import threading

import httpx
import pytest

from thidua.live import bridge
from thidua.live.asgi import LiveASGI

PATIENCE = 10  # seconds until a test that waits for something gives up
PLAIN = [("Content-Type", "text/plain")]
BLOCK = 64 * 1024


@pytest.fixture
def ask(hub, serving):
    """Serve `app`, send it one request, return the answer."""

    def ask(app, method="GET", path="/", **request):
        with serving(LiveASGI(app, hub)) as address:
            return httpx.request(method, address + path, trust_env=False, timeout=PATIENCE, **request)

    return ask


def echo(environ, start_response):
    start_response("200 OK", PLAIN)
    return [environ["wsgi.input"].read()]


@pytest.mark.parametrize("size", [0, 1, bridge.AT_ONCE, 3 * bridge.AT_ONCE + 7])
def test_a_request_and_its_answer_pass_whole_whatever_their_length(ask, size):
    sent = bytes(range(256)) * (size // 256 + 1)
    assert ask(echo, "POST", content=sent[:size]).content == sent[:size]


def test_a_long_answer_is_sent_while_it_is_made_and_in_order(hub, serving):
    halfway = threading.Event()

    def download(environ, start_response):
        start_response("200 OK", PLAIN)
        for number in range(8):
            if number == 4:
                assert halfway.wait(PATIENCE)
            yield bytes([number]) * BLOCK

    received = b""
    with (
        serving(LiveASGI(download, hub)) as address,
        httpx.stream("GET", address, trust_env=False, timeout=PATIENCE) as answer,
    ):
        for part in answer.iter_raw():
            received += part
            halfway.set()
    assert received == b"".join(bytes([number]) * BLOCK for number in range(8))


def test_the_application_sees_the_request_as_it_was_sent(ask):
    seen = {}

    def look(environ, start_response):
        seen.update(environ)
        start_response("204 No Content", [])
        return []

    answer = ask(look, "PUT", "/h%E1%BB%99i%20tr%C6%B0%E1%BB%9Dng?q=%C4%91", headers={"X-Op-Id": "7"}, content=b"xin")
    assert answer.status_code == 204
    assert seen["REQUEST_METHOD"] == "PUT"
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/hội trường"
    assert seen["QUERY_STRING"] == "q=%C4%91"
    assert (seen["CONTENT_LENGTH"], seen["HTTP_X_OP_ID"], seen["REMOTE_ADDR"]) == ("3", "7", "127.0.0.1")


def test_cookies_of_one_answer_stay_apart(ask):
    def bake(environ, start_response):
        start_response("200 OK", [*PLAIN, ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        return [b"ok"]

    assert ask(bake).headers.get_list("set-cookie") == ["a=1", "b=2"]


def test_the_end_of_an_answer_is_announced_to_the_application(ask):
    closed = threading.Event()

    class Answer(list):
        def close(self):
            closed.set()

    def app(environ, start_response):
        start_response("200 OK", PLAIN)
        return Answer([b"x"])

    assert ask(app).content == b"x"
    assert closed.is_set()


def test_what_is_written_the_old_way_comes_before_what_is_returned(ask):
    def app(environ, start_response):
        write = start_response("200 OK", PLAIN)
        write(b"first ")
        return [b"then"]

    assert ask(app).content == b"first then"


def test_a_failing_application_answers_with_an_error_and_the_next_request_is_served(hub, serving):
    def app(environ, start_response):
        if environ["PATH_INFO"] == "/bad":
            raise ZeroDivisionError
        return echo(environ, start_response)

    with serving(LiveASGI(app, hub, threads=1)) as address:
        assert httpx.get(address + "/bad", trust_env=False).status_code == 500
        assert httpx.post(address, content=b"x", trust_env=False).content == b"x"


def test_a_request_too_long_for_anybody_is_refused_before_the_application_sees_it(ask, monkeypatch):
    monkeypatch.setattr(bridge, "LONGEST_REQUEST", 1000)
    announced = ask(echo, "POST", content=b"x" * 1001)
    assert announced.status_code == 413 and "25 MB" in announced.text
    unannounced = ask(echo, "POST", content=iter([b"x" * 600, b"x" * 600]))
    assert unannounced.status_code == 413


def test_a_request_cut_short_never_reaches_the_application(hub, serving):
    reached = threading.Event()

    def app(environ, start_response):
        reached.set()
        return echo(environ, start_response)

    with serving(LiveASGI(app, hub, threads=1)) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), PATIENCE) as cut:
            cut.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nonly this")
    assert not reached.is_set()
