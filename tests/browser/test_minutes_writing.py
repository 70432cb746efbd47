"""The minutes on the screen: the room goes on while a paragraph is worded, and the wall follows the reading."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.demo_instance import HalfDay
from tests.browser.gestures import record
from tests.browser.screens import NewScreen

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MINE = "Phong trào sôi nổi, đều khắp."
FRESH = "Hồ sơ lưu trữ khoa học, tra cứu nhanh"


def test_words_being_typed_stay_while_the_room_goes_on_and_the_wall_follows_the_reading(
    screen: NewScreen, under_way: HalfDay
) -> None:
    member, secretary, wall = screen("thanh-vien-1"), screen("thu-ky"), screen("truong-doan")
    wall.open(f"{under_way.conclusion}/minutes")
    secretary.open(f"{under_way.conclusion}/minutes/blocks/strengths")
    words = secretary.find("#text")
    words.fill(MINE)
    member.open(f"{under_way.score}/remarks")
    record(member, "Ưu điểm", FRESH)
    expect(secretary.find("#composed-moved")).to_be_visible()  # told beside the field
    expect(words).to_have_value(MINE)
    expect(words).to_be_focused()
    phrase = secretary.find("[data-phrase]").first  # of the demo's signed minutes
    phrase.click()
    expect(words).to_have_value(f"{MINE}\n{phrase.get_attribute('data-phrase')}")
    secretary.press("Lưu đoạn này")
    row = wall.find("#row-strengths")
    expect(row).to_contain_text(MINE)  # without loading the page again
    expect(row).to_contain_text("sửa lúc")
    expect(wall.find("#row-strengths")).not_to_contain_text(FRESH)

    wall.open(f"{under_way.score}/closure")
    wall.press("Vẫn khóa điểm")
    expect(wall.page).to_have_url(re.compile(under_way.conclusion))
    wall.open(f"{under_way.score}/projector")
    secretary.open(f"{under_way.conclusion}/reading")
    secretary.press("Bắt đầu đọc biên bản")
    expect(wall.find(".aloud__number")).to_contain_text("Trang 1/")
    secretary.press("Trang sau")
    expect(wall.find(".aloud__number")).to_contain_text("Trang 2/")
    expect(secretary.find("#reading-title")).to_contain_text("Trang 2/")
    secretary.page.get_by_label("Người có ý kiến").fill("Hoàng Văn Giang")
    secretary.press("Trang sau")
    expect(secretary.find("#reading-title")).to_contain_text("Trang 3/")
    expect(secretary.page.get_by_label("Người có ý kiến")).to_have_value("Hoàng Văn Giang")
