"""A messy workbook becomes a draft: read with progress, doubts settled by a press and by hand, saved; and an old
encoding is converted only after somebody has seen what becomes of the words."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.screens import PHONE, NewScreen, Screen
from tests.checklists.layouts import WITH_DOUBTS
from tests.checklists.office_files import xlsx_of
from tests.checklists.test_importing import legacy_workbook
from tests.servers.demo_server import DemoServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def send(screen: Screen, folder: Path, name: str, content: bytes) -> None:
    file = folder / name
    file.write_bytes(content)
    screen.open("/checklists")
    screen.press("Nhập từ Excel, Word")
    screen.page.set_input_files("#file", str(file))
    screen.press("Đọc tệp")


def test_a_messy_workbook_is_corrected_on_the_review_page_and_saved_as_a_draft(
    screen: NewScreen, server: DemoServer, tmp_path: Path
) -> None:
    secretary = screen("thu-ky")
    send(secretary, tmp_path, "cham-diem.xlsx", xlsx_of(WITH_DOUBTS))
    secretary.sees("5 chỗ máy chưa chắc")
    secretary.picture("import-review", whole=True)

    two_numbers = secretary.find(".import-doubt").filter(has_text="15 điểm")
    expect(two_numbers).to_contain_text("Ô C3")
    two_numbers.get_by_role("button", name="Lấy 15").click()
    secretary.sees("4 chỗ máy chưa chắc")
    expect(secretary.find("#row-2 .import-row__points")).to_contain_text("15")

    secretary.find(".import-doubt").filter(has_text="mười").get_by_role("link", name="Sửa hàng này").click()
    secretary.page.get_by_label("Cách chấm").select_option("points")
    secretary.page.get_by_label("Điểm tối đa").fill("mười lăm")
    secretary.press("Ghi")
    secretary.sees("không phải là điểm")
    expect(secretary.page.get_by_label("Điểm tối đa")).to_have_value("mười lăm")
    secretary.page.get_by_label("Điểm tối đa").fill("15")
    secretary.press("Ghi")
    expect(secretary.find("#row-3 .import-row__points")).to_contain_text("15")
    expect(secretary.find(".import-doubt").filter(has_text="mười")).to_have_count(0)
    secretary.page.reload()
    expect(secretary.find("#row-3 .import-row__points")).to_contain_text("15")

    secretary.press("Lưu thành bản nháp")
    secretary.sees("Đã lưu bản nháp")
    secretary.sees("Bản nháp")
    secretary.sees("Hội phí")
    saved = server.rows("SELECT number, maximum FROM criterion WHERE checklist_id = (SELECT max(id) FROM checklist)")
    assert sorted((row["number"], row["maximum"]) for row in saved) == [("1", 1500), ("3", 1500), ("I", 3000)]


def test_words_of_an_old_font_are_converted_after_they_were_looked_at(
    screen: NewScreen, server: DemoServer, tmp_path: Path
) -> None:
    staff = screen("can-bo", device=PHONE)
    send(staff, tmp_path, "bang-cu.xlsx", legacy_workbook())
    staff.sees("TCVN3")
    staff.sees("C«ng t¸c Héi")
    staff.picture("import-encoding", whole=True)
    staff.press("Chuyển sang Unicode")
    staff.sees("Xem lại bảng đã đọc")
    expect(staff.find("#row-1")).to_contain_text("Công tác Hội")
    wide = staff.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
    staff.press("Bỏ, không lưu")
    staff.sees("Đã bỏ tệp")
    assert server.rows("SELECT id FROM checklist_import") == []
