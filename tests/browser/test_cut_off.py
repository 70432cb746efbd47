"""A real screen whose network is cut in silence, whose tab sleeps, whose clock jumps, or that comes one too many.

The page's own clock is moved (Playwright), so that a minute and ten minutes pass within moments.
"""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.demo_instance import HalfDay
from tests.browser.gestures import choose, facts, saved, turn_to, walk_to
from tests.browser.screens import PHONE, NewScreen, Screen
from tests.browser.test_lost_links import behind, mine, written
from tests.faults.proxy import Proxy
from tests.servers.demo_server import DemoServer
from tests.servers.warm_server import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HIDE = "Object.defineProperty(document, 'hidden', {value: %s, configurable: true})"
CHANGED = "document.dispatchEvent(new Event('visibilitychange'))"
SILENCE, GRACE, LONGEST_WAIT = 41_000, 11_000, 40_000  # milliseconds after which live.js and outbox.js have moved


@pytest.fixture
def far(screen: NewScreen, server: DemoServer, proxy: Proxy, under_way: HalfDay) -> Screen:
    """A member behind that Wi-Fi, at criterion 3.3, whose clock the test moves."""
    member = behind(proxy, screen, server)("thanh-vien-1", PHONE)
    member.page.clock.install()
    member.open(under_way.score)
    turn_to(member, "3.3")
    wait_until(lambda: proxy.streams == 1, "the stream")
    return member


@pytest.fixture
def near(screen: NewScreen, under_way: HalfDay) -> Screen:
    """Another member, at the same criterion, with a good network."""
    other = screen("thanh-vien-2")
    other.open(under_way.score)
    turn_to(other, "3.3")
    return other


@pytest.mark.parametrize("minutes", [1, 10])
def test_a_screen_cut_off_in_silence_keeps_its_scores_and_catches_up_by_itself(
    far: Screen, near: Screen, proxy: Proxy, server: DemoServer, under_way: HalfDay, minutes: int
) -> None:
    before = written(server, under_way)
    proxy.cut()
    choose(far, "3.3", "4")
    choose(near, "3.3", "2")
    saved(near)
    far.page.clock.run_for(minutes * 60_000)
    far.status("Mất mạng")
    assert written(server, under_way) == before + 1
    walk_to(far, "3.4")
    choose(far, "3.4", "5,5")
    proxy.heal()
    far.page.clock.run_for(LONGEST_WAIT)
    saved(far)
    expect(facts(far, "3.3")).to_contain_text("TV 2 2")
    expect(facts(near, "3.3")).to_contain_text("TV 1 4")
    assert mine(server, under_way).items() >= {"3.3": 400, "3.4": 550}.items()
    assert written(server, under_way) == before + 3


def test_a_tab_that_sleeps_closes_its_stream_and_is_up_to_date_when_it_wakes(
    far: Screen, near: Screen, proxy: Proxy
) -> None:
    far.page.evaluate(HIDE % "true")
    far.page.evaluate(CHANGED)
    far.page.clock.run_for(GRACE)
    wait_until(lambda: proxy.streams == 0, "the end of the stream")
    choose(near, "3.3", "2,5")
    saved(near)
    expect(facts(far, "3.3")).not_to_contain_text("TV 2 2,5")
    far.page.evaluate(HIDE % "false")
    far.page.evaluate(CHANGED)
    expect(facts(far, "3.3")).to_contain_text("TV 2 2,5")
    wait_until(lambda: proxy.streams == 1, "the stream")


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_jumps_by_a_day_holds_nothing_up(
    far: Screen, near: Screen, proxy: Proxy, server: DemoServer, under_way: HalfDay, days: int
) -> None:
    before = written(server, under_way)
    proxy.cut()
    choose(far, "3.3", "4")
    far.page.clock.run_for(SILENCE)
    far.status("Mất mạng")
    far.page.clock.set_system_time(datetime.now().astimezone() + timedelta(days=days))
    proxy.heal()
    far.page.clock.run_for(LONGEST_WAIT)
    saved(far)
    walk_to(far, "3.4")
    choose(far, "3.4", "5,5")
    saved(far)
    wait_until(lambda: proxy.streams == 1, "the stream")
    proxy.cut()  # and in silence: only the page's own patience finds out
    choose(near, "3.3", "3")
    saved(near)
    far.page.clock.run_for(SILENCE)
    proxy.heal()
    far.page.clock.run_for(LONGEST_WAIT)
    expect(facts(far, "3.3")).to_contain_text("TV 2 3")
    assert mine(server, under_way).items() >= {"3.3": 400, "3.4": 550}.items()
    assert written(server, under_way) == before + 3


def test_a_screen_above_the_cap_polls_and_follows(
    screen: NewScreen, server: DemoServer, under_way: HalfDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.stop()
    monkeypatch.setenv("THIDUA_SCREENS", "1")
    server.start()
    head = screen("truong-doan")
    head.open(under_way.score)
    turn_to(head, "3.3")
    unit = screen("thanh-vien-1")
    with unit.page.expect_response(lambda answer: "/stream?" in answer.url and answer.status == 503):
        unit.open(under_way.score)
    turn_to(unit, "3.3")
    choose(head, "3.3", "4", "agreed")
    saved(head)
    expect(facts(unit, "3.3")).to_contain_text("4")
    expect(unit.find("#totals")).to_have_text(head.find("#totals").inner_text())
