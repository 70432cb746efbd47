"""The centre before the half-day: who is late, a new day, one criterion sent back, and the unit's answer."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.browser.demo_instance import HalfDay
from tests.browser.screens import PHONE, NewScreen
from tests.servers.demo_server import DemoServer
from thidua.rules.words import day_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REMARK = "Đề nghị gửi quyết định thành lập Hội đồng Thi đua."


def test_the_office_sees_who_is_late_and_sends_one_criterion_back(
    screen: NewScreen, server: DemoServer, planned: HalfDay
) -> None:
    [found] = server.rows("SELECT plan_id FROM checklist_session WHERE id = :id", id=planned.id)
    today = f"{day_of(datetime.now(UTC)):%d/%m/%Y}"
    office, unit = screen("can-bo"), screen("don-vi", device=PHONE)

    office.open(f"/plans/{found['plan_id']}")
    office.press("Tình hình chuẩn bị")
    line = office.find(f"#unit-{planned.id}")
    expect(line).to_contain_text("Trễ hạn")
    office.picture("readiness-late", whole=True)
    line.get_by_text("Đổi hạn gửi").click()
    line.get_by_label("Hạn gửi của đơn vị này").fill(today)
    line.get_by_role("button", name="Đặt hạn").click()
    expect(line).to_contain_text("hôm nay là hạn cuối")
    expect(office.find(".ready-counts")).to_contain_text("Trễ 0")

    unit.open("/")
    unit.sees(f"hạn gửi {today}")
    unit.picture("readiness-today-phone", whole=True)
    unit.find(f"#prepares-{planned.id}").get_by_role("link", name="Bắt đầu chuẩn bị").click()
    expect(unit.find("#report_summary")).to_be_attached()
    unit.open(f"{planned.score}/preparation/sending")
    unit.find("input[name=accept_missing]").check()
    unit.press("Gửi và khóa hồ sơ")
    unit.sees("Đã gửi hồ sơ chuẩn bị")

    office.open(f"/plans/{found['plan_id']}/readiness?show=missing")
    expect(line).to_contain_text("đúng hạn")
    line.get_by_role("link", name="Trả lại tiêu chí").click()
    one = office.find(".give-back").first
    one.locator("summary").click()
    one.locator("textarea").fill(REMARK)
    office.picture("readiness-return", whole=True)
    office.press("Trả lại cho đơn vị")
    office.sees("Đang chờ đơn vị gửi lại (1)")
    office.sees("Đang chờ đơn vị gửi lại", within="#return-history")

    unit.open(f"{planned.score}/preparation")
    unit.sees(REMARK, within=".prep-returned")
    unit.picture("readiness-returned-phone", whole=True)
    unit.find(".prep-returned").get_by_role("button", name="Gửi lại tiêu chí").click()
    expect(unit.find(".prep-returned")).to_have_count(0)
    office.open(f"{planned.score}/preparation/returns")
    office.sees("Đã gửi lại", within="#return-history")
    office.picture("readiness-returned", whole=True)


def test_the_invitation_is_seen_numbered_and_taken_home(screen: NewScreen, planned: HalfDay) -> None:
    office = screen("can-bo")
    office.open(f"{planned.score}/notice")
    office.find("[name=number]").fill("7")
    office.press("Xem")
    office.sees("Số: 07/GM-HTS", within="#document")
    for name, begins in (("Tải bản PDF", b"%PDF"), ("Tải bản Word", b"PK")):
        address = office.page.get_by_role("link", name=name).get_attribute("href")
        answer = office.page.request.get(address)
        assert answer.ok and answer.body().startswith(begins), name
    office.find("[name=number]").fill("bảy")
    office.press("Xem")
    office.sees("xin ghi một số từ 1", within=".error-summary")
    expect(office.find("[name=number]")).to_have_value("bảy")
