"""Last time's recommendations come first, last time's score stands beside each criterion, and a filled paper form is
typed in with the keyboard alone, through a lost network, a wrong value and a value that was there already."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlalchemy import create_engine, update
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tests.browser.demo_instance import HalfDay
from tests.browser.gestures import SAVED
from tests.browser.screens import PHONE, NewScreen, Screen
from tests.rules.sheets import leaf, section
from tests.servers.demo_server import DemoServer
from thidua.models import Checklist, ChecklistSession
from thidua.rules.sheet import Level, Sheet

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIRST = "Kiện toàn Hội đồng Thi đua – Khen thưởng"
LAST = "Hoàn thiện hồ sơ khen thưởng của 24 chi hội"


def recommendation(screen: Screen, words: str):
    return screen.find(".recommend").filter(has_text=words)


def test_recommendations_are_answered_before_scoring_on_every_screen_and_without_network(
    screen: NewScreen, server: DemoServer, planned: HalfDay
) -> None:
    head = screen("truong-doan")
    head.open(planned.score)
    head.sees("Trước khi chấm: 3 kiến nghị lần trước")
    expect(head.find(".before-scoring__card")).to_have_attribute("open", "")
    head.picture("memory-before-scoring")
    head.press("Chấm điểm trước, trả lời sau")
    expect(head.find(".before-scoring__card")).not_to_have_attribute("open", "")
    expect(head.find(".last-time:visible").first).to_contain_text("Lần trước (2019): 11 / 12 – Hồ sơ của hai chi hội")
    head.picture("memory-last-time")
    unit = screen("don-vi", device=PHONE)
    unit.open(f"{planned.score}/recommendations")
    unit.sees("Đã trả lời 0/3")

    head.find(".before-scoring__title").click()
    head.press("Trả lời từng kiến nghị")
    head.sees("Lần trước nữa")
    head.picture("memory-recommendations", whole=True)
    recommendation(head, FIRST).get_by_role("button", name="Đã thực hiện").click()
    head.status(SAVED)
    expect(recommendation(unit, FIRST)).to_contain_text("Đã thực hiện")
    unit.sees("Đã trả lời 1/3")
    unit.picture("memory-recommendations-phone", whole=True)

    head.context.set_offline(True)
    recommendation(head, LAST).get_by_label("Ghi chú").fill("Còn 02 chi hội")
    recommendation(head, LAST).get_by_role("button", name="Thực hiện một phần").click()
    head.status("chờ gửi")
    head.context.set_offline(False)
    expect(recommendation(unit, LAST)).to_contain_text("Còn 02 chi hội · Nguyễn Văn Lạng")
    recommendation(head, "Mở lớp bồi dưỡng").get_by_role("button", name="Chưa thực hiện").click()
    head.sees("Đã trả lời 3/3")
    head.picture("memory-all-answered", whole=True)
    head.press("Đến trang chấm điểm")
    expect(head.find(".before-scoring__card")).to_have_count(0)
    head.open(planned.conclusion)
    head.sees("Việc thực hiện kiến nghị của lần kiểm tra trước")
    answers = server.rows("SELECT answer FROM recommendation_review WHERE checklist_session_id = :id", id=planned.id)
    assert sorted(row["answer"] for row in answers) == ["done", "not", "partly"]


def test_an_answer_changed_while_the_first_one_travels_is_no_conflict_with_oneself(
    screen: NewScreen, server: DemoServer, planned: HalfDay
) -> None:
    head, held = screen("truong-doan"), []
    head.open(f"{planned.score}/recommendations")
    head.context.route("**/recommendations/*", lambda route: route.continue_() if held else held.append(route))
    one = recommendation(head, FIRST)
    with head.page.expect_request("**/recommendations/*"):
        one.get_by_role("button", name="Đã thực hiện").click()
    one.get_by_role("button", name="Chưa thực hiện").click()
    expect(one.locator("[data-waits]")).to_have_count(2)
    held[0].continue_()
    head.status(SAVED)
    expect(one.get_by_role("button", name="Chưa thực hiện")).to_have_attribute("aria-pressed", "true")
    told = "SELECT payload FROM journal_entry WHERE checklist_session_id = :id AND kind = 'review.answered'"
    assert ['"not"' in row["payload"] for row in server.rows(told + " ORDER BY revision", id=planned.id)] == [
        False,
        True,
    ]


LEVELS = (Level("Đầy đủ", 500), Level("Còn thiếu", 300), Level("Chưa có", 0))
WORDS = "Tiêu chí số {} của phiếu, ghi như trên giấy"
TYPED = ("5", "4,5", "m2", "3", "k", "2", "5", "0", "1,5", "4", "5", "5", "3", "2,5", "4", "5", "m1", "3,5", "Tốt", "1")
"""Twenty rows: points, levels by their number and by their points, one not considered, words, a deduction."""
SUM = "60"


def twenty_rows() -> Sheet:
    def row(number: int):
        fields = {"number": str(number), "text": WORDS.format(number)}
        if number in (3, 17):
            return replace(leaf(number, 500, kind="levels", levels=LEVELS), **fields)
        if number == 19:
            return replace(leaf(number, None, kind="note"), **fields)
        if number == 20:
            return replace(leaf(number, 0, polarity="penalty", minimum=-500), **fields)
        return replace(leaf(number, 500), **fields)

    groups = (section(100, *map(row, range(1, 11))), section(101, *map(row, range(11, 21))))
    return Sheet(1, "Phiếu hai mươi dòng", "", 8500, "leave_out", groups)


@pytest.fixture
def on_paper(server: DemoServer, under_way: HalfDay) -> HalfDay:
    """The half-day under way on a checklist of twenty rows, nothing scored yet."""
    engine = create_engine(server.database_url, poolclass=NullPool)
    with Session(engine) as session:
        at = datetime.now(UTC)
        checklist = Checklist.from_sheet(twenty_rows(), at=at)
        checklist.publish(at=at)
        session.add(checklist)
        session.flush()
        session.execute(
            update(ChecklistSession).where(ChecklistSession.id == under_way.id).values(checklist_id=checklist.id)
        )
        session.commit()
    engine.dispose()
    return under_way


def row(screen: Screen, number: str):
    return screen.find(f'[data-row][data-number="{number}"]')


def proposed(server: DemoServer, half_day: HalfDay) -> dict[str, int]:
    [account] = server.rows("SELECT id FROM account WHERE username = 'thanh-vien-2'")
    found = server.rows(
        "SELECT criterion.number, score.points, score.level, scribe_name FROM score "
        "JOIN criterion ON criterion.id = score.criterion_id JOIN checklist_session room ON room.id = :id "
        "WHERE checklist_session_id = :id AND holder = :holder AND criterion.checklist_id = room.checklist_id",
        id=half_day.id,
        holder=account["id"],
    )
    assert {one["scribe_name"] for one in found} <= {"Phạm Tiến Ích"}
    return {one["number"]: one["points"] if one["points"] is not None else one["level"] for one in found}


def test_a_filled_paper_of_twenty_rows_is_typed_in_with_the_keyboard_alone(
    screen: NewScreen, server: DemoServer, on_paper: HalfDay
) -> None:
    secretary = screen("thu-ky")
    keyboard = secretary.page.keyboard
    secretary.open(f"{on_paper.score}/typing")
    secretary.picture("typing-whose")
    secretary.find("#code").focus()
    keyboard.type("XYZ-1")
    secretary.page.get_by_role("button", name=re.compile("Lê Đức Thắng")).focus()
    keyboard.press("Enter")
    secretary.sees("Mã “XYZ-1” không đúng")
    code = (secretary.find("#code-hint").text_content() or "").split()[-1].rstrip(".")
    secretary.find("#code").fill(code.lower())
    secretary.page.get_by_role("button", name=re.compile("Lê Đức Thắng")).focus()
    keyboard.press("Enter")
    secretary.sees("Nhập phiếu của Lê Đức Thắng")
    secretary.find("[data-row] input").first.focus()

    for number, value in enumerate(TYPED, start=1):
        if number == 4:  # a slip of the finger: said at once, mended at once
            keyboard.type("55")
            keyboard.press("Enter")
            expect(row(secretary, "4")).to_contain_text("điểm phải từ 0 đến 5, mỗi nấc 0,5")
            secretary.picture("typing-wrong")
        if number == 8:
            secretary.context.set_offline(True)
        expect(row(secretary, str(number)).locator("input").first).to_be_focused()
        keyboard.type(value)
        if number == 2:
            keyboard.press("Tab")
            keyboard.type("Thiếu hồ sơ của hai chi hội")
        keyboard.press("ArrowDown" if number % 2 else "Enter")
        if number == 12:
            expect(row(secretary, "12")).to_contain_text("chờ gửi")
            secretary.status("chờ gửi")
            secretary.picture("typing-offline")
            secretary.context.set_offline(False)
    expect(secretary.find("#total")).to_be_focused()
    keyboard.type("61")
    expect(secretary.find("#total-said")).to_contain_text("Lệch 1 điểm so với phiếu")
    secretary.picture("typing-total-differs", whole=True)
    keyboard.press("Backspace")
    keyboard.type("0")
    expect(secretary.find("#total-said")).to_contain_text("Khớp với tổng trên phiếu")
    assert secretary.find("#typing-total").text_content() == SUM
    expect(secretary.find('[data-row][data-state="saved"]')).to_have_count(20)
    expect(row(secretary, "2")).to_contain_text(re.compile("đã lưu \\d+ giờ"))
    secretary.picture("typing-done")

    found = proposed(server, on_paper)
    assert len(found) == 20
    assert (found["1"], found["2"], found["3"], found["4"], found["5"], found["20"]) == (500, 450, 1, 300, None, -100)


def test_a_value_that_is_there_is_asked_about_and_another_persons_value_in_between_too(
    screen: NewScreen, server: DemoServer, on_paper: HalfDay
) -> None:
    secretary, member = screen("thu-ky"), screen("thanh-vien-2", device=PHONE)
    keyboard = secretary.page.keyboard
    member.open(on_paper.score)
    member.find('.criterion:visible label.key:has(input[value="4"])').click()
    member.status(SAVED)
    secretary.open(f"{on_paper.score}/typing")
    secretary.page.get_by_role("button", name=re.compile("Lê Đức Thắng")).click()
    expect(row(secretary, "1").locator("[data-there]")).to_contain_text("4")
    row(secretary, "1").locator("input").first.focus()
    keyboard.type("5")
    keyboard.press("Enter")
    expect(row(secretary, "1")).to_contain_text("Đã có 4, phiếu ghi 5.")
    expect(secretary.page.get_by_role("button", name="Giữ 4")).to_be_focused()
    secretary.picture("typing-asks")
    assert proposed_by(server, on_paper, "1") == 400
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(row(secretary, "1")).to_have_attribute("data-state", "saved")
    assert proposed_by(server, on_paper, "1") == 500

    member.find("#next").click()
    member.find('.criterion:visible label.key:has(input[value="3"])').click()
    member.status(SAVED)
    row(secretary, "2").locator("input").first.fill("2")
    row(secretary, "2").locator("input").first.press("Enter")
    expect(row(secretary, "2")).to_contain_text("Đã có 3, phiếu ghi 2.")
    secretary.page.get_by_role("button", name="Giữ 3").click()
    expect(row(secretary, "2")).to_contain_text("giữ 3")
    assert proposed_by(server, on_paper, "2") == 300
    secretary.open(f"{on_paper.score}/typing?for=unit")
    row(secretary, "1").locator("input").first.fill("5")
    row(secretary, "1").locator("input").first.press("Enter")
    expect(row(secretary, "1")).to_have_attribute("data-state", "saved")
    phone = screen("thu-ky", device=PHONE)
    phone.open(f"{on_paper.score}/typing?for=unit")
    phone.picture("typing-phone", whole=True)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


def proposed_by(server: DemoServer, half_day: HalfDay, number: str) -> int | None:
    [account] = server.rows("SELECT id FROM account WHERE username = 'thanh-vien-2'")
    found = server.rows(
        "SELECT points FROM score JOIN criterion ON criterion.id = score.criterion_id "
        "JOIN checklist_session room ON room.id = checklist_session_id AND room.checklist_id = criterion.checklist_id "
        "WHERE checklist_session_id = :id AND holder = :holder AND criterion.number = :number",
        id=half_day.id,
        holder=account["id"],
        number=number,
    )
    return found[0]["points"] if found else None
