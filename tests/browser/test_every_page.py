"""Everybody walks through everything offered: no dead link, no sideways scroll, no complaint; pages for all eyes."""

import re
from collections import deque
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.demo_instance import DemoInstance, HalfDay
from tests.browser.screens import PHONE, TABLET, NewScreen, Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LINKS = "[...document.querySelectorAll('a[href]')].map(link => link.href)"
EVERYBODY = ("truong-doan", "thu-ky", "thanh-vien-1", "don-vi", "can-bo", "quan-tri", "nguoi-ngoai")


def walk(screen: Screen, demo: DemoInstance) -> tuple[list[str], set[str]]:
    """Follow every kind of link once, at both sizes; returns what is wrong and the pages seen."""
    half_days = (demo.planned, demo.under_way, demo.signed)
    of_interest = {one.score for one in half_days} | {one.conclusion for one in half_days}
    wrong: list[str] = []
    seen: set[str] = set()
    ahead = deque(["/"])
    while ahead:
        path = ahead.popleft()
        kind = _kind(path, of_interest)
        if not kind or kind in seen:
            continue
        seen.add(kind)
        screen.open(path)
        for device in (TABLET, PHONE):
            screen.page.set_viewport_size(device["viewport"])
            if not _fits(screen, device["viewport"]["width"]):
                wrong.append(f"{path} scrolls sideways at {device['viewport']['width']} px")
        screen.page.set_viewport_size(TABLET["viewport"])
        here = urlsplit(screen.page.url).netloc
        for link in map(urlsplit, screen.page.evaluate(LINKS)):
            if link.netloc == here:
                ahead.append(link.path)
    return wrong + screen.answers, seen


def _fits(screen: Screen, width: int) -> bool:
    """Whether nothing stands out to the side, once the page has settled in its new size."""
    try:
        expect(screen.find("html")).to_have_js_property("scrollWidth", width, timeout=3000)
    except AssertionError:
        return False
    return True


def _kind(path: str, of_interest: set[str]) -> str:
    """One page of each kind is enough, except for the half-days of interest; files are not pages."""
    if re.search(r"\.(pdf|docx|csv|xlsx|json|zip|svg|ics)$|/(file|word-template|to-sign)$", path):
        return ""
    room = re.match(r"/(checklist-sessions|conclusions)/\d+", path)
    if room:
        rest = re.sub(r"\d+|(?<=/blocks/)[^/]+", "#", path[room.end() :])
        return room.group() + rest if room.group() in of_interest else ""
    return re.sub(r"\d+", "#", path)


@pytest.mark.parametrize("username", EVERYBODY)
def test_every_link_leads_to_a_page_that_fits(screen: NewScreen, demo: DemoInstance, username: str) -> None:
    wrong, seen = walk(screen(username), demo)
    assert wrong == []
    assert len(seen) > 5


def test_pages_have_no_serious_barriers(screen: NewScreen, demo: DemoInstance) -> None:
    """axe-core, WCAG 2.2 A and AA: nothing serious, nothing critical."""
    stranger, head, unit = screen(), screen("truong-doan"), screen("don-vi")
    open_one, signed = demo.under_way, demo.signed
    barriers = _barriers(stranger, "/login")
    writing = f"{open_one.conclusion}/minutes", f"{open_one.conclusion}/minutes/blocks/strengths"
    for path in ("/", open_one.score, f"{open_one.score}/board", *writing, *_words(open_one), *_words(signed)):
        barriers += _barriers(head, path)
    for path in ("/", open_one.score, f"{open_one.score}/remarks", signed.conclusion, "/search?q=thi+dua"):
        barriers += _barriers(unit, path)
    assert barriers == []


def _words(half_day: HalfDay) -> tuple[str, ...]:
    return f"{half_day.score}/meeting", f"{half_day.score}/remarks", half_day.conclusion


def _barriers(screen: Screen, path: str) -> list[str]:
    screen.open(path)
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(screen.page, options=options).response["violations"]
    return [
        f"{path}: {one['id']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def test_the_signed_minutes_are_found_while_somebody_types(screen: NewScreen, demo: DemoInstance) -> None:
    """Without accents and one key after another; the box keeps the focus and all that was typed."""
    clerk = screen("can-bo")
    clerk.open("/search")
    box = clerk.page.get_by_role("searchbox")
    box.press_sequentially("vuon cay nghia", delay=40)
    expect(clerk.find("#answer mark").first).to_be_visible()
    box.press_sequentially(" tinh", delay=40)
    expect(clerk.page).to_have_url(re.compile(r"q=vuon(\+|%20)cay(\+|%20)nghia(\+|%20)tinh"))
    expect(box).to_be_focused()
    expect(box).to_have_value("vuon cay nghia tinh")
    expect(clerk.find("#answer")).to_contain_text("Bắc Giang")
    clerk.picture("search")
    paths = [urlsplit(link).path for link in clerk.page.evaluate(LINKS)]
    assert {demo.signed.score, demo.signed.conclusion} & {re.sub(r"/[a-z]+$", "", path) for path in paths}
