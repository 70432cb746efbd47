"""A signed-in browser as the protocol sees it: a cookie, a token, a connection that is made anew after a fault."""

import re
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from tests.world import PASSWORD

PATIENCE = 8.0  # seconds, as in outbox.js
Unreachable = (OSError, HTTPException)


@dataclass(frozen=True)
class Reply:
    """A whole answer; one cut short is no answer."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Device:
    """One person's browser. Used by one thread at a time. ``patience``: seconds until no answer is none."""

    def __init__(self, address: str, username: str = "", patience: float = PATIENCE, password: str = PASSWORD) -> None:
        self.username = username
        self.patience = patience
        self.go_to(address)
        self._cookies: dict[str, str] = {}
        self.token = ""
        self._connection: HTTPConnection | None = None
        if username:
            self.sign_in(password)

    def go_to(self, address: str) -> None:
        """Ask this address from now on, for instance a proxy's."""
        self.move_to(address)
        self._connection = None

    def move_to(self, address: str) -> None:
        """The same while another thread asks: from the next connection on."""
        self.host, self.port = urlsplit(address).hostname or "", urlsplit(address).port or 80

    def twin(self) -> "Device":
        """A second tab: same login, its own connection."""
        twin = Device(f"http://{self.host}:{self.port}", patience=self.patience)
        twin.username, twin.token, twin._cookies = self.username, self.token, self._cookies
        return twin

    def sign_in(self, password: str = PASSWORD) -> None:
        self._read_token("/login")
        form = {"username": self.username, "password": password, "csrf_token": self.token}
        reply = self.ask("POST", "/login", form)
        assert reply.status in (302, 303), (reply.status, reply.text)
        self._read_token("/")

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, **headers: str) -> Reply:
        """Raises one of `Unreachable` unless a whole answer came."""
        body = urlencode(form or {}).encode() if method == "POST" else None
        is_old = self._connection is not None
        try:
            response = self.open(method, path, body, headers)
            reply = Reply(response.status, response.headers, response.read())
        except Unreachable:
            self.hang_up()
            if method == "GET" and is_old:  # it was idle too long; browsers too just open another one
                return self.ask(method, path, form, **headers)
            raise
        self._keep_cookies(response)
        if response.will_close:
            self.hang_up()
        return reply

    def upload(self, path: str, fields: dict[str, str], name: str, filename: str, content: bytes) -> Reply:
        """A form with one file."""
        edge = "ranh-gioi-giua-cac-phan"
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
        last = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n\r\n'
        body = "".join([*parts, last]).encode() + content + f"\r\n--{edge}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        try:
            response = self.open("POST", path, body, kind)
            return Reply(response.status, response.headers, response.read())
        finally:
            self.hang_up()

    def open(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None):
        """The answer while it is still coming."""
        if self._connection is None:
            self._connection = HTTPConnection(self.host, self.port, timeout=self.patience)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if method == "POST":
            sent |= {"X-CSRFToken": self.token, "X-Requested-With": "outbox"}
            sent |= {"Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request(method, path, body, sent | (headers or {}))
        return self._connection.getresponse()

    def hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _read_token(self, path: str) -> None:
        page = self.ask("GET", path).text
        found = re.search(r'<meta name="csrf-token" content="([^"]+)"', page)
        assert found, page[:500]
        self.token = found[1]

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value
