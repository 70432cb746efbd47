"""Starting and stopping the one process of the meeting room."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request
from pathlib import Path

import pytest

from thidua.live.address import CannotListen, listen, reachable_at
from thidua.live.instance_lock import InUse, instance_lock

ROOT = Path(__file__).parents[2]
PATIENCE = 20  # seconds until a test that waits for something gives up

TOY_SERVER = """
    from flask import Flask, request
    from thidua.live import HANDSHAKE, init_app, stream_response
    from thidua.live import serve
    from thidua.live.address import listen
    import signal

    app = Flask("toy")
    hub = init_app(app, load=lambda room, after: [], head=lambda room: 0)

    @app.get("/checklist-sessions/<int:room>/stream")
    def stream(room):
        return stream_response(hub, room, "team", request.args.get("last"), request.headers.get(HANDSHAKE))

    signal.signal(signal.SIGTERM, serve._leave)
    serve.serve(app, listen("127.0.0.1", 0), ["Xin chào."])
"""


@pytest.fixture
def toy():
    """A toy server in a process of its own, and its address as printed."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(TOY_SERVER)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    try:
        greeting, address = process.stdout.readline().strip(), process.stdout.readline()
        assert greeting == "Xin chào.", process.stderr.read()
        yield process, address.removeprefix("Địa chỉ: ").strip()
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
def test_the_server_stops_within_moments_although_screens_are_watching(toy):
    process, address = toy
    screens = [_open_stream(address) for _ in range(10)]
    asked = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert time.monotonic() - asked < 2.5
    for screen in screens:
        assert screen.read().endswith(b"event: hb\ndata: 0\n\n")
    assert process.stderr.read() == ""


def _open_stream(address):
    stream = urllib.request.urlopen(f"{address}checklist-sessions/7/stream?last=0", timeout=PATIENCE)
    assert stream.readline() == b"retry: 2000\n"
    return stream


def test_a_second_server_on_the_same_instance_is_refused_in_one_sentence(tmp_path):
    refused = pytest.raises(InUse, match="Một máy chủ khác đang dùng")
    with instance_lock(tmp_path / "thidua.sqlite3"), refused as refusal, instance_lock(tmp_path / "thidua.sqlite3"):
        pass
    assert "\n" not in str(refusal.value)


def test_an_instance_is_free_again_when_its_server_has_ended(tmp_path):
    for _ in range(2):
        with instance_lock(tmp_path / "thidua.sqlite3"):
            pass


def test_a_server_that_was_killed_leaves_the_instance_free(tmp_path):
    code = (
        "import sys; from pathlib import Path; from thidua.live.instance_lock import instance_lock\n"
        "with instance_lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "thidua.sqlite3")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(InUse), instance_lock(tmp_path / "thidua.sqlite3"):
        pass
    holder.kill()
    holder.communicate()
    with instance_lock(tmp_path / "thidua.sqlite3"):
        pass


def test_a_port_in_use_is_named_together_with_a_way_out():
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotListen, match=rf"Cổng {port} đang được dùng.*--port {port + 1}"):
            listen("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused_in_plain_words():
    with pytest.raises(CannotListen, match=r"Máy này không có địa chỉ 192\.0\.2\.7"):
        listen("192.0.2.7", 0)


def test_a_server_for_everybody_is_named_by_addresses_people_can_type():
    with listen("0.0.0.0", 0) as listener:
        port = listener.getsockname()[1]
        addresses = reachable_at(listener)
    assert addresses[-1] == f"http://127.0.0.1:{port}/"
    assert all("0.0.0.0" not in address for address in addresses)


def test_a_server_for_this_machine_only_is_named_once():
    with listen("127.0.0.1", 0) as listener:
        assert reachable_at(listener) == [f"http://127.0.0.1:{listener.getsockname()[1]}/"]


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_an_ipv6_address_is_written_in_brackets():
    with listen("::1", 0) as listener:
        assert reachable_at(listener) == [f"http://[::1]:{listener.getsockname()[1]}/"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
def test_a_request_to_stop_that_hits_a_destructor_while_starting_is_not_lost():
    """Python prints "Exception ignored in …" there and goes on, so raising alone would not stop the server."""
    swallowed = """
        class Doomed:
            def __del__(self):
                os.kill(os.getpid(), signal.SIGTERM)
                time.sleep(0.1)
    """
    code = "import os, time\n" + textwrap.dedent(TOY_SERVER).replace(
        "serve.serve(", textwrap.dedent(swallowed) + "Doomed()\nserve.serve("
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT, timeout=60, check=False
    )
    assert run.returncode == 0
    assert "Exception ignored" in run.stderr
