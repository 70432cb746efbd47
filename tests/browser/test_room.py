"""The meeting room in real browsers: agenda and timer, the wall, attendance by tapping, questions with speakers."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.demo_instance import HalfDay
from tests.browser.screens import PHONE, NewScreen, Screen
from tests.servers.demo_server import DemoServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WALL = {"viewport": {"width": 1920, "height": 1080}}
TEN_MINUTES_FAST = """(() => {
  const Real = Date, ahead = 600000;
  class Shifted extends Real {
    constructor(...given) { if (given.length) super(...given); else super(Real.now() + ahead); }
    static now() { return Real.now() + ahead; }
  }
  window.Date = Shifted;
})()"""
SECONDS = "() => [...document.querySelectorAll('[data-timer]')].map((one) => Number(one.dataset.elapsed))"
TEXTS = """() => [...document.querySelectorAll('.projector__body *')]
  .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
  .filter((one) => one.getClientRects().length)
  .map((one) => [parseFloat(getComputedStyle(one).fontSize), one.textContent.trim().slice(0, 30)])"""
CUT = """() => { const words = document.getElementById('projector-words');
  return words.scrollHeight > words.clientHeight + 1 || document.documentElement.scrollHeight > innerHeight
    || document.documentElement.scrollWidth > innerWidth; }"""
LONG = "Tổ chức học tập, quán triệt và triển khai đầy đủ các văn bản của cấp trên về công tác thi đua – khen thưởng; "


def elapsed(screen: Screen) -> list[int]:
    expect(screen.find("[data-timer]").first).to_have_attribute("data-elapsed", re.compile(r"\d+"))
    return screen.page.evaluate(SECONDS)


def test_the_head_runs_the_agenda_and_every_timer_counts_the_same(
    screen: NewScreen, server: DemoServer, planned: HalfDay
) -> None:
    head, wall = screen("truong-doan"), screen("thu-ky", WALL)
    fast = screen("thanh-vien-1", PHONE)
    fast.context.add_init_script(TEN_MINUTES_FAST)
    wall.open(f"{planned.score}/projector")
    wall.sees("Chưa bắt đầu")
    head.open(f"{planned.score}/meeting")
    head.press("Mở buổi kiểm tra")
    head.sees("Khóa điểm…")
    steps = head.find(".agenda__step")
    steps.nth(0).get_by_role("button", name="Bắt đầu").click()
    wall.sees("Bước 1/5")
    wall.sees("còn 40 phút")
    fast.open(f"{planned.score}/meeting")
    for path in ("", "/meeting"):
        fast.open(planned.score + path)
        counted = [*elapsed(head), *elapsed(wall), *elapsed(fast)]
        assert max(counted) - min(counted) <= 2, counted  # read one after another
    assert server.rows("SELECT started_at FROM agenda_step WHERE checklist_session_id = :id", id=planned.id)
    head.picture("room-meeting", whole=True)

    steps.nth(0).get_by_role("button", name="Xong, sang bước 2").click()
    wall.sees("Bước 2/5")
    expect(steps.nth(0).locator(".agenda__time")).to_contain_text("–")
    steps.nth(1).get_by_role("button", name="Bấm nhầm").click()
    wall.sees("Bước 1/5")
    expect(steps.nth(0)).to_contain_text("Đang diễn ra")
    steps.nth(1).locator("summary").click()
    steps.nth(1).get_by_role("button", name="Thời tiết không thuận lợi").click()
    expect(steps.nth(1).locator(".agenda__time")).to_contain_text("Thời tiết không thuận lợi")
    expect(fast.find(".agenda__step").nth(1)).to_contain_text("Thời tiết không thuận lợi")
    expect(fast.find("#agenda button")).to_have_count(0)


def test_the_timer_turns_amber_in_words_near_the_end_and_after_it(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    head, wall = screen("truong-doan"), screen("thu-ky", WALL)
    wall.open(f"{under_way.score}/projector")
    head.open(f"{under_way.score}/meeting/times")
    timer = wall.find(".projector__timer")
    expect(timer).to_have_attribute("data-level", "calm")
    passed = elapsed(wall)[0] // 60
    for minutes, level, words in ((passed + 4, "soon", "còn"), (max(passed - 3, 1), "over", "quá")):
        head.page.get_by_label("3. Nghe báo cáo").fill(str(minutes))
        head.press("Lưu giờ dự kiến")
        expect(timer).to_have_attribute("data-level", level)
        expect(timer.locator("[data-timer-left]")).to_have_text(re.compile(rf"^{words} \d+ phút$"))
        wall.picture(f"room-wall-{level}")
        expect(head.find(f'#agenda [data-timer][data-level="{level}"]')).to_be_visible()
        head.open(f"{under_way.score}/meeting/times")


def test_the_wall_follows_the_head_and_keeps_the_total_until_it_is_announced(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    head, wall, unit = screen("truong-doan"), screen("thu-ky", WALL), screen("don-vi", PHONE)
    wall.open(f"{under_way.score}/projector")
    unit.open(under_way.score)
    expect(wall.find(".projector__total b")).to_have_text("31")
    expect(unit.find("#totals")).to_contain_text("31")
    head.open(f"{under_way.score}/meeting")
    head.press("Ẩn tổng điểm")
    expect(wall.find(".projector__total")).to_have_text("Tổng điểm: công bố sau")
    expect(wall.find(".projector__sections p")).to_have_count(0)
    expect(unit.find("#totals")).to_contain_text("công bố sau")
    wall.picture("room-wall-hidden")
    unit.page.reload()
    expect(unit.find("#totals")).not_to_contain_text("31")
    head.open(under_way.score)
    head.press("Lên màn chiếu")
    number = head.find(".criterion:visible").get_attribute("data-number") or "?"
    expect(wall.find(".projector__current h2 span")).to_have_text(number)
    head.open(f"{under_way.score}/meeting")
    head.press("Công bố tổng điểm")
    expect(wall.find(".projector__total b")).to_have_text("31")
    expect(unit.find("#totals")).to_contain_text("31")


@pytest.mark.parametrize("length", [8, 150, 260, 390])
def test_the_wall_is_read_from_six_metres_whatever_the_length(
    screen: NewScreen, server: DemoServer, under_way: HalfDay, length: int
) -> None:
    server.change("UPDATE criterion SET text = :words WHERE number = '1.3'", words=(LONG * 4)[:length])
    wall = screen("thu-ky", WALL)
    wall.open(f"{under_way.score}/projector")
    wall.page.evaluate("document.fonts.ready")
    for theme in ("dark", "light"):
        wall.page.mouse.move(300, 300)
        wall.find(f'#wall-theme button[value="{theme}"]').click()
        assert wall.page.evaluate(CUT) is False
        small = [one for one in wall.page.evaluate(TEXTS) if one[0] < 40]
        assert small == []
        expect(wall.find("body")).to_have_attribute("data-idle", "")
        wall.picture(f"room-wall-{length}-{theme}")
    for number in (".projector__agreed b", ".projector__total b"):
        assert wall.find(number).evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") >= 160
    expect(wall.find("body")).to_have_css("cursor", "none")
    wall.page.reload()
    expect(wall.find("html")).to_have_attribute("data-theme", "light")


def test_the_wall_says_calmly_that_the_network_is_lost(screen: NewScreen, under_way: HalfDay) -> None:
    wall, head = screen("thu-ky", WALL), screen("truong-doan")
    wall.open(f"{under_way.score}/projector")
    link = wall.find("#projector-link")
    expect(link).to_have_text("")
    wall.context.set_offline(True)
    expect(link).to_have_text(re.compile("^Mất mạng từ .* · đang nối lại$"))
    wall.picture("room-wall-offline")
    head.open(f"{under_way.score}/meeting")
    head.press("Ẩn tổng điểm")
    wall.context.set_offline(False)
    expect(wall.find(".projector__total")).to_have_text("Tổng điểm: công bố sau")
    expect(link).to_have_text("")


def test_people_are_marked_by_tapping_names_on_two_screens(
    screen: NewScreen, server: DemoServer, planned: HalfDay
) -> None:
    head, secretary = screen("truong-doan"), screen("thu-ky", PHONE)
    for one in (head, secretary):
        one.open(f"{planned.score}/meeting")
    head.find("#all-team").click()
    secretary.sees("đoàn kiểm tra 05")
    leader = secretary.find("#attendance .attendance__one").filter(has_text="Hoàng Văn Giang")
    leader.get_by_role("button", name="Có mặt").click()
    head.sees("Có mặt 06 đồng chí: đoàn kiểm tra 05 và đơn vị 01.")
    absent = head.find("#attendance .attendance__one").filter(has_text="Lê Đức Thắng")
    absent.locator("summary").click()
    secretary.picture("room-attendance-phone", whole=True)
    absent.get_by_role("button", name="Ốm").click()
    expect(absent).to_contain_text("Vắng: Ốm")
    secretary.sees("Vắng: Ốm")
    secretary.find("#add-person summary").click()
    form = secretary.find("#add-person form")
    form.get_by_label("Họ và tên").fill("Trần Văn Khách")
    form.get_by_label("Chức vụ, đơn vị").fill("Chủ tịch UBND xã")
    form.get_by_role("button", name="Thêm vào danh sách").click()
    head.sees("Trần Văn Khách")
    head.sees("khách mời 01")
    guest = head.find("#attendance .attendance__one").filter(has_text="Trần Văn Khách")
    guest.locator("summary").click()
    guest.get_by_role("link", name="Sửa tên, chức vụ…").click()
    head.page.get_by_label("Họ và tên").fill("Trần Văn Khánh")
    head.press("Lưu")
    head.sees("Trần Văn Khánh")
    secretary.sees("Trần Văn Khánh")
    names = server.rows(
        "SELECT name, presence, absent_reason FROM attendance WHERE checklist_session_id = :id ORDER BY position, id",
        id=planned.id,
    )
    assert [row["presence"] for row in names].count("present") == 6
    assert {"name": "Lê Đức Thắng", "presence": "absent", "absent_reason": "Ốm"} in names
    assert names[-1]["name"] == "Trần Văn Khánh"


def test_questions_and_answers_are_written_down_as_fast_as_people_speak(
    screen: NewScreen, server: DemoServer, under_way: HalfDay
) -> None:
    head, secretary, unit = (
        screen("truong-doan"),
        screen("thu-ky", {"viewport": {"width": 1024, "height": 768}}),
        screen("don-vi", PHONE),
    )
    head.open(under_way.score)
    head.press("Lên màn chiếu")
    number = head.find(".criterion:visible").get_attribute("data-number") or "?"
    expect(head.find(".criterion:visible .showing")).to_contain_text("Đang chiếu")
    secretary.open(f"{under_way.score}/exchanges")
    unit.open(f"{under_way.score}/exchanges")
    form = secretary.find("#exchange-form")
    text = form.get_by_label("Nội dung phát biểu")

    def speaker() -> str:
        return form.locator(
            ".kinds label", has=secretary.page.locator("input[name=attendance_id]:checked")
        ).inner_text()

    form.locator(".kinds label", has_text="Trần Thị Hòa").click()
    for words in ("Quỹ khen thưởng bao nhiêu?", "Ai quản lý quỹ?"):
        form.locator(".kinds label", has_text=re.compile("^Hỏi$")).click()
        text.fill(words)
        text.press("Enter")
        unit.sees(words, "#exchanges")
        expect(text).to_have_value("")
        expect(form.locator("input[name=kind]:checked")).to_have_value("answer")
        form.locator(".kinds label", has_text=re.compile("^Hỏi$")).click()
        assert speaker() == "Trần Thị Hòa", "who spoke last for this side stays chosen"
    first = secretary.find("#exchanges .exchange").filter(has_text="Quỹ khen thưởng bao nhiêu?")
    first.get_by_role("link", name="Trả lời câu này").click()
    expect(secretary.find("#exchange-question")).to_contain_text("Quỹ khen thưởng bao nhiêu?")
    form.locator(".kinds label", has_text="Hoàng Văn Giang").click()
    secretary.picture("room-exchanges")
    text.fill("Bốn mươi triệu đồng.")
    text.press("Enter")
    unit.sees("Bốn mươi triệu đồng.", "#exchanges")
    order = unit.find("#exchanges .exchange__text").all_inner_texts()
    asked = order.index("Quỹ khen thưởng bao nhiêu?")
    assert order[asked + 1] == "Bốn mươi triệu đồng." and order.index("Ai quản lý quỹ?") < asked
    unit.sees(f"Tiêu chí {number}", "#exchanges")
    rows = server.rows(
        "SELECT exchange.speaker, criterion.number, attendance_id IS NOT NULL AS tapped FROM exchange "
        "JOIN criterion ON criterion.id = exchange.criterion_id "
        "WHERE exchange.checklist_session_id = :id AND exchange.text LIKE 'Bốn%'",
        id=under_way.id,
    )
    assert [(row["speaker"], row["number"], bool(row["tapped"])) for row in rows] == [("Hoàng Văn Giang", number, True)]
