"""The room together: a blind first round of three people, who is where, and the list of keys."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.demo_instance import HalfDay
from tests.browser.gestures import card, choose, explain, facts, saved, turn_to
from tests.browser.screens import PHONE, NewScreen, Screen
from tests.servers.demo_server import DemoServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LAPTOP = {"viewport": {"width": 1366, "height": 768}}
MEMBERS = ("thanh-vien-1", "thanh-vien-2")
ABSENT = ("thu-ky", "thanh-vien-3")
REASON = "Sổ khen thưởng chưa ghi ngày vào sổ"


@pytest.fixture
def blind(server: DemoServer, under_way: HalfDay) -> HalfDay:
    """The half-day under way is scored blind, nothing is proposed yet, and two of the team are not there."""
    server.change("UPDATE checklist_session SET blind_first_round = :on WHERE id = :id", on=True, id=under_way.id)
    server.change("DELETE FROM score WHERE checklist_session_id = :id AND perspective <> 'self'", id=under_way.id)
    for username in ABSENT:
        server.change(
            "UPDATE attendance SET presence = 'absent' WHERE checklist_session_id = :id AND account_id ="
            " (SELECT id FROM account WHERE username = :username)",
            id=under_way.id,
            username=username,
        )
    return under_way


def at(screen: Screen, half_day: HalfDay, number: str) -> Screen:
    screen.open(half_day.score)
    turn_to(screen, number)
    return screen


def test_a_blind_round_opens_by_itself_with_the_last_proposal(screen: NewScreen, blind: HalfDay) -> None:
    head = at(screen("truong-doan"), blind, "1.4")
    board = screen("thu-ky")
    board.open(f"{blind.score}/board")
    first, second = (at(screen(username, PHONE), blind, "1.4") for username in MEMBERS)
    choose(first, "1.4", "7")
    explain(first, "1.4", REASON)
    saved(first)
    for one in (head, second, first):
        expect(facts(one, "1.4")).to_contain_text("TV 1 đã đề xuất")
        expect(facts(one, "1.4")).to_contain_text("Chưa chấm: TV 2")
        expect(facts(one, "1.4")).not_to_contain_text(REASON)
    expect(board.find('.board__row[data-number="1.4"]')).to_contain_text("TV 1 đã đề xuất")
    expect(head.page.locator("body")).not_to_contain_text(REASON)
    head.picture("blind-head")
    second.picture("blind-member-phone")
    board.picture("blind-board")
    choose(second, "1.4", "5")
    saved(second)
    for one in (head, first, second):
        expect(facts(one, "1.4")).to_contain_text(re.compile(r"TV 1\s+7"))
        expect(facts(one, "1.4")).to_contain_text(re.compile(r"TV 2\s+5"))
        expect(facts(one, "1.4")).to_contain_text(REASON)
        expect(facts(one, "1.4").locator(".chip--warn")).to_have_count(2)
    expect(board.find('.board__row[data-number="1.4"]')).to_contain_text(REASON)
    head.picture("blind-opened-head")


def test_the_head_opens_one_criterion_and_then_all(screen: NewScreen, blind: HalfDay) -> None:
    head = at(screen("truong-doan"), blind, "1.4")
    member = at(screen(MEMBERS[0]), blind, "1.4")
    other = at(screen(MEMBERS[1]), blind, "1.4")
    choose(member, "1.4", "7")
    saved(member)
    facts(head, "1.4").get_by_role("button", name="Mở đề xuất").click()
    for one in (head, other):
        expect(facts(one, "1.4")).to_contain_text(re.compile(r"TV 1\s+7"))
    for number in ("1.1", "1.2"):
        turn_to(member, number)
        choose(member, number, "3")
        saved(member)
    head.open(f"{blind.score}/board")
    expect(head.find("#board-summary")).to_contain_text("Đang chấm kín 2")
    head.picture("blind-board-head")
    head.press("Mở 2 tiêu chí chấm kín")
    for number in ("1.1", "1.2"):
        expect(head.find(f'.board__row[data-number="{number}"]')).to_contain_text(re.compile(r"TV 1\s+3"))
    expect(head.find("#board-summary")).not_to_contain_text("Đang chấm kín")
    turn_to(other, "1.2")
    expect(facts(other, "1.2")).to_contain_text(re.compile(r"TV 1\s+3"))


def test_everybody_sees_who_is_here_and_at_which_criterion(screen: NewScreen, under_way: HalfDay) -> None:
    head = at(screen("truong-doan"), under_way, "1.4")
    member = at(screen("thanh-vien-2"), under_way, "1.4")
    unit = at(screen("don-vi", PHONE), under_way, "2.1")
    presence = head.find("#presence")
    expect(presence).to_contain_text("3 người đang ở đây")
    expect(card(head, "1.4").locator(".criterion__here")).to_have_text("TV 2 đang ở đây")
    turn_to(member, "1.2")
    expect(head.find(".outline__people")).to_contain_text("TV 2 đang ở tiêu chí 1.2")
    expect(card(head, "1.4").locator(".criterion__here")).to_have_text("")
    presence.locator("summary").click()
    expect(presence.locator(".presence__names")).to_contain_text("Lê Đức Thắng đang ở tiêu chí 1.2")
    head.picture("presence-head")
    presence.locator("summary").click()
    expect(unit.find("#presence summary")).to_have_attribute("aria-label", re.compile("^3 người đang ở đây: ĐV"))
    unit.find("#presence summary").click()
    expect(unit.find("#presence")).not_to_contain_text("Lê Đức Thắng")
    unit.picture("presence-unit-phone")
    head.open(f"{under_way.score}/board")
    here = head.find('.board__row[data-number="1.2"] .board__name')
    expect(here).to_have_attribute("data-here", "TV 2 đang ở đây")
    head.picture("presence-board")
    member.close()
    expect(head.find("#presence")).to_contain_text("2 người đang ở đây")
    expect(here).not_to_have_attribute("data-here", re.compile("."))


def test_a_screen_without_a_stream_is_here_and_is_told_who_is(screen: NewScreen, under_way: HalfDay) -> None:
    poller = screen("thu-ky")
    poller.page.route("**/stream?*", lambda route: route.abort())
    at(poller, under_way, "1.4")
    head = at(screen("truong-doan"), under_way, "1.4")
    expect(head.find("#presence")).to_contain_text("2 người đang ở đây")
    expect(poller.find("#presence")).to_contain_text("2 người đang ở đây")
    turn_to(head, "1.2")
    expect(poller.find(".outline__people")).to_contain_text("TĐ đang ở tiêu chí 1.2")
    poller.complaints.clear()


def test_the_list_of_keys_opens_keeps_the_focus_and_closes(screen: NewScreen, under_way: HalfDay) -> None:
    member = at(screen("thanh-vien-1", LAPTOP), under_way, "1.4")
    dialog, keyboard = member.find("#shortcuts"), member.page.keyboard
    expect(dialog).to_be_hidden()
    keyboard.press("?")
    expect(dialog).to_be_visible()
    for words in ("Gõ điểm vào ô số", "Thêm nửa điểm", "Hoàn tác", "Tiêu chí sau"):
        expect(dialog).to_contain_text(words)
    member.picture("shortcuts")
    before = member.find('.criterion:not([hidden]) form[data-perspective="proposed"]').get_attribute("data-value")
    for key in ("Tab", "Tab", "Shift+Tab", "3", "PageDown", "Control+z"):
        keyboard.press(key)
        assert dialog.evaluate("dialog => dialog.contains(document.activeElement)")
    expect(card(member, "1.4")).to_be_visible()
    assert (
        member.find('.criterion:not([hidden]) form[data-perspective="proposed"]').get_attribute("data-value") == before
    )
    keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    member.find("[data-shortcuts-open]").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Đóng").click()
    expect(dialog).to_be_hidden()
    expect(member.find("[data-shortcuts-open]")).to_be_focused()


def test_the_listed_keys_do_what_the_list_says(screen: NewScreen, under_way: HalfDay) -> None:
    member = at(screen("thanh-vien-3", LAPTOP), under_way, "1.4")
    keys = member.find('.criterion:not([hidden]) form[data-perspective="proposed"]')
    keyboard = member.page.keyboard
    first = keys.get_attribute("data-value")
    member.find("body").evaluate("() => document.activeElement.blur()")
    keyboard.press("7")  # lands in the field of numbers
    keyboard.press("Enter")
    expect(keys).to_have_attribute("data-value", "7")
    saved(member)
    member.find("body").evaluate("() => document.activeElement.blur()")
    keyboard.press(",")
    expect(keys).to_have_attribute("data-value", "7,5")
    saved(member)
    keyboard.press("PageDown")
    expect(card(member, "1.4")).to_be_hidden()
    keyboard.press("PageUp")
    expect(card(member, "1.4")).to_be_visible()
    keyboard.press("Control+z")
    expect(keys).to_have_attribute("data-value", "7")
    saved(member)
    keyboard.press("Control+z")
    expect(keys).to_have_attribute("data-value", first or "")
    saved(member)


def test_readers_are_told_only_the_keys_that_work_for_them(screen: NewScreen, under_way: HalfDay) -> None:
    clerk = screen("can-bo", LAPTOP)
    clerk.open(under_way.score)
    clerk.page.keyboard.press("?")
    dialog = clerk.find("#shortcuts")
    expect(dialog).to_contain_text("Tiêu chí sau")
    expect(dialog).not_to_contain_text("điểm")
    expect(dialog).not_to_contain_text("Hoàn tác")
