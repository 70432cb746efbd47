"""A unit prepares by phone: from the code on the notice to what is sent and locked; two phones, and no network."""

import re

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.demo_instance import HalfDay
from tests.browser.gestures import SAVED, choose, saved
from tests.browser.screens import PHONE, NewScreen, Screen
from tests.servers.demo_server import DemoServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def figure(screen: Screen, place: int) -> Locator:
    """A row of the table of figures, counted from 1."""
    return screen.find("#prep-figures .prep-row").nth(place - 1)


def unfold(screen: Screen, key: str) -> None:
    screen.find(f"#{key} > summary").click()


def this_year(server: DemoServer, half_day: HalfDay) -> dict[int, str]:
    """Place of a row -> this year's figure, as the database has it."""
    rows = server.rows(
        "SELECT position, this_year FROM preparation_figure JOIN preparation ON preparation.id = preparation_id "
        "WHERE checklist_session_id = :id AND this_year <> ''",
        id=half_day.id,
    )
    return {row["position"]: row["this_year"] for row in rows}


def test_a_unit_prepares_by_phone_from_the_code_on_the_notice(
    screen: NewScreen, server: DemoServer, planned: HalfDay
) -> None:
    secretary, phone = screen("thu-ky"), screen("", PHONE)
    secretary.open(f"{planned.score}/preparation/link")
    secretary.press("Làm đường dẫn")
    address = secretary.find(".room__address").inner_text().strip()
    assert address.startswith(server.address) and re.search(r"/prepare/[a-z2-9-]{29}$", address)
    secretary.picture("preparation-link", whole=True)
    phone.open(address)
    phone.press("Vào trang Chuẩn bị")
    phone.sees("Đơn vị cần chuẩn bị")
    phone.picture("preparation-phone", whole=True)

    unfold(phone, "report")
    phone.page.get_by_label("Tóm tắt báo cáo").fill("Hội có 24 chi hội, 2.180 hội viên.")
    phone.status(SAVED)
    unfold(phone, "figures")
    expect(figure(phone, 1).get_by_label("Năm trước")).to_have_value("2.150")  # what the same unit gave last time
    figure(phone, 1).get_by_label("Năm nay").fill("2.180,5")
    expect(figure(phone, 1)).to_contain_text("tăng 30,5 (1,4%)")

    phone.context.set_offline(True)
    figure(phone, 2).get_by_label("Năm nay").fill("25")
    phone.status("chờ gửi")
    phone.picture("preparation-offline")
    phone.context.set_offline(False)
    phone.status(SAVED)
    assert this_year(server, planned) == {1: "2180.5", 2: "25"}

    unfold(phone, "documents")
    adding = phone.find("#documents-add")
    adding.get_by_label("Số, ký hiệu").fill("12/QĐ-HTS")
    adding.get_by_label("Ngày ban hành").fill("03/02/2020")
    adding.get_by_label("Trích yếu").fill("Kiện toàn Hội đồng Thi đua – Khen thưởng")
    adding.get_by_role("button", name="Thêm văn bản").click()
    expect(phone.find("#prep-documents .prep-row")).to_have_count(1)
    expect(adding.get_by_label("Số, ký hiệu")).to_have_value("")

    unfold(phone, "scores")
    criterion = phone.find("#prep-proofs .prep-score").first
    criterion.get_by_text("Thêm minh chứng").first.click()
    criterion.get_by_label("Văn bản của đơn vị").select_option(label="Số 12/QĐ-HTS ngày 03/02/2020")
    criterion.get_by_role("button", name="Thêm minh chứng").click()
    expect(criterion.locator("li")).to_contain_text("Số 12/QĐ-HTS ngày 03/02/2020")
    phone.picture("preparation-filled", whole=True)
    criterion.get_by_role("link").first.click()
    choose(phone, "1.1", "10", "self")
    saved(phone)

    phone.open(f"{planned.score}/preparation")
    phone.press("Xem lại và gửi")
    phone.picture("preparation-sending", whole=True)
    phone.page.get_by_label("Đơn vị vẫn gửi, dù còn phần chưa đủ").check()
    phone.press("Gửi và khóa hồ sơ")
    phone.sees("Hồ sơ chuẩn bị đã gửi")
    expect(phone.find("form[data-autosave]")).to_have_count(0)
    secretary.open(f"{planned.score}/preparation")
    secretary.sees("2.180,5")
    secretary.sees("1/12 tiêu chí, 1 có minh chứng")
    secretary.picture("preparation-read", whole=True)


def test_two_phones_of_a_unit_see_both_versions(screen: NewScreen, server: DemoServer, planned: HalfDay) -> None:
    one, other = screen("don-vi", PHONE), screen("don-vi", PHONE)
    one.open(f"{planned.score}/preparation")
    one.press("Bắt đầu chuẩn bị")
    for each in (one, other):
        each.open(f"{planned.score}/preparation")
        unfold(each, "figures")
    figure(one, 3).get_by_label("Năm nay").fill("4")
    one.status(SAVED)
    figure(other, 3).get_by_label("Năm nay").fill("5")
    box = figure(other, 3).locator(".prep-two")
    expect(box).to_contain_text("Năm nay, trên máy khác: 4")
    expect(box).to_contain_text("Năm nay, của đồng chí: 5")
    other.picture("preparation-two-versions")
    assert this_year(server, planned) == {3: "4"}
    box.get_by_role("button", name="Dùng bản của tôi").click()
    expect(box).to_have_count(0)
    other.status(SAVED)
    assert this_year(server, planned) == {3: "5"}


def test_what_is_typed_before_the_scripts_are_there_is_saved_too(
    screen: NewScreen, server: DemoServer, planned: HalfDay
) -> None:
    unit = screen("don-vi", PHONE)
    unit.open(f"{planned.score}/preparation")
    unit.press("Bắt đầu chuẩn bị")
    expect(unit.find("#report")).to_be_visible()
    unit.page.wait_for_load_state()
    held: list[Route] = []
    unit.context.route("**/preparation.js*", lambda route: held.append(route))
    unit.page.goto(f"{planned.score}/preparation", wait_until="commit")
    unfold(unit, "report")
    unit.page.get_by_label("Tóm tắt báo cáo").fill("Gõ sớm.")
    [late] = held
    late.continue_()
    unit.status(SAVED)
    [row] = server.rows("SELECT report_summary FROM preparation WHERE checklist_session_id = :id", id=planned.id)
    assert row["report_summary"] == "Gõ sớm."
