"""Agreeing: the board of the head, common values at once, an earlier value restored, two people checking."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.demo_instance import HalfDay
from tests.browser.gestures import card, entry, facts, saved, sent, turn_to
from tests.browser.screens import PHONE, TABLET, NewScreen, Screen
from tests.servers.demo_server import DemoServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TEAM = ("thu-ky", "thanh-vien-1", "thanh-vien-2", "thanh-vien-3")


def row(screen: Screen, number: str) -> Locator:
    return screen.find(f'.board__item[data-number="{number}"]')


def agreed(server: DemoServer, half_day: HalfDay) -> dict[str, int]:
    return {number: value for number, _, value in server.scores(half_day.id, "agreed")}


def numbers(screen: Screen) -> list[str]:
    return screen.find(".board__item").evaluate_all("rows => rows.map((one) => one.dataset.number)")


def propose_alike(server: DemoServer, half_day: HalfDay, values: dict[str, int]) -> None:
    """What four members have sent, put there without their tablets."""
    for number, points in values.items():
        server.change(
            "INSERT INTO score (checklist_session_id, criterion_id, perspective, holder, points, not_applicable, text,"
            " reason, version, by_id, by_name, by_label, scribe_name, at) SELECT :room, criterion.id, 'proposed',"
            " account.id, :points, :no, '', '', 1, account.id, account.name, '', '', '2026-01-01'"
            " FROM criterion, account JOIN checklist_session ON checklist_session.id = :room"
            " WHERE criterion.number = :number AND criterion.checklist_id = checklist_session.checklist_id"
            " AND account.username IN ('thu-ky', 'thanh-vien-1', 'thanh-vien-2', 'thanh-vien-3')",
            room=half_day.id, points=points, number=number, no=False,
        )  # fmt: skip


@pytest.mark.parametrize("device", [TABLET, PHONE], ids=["tablet", "phone"])
def test_the_head_takes_all_common_values_and_takes_them_back(
    screen: NewScreen, server: DemoServer, under_way: HalfDay, device: dict[str, object]
) -> None:
    propose_alike(server, under_way, {"3.3": 400, "3.4": 550})
    head = screen("truong-doan", device)
    member = screen("thanh-vien-1")
    head.open(f"{under_way.score}/board")
    member.open(under_way.score)
    turn_to(member, "3.3")
    before, order = agreed(server, under_way), numbers(head)
    head.picture("board")
    head.page.get_by_role("button", name="Lấy điểm chung").click()
    expect(head.find("#board-taken")).to_contain_text("3.3 (4), 3.4 (5,5)")
    expect(row(head, "3.3").locator(".board__points b")).to_have_text("4")
    expect(facts(member, "3.3").locator('[data-row="agreed:0"]')).to_contain_text("4")
    assert agreed(server, under_way) == before | {"3.3": 400, "3.4": 550} and numbers(head) == order
    head.picture("board-taken")
    head.page.reload()
    head.find("#board-taken").get_by_role("button", name="Hoàn tác").click()
    expect(row(head, "3.3").get_by_role("button", name="Lấy 4")).to_be_visible()
    expect(head.find("#board-taken .button")).to_have_count(0)
    assert agreed(server, under_way) == before


def test_one_tap_settles_a_reason_is_added_in_place_and_the_tap_is_undone(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    propose_alike(server, under_way, {"3.3": 400})
    for device in (TABLET, PHONE):
        head = screen("truong-doan", device)
        head.open(f"{under_way.score}/board?show=unsettled")
        before, order = agreed(server, under_way), numbers(head)
        row(head, "3.3").get_by_role("button", name="Lấy 4").click()
        expect(row(head, "3.3").locator(".board__points b")).to_have_text("4")
        sent(head)
        assert numbers(head) == order, "nothing moves under the finger"
        row(head, "3.3").get_by_text("Điểm khác, ghi lý do").click()
        row(head, "3.3").get_by_role("button", name="+ Thiếu hồ sơ").click()
        row(head, "3.3").locator('label.key:has(input[value="3,5"])').click()
        sent(head)
        head.picture("board-in-place")
        expect(row(head, "3.3").locator(".board__agreed")).to_contain_text("Thiếu hồ sơ")
        assert agreed(server, under_way) == before | {"3.3": 350}
        row(head, "3.3").get_by_text("Điểm khác, ghi lý do").click()
        head.page.get_by_role("button", name="Hoàn tác 3.3 (về 4)").click()
        expect(row(head, "3.3").locator(".board__points b")).to_have_text("4")
        sent(head)
        head.page.keyboard.press("Control+z")
        sent(head)
        expect(row(head, "3.3").locator(".board__agreed")).not_to_contain_text("3.3")
        assert agreed(server, under_way) == before
        head.close()


def test_an_earlier_value_is_restored_from_the_history(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    head = screen("truong-doan")
    head.open(under_way.score)
    turn_to(head, "3.3")
    for value in ("4", "2"):
        entry(head, "3.3", "agreed").locator(f'label.key:has(input[value="{value}"])').click()
        saved(head)
    secretary = screen("thu-ky", PHONE)
    secretary.open(under_way.score)
    turn_to(secretary, "3.3")
    card(secretary, "3.3").get_by_role("link", name="Các lần chấm").click()
    expect(secretary.find(".past__one--standing").first).to_contain_text("2")
    secretary.picture("history")
    secretary.find(".past__one").nth(1).get_by_role("button", name="Khôi phục điểm này").click()
    expect(secretary.find(".past__one").first).to_contain_text("nhập hộ")
    expect(secretary.find(".past__one--standing b").first).to_have_text("4")
    expect(entry(head, "3.3", "agreed").locator("input:checked")).to_have_value("4")
    assert agreed(server, under_way)["3.3"] == 400
    head.open(f"{head.page.url.partition('?')[0]}/criteria/{card(head, '3.3').get_attribute('data-criterion')}/history")
    head.picture("history")


def test_two_people_check_what_was_settled(screen: NewScreen, server: DemoServer, under_way: HalfDay) -> None:
    server.change("UPDATE checklist_session SET two_person_check = :yes WHERE id = :id", yes=True, id=under_way.id)
    member, secretary = screen("thanh-vien-1", PHONE), screen("thu-ky")
    member.open(f"{under_way.score}/reading")
    secretary.open(f"{under_way.score}/board")
    secretary.press("Đọc lại điểm")
    count = len(agreed(server, under_way))
    shown = secretary.find("[data-reading]:not([hidden])")
    expect(secretary.find("[data-reading-left]")).to_contain_text(f"Còn {count} điểm")
    secretary.picture("reading")
    for _ in range(count):
        number = shown.get_attribute("data-number")
        shown.get_by_role("button", name="Đã đọc lại").click()
        expect(secretary.find(f'[data-reading][data-number="{number}"] [data-check-state="read"]')).to_have_count(1)
    expect(secretary.find("[data-reading-left]")).to_have_text("Đã đọc lại hết các điểm đã thống nhất.")
    expect(member.find("[data-reading-left]")).to_contain_text(f"Còn {count} điểm")
    member.page.reload()
    one = member.find("[data-reading]:not([hidden])")
    first = one.get_attribute("data-number")
    member.picture("confirming")
    one.get_by_role("button", name="Xác nhận").click()
    sent(member)
    head = screen("truong-doan")
    head.open(under_way.score)
    turn_to(head, first)
    check = card(head, first).locator(".check")
    expect(check).to_contain_text("Đã xác nhận")
    head.picture("checked")
    entry(head, first, "agreed").locator('[data-set="0"], label.key:has(input[value="0"])').first.click()
    expect(check).to_contain_text("Chưa đọc lại")
    rounds = server.rows(
        "SELECT count(*) AS n FROM criterion_round WHERE checklist_session_id = :id AND confirmed_at IS NOT NULL",
        id=under_way.id,
    )
    assert rounds[0]["n"] == 1
