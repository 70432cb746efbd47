"""A tablet whose browser may be killed: a profile on the disk, a Chromium, SIGKILL, the profile again."""

import os
import signal
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import ARGUMENTS
from tests.browser.screens import TABLET, Screen
from tests.run.chromium import find_chromium


class Tablet:
    """One device of the room, with its memory."""

    def __init__(self, browser: Browser, address: str, profile: Path) -> None:
        self._browser, self._address, self._profile = browser, address, profile
        self._context: BrowserContext | None = None

    def open(self, username: str = "", device: dict[str, Any] = TABLET) -> Screen:
        """Start the browser; with a name, sign in. The login of an earlier start is still there."""
        self._context = self._browser.browser_type.launch_persistent_context(
            str(self._profile), executable_path=find_chromium(), args=ARGUMENTS, base_url=self._address,
            locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce", **device,
        )  # fmt: skip
        screen = Screen.in_context(self._context)
        if username:
            screen.sign_in(username)
        return screen

    def kill(self) -> None:
        """The power is gone: every process of this browser ends by SIGKILL, nothing is tidied up."""
        for pid in self._processes():
            os.kill(pid, signal.SIGKILL)
        self._context = None

    def put_away(self) -> None:
        """Close the browser, if it still runs."""
        if self._context is not None:
            self._context.close()

    def _processes(self) -> list[int]:
        """The processes started on this profile, and no others."""
        mine = f"--user-data-dir={self._profile}"
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    command = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
                except OSError:
                    continue
                if mine in command:
                    found.append(int(folder.name))
        return found
