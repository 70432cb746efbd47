"""Words typed into an ordinary form survive an ended login and a lost network."""

from playwright.sync_api import expect

from tests.browser.demo_instance import HalfDay
from tests.browser.screens import NewScreen, Screen

WORDS = "Hồ sơ khen thưởng của ba chi hội chưa đủ chữ ký; đã xem từng quyển."


def sign_in_beside(secretary: Screen) -> None:
    """In the tab that the message offers; the page with the words stays as it is."""
    with secretary.context.expect_page() as opened:
        secretary.find("#status").get_by_role("link", name="Đăng nhập").click()
    tab = opened.value
    tab.get_by_label("Tên đăng nhập").fill("thu-ky")
    tab.get_by_label("Mật khẩu").fill("demo")
    tab.get_by_role("button", name="Đăng nhập").click()
    expect(tab.locator("body")).to_have_attribute("data-person-name", "Phạm Tiến Ích")
    tab.close()


def test_words_outlive_the_login_and_are_saved_after_the_next(screen: NewScreen, under_way: HalfDay) -> None:
    secretary = screen("thu-ky")
    secretary.open(f"{under_way.score}/remarks")
    secretary.find("#remarks").get_by_role("link", name="Sửa").first.click()
    secretary.page.get_by_label("Nội dung").fill(WORDS)
    secretary.context.clear_cookies()
    secretary.press("Lưu nội dung mới")
    expect(secretary.find("#status")).to_contain_text("Điều đã nhập vẫn còn")
    sign_in_beside(secretary)
    expect(secretary.page.get_by_label("Nội dung")).to_have_value(WORDS)
    secretary.press("Lưu nội dung mới")
    expect(secretary.find("#remarks")).to_contain_text(WORDS)


def test_a_form_of_htmx_takes_the_token_of_the_new_login(screen: NewScreen, under_way: HalfDay) -> None:
    secretary = screen("thu-ky")
    secretary.open(f"{under_way.score}/remarks")
    secretary.page.get_by_label("Nội dung").fill(WORDS)
    secretary.context.clear_cookies()
    secretary.press("Ghi lại")
    expect(secretary.find("#status")).to_contain_text("Điều đã nhập vẫn còn")
    sign_in_beside(secretary)
    secretary.press("Ghi lại")
    expect(secretary.find("#status")).to_contain_text("Đã đăng nhập lại")
    secretary.press("Ghi lại")
    expect(secretary.find("#remarks")).to_contain_text(WORDS)
    assert all("Response Status Error Code 40" in line for line in secretary.complaints)  # htmx says what was refused
    secretary.complaints.clear()


def test_words_wait_for_the_network(screen: NewScreen, under_way: HalfDay) -> None:
    secretary = screen("thu-ky")
    secretary.open(f"{under_way.score}/remarks")
    secretary.find("#remarks").get_by_role("link", name="Sửa").first.click()
    secretary.page.get_by_label("Nội dung").fill(WORDS)
    secretary.context.set_offline(True)
    secretary.press("Lưu nội dung mới")
    expect(secretary.find("#status")).to_contain_text("Mất mạng")
    secretary.context.set_offline(False)
    secretary.press("Lưu nội dung mới")
    expect(secretary.find("#remarks")).to_contain_text(WORDS)
