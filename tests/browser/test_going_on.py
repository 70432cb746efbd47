"""A page that goes on by itself asks nobody, and leaves nothing behind."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.demo_instance import HalfDay
from tests.browser.gestures import choose, facts, turn_to
from tests.browser.screens import NewScreen, Screen
from tests.servers.demo_server import DemoServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def questions_to(screen: Screen) -> list[str]:
    """What the browser asks this person from now on ("Leave site?")."""
    asked: list[str] = []
    screen.page.on("dialog", lambda dialog: asked.append(dialog.type))
    return asked


def test_opening_waits_for_its_answer_though_the_news_comes_first(screen: NewScreen, planned: HalfDay) -> None:
    head = screen("truong-doan")
    head.open(f"{planned.score}/meeting")
    asked, held = questions_to(head), []

    def hold(route: Route) -> None:
        held.append((route, route.fetch()))

    head.context.route("**/opening", hold)
    head.page.evaluate("window.isTheFirst = true")
    head.press("Mở buổi kiểm tra")
    expect(head.find("#room-state")).to_have_attribute("data-state", "open")
    [(route, answer)] = held
    assert head.page.evaluate("window.isTheFirst") is True
    route.fulfill(response=answer)
    head.sees("Khóa điểm…")
    assert head.page.evaluate("window.isTheFirst") is None
    assert asked == []
    expect(head.find("main .waiting")).to_have_count(0)


def test_a_score_just_pressed_is_sent_before_the_page_follows(
    screen: NewScreen, server: DemoServer, planned: HalfDay
) -> None:
    head, unit = screen("truong-doan"), screen("don-vi")
    unit.open(planned.score)
    turn_to(unit, "3.3")
    asked, held = questions_to(unit), []

    def hold_the_first(route: Route) -> None:
        """On a slow machine the page gives it up and asks again."""
        if held:
            route.continue_()
        else:
            held.append((route, route.fetch()))

    unit.context.route("**/scores", hold_the_first)
    choose(unit, "3.3", "4,5", "self")
    unit.status("Đang lưu…")
    head.open(f"{planned.score}/meeting")
    head.press("Mở buổi kiểm tra")
    head.sees("Khóa điểm…")
    expect(facts(unit, "3.3")).to_contain_text(re.compile("4,5"))
    [(route, answer)] = held
    route.fulfill(response=answer)
    expect(unit.find("main")).to_have_attribute("data-state", "open")
    expect(facts(unit, "3.3")).to_contain_text("4,5")
    unit.status(re.compile("Đã lưu"))
    assert asked == []
    assert ("3.3", 450) in [(number, value) for number, _holder, value in server.scores(planned.id, "self")]
