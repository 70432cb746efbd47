"""Going back, entering for others, agreeing at once, reading back: what the room does around a score."""

import pytest
from playwright.sync_api import expect

from tests.browser.demo_instance import HalfDay
from tests.browser.gestures import card, choose, entry, facts, saved, sent, turn_to, walk_to
from tests.browser.screens import PHONE, TABLET, NewScreen, Screen
from tests.browser.test_lost_links import mine, scoring
from tests.servers.demo_server import DemoServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def open_at(screen: Screen, half_day: HalfDay, number: str) -> Screen:
    screen.open(half_day.score)
    turn_to(screen, number)
    return screen


def height_above_keys(screen: Screen) -> float:
    """From the title of 3.3 to its first key: what a conflict must not push apart."""
    title, key = (
        card(screen, "3.3").locator("h1").bounding_box(),
        card(screen, "3.3").locator(".key").first.bounding_box(),
    )
    assert title and key
    return round(key["y"] - title["y"])


def test_the_first_score_is_undone_even_after_a_reload_and_comes_back(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    member = scoring(screen, under_way, device=PHONE)
    own = entry(member, "3.3", "proposed")
    choose(member, "3.3", "4")
    saved(member)
    member.page.reload()
    expect(own.get_by_role("button", name="Hoàn tác (về chưa chấm)")).to_be_visible()
    member.picture("undo-first")
    member.page.keyboard.press("Control+z")
    saved(member)
    assert "3.3" not in mine(server, under_way)
    expect(facts(member, "3.3")).to_contain_text("TV 1")
    expect(own.locator("input:checked")).to_have_count(0)
    member.page.reload()
    own.get_by_role("button", name="Hoàn tác (về 4)").click()
    saved(member)
    assert mine(server, under_way)["3.3"] == 400


def test_a_score_is_taken_back_and_the_last_change_is_undone_from_another_card(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    member = scoring(screen, under_way)
    choose(member, "3.3", "4")
    saved(member)
    entry(member, "3.3", "proposed").get_by_role("button", name="Bỏ điểm").click()
    saved(member)
    assert "3.3" not in mine(server, under_way)
    walk_to(member, "3.4")
    member.picture("undo-elsewhere")
    member.page.get_by_role("button", name="Hoàn tác 3.3 (về 4)").click()
    expect(card(member, "3.3")).to_be_visible()
    saved(member)
    assert mine(server, under_way)["3.3"] == 400


def test_the_secretary_enters_for_a_member_and_for_the_head(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    head = open_at(screen("truong-doan"), under_way, "3.3")
    for device in (TABLET, PHONE):
        secretary = open_at(screen("thu-ky", device), under_way, "3.3")
        scribe = card(secretary, "3.3").locator("form[data-scribe-form]")
        card(secretary, "3.3").get_by_role("button", name="Nhập hộ").click()
        scribe.get_by_role("button", name="TV 2").click()
        expect(scribe.locator(".scribe__who")).to_contain_text("TV 2 · ")
        secretary.picture("scribe")
        scribe.locator('label.key:has(input[value="3"])').click()
        sent(secretary)
        expect(facts(head, "3.3")).to_contain_text("TV 2 3 nhập hộ")
        assert mine(server, under_way, "thanh-vien-2")["3.3"] == 300
        scribe.get_by_role("button", name="Trưởng đoàn").click()
        scribe.locator('label.key:has(input[value="4"])').click()
        sent(secretary)
        expect(facts(head, "3.3").locator('[data-row="agreed:0"]')).to_contain_text("4 nhập hộ")
        expect(entry(head, "3.3", "agreed").locator("input:checked")).to_have_value("4")
        secretary.picture("scribe-head")
        entry(head, "3.3", "agreed").get_by_role("button", name="Bỏ điểm").click()
        sent(head)
        expect(scribe.locator("input:checked")).to_have_count(0)
        scribe.get_by_role("button", name="Thôi nhập hộ").click()
        expect(entry(secretary, "3.3", "proposed")).to_be_visible()
        secretary.close()


def test_head_and_secretary_settle_differently_and_both_see_both(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    head = open_at(screen("truong-doan", PHONE), under_way, "3.3")
    for live in ("**/stream?*", "**/changes?*"):
        head.context.route(live, lambda route: route.abort())
    turn_to(head, "3.3")
    secretary = open_at(screen("thu-ky"), under_way, "3.3")
    card(secretary, "3.3").get_by_role("button", name="Nhập hộ").click()
    scribe = card(secretary, "3.3").locator("form[data-scribe-form]")
    scribe.get_by_role("button", name="Trưởng đoàn").click()
    scribe.locator('label.key:has(input[value="4"])').click()
    sent(secretary)
    before = height_above_keys(head)
    choose(head, "3.3", "5", "agreed")
    conflict = entry(head, "3.3", "agreed").locator(".conflict")
    expect(conflict.locator(".conflict__choice b")).to_have_text(["5", "4"])
    expect(conflict).to_contain_text("nhập hộ")
    head.picture("conflict")
    assert height_above_keys(head) == before
    conflict.get_by_role("button", name="Giữ điểm").click()
    sent(head)
    assert ("3.3", 0, 500) in server.scores(under_way.id, "agreed")
    expect(scribe.locator("input:checked")).to_have_value("5")
    scribe.get_by_role("button", name="Bỏ điểm").click()
    sent(secretary)
    choose(head, "3.3", "3", "agreed")
    expect(conflict.locator(".conflict__choice b")).to_have_text(["3", "chưa chấm"])
    head.picture("conflict-cleared")
    conflict.get_by_role("button", name="Để chưa chấm").click()
    sent(head)
    expect(entry(head, "3.3", "agreed").locator("input:checked")).to_have_count(0)
    assert "3.3" not in {number for number, _, _ in server.scores(under_way.id, "agreed")}
