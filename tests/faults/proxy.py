"""Bad Wi-Fi between a device and the server: a proxy that delays, cuts, loses and halves what passes.

Each exchange (one request and its answer) gets the next fault of `faults`; a live stream passes until `cut`.
"""

import socket
import struct
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import Enum

PIECE = 65536


class Fault(Enum):
    """What may happen to one exchange."""

    NONE = "nothing"
    DELAY = "request and answer arrive late"
    RESET = "the connection is reset before the request passes"
    HALF_REQUEST = "half the request passes, then the connection is reset"
    HALF_REPLY = "the whole request passes, half the answer comes back, then the connection is reset"
    REPLY_LOST = "the whole request passes, the answer is swallowed"
    SLOW_REPLY = "the answer dribbles in"


class Proxy:
    """Listens on loopback and passes on to `port`; `go_to` another port any time."""

    def __init__(self, port: int, faults: Iterable[Fault] = ()) -> None:
        self.port = port
        self.happened: list[Fault] = []
        self.streams = 0  # open now
        self._refused: tuple[bytes, ...] = ()
        self._faults: Iterator[Fault] = iter(faults)
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._passing = threading.Event()
        self._passing.set()
        self._closed = False
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        threading.Thread(target=self._accept, name="proxy", daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def worsen(self, faults: Iterable[Fault]) -> None:
        """From now on each exchange gets the next of these; none when they are at an end."""
        with self._lock:
            self._faults = iter(faults)

    def refuse(self, *words: bytes) -> None:
        """From now on a request whose first line holds all these words is not passed on; without words all pass."""
        self._refused = words

    def cut(self) -> None:
        """As when the Wi-Fi is gone: nothing passes, nobody is told, connections stay half open."""
        self._passing.clear()

    def heal(self) -> None:
        """The network is back; what was under way is lost, as after a change of cell or lease."""
        self.drop_all()
        self._passing.set()

    def drop_all(self) -> None:
        """Reset every connection."""
        with self._lock:
            connections = list(self._open)
        for connection in connections:
            _reset(connection)

    def close(self) -> None:
        self._closed = True
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._passing.set()
        self.drop_all()

    def _accept(self) -> None:
        while not self._closed:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), name="proxy-connection", daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        server: socket.socket | None = None
        try:
            self._passing.wait()
            server = socket.create_connection(("127.0.0.1", self.port), timeout=30)
            server.settimeout(None)
            with self._lock:
                self._open |= {client, server}
            while request := read_message(client):
                self._passing.wait()
                if not self._exchange(request, client, server):
                    return
        except OSError:
            return
        finally:
            for one in filter(None, (client, server)):
                with self._lock:
                    self._open.discard(one)
                _reset(one)

    def _exchange(self, request: bytes, client: socket.socket, server: socket.socket) -> bool:
        """Pass one request and its answer; False when the connection is over."""
        first_line = request.partition(b"\r\n")[0]
        if self._refused and all(word in first_line for word in self._refused):
            return False
        with self._lock:
            fault = next(self._faults, Fault.NONE)
        if fault is not Fault.NONE:
            self.happened.append(fault)
        if fault is Fault.RESET:
            return False
        if fault is Fault.HALF_REQUEST:
            server.sendall(request[: max(1, len(request) - 20)])
            return False
        if fault is Fault.DELAY:
            time.sleep(0.3)
        server.sendall(request)
        head = _read_head(server)
        if b"text/event-stream" in head.lower():
            client.sendall(head)
            self._stream(client, server)
            return False
        reply = head + _read_body(server, head)
        self._passing.wait()  # cut in between: the work is done, the answer never arrives in time
        if not reply or fault is Fault.REPLY_LOST:
            return False
        if fault is Fault.HALF_REPLY:
            client.sendall(reply[: len(reply) // 2])
            return False
        if fault is Fault.SLOW_REPLY:
            step = max(1, len(reply) // 10)
            for start in range(0, len(reply), step):
                client.sendall(reply[start : start + step])
                time.sleep(0.02)
            return True
        if fault is Fault.DELAY:
            time.sleep(0.3)
        client.sendall(reply)
        return True

    def _stream(self, client: socket.socket, server: socket.socket) -> None:
        """Server to client; what comes during a cut is gone. The client leaving is noticed at once."""
        threading.Thread(target=self._watch, args=(client, server), name="proxy-watch", daemon=True).start()
        with self._lock:
            self.streams += 1
        try:
            while piece := server.recv(PIECE):
                if self._passing.is_set():
                    client.sendall(piece)
        finally:
            with self._lock:
                self.streams -= 1

    @staticmethod
    def _watch(client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while client.recv(PIECE):
                pass
        _reset(server)


def read_message(source: socket.socket) -> bytes:
    """One request: head and body. b"" at the end of the connection."""
    head = _read_head(source)
    return head + _read_body(source, head) if head else b""


def _read_head(source: socket.socket) -> bytes:
    head = bytearray()
    while not head.endswith(b"\r\n\r\n"):
        piece = source.recv(1)
        if not piece:
            return b""
        head += piece
    return bytes(head)


def _read_body(source: socket.socket, head: bytes) -> bytes:
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
    if fields.get(b"transfer-encoding") == b"chunked":
        return _read_chunks(source)
    return _read_exactly(source, int(fields.get(b"content-length", b"0")))


def _read_chunks(source: socket.socket) -> bytes:
    body = bytearray()
    while not body.endswith(b"\r\n0\r\n\r\n") and body != b"0\r\n\r\n":
        piece = source.recv(PIECE)
        if not piece:
            return b""
        body += piece
    return bytes(body)


def _read_exactly(source: socket.socket, length: int) -> bytes:
    body = bytearray()
    while len(body) < length:
        piece = source.recv(min(PIECE, length - len(body)))
        if not piece:
            raise ConnectionResetError
        body += piece
    return bytes(body)


def _reset(connection: socket.socket) -> None:
    """Close with RST, as a vanished peer's router does; harmless when closed."""
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        connection.close()
