"""A real server with the demo, a real Chromium, and as many screens as a journey needs."""

import os
import sys
import warnings
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.demo_instance import DemoInstance, HalfDay
from tests.browser.screens import TABLET, NewScreen, Screen
from tests.faults.proxy import Proxy
from tests.run.chromium import find_chromium
from tests.servers.demo_server import DemoServer
from tests.servers.warm_server import Launcher

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run",
    "--no-proxy-server",
]  # fmt: skip


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoInstance]:
    """The template of the demo, on SQLite or on the PostgreSQL server of DATABASE_URL."""
    demo = DemoInstance(os.environ.get("DATABASE_URL", ""), tmp_path_factory.mktemp("demo"))
    yield demo
    demo.drop_all()


@pytest.fixture(scope="session")
def launcher() -> Iterator[Launcher | None]:
    """Starts servers within moments; None where processes cannot be forked: there each server starts cold."""
    launcher = Launcher() if sys.platform == "linux" else None
    yield launcher
    if launcher:
        launcher.end()


@pytest.fixture
def server(demo: DemoInstance, launcher: Launcher | None, tmp_path: Path) -> Iterator[DemoServer]:
    """The demo served to the network; at the end the server must not have stumbled."""
    server, database_url = demo.copy(tmp_path / "instance", launcher)
    server.start()
    if not server.is_on_the_network:
        warnings.warn("Máy này không có địa chỉ mạng; các bài chạy trên 127.0.0.1.", stacklevel=1)
    yield server
    server.stop()
    demo.drop(database_url)
    assert "Traceback" not in server.log, server.log


@pytest.fixture
def proxy(server: DemoServer) -> Iterator[Proxy]:
    """Bad Wi-Fi before the server."""
    proxy = Proxy(int(server.address.rpartition(":")[2]))
    yield proxy
    proxy.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. One for each file: while Playwright runs, no other test of this process may use asyncio."""
    chromium = find_chromium()
    if chromium is None:
        reason = "Không tìm thấy Chromium; xin cài hoặc đặt THIDUA_CHROMIUM."
        if os.environ.get("CI", "").lower() in ("true", "1"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def screen(browser: Browser, server: DemoServer, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewScreen]:
    """``screen("thu-ky", PHONE)`` is that person at that device. No screen's console may complain."""
    opened: dict[str, Screen] = {}

    def new_screen(username: str = "", device: dict[str, Any] = TABLET) -> Screen:
        fresh = opened[f"{len(opened) + 1}-{username}"] = Screen(browser, server.address, device)
        if username:
            fresh.sign_in(username)
        return fresh

    yield new_screen
    if request.node.stash.get(FAILED, False):
        for name, one in ((name, one) for name, one in opened.items() if not one.is_closed):
            one.page.screenshot(path=tmp_path / f"{name}.png")
            print(f"{name}: {one.page.url} {one.answers} {tmp_path / name}.png")
    complaints = [words for one in opened.values() for words in one.complaints]
    for one in opened.values():
        one.close()
    assert complaints == []


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tells the fixtures that the test failed, so that they keep pictures."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture
def planned(demo: DemoInstance) -> HalfDay:
    """A half-day that has not begun."""
    return demo.planned


@pytest.fixture
def under_way(demo: DemoInstance) -> HalfDay:
    """A half-day half scored."""
    return demo.under_way
