"""Words typed into an ordinary form survive an ended login and a lost network; a half-written text survives F5."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.demo_instance import HalfDay
from tests.browser.screens import NewScreen, Screen
from tests.servers.demo_server import DemoServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = "Trụ sở ở tầng hai nhà văn hóa; liên hệ trước một ngày."
CONCLUSION = "Đơn vị làm tốt, hồ sơ đầy đủ; cần ban hành quy chế quỹ trong quý I."


def sign_in_beside(clerk: Screen) -> None:
    """In the tab that the message offers; the page with the words stays as it is."""
    with clerk.context.expect_page() as opened:
        clerk.find("#status").get_by_role("link", name="Đăng nhập").click()
    tab = opened.value
    tab.get_by_label("Tên đăng nhập").fill("can-bo")
    tab.get_by_label("Mật khẩu").fill("demo")
    tab.get_by_role("button", name="Đăng nhập").click()
    expect(tab.locator("body")).to_have_attribute("data-person", re.compile(r"\d+"))
    tab.close()


def editing_a_unit(screen: NewScreen) -> Screen:
    clerk = screen("can-bo")
    clerk.open("/units/1/edit")
    clerk.page.get_by_label("Địa chỉ").fill(WORDS)
    return clerk


def test_words_outlive_the_login_and_are_saved_after_the_next(screen: NewScreen) -> None:
    clerk = editing_a_unit(screen)
    clerk.context.clear_cookies()
    clerk.press("Lưu")
    expect(clerk.find("#status")).to_contain_text("Điều đã nhập vẫn còn")
    sign_in_beside(clerk)
    expect(clerk.page.get_by_label("Địa chỉ")).to_have_value(WORDS)
    clerk.press("Lưu")
    clerk.sees(WORDS)


def test_a_button_of_htmx_takes_the_token_of_the_new_login(screen: NewScreen) -> None:
    clerk = screen("can-bo")
    clerk.open("/units/order")
    order = clerk.find("#unit-order")
    before = order.inner_text()
    clerk.context.clear_cookies()
    down = order.get_by_role("button", name=re.compile("xuống")).first
    down.click()
    expect(clerk.find("#status")).to_contain_text("Điều đã nhập vẫn còn")
    sign_in_beside(clerk)
    down.click()
    expect(clerk.find("#status")).to_contain_text("Đã đăng nhập lại")
    down.click()
    expect(order).not_to_have_text(before, use_inner_text=True)
    assert all("Response Status Error Code 40" in line for line in clerk.complaints)  # htmx says what was refused
    clerk.complaints.clear()


def test_words_wait_for_the_network(screen: NewScreen) -> None:
    clerk = editing_a_unit(screen)
    clerk.context.set_offline(True)
    clerk.press("Lưu")
    expect(clerk.find("#status")).to_contain_text("Mất mạng")
    clerk.context.set_offline(False)
    clerk.press("Lưu")
    clerk.sees(WORDS)


def test_a_half_written_conclusion_outlives_f5_and_is_forgotten_once_saved(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    head = screen("truong-doan")
    head.open(f"{under_way.score}/closure")
    head.find("main").get_by_role("button", name=re.compile("hóa điểm")).click()
    head.page.wait_for_url(f"**{under_way.conclusion}")
    field = head.find("#words-form textarea")
    drafted = field.input_value()
    field.fill(CONCLUSION)
    expect_draft(head, CONCLUSION)
    head.page.reload()
    expect(field).to_have_value(CONCLUSION)
    head.sees("Điều đang viết dở lúc", "#words-form")
    head.picture("draft-restored")
    head.press("Bỏ bản viết dở")
    expect(field).to_have_value(drafted)
    field.fill(CONCLUSION)
    expect_draft(head, CONCLUSION)
    head.press("Lưu kết luận")
    head.sees("Đã lưu kết luận.")
    expect(head.find("#words-form .draft")).to_have_count(0)
    expect(field).to_have_value(CONCLUSION)
    sql = "SELECT text FROM conclusion WHERE id = :id"
    assert server.rows(sql, id=under_way.conclusion_id)[0]["text"] == CONCLUSION
    head.page.reload()
    expect(head.find("#words-form .draft")).to_have_count(0)


def expect_draft(screen: Screen, text: str) -> None:
    """Wait until the device holds these words."""
    screen.page.evaluate(
        """async (text) => {
          const key = document.body.dataset.person + '/' + document.querySelector('form[data-draft]').dataset.draft;
          for (let draft; !draft || !draft.texts.some(([name, typed]) => typed === text);) {
            draft = await window.thidua.store.draft(key);
          }
        }""",
        text,
    )
