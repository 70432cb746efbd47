"""A secretary designs a score sheet on a tablet and finishes it on a phone: buttons, keys, undo, two people at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.screens import PHONE, NewScreen, Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def new_sheet(secretary: Screen) -> str:
    """An empty draft; returns the address of its outline."""
    secretary.open("/checklists")
    secretary.press("Soạn bảng điểm mới")
    secretary.page.get_by_label("Tên bảng điểm").fill("Bảng điểm năm 2026")
    secretary.press("Tạo bản nháp")
    secretary.page.wait_for_url(re.compile(r"/checklists/\d+/design$"))
    return secretary.page.url


def row(screen: Screen, number: str, text: str = "") -> None:
    """Wait until a line of the outline reads so."""
    words = re.compile(rf"^{re.escape(number)}\s+{re.escape(text)}")
    expect(screen.find(".orow label").filter(has_text=words).first).to_be_visible()


def pick(screen: Screen, text: str) -> None:
    screen.find(".orow label").filter(has_text=text).first.click()


def tool(screen: Screen, act: str) -> None:
    screen.find(f"#tool-{act}").click()


def fill(screen: Screen, text: str, maximum: str) -> None:
    form = screen.find("#criterion-form")
    form.get_by_label("Nội dung", exact=True).fill(text)
    form.get_by_label("Điểm tối đa", exact=True).fill(maximum)


def test_a_sheet_is_designed_on_a_tablet_and_finished_on_a_phone(screen: NewScreen) -> None:
    secretary = screen("thu-ky")
    address = new_sheet(secretary)
    secretary.sees("điều cần xem", "#design-strip")

    pick(secretary, "I (chưa ghi nội dung)")
    secretary.find("#row-" + picked(secretary)).get_by_role("link", name="Sửa I").click()
    fill(secretary, "Phong trào thi đua", "30")
    secretary.find("#criterion-save").click()
    row(secretary, "I", "Phong trào thi đua")
    expect(secretary.find("#panel")).to_contain_text("Đã lưu I Phong trào thi đua")

    pick(secretary, "1 (chưa ghi nội dung)")
    tool(secretary, "edit")
    expect(secretary.find("#criterion-form h2")).to_contain_text("1 Nội dung mới")
    fill(secretary, "Kế hoạch thi đua", "10")
    expect(secretary.find(".preview-place__shown")).to_contain_text("Kế hoạch thi đua")
    secretary.find("#criterion-next").click()
    row(secretary, "1", "Kế hoạch thi đua")
    expect(secretary.find("#criterion-form h2")).to_contain_text("2 Nội dung mới")
    expect(secretary.find("#criterion-form textarea").first).to_be_focused()
    fill(secretary, "Kết quả thi đua", "15")
    secretary.find("#criterion-save").click()
    row(secretary, "2", "Kết quả thi đua")
    secretary.sees("cộng được 25 / ghi 30", "#outline")
    secretary.sees("Cộng được 25 / ghi 100 điểm", "#design-strip")
    secretary.picture("designer-tablet")

    # the focus stays on the button, numbers follow
    pick(secretary, "Kết quả thi đua")
    tool(secretary, "up")
    row(secretary, "1", "Kết quả thi đua")
    expect(secretary.find("#tool-up")).to_be_focused()
    expect(secretary.find("#row-" + picked(secretary))).to_contain_text("Kết quả thi đua")
    tool(secretary, "indent")
    secretary.sees("Không có nội dung nào đứng trước", "#design-note")
    secretary.page.keyboard.press("Shift+ArrowDown")
    row(secretary, "2", "Kết quả thi đua")

    # what was removed stays in sight until it is wanted again, also after the page was left
    pick(secretary, "Phong trào thi đua")
    tool(secretary, "remove")
    expect(secretary.find(".orow")).to_have_count(0)
    secretary.page.reload()
    secretary.sees("Đã xóa: I Phong trào thi đua và 2 nội dung bên dưới", "#design-undo")
    secretary.press("Hoàn tác")
    expect(secretary.find(".orow")).to_have_count(3)

    # somebody else is at work: the old picture is refused, told, and shown anew
    clerk = screen("can-bo")
    clerk.open(address)
    pick(clerk, "Kế hoạch thi đua")
    tool(clerk, "duplicate")
    row(clerk, "2", "Kế hoạch thi đua")
    pick(secretary, "Kết quả thi đua")
    tool(secretary, "up")
    secretary.sees("Có người vừa sửa bản nháp này", "#design-note")
    secretary.sees("Đã thêm: 2 Kế hoạch thi đua", "#design-note")
    expect(secretary.find(".orow")).to_have_count(4)
    tool(secretary, "up")
    row(secretary, "2", "Kết quả thi đua")

    # what is typed is not lost when another row is asked for
    secretary.find(".orow a").nth(1).click()
    form = secretary.find("#criterion-form")
    expect(form.get_by_label("Nội dung", exact=True)).to_have_value("Kế hoạch thi đua")
    form.get_by_label("Nội dung", exact=True).fill("Kế hoạch thi đua cả năm")
    secretary.find(".orow a").nth(2).click()
    secretary.sees("Điều vừa gõ chưa được lưu", "#panel")
    secretary.find(".panel-ask").get_by_role("button", name="Lưu", exact=True).click()
    row(secretary, "1", "Kế hoạch thi đua cả năm")
    expect(form.get_by_label("Nội dung", exact=True)).to_have_value("Kết quả thi đua")

    on_a_phone(screen, address)


def on_a_phone(screen: NewScreen, address: str) -> None:
    """The form is a page of its own there."""
    phone = screen("thu-ky", PHONE)
    phone.open(address)
    expect(phone.find("html")).to_have_js_property("scrollWidth", 390)
    pick(phone, "Kết quả thi đua")
    tool(phone, "sibling")
    phone.page.wait_for_url(re.compile(r"/design/criteria/\d+$"))
    form = phone.find("#criterion-form")
    form.locator("label.choice", has_text="Chọn một mức").click()
    form.get_by_label("Nội dung", exact=True).fill("Hồ sơ khen thưởng")
    form.get_by_label("Lời của mức 1").fill("Đầy đủ")
    form.get_by_label("Điểm của mức 1").fill("8")
    form.get_by_label("Lời của mức 2").fill("Thiếu")
    form.get_by_label("Điểm của mức 2").fill("hai")
    form.get_by_label("Điểm tối đa", exact=True).fill("8")
    phone.find("#criterion-save").click()
    phone.sees("Mức 2: “hai” không phải là điểm")
    expect(form.get_by_label("Nội dung", exact=True)).to_have_value("Hồ sơ khen thưởng")
    phone.find("#level-add").click()
    expect(form.get_by_label("Lời của mức 3")).to_be_visible()
    form.get_by_label("Điểm của mức 2").fill("-1")
    expect(phone.find("html")).to_have_js_property("scrollWidth", 390)
    phone.picture("designer-phone", whole=True)
    phone.find("#criterion-save").click()
    phone.page.wait_for_url(re.compile(r"/design\?row=\d+#row-\d+$"))
    row(phone, "3", "Hồ sơ khen thưởng")
    expect(phone.find("#row-" + picked(phone))).to_contain_text("chọn mức")


def picked(screen: Screen) -> str:
    """The id of the row in hand."""
    return screen.find('.orow input[name="criterion"]:checked').get_attribute("value") or ""
