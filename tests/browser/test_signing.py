"""One's own signature: a PIN that stays hidden until one wants to see it, and a signature drawn with a finger."""

import pytest
from playwright.sync_api import expect

from tests.browser.screens import PHONE, NewScreen

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_somebody_chooses_a_pin_and_draws_a_signature(screen: NewScreen) -> None:
    member = screen("thanh-vien-2", PHONE)
    member.open("/signatures")
    pin = member.page.get_by_label("Mã PIN", exact=True)
    pin.fill("135790")
    hiding = "field => getComputedStyle(field).webkitTextSecurity"
    assert pin.evaluate(hiding) == "disc"
    member.page.get_by_label("Cho tôi nhìn thấy số").check()
    assert pin.evaluate(hiding) == "none"
    pad = member.find("[data-mark-pad]")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    member.page.mouse.move(box["x"] + 20, box["y"] + 40)
    member.page.mouse.down()
    for step in range(1, 12):
        member.page.mouse.move(box["x"] + 20 + step * 20, box["y"] + 40 + (step % 3) * 30)
    member.page.mouse.up()
    member.press("Lưu mẫu chữ ký")
    shown = member.page.get_by_alt_text("Mẫu chữ ký đang dùng")
    expect(shown).to_be_visible()
    assert shown.evaluate("picture => picture.naturalWidth") > 100
    assert member.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"
    member.picture("signature", whole=True)
