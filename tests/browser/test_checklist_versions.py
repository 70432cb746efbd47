"""A new version from its beginning to its publication: copied, changed, looked at, compared, tried, published."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.screens import PHONE, NewScreen, Screen
from tests.servers.demo_server import DemoServer


def item(screen: Screen, number: str) -> Locator:
    """A criterion on the page of the trial."""
    return screen.find(f'.trial__item[data-number="{number}"]')


def test_a_version_is_begun_changed_previewed_tried_compared_and_published(
    screen: NewScreen, server: DemoServer
) -> None:
    [first] = server.rows("SELECT id FROM checklist WHERE state = 'published'")
    [draft] = server.rows("SELECT id FROM checklist WHERE state = 'draft'")
    staff = screen("can-bo")

    # the demo's draft is thrown away; a new version begins with the rows of the first
    staff.open(f"/checklists/{first['id']}/versions")
    version = staff.find(f"#version-{draft['id']}")
    version.get_by_text("Xóa bản nháp", exact=True).click()
    version.get_by_role("button", name="Xóa bản nháp").click()
    staff.open(f"/checklists/{first['id']}")
    staff.page.get_by_role("button", name="Tạo bản mới").click()
    expect(staff.find("h1")).to_be_visible()
    [draft] = server.rows("SELECT id FROM checklist WHERE state = 'draft'")
    [row] = server.rows("SELECT id FROM criterion WHERE checklist_id = :id AND number = '2.2'", id=draft["id"])

    # while one types, the card shows what members will press; nothing is saved
    staff.open(f"/checklists/{draft['id']}/design/criteria/{row['id']}")
    shown = staff.find(".preview-place__shown")
    expect(shown.locator(".key--level")).to_have_count(4)
    staff.page.get_by_label("Chấm điểm trong khoảng").check()
    staff.page.get_by_label("Điểm tối đa", exact=True).fill("nhiều")
    expect(shown).to_contain_text("“nhiều” không phải là điểm")
    staff.page.get_by_label("Điểm tối đa", exact=True).fill("3")
    expect(shown.locator(".keys .key")).to_have_count(8)
    shown.locator(".key", has_text="2,5").click()
    expect(shown.locator('input[value="2,5"]')).to_be_checked()
    assert server.rows("SELECT kind FROM criterion WHERE id = :id", id=row["id"]) == [{"kind": "levels"}]
    staff.page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(staff.find(f"#row-{row['id']}")).to_be_visible()

    # tried: every press is added up by the server
    staff.open(f"/checklists/{draft['id']}/trial")
    total = staff.find("#trial-result")
    item(staff, "1.1").get_by_text("đủ điểm").click()
    expect(total).to_contain_text("Tổng 12 / 96")
    item(staff, "2.2").locator(".key", has_text="2,5").click()
    expect(total).to_contain_text("Tổng 14,5 / 96")
    item(staff, "1.2").locator(".stepper__value input").fill("99")
    item(staff, "1.2").locator(".stepper__value input").press("Enter")
    expect(item(staff, "1.2").locator(".field__error")).to_contain_text("từ 0 đến 12")
    item(staff, "1.2").get_by_text("Không xét").click()
    expect(total).to_contain_text("Tổng 14,5 / 84")
    expect(item(staff, "1.2").locator(".field__error")).to_be_hidden()
    staff.page.get_by_role("button", name="Điền tối đa").click()
    expect(total).to_contain_text("Tổng 96 / 96")
    expect(total).to_contain_text("Xuất sắc")
    staff.page.get_by_role("button", name="Xóa hết").click()
    expect(total).to_contain_text("Tổng 0 / 96")

    # compared and published; the half-day under way keeps the first version
    staff.open(f"/checklists/{draft['id']}/publication")
    expect(staff.find("main")).to_contain_text("So với bản 1: 1 tiêu chí sửa")
    staff.page.get_by_role("link", name="Xem từng thay đổi").click()
    expect(staff.find(".changes")).to_contain_text(re.compile(r"Tiêu chí 2\.2.*Cách chấm"))
    staff.open(f"/checklists/{draft['id']}/publication")
    staff.page.get_by_role("button", name="Công bố bản 2").click()
    expect(staff.find("#notices")).to_contain_text("Đã công bố")
    states = server.rows("SELECT id, state FROM checklist ORDER BY id")
    assert {one["id"]: one["state"] for one in states} == {first["id"]: "retired", draft["id"]: "published"}
    assert server.rows("SELECT DISTINCT checklist_id FROM checklist_session") == [{"checklist_id": first["id"]}]


def test_on_a_phone_changes_are_read_and_a_sheet_is_tried(screen: NewScreen, server: DemoServer) -> None:
    [draft] = server.rows("SELECT id FROM checklist WHERE state = 'draft'")
    member = screen("thanh-vien-1", PHONE)
    for page in ("versions", "comparison", "trial", "preview"):
        member.open(f"/checklists/{draft['id']}/{page}")
        width = member.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, f"{page} is {width} wide"
    member.open(f"/checklists/{draft['id']}/comparison")
    expect(member.find("main")).to_contain_text("Bản 2 so với bản 1: 1 tiêu chí thêm, 1 sửa")
    member.open(f"/checklists/{draft['id']}/trial")
    item(member, "2.1").locator(".key--level").first.click()
    expect(member.find("#trial-result")).to_contain_text("Tổng 8 / 100")
    item(member, "2.1").get_by_role("button", name="Bỏ điểm").click()
    expect(member.find("#trial-result")).to_contain_text("Tổng 0 / 100")
