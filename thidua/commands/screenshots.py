"""``flask screenshots FOLDER``: the pictures of the README, taken anew from a demo that runs only for them."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from thidua.commands.demo import PASSWORD
from thidua.config import PROJECT_ROOT

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--no-proxy-server")
TABLET = {"viewport": {"width": 1024, "height": 768}}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
WALL = {"viewport": {"width": 1280, "height": 720}}
DISPUTED = "1.4"  # the criterion on which the demo's team disagrees


@click.command("screenshots")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Chụp lại các ảnh của README từ bản trình diễn."""
    if find_spec("playwright") is None:
        raise click.ClickException("Chưa có playwright. Xin chạy «python3 run.py test» một lần để cài bộ kiểm tra.")
    chromium = os.environ.get("THIDUA_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        raise click.ClickException("Không tìm thấy Chromium. Xin cài Chromium hoặc đặt THIDUA_CHROMIUM.")
    folder.mkdir(parents=True, exist_ok=True)
    with _demo() as address:
        pdf = _take_pictures(chromium, address, folder)
    for name in ("score-tablet", "score-phone", "board", "projector"):
        click.echo(f"Đã chụp {folder / name}.png")
    click.echo(_first_page(pdf, folder / "minutes-page"))


@contextmanager
def _demo() -> Iterator[str]:
    """The address of a demo in a throwaway folder, on this machine only."""
    with tempfile.TemporaryDirectory(prefix="thidua-anh-") as instance:
        environ = os.environ | {"THIDUA_INSTANCE": instance, "PYTHONIOENCODING": "utf-8"}
        environ.pop("DATABASE_URL", None)
        words = ["--setup", "--demo", "--host", "127.0.0.1", "--port", "0"]
        server = subprocess.Popen(
            [sys.executable, "-m", "thidua.live.serve", *words],
            cwd=PROJECT_ROOT,
            env=environ,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        assert server.stdout is not None
        try:
            printed = next((line for line in iter(server.stdout.readline, "") if line.startswith("Địa chỉ:")), "")
            if not printed:
                raise click.ClickException("Bản trình diễn không khởi động được.")
            yield printed.removeprefix("Địa chỉ:").strip().rstrip("/")
        finally:
            server.terminate()
            server.communicate()


def _take_pictures(chromium: str, address: str, folder: Path) -> bytes:
    """The four screens, and the PDF of signed minutes."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        head = _signed_in(browser, address, "truong-doan", TABLET)
        room = head.locator("main a[href^='/checklist-sessions/']").first.get_attribute("href")
        _picture_of_card(head, room, folder / "score-tablet.png")
        head.goto(f"{room}/board")
        head.screenshot(path=folder / "board.png")
        _picture_of_card(_signed_in(browser, address, "thanh-vien-1", PHONE), room, folder / "score-phone.png")
        wall = _signed_in(browser, address, "thu-ky", WALL)
        wall.goto(f"{room}/projector")
        wall.screenshot(path=folder / "projector.png")
        head.goto("/checklist-sessions?state=signed")
        head.locator("main a[href^='/checklist-sessions/']").first.click()
        minutes = head.locator("a[href^='/conclusions/']").first.get_attribute("href")
        pdf: bytes = head.context.request.get(f"{minutes}/minutes.pdf").body()
        browser.close()
    return pdf


def _signed_in(browser: Any, address: str, username: str, device: dict[str, Any]) -> Any:
    page = browser.new_context(base_url=address, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **device).new_page()
    page.goto("/login")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.locator("body[data-person]").wait_for()
    return page


def _picture_of_card(page: Any, room: str, path: Path) -> None:
    page.goto(room)
    card = page.locator(f'.criterion[data-number="{DISPUTED}"]')
    page.goto(f"{room}?criterion={card.get_attribute('data-criterion')}")
    card.wait_for()
    page.screenshot(path=path)


def _first_page(pdf: bytes, target: Path) -> str:
    """Page one of the minutes as a picture, when poppler is there; returns what to tell."""
    if shutil.which("pdftoppm") is None:
        return "Không có pdftoppm (gói poppler-utils): chưa chụp được trang biên bản."
    words = ["pdftoppm", "-png", "-singlefile", "-f", "1", "-r", "80", "-", str(target)]
    subprocess.run(words, input=pdf, check=True)
    return f"Đã chụp {target}.png"
