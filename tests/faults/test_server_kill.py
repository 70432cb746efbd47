"""The server is killed again and again while scores are sent: what was answered is there, once, and the chain holds."""

import re
import uuid
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, Request, build_opener

import pytest

from tests.browser.demo_server import DemoServer
from tests.conftest import make_app
from tests.stores import Store
from tests.world import PASSWORD, World
from thidua.extensions import db
from thidua.models import ChecklistSession, JournalEntry
from thidua.models.journal import chain_damages

pytestmark = pytest.mark.slow
KILLS, PATIENCE = 2, 30


@pytest.fixture
def server(template: World, store: Store, tmp_path: Path) -> Iterator[DemoServer]:
    """The world of the tests behind the real server."""
    url = store.copy()
    folder = tmp_path / "instance"
    folder.mkdir()
    server = DemoServer(folder, url)
    server.start()
    yield server
    server.stop()
    store.drop(url)


def test_a_score_that_was_answered_survives_every_kill_and_one_sent_again_counts_once(
    server: DemoServer, world: World, tmp_path: Path
) -> None:
    browser = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
    token = sign_in(browser, server)
    criteria = server.rows("SELECT id FROM criterion WHERE kind = 'points' AND parent_id IS NOT NULL ORDER BY id")
    sent: list[str] = []
    for position, criterion in enumerate(criteria[: KILLS + 2]):
        path = f"/checklist-sessions/{world.open_id}/criteria/{criterion['id']}/scores"
        score = {"perspective": "proposed", "points": "1", "reason": "", "base_version": "0"}
        score["op_id"] = str(uuid.uuid4())
        sent.append(score["op_id"])
        assert post(browser, server, path, score, token) == score["op_id"]
        if position < KILLS:
            server.kill()
            with pytest.raises(URLError):
                post(browser, server, path, score, token)
            server.start()  # the browser did not hear the answer, and sends the same again
            assert post(browser, server, path, score, token) == score["op_id"]
    entries, damages = journal(server, world.open_id, tmp_path)
    assert [entry.op_id for entry in entries if entry.kind == "score.proposed"] == sent
    assert damages == []
    assert len(server.scores(world.open_id, "proposed")) == len(sent)


def sign_in(browser: OpenerDirector, server: DemoServer) -> str:
    """A member's login; returns the CSRF token of the pages that follow."""
    token = _token(browser, f"{server.address}/login")
    post(browser, server, "/login", {"username": "thanh-vien-1", "password": PASSWORD, "csrf_token": token}, token)
    return _token(browser, f"{server.address}/")


def _token(browser: OpenerDirector, address: str) -> str:
    page = browser.open(address, timeout=PATIENCE).read().decode()
    found = re.search(r'<meta name="csrf-token" content="([^"]+)"', page)
    assert found, page[:500]
    return found[1]


def post(browser: OpenerDirector, server: DemoServer, path: str, form: dict[str, str], token: str) -> str | None:
    """Send a form; returns the operation that the server says is committed."""
    headers = {"X-CSRFToken": token, "X-Requested-With": "outbox"}
    request = Request(server.address + path, urlencode(form).encode(), headers)
    with browser.open(request, timeout=PATIENCE) as response:
        committed: str | None = response.headers.get("X-Op-Id")
        return committed


def journal(server: DemoServer, checklist_session_id: int, folder: Path) -> tuple[list[JournalEntry], list[str]]:
    """The entries in order, and what is wrong with their chain."""
    app = make_app(server.database_url, folder / "reader")
    with app.app_context():
        room = db.session.get_one(ChecklistSession, checklist_session_id)
        entries = list(db.session.scalars(room.journal.select()))
        damages = chain_damages(entries, revision=room.revision, head_hash=room.head_hash)
        db.session.expunge_all()
        db.session.remove()
        db.engine.dispose()
    app.extensions["live_hub"].close()
    return entries, damages
