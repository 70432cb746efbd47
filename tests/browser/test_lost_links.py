"""The network goes, the server is killed, the login ends, two devices disagree: no score is lost, none is doubled."""

from typing import Any

import pytest
from playwright.sync_api import Error, expect

from tests.browser.demo_instance import HalfDay
from tests.browser.gestures import choose, entry, facts, saved, sent, turn_to, walk_to
from tests.browser.screens import PHONE, TABLET, NewScreen, Screen
from tests.faults.proxy import Proxy
from tests.servers.demo_server import DemoServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def mine(server: DemoServer, half_day: HalfDay, username: str = "thanh-vien-1") -> dict[str, int]:
    """Criterion number -> what this person proposes; the database allows one row for each."""
    [account] = server.rows("SELECT id FROM account WHERE username = :username", username=username)
    proposed = server.scores(half_day.id, "proposed")
    return {number: value for number, holder, value in proposed if holder == account["id"]}


def written(server: DemoServer, half_day: HalfDay) -> int:
    """How many scores the journal holds."""
    sql = "SELECT count(*) AS n FROM journal_entry WHERE checklist_session_id = :id AND kind LIKE 'score.%'"
    return int(server.rows(sql, id=half_day.id)[0]["n"])


def scoring(screen: NewScreen, half_day: HalfDay, number: str = "3.3", **options: object) -> Screen:
    """A member's screen at this criterion."""
    member = screen("thanh-vien-1", **options)
    member.open(half_day.score)
    turn_to(member, number)
    return member


def behind(proxy: Proxy, screen: NewScreen, server: DemoServer) -> NewScreen:
    """Screens that reach the server through this Wi-Fi only."""

    def far_screen(*person: Any, **options: Any) -> Screen:
        near, server.address = server.address, proxy.address
        far = screen(*person, **options)
        server.address = near
        return far

    return far_screen


def leave_the_error_page(screen: Screen) -> None:
    """Chromium's error page loads the real one by itself as soon as there is a network: a second page that would
    send too, and whose held-back request is let go when the test opens its own."""
    screen.page.wait_for_url("chrome-error://**", wait_until="load")
    screen.open("about:blank")


def test_scores_without_network_outlive_a_reload_and_arrive_once(
    screen: NewScreen, server: DemoServer, proxy: Proxy, under_way: HalfDay
) -> None:
    member = scoring(behind(proxy, screen, server), under_way, device=PHONE)
    before = written(server, under_way)
    proxy.refuse(b"POST ", b"/scores")
    member.context.set_offline(True)
    choose(member, "3.3", "4")
    walk_to(member, "3.4")
    choose(member, "3.4", "5,5")
    member.status("Mất mạng · 2 điểm chờ gửi")
    member.picture("lost-network")
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        member.page.reload()
    leave_the_error_page(member)
    member.context.set_offline(False)
    member.open(under_way.score)
    member.status("Mất mạng · 2 điểm chờ gửi")
    expect(entry(member, "3.3", "proposed").locator("input:checked")).to_have_value("4")
    expect(entry(member, "3.4", "proposed").locator("[name=value]")).to_have_value("5,5")
    assert written(server, under_way) == before
    proxy.refuse()
    saved(member)
    assert mine(server, under_way).items() >= {"3.3": 400, "3.4": 550}.items()
    assert written(server, under_way) == before + 2


def test_a_server_killed_while_people_score_loses_nothing_and_doubles_nothing(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    head = screen("truong-doan")
    head.open(under_way.score)
    member = scoring(screen, under_way)
    before = written(server, under_way)
    choose(member, "3.3", "4")
    member.status("Đang lưu…")
    server.kill()
    walk_to(member, "3.4")
    choose(member, "3.4", "6")
    member.status("điểm chờ gửi")
    server.start()
    saved(member)
    expect(facts(head, "3.3")).to_contain_text("TV 1 4")
    expect(facts(head, "3.4")).to_contain_text("TV 1 6")
    assert mine(server, under_way).items() >= {"3.3": 400, "3.4": 600}.items()
    assert written(server, under_way) == before + 2


def test_after_the_login_has_ended_the_score_waits_for_the_person_to_come_back(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    member = scoring(screen, under_way)
    server.change("UPDATE login_session SET ended_at = opened_at")
    choose(member, "3.3", "3,5")
    member.status("1 điểm chờ gửi · Đăng nhập lại")
    expect(entry(member, "3.3", "proposed").locator("input:checked")).to_have_value("3,5")
    member.picture("login-ended")
    member.press("Đăng nhập lại")
    member.sign_in("thanh-vien-1")
    expect(entry(member, "3.3", "proposed").locator("input:checked")).to_have_value("3,5")
    saved(member)
    assert mine(server, under_way)["3.3"] == 350


def test_two_devices_of_one_person_show_both_values_and_let_the_person_choose(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    phone = scoring(screen, under_way, device=PHONE)
    for live in ("**/stream?*", "**/changes?*"):  # nothing tells the phone about the tablet
        phone.context.route(live, lambda route: route.abort())
    turn_to(phone, "3.3")
    tablet = scoring(screen, under_way, device=TABLET)
    choose(tablet, "3.3", "5")
    saved(tablet)
    choose(phone, "3.3", "3")
    expect(entry(phone, "3.3", "proposed").locator(".conflict__choice b")).to_have_text(["3", "5"])
    phone.picture("two-devices")
    assert mine(server, under_way)["3.3"] == 500
    phone.page.get_by_role("button", name="Giữ điểm tôi vừa chấm").click()
    sent(phone)
    assert mine(server, under_way)["3.3"] == 300
    expect(entry(tablet, "3.3", "proposed").locator("input:checked")).to_have_value("3")
    choose(tablet, "3.3", "4,5")
    saved(tablet)
    choose(phone, "3.3", "2")
    phone.page.get_by_role("button", name="Lấy điểm").click()
    expect(entry(phone, "3.3", "proposed").locator("input:checked")).to_have_value("4,5")
    assert mine(server, under_way)["3.3"] == 450


def test_a_screen_whose_network_lets_no_stream_through_still_follows(screen: NewScreen, under_way: HalfDay) -> None:
    unit = screen("don-vi")
    unit.context.route("**/stream?*", lambda route: route.abort())
    unit.open(under_way.score)
    head = screen("truong-doan")
    head.open(under_way.score)
    turn_to(head, "1.6")
    total = head.find("#totals .big-number").inner_text()
    entry(head, "1.6", "agreed").locator('[data-set="full"]').click()
    expect(head.find("#totals .big-number")).not_to_have_text(total)
    expect(unit.find("#totals .big-number")).to_have_text(head.find("#totals .big-number").inner_text())


def test_scoring_needs_no_mouse(screen: NewScreen, server: DemoServer, under_way: HalfDay) -> None:
    member = scoring(screen, under_way)
    keyboard = member.page.keyboard
    keyboard.press("4")
    saved(member)
    keyboard.press(",")
    saved(member)
    assert mine(server, under_way)["3.3"] == 450
    keyboard.press("Control+z")
    expect(entry(member, "3.3", "proposed").locator("input:checked")).to_have_value("4")
    keyboard.press("PageDown")
    expect(entry(member, "3.4", "proposed")).to_be_visible()
    keyboard.type("5,5")
    keyboard.press("Enter")
    expect(facts(member, "3.4")).to_contain_text("TV 1 5,5")
    saved(member)
    assert mine(server, under_way).items() >= {"3.3": 400, "3.4": 550}.items()
    keyboard.type("9")
    keyboard.press("Enter")
    member.sees("Điểm từ 0 đến 6, mỗi bước 0,5. Điểm này chưa được lưu.")
    assert mine(server, under_way)["3.4"] == 550
