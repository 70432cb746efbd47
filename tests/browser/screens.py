"""One person at one device: a browser context, what the console complained about, and the few gestures of the house."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from thidua.commands.demo import PASSWORD

PATIENCE = 30_000  # milliseconds until a condition that never comes is given up
TABLET: dict[str, Any] = {"viewport": {"width": 1024, "height": 768}, "has_touch": True}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2
}  # fmt: skip
NETWORK = "Failed to load resource"  # the tests take the network away; what the pages answer is told in `answers`
PICTURES = os.environ.get("THIDUA_PICTURES", "")  # a folder: keep a picture of every key step

expect.set_options(timeout=PATIENCE)
# htmx reports a search that the next letter has overtaken; a real failure also says sendError or responseError.
OVERTAKEN = ("htmx:sendAbort", "htmx:afterRequest")


class Screen:
    """The browser of one person; ``complaints`` are errors of the console, ``answers`` refusals of the server."""

    def __init__(self, browser: Browser, address: str, device: dict[str, Any]) -> None:
        self._begin(
            browser.new_context(
                base_url=address, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce", **device
            )
        )

    @classmethod
    def in_context(cls, context: BrowserContext) -> "Screen":
        """One more tab of a browser that is open already."""
        tab = cls.__new__(cls)
        tab._begin(context)
        return tab

    def new_tab(self, path: str) -> "Screen":
        """Another tab of this person's browser, on this page."""
        tab = Screen.in_context(self.context)
        tab.open(path)
        return tab

    def _begin(self, context: BrowserContext) -> None:
        self.is_closed = False
        self.context = context
        self.context.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.answers: list[str] = []
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.context.on("response", self._note)
        self.page: Page = self.context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        """Through the login page, wherever it stands now; ends on the page that follows."""
        if not self.page.url.partition("?")[0].endswith("/login"):
            self.page.goto("/login")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(password)
        self.page.get_by_role("button", name="Đăng nhập").click()
        expect(self.page.locator("body")).to_have_attribute("data-person", _ANYTHING)

    def close(self) -> None:
        """The device is put away."""
        self.is_closed = True
        self.context.close()

    def open(self, path: str) -> None:
        self.page.goto(path)

    def press(self, name: str, *, exact: bool = True) -> None:
        """The button or link of this name."""
        button = self.page.get_by_role("button", name=name, exact=exact)
        button.or_(self.page.get_by_role("link", name=name, exact=exact)).first.click()

    def find(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def sees(self, words: str, within: str = "main") -> None:
        """Wait until these words stand there, without loading the page again."""
        expect(self.page.locator(within).first).to_contain_text(words)

    def status(self, words: str | Any) -> None:
        """Wait until the line about saving says so."""
        expect(self.page.locator("#save-status")).to_contain_text(words)

    def picture(self, name: str, *, whole: bool = False) -> None:
        """Keep what is seen now, when somebody asked for pictures."""
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            if whole:
                self.page.evaluate("scrollTo(0, 0)")
            self.page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=whole)

    def download(self, name: str) -> bytes:
        """Press a link that downloads, and read what came."""
        with self.page.expect_download() as coming:
            self.press(name)
        return Path(coming.value.path()).read_bytes()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(words in message.text for words in (NETWORK, *OVERTAKEN)):
            self.complaints.append(f"{message.page.url if message.page else ''}: {message.text}")

    def _note(self, response: Response) -> None:
        if response.status >= 400:
            self.answers.append(f"{response.status} {response.request.method} {response.url}")


_ANYTHING = re.compile(r"\d+")
NewScreen = Callable[..., Screen]
