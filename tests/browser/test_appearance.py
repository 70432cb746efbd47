"""Three sizes and light, dark or as the device: reachable everywhere, remembered, right from the first byte."""

import pytest
from playwright.sync_api import expect

from tests.browser.demo_instance import DemoInstance
from tests.browser.screens import PHONE, TABLET, NewScreen, Screen
from tests.servers.demo_server import DemoServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = ("", "/meeting", "/remarks", "/exchanges", "/board", "/history", "/evidence", "/room", "/projector")
DARK_PAPER, LIGHT_PAPER = "rgb(14, 20, 25)", "rgb(244, 241, 234)"
# What stands out to the side, named so that a failure says where to look.
WIDE = """(width) => [...document.querySelectorAll('body *')].filter((one) => one.getClientRects().length &&
  one.getBoundingClientRect().right > width + 1 && !one.closest('.visually-hidden, .table-wrap, [class*="scroll"]'))
  .slice(0, 3).map((one) => one.tagName + '.' + one.className)"""


def choose(screen: Screen, group: str, value: str) -> None:
    """Through the sheet in the header, as anybody does it."""
    screen.find("details.person:not(.pages) > summary").click()
    screen.find(f'[data-switch="{group}"] button[value="{value}"]').click()
    screen.page.keyboard.press("Escape")


def paper(screen: Screen) -> str:
    return str(screen.page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_the_choice_made_at_the_login_holds_on_every_page_from_its_first_byte(
    screen: NewScreen, server: DemoServer, demo: DemoInstance
) -> None:
    device = screen()
    device.open("/login")
    choose(device, "size", "2")
    choose(device, "theme", "dark")
    expect(device.find("html")).to_have_attribute("data-size", "2")
    assert paper(device) == DARK_PAPER
    device.sign_in("thu-ky")
    for path in ("/", demo.under_way.score, f"{demo.under_way.score}/board", "/search", "/verify"):
        sent = device.context.request.get(server.address + path).text()
        assert 'data-theme="dark" data-size="2"' in sent, path  # no script has run: nothing flashes
    device.open(demo.under_way.score)
    assert paper(device) == DARK_PAPER
    device.picture("dark-largest-score")
    choose(device, "theme", "light")
    assert paper(device) == LIGHT_PAPER
    device.page.reload()
    expect(device.find('[data-switch="theme"] button[value="light"]')).to_have_attribute("aria-pressed", "true")
    expect(device.find("html")).to_have_attribute("data-size", "2")


def test_as_the_device_follows_the_device(screen: NewScreen, demo: DemoInstance) -> None:
    member = screen("thanh-vien-1")
    member.open(demo.under_way.score)
    member.page.emulate_media(color_scheme="dark")
    assert paper(member) == DARK_PAPER
    member.page.emulate_media(color_scheme="light")
    assert paper(member) == LIGHT_PAPER


def test_every_page_has_both_switches(screen: NewScreen, demo: DemoInstance) -> None:
    stranger = screen()
    for path in ("/login", "/verify"):
        stranger.open(path)
        assert stranger.find("[data-switch]").count() == 2, path
    head = screen("truong-doan")
    for path in ("/", "/units", "/plans", "/search", *(f"{demo.under_way.score}{one}" for one in PAGES[:-1])):
        head.open(path)
        assert head.find('[data-switch="size"] button').count() == 3, path
        assert head.find('[data-switch="theme"] button').count() == 3, path
    head.open(f"{demo.under_way.score}/projector")
    assert head.find("#wall-theme button").count() == 3


@pytest.mark.parametrize("username", ["truong-doan", "thanh-vien-1", "don-vi"])
@pytest.mark.parametrize("size", ["1", "2"])
def test_large_type_scrolls_nowhere_sideways(
    screen: NewScreen, server: DemoServer, demo: DemoInstance, username: str, size: str
) -> None:
    one = screen(username)
    cookie = {"name": "appearance", "value": f"dark.{size}", "url": server.address}
    one.context.add_cookies([cookie])
    wrong = []
    for half_day in (demo.under_way, demo.signed):
        for path in (*(f"{half_day.score}{page}" for page in PAGES), half_day.conclusion):
            answer = one.page.goto(path)
            if answer is None or answer.status != 200:
                continue
            for device in (TABLET, PHONE):
                one.page.set_viewport_size(device["viewport"])
                width = device["viewport"]["width"]
                try:
                    expect(one.find("html")).to_have_js_property("scrollWidth", width, timeout=3000)
                except AssertionError:
                    wrong.append(f"{path} at {width} px: {one.page.evaluate(WIDE, width)}")
                if half_day is demo.under_way:
                    one.picture(f"size{size}-{username}-{width}-{path.strip('/').replace('/', '-')}")
    one.answers.clear()
    assert wrong == []
