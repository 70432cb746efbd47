"""The wall's QR code on a tablet nobody owns: name, number, scores; sent out, nothing lost, in again."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.demo_instance import HalfDay
from tests.browser.gestures import choose, entry, facts, saved, turn_to
from tests.browser.screens import PHONE, TABLET, NewScreen, Screen
from tests.servers.demo_server import DemoServer
from thidua.commands.demo import ROOM_NUMBERS

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAME = "Trần Thị Hòa"


def on_the_wall(secretary: Screen, half_day: HalfDay) -> str:
    """The address that stands under the QR code."""
    secretary.open(f"{half_day.score}/room")
    return secretary.find(".room__address").inner_text().strip()


def come_in(screen: Screen, name: str = NAME, number: str = ROOM_NUMBERS["member"]) -> None:
    """Choose the name, type the number, go in."""
    screen.page.locator("label.door__name").filter(has_text=name).click()
    screen.page.get_by_label("Số vào phòng").fill(number)
    screen.press("Vào phòng")


def test_from_the_code_on_the_wall_to_a_score_sent_out_and_in_again(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    head, tablet = screen("truong-doan"), screen("", TABLET)
    address = on_the_wall(head, under_way)
    assert address.startswith(server.address) and re.search(r"/join/[a-z2-9-]{17}$", address)
    head.picture("room", whole=True)
    tablet.open(address)
    tablet.picture("door-tablet")
    come_in(tablet)
    expect(tablet.find("body")).to_have_attribute("data-person-name", NAME)
    turn_to(tablet, "3.3")
    choose(tablet, "3.3", "4")
    saved(tablet)

    device = head.find(".room__person").filter(has_text=NAME).locator(".room__device").filter(has_text="Chrome")
    expect(device).to_have_count(1)
    device.get_by_role("button", name="Mời ra").click()
    expect(device).to_have_count(0)
    expect(tablet.find("#status")).to_contain_text("không còn ở trong phòng họp")
    tablet.status("Đã ra khỏi phòng")
    tablet.picture("sent-out")
    choose(tablet, "3.3", "3")
    tablet.status("1 điểm chờ gửi")
    expect(entry(tablet, "3.3", "proposed").locator("input:checked")).to_have_value("3")
    assert ("3.3", 400) in [(number, value) for number, _holder, value in server.scores(under_way.id, "proposed")]
    tablet.picture("sent-out-with-a-score")

    tablet.press("Vào phòng lại")
    tablet.page.wait_for_url("**/join/**")
    come_in(tablet)
    expect(entry(tablet, "3.3", "proposed").locator("input:checked")).to_have_value("3")
    saved(tablet)
    assert ("3.3", 300) in [(number, value) for number, _holder, value in server.scores(under_way.id, "proposed")]
    head.open(under_way.score)
    expect(facts(head, "3.3")).to_contain_text("TV 1 3")


def test_the_next_person_on_the_same_tablet_neither_inherits_nor_loses_what_waits(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    secretary, tablet = screen("thu-ky"), screen("", PHONE)
    address = on_the_wall(secretary, under_way)
    tablet.open(address)
    tablet.picture("door-phone", whole=True)
    come_in(tablet)
    turn_to(tablet, "3.3")
    tablet.context.route("**/scores", lambda route: route.abort())
    choose(tablet, "3.3", "2")
    tablet.status("1 điểm chờ gửi")
    tablet.open(address)
    tablet.sees(f"Máy này đang dùng với tên {NAME}")
    tablet.picture("door-shared", whole=True)
    come_in(tablet, "Lê Đức Thắng")
    expect(tablet.find("body")).to_have_attribute("data-person-name", "Lê Đức Thắng")
    tablet.context.unroute("**/scores")
    turn_to(tablet, "3.4")
    choose(tablet, "3.4", "5")
    saved(tablet)
    proposed = server.scores(under_way.id, "proposed")
    assert not any(number == "3.3" and value == 200 for number, _holder, value in proposed)
    tablet.open(address)
    come_in(tablet)
    turn_to(tablet, "3.3")
    saved(tablet)
    [member] = server.rows("SELECT id FROM account WHERE username = 'thanh-vien-1'")
    assert ("3.3", member["id"], 200) in server.scores(under_way.id, "proposed")


def test_a_wrong_number_is_told_and_the_secretary_makes_a_new_one(screen: NewScreen, under_way: HalfDay) -> None:
    secretary, phone = screen("thu-ky"), screen("", PHONE)
    phone.open(on_the_wall(secretary, under_way))
    come_in(phone, number="135 790")
    phone.sees("Số chưa đúng")
    phone.picture("door-wrong")
    secretary.find(".room__person").filter(has_text=NAME).get_by_role("button", name="Làm số mới").click()
    number = secretary.find(".slips__number").inner_text()
    secretary.picture("slips")
    come_in(phone, number=number)
    expect(phone.find("body")).to_have_attribute("data-person-name", NAME)
