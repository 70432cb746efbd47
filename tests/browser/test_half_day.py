"""A whole half-day in real browsers: the unit's own scores, the meeting, the conclusion, three signatures, one PDF."""

import io
import re
import subprocess
import sys
import unicodedata

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.demo_instance import HalfDay
from tests.browser.gestures import choose, entry, exchange, explain, facts, record, saved, sign, walk_to
from tests.browser.screens import PHONE, NewScreen, Screen
from tests.servers.demo_server import ROOT, DemoServer
from thidua.commands.demo_signing import PIN

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EVIDENCE = "Báo cáo 15/BC-HTS ngày 12/10, phụ lục 2"
SHORT = "Hồ sơ chưa đủ."
DOUBT = "Chưa có văn bản phối hợp với cụm thi đua."
REMARKS = {
    "Ưu điểm": "Phong trào “Nghĩa tình đồng đội” nền nếp, đã xây 14 nhà tình nghĩa ở Lục Ngạn, Yên Thế, Sơn Động.",
    "Hạn chế": "Hồ sơ khen thưởng của ba chi hội chưa đủ chữ ký.",
    "Nguyên nhân": "Cán bộ kiêm nhiệm, thay đổi giữa nhiệm kỳ.",
}
DUTY = "Bổ sung hồ sơ khen thưởng của ba chi hội theo Quy chế 217/QC-HTS."
OWNER = "Ban Thường vụ Tỉnh hội"
QUESTION = "Quỹ khen thưởng năm nay lấy từ nguồn nào?"
ANSWER = "Từ hội phí và ủng hộ của doanh nghiệp hội viên, có sổ theo dõi riêng."
OPINION = "Đơn vị nhất trí với nhận xét của Đoàn, xin khắc phục trước 31/3."
CONCLUSION = (
    "Hội Trường Sơn tỉnh Bắc Giang hoàn thành tốt nhiệm vụ công tác thi đua, khen thưởng.\n"
    "Đề nghị nhân rộng mô hình “Vườn cây nghĩa tình” ra toàn tỉnh."
)


def test_a_half_day_from_the_first_tap_to_the_signed_minutes(
    screen: NewScreen, server: DemoServer, planned: HalfDay
) -> None:
    unit = screen("don-vi")
    the_unit_scores_itself(unit, planned)
    head, member, secretary = screen("truong-doan"), screen("thanh-vien-1", PHONE), screen("thu-ky")
    member.open(planned.score)
    the_meeting_begins(head, member, planned)
    late = the_team_scores(head, member, secretary, screen, unit, planned)
    everything_is_settled(head, member, unit, planned)
    people_speak(member, secretary, unit, planned)
    one_loses_the_network(late)
    the_head_concludes(head, planned)
    three_people_sign(head, secretary, unit, planned)
    the_minutes_stay(head, unit, server, planned)
    a_late_score_is_refused(late, server, planned)
    nothing_can_be_typed(member, planned)
    check = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "check"],
        cwd=ROOT, env=server.environ, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert check.returncode == 0, check.stdout + check.stderr


def the_unit_scores_itself(unit: Screen, planned: HalfDay) -> None:
    """Before anybody has come: points on the stepper, a level, big keys, and the evidence."""
    unit.open(planned.score)
    choose(unit, "1.1", "12", "self")
    explain(unit, "1.1", EVIDENCE, "self")
    walk_to(unit, "2.1")
    choose(unit, "2.1", "0", "self")
    walk_to(unit, "3.3")
    choose(unit, "3.3", "4,5", "self")
    saved(unit)
    expect(facts(unit, "3.3")).to_contain_text("4,5")
    unit.picture("1-unit-self")


def the_meeting_begins(head: Screen, member: Screen, planned: HalfDay) -> None:
    head.open(f"{planned.score}/meeting")
    head.press("Mở buổi kiểm tra")
    head.sees("Khóa điểm…")
    expect(entry(member, "1.1", "proposed")).to_be_visible()  # the member's page followed by itself
    people = head.find(".attendance__one")
    for name in ("Lạng", "Ích", "Hòa", "Thắng", "Giang"):
        tap = people.filter(has_text=name).get_by_role("button", name="Có mặt")
        tap.click()
        expect(tap).to_have_attribute("aria-pressed", "true")
    absent = people.filter(has_text="Nguyễn Văn Quyết")
    absent.locator("summary").click()
    absent.get_by_role("button", name="Đi công tác").click()
    expect(absent).to_contain_text("Vắng: Đi công tác")
    head.sees("Có mặt 05 đồng chí: đoàn kiểm tra 04 và đơn vị 01; vắng 01.")
    steps = head.find(".agenda__step")
    steps.nth(0).get_by_role("button", name="Bắt đầu").click()
    expect(steps.nth(0)).to_contain_text("Đang diễn ra")
    steps.nth(0).get_by_role("button", name="Kết thúc").click()
    expect(steps.nth(0).locator(".agenda__time")).to_have_text(re.compile(r"\d+ giờ.* – \d+ giờ.*"))
    steps.nth(1).locator("summary").click()
    steps.nth(1).get_by_role("button", name="Đơn vị không đăng ký điển hình").click()
    expect(steps.nth(1).locator(".agenda__time")).to_contain_text("Đơn vị không đăng ký điển hình")
    steps.nth(2).get_by_role("button", name="Bắt đầu").click()
    expect(steps.nth(2)).to_contain_text("Đang diễn ra")
    head.picture("2-head-meeting", whole=True)


def the_team_scores(
    head: Screen, member: Screen, secretary: Screen, screen: NewScreen, unit: Screen, planned: HalfDay
) -> Screen:
    """Proposals appear on the other screens by themselves; an odd one in amber; one tap settles."""
    others = late, last = screen("thanh-vien-2", PHONE), screen("thanh-vien-3", PHONE)
    for one in (head, secretary, *others):
        one.open(planned.score)
    for press in ("full", "-50"):
        attribute = "data-set" if press == "full" else "data-add"
        entry(member, "1.1", "proposed").locator(f'[{attribute}="{press}"]').click()
    explain(member, "1.1", "Báo cáo nộp chậm hai ngày.")
    expect(facts(head, "1.1")).to_contain_text("TV 1 11,5")
    for one in (secretary, *others):
        choose(one, "1.1", "11,5")
    head.press("Lấy điểm chung 11,5")
    for one in (head, member, unit):
        expect(one.find("#totals .big-number")).to_have_text("11,5")
    expect(facts(unit, "1.1")).not_to_contain_text("TV 1")
    for one in (head, member, secretary):
        walk_to(one, "1.2")
    choose(member, "1.2", "9")
    explain(member, "1.2", DOUBT)
    for one in (secretary, *others):
        walk_to(one, "1.2")
        choose(one, "1.2", "11")
    odd = facts(head, "1.2").locator(".chip--warn")
    expect(odd).to_have_text([re.compile("TV 1 9")])  # one against three, once all have proposed
    expect(facts(secretary, "1.2").locator(".chip--warn")).to_have_count(1)
    head.picture("3-head-amber")
    member.picture("3-member-amber")
    facts(head, "1.2").get_by_role("button", name=re.compile("^Phạm Tiến Ích đề xuất 11")).click()
    for one in (head, member, unit):
        expect(one.find("#totals .big-number")).to_have_text("22,5")
    last.close()
    return late


def everything_is_settled(head: Screen, member: Screen, unit: Screen, planned: HalfDay) -> None:
    """The head of team settles the rest: full marks, one level, one criterion that does not apply."""
    for number in ("1.3", "1.4", "1.5", "1.6"):
        walk_to(head, number)
        entry(head, number, "agreed").locator('[data-set="full"]').click()
    for number, value in (("2.1", "1"), ("2.2", "0"), ("3.1", "7"), ("3.2", "na"), ("3.3", "4"), ("3.4", "6")):
        walk_to(head, number)
        if number in ("2.1", "3.3"):
            explain(head, number, SHORT, "agreed")
        if value == "na":
            entry(head, number, "agreed").locator('[data-set="na"]').click()
        else:
            choose(head, number, value, "agreed")
    saved(head)
    for one in (head, member, unit):
        expect(one.find("#totals .big-number")).to_have_text("87,5")
        expect(one.find("#totals")).to_contain_text("/ 93")
        expect(one.find("#totals")).to_contain_text("12/12")
    unit.picture("4-unit-total")
    head.open(f"{planned.score}/board")
    head.picture("4-head-board")


def people_speak(member: Screen, secretary: Screen, unit: Screen, planned: HalfDay) -> None:
    secretary.open(f"{planned.score}/remarks")
    member.open(f"{planned.score}/remarks")
    for kind, text in REMARKS.items():
        record(secretary, kind, unicodedata.normalize("NFD", text))
    record(secretary, "Kiến nghị", DUTY, owner=OWNER, due="31/3/2027")
    secretary.picture("5-secretary-remarks", whole=True)
    member.sees(REMARKS["Ưu điểm"], "#remarks")
    member.sees("Hạn: 31/03/2027", "#remarks")
    secretary.open(f"{planned.score}/exchanges")
    exchange(secretary, "Hỏi", "Lê Đức Thắng", QUESTION)
    exchange(secretary, "Trả lời", "Hoàng Văn Giang", ANSWER)
    unit.open(f"{planned.score}/remarks")
    record(unit, "Ý kiến của đơn vị", OPINION)
    member.sees(OPINION, "#remarks")
    member.picture("5-member-remarks", whole=True)


def the_head_concludes(head: Screen, planned: HalfDay) -> None:
    head.open(f"{planned.score}/meeting")
    head.find(".agenda__step").nth(2).get_by_role("button", name="Kết thúc").click()
    expect(head.find(".agenda__step").nth(2).locator(".agenda__time")).to_contain_text("–")
    head.press("Khóa điểm…")
    head.sees("Mọi tiêu chí đã có điểm thống nhất")
    head.picture("6-head-closure")
    head.press("Khóa điểm")
    head.sees("Đã khóa điểm")
    head.page.get_by_role("textbox", name="Kết luận của Trưởng đoàn").fill(CONCLUSION)
    head.press("Lưu kết luận")
    head.sees("Đã lưu kết luận")
    head.picture("6-head-conclusion", whole=True)
    missing = head.find("section:has(#missing-title)")
    expect(missing).to_contain_text("Bấm vào từng mục để bổ sung")
    head.press("Chốt biên bản")
    head.sees("Còn mục chưa đủ")
    head.page.get_by_label("Tôi đã xem danh sách trên").check()
    head.press("Chốt biên bản")
    head.sees("Biên bản đã chốt")


def three_people_sign(head: Screen, secretary: Screen, unit: Screen, planned: HalfDay) -> None:
    head.sees("Chưa tới lượt đồng chí")
    expect(head.find("#sign")).to_have_count(0)
    secretary.open(planned.conclusion)
    sign(secretary, "135799")
    secretary.sees("Mã PIN chưa đúng")
    sign(secretary, PIN)
    secretary.sees("Đồng chí đã ký biên bản")
    unit.open(planned.conclusion)
    sign(unit, PIN)
    unit.sees("Đồng chí đã ký biên bản")
    head.open(planned.conclusion)
    sign(head, PIN)
    head.sees("Biên bản đã ký đủ")
    head.picture("7-signed", whole=True)


def the_minutes_stay(head: Screen, unit: Screen, server: DemoServer, planned: HalfDay) -> None:
    """Two people get the same bytes, with every word in NFC, before and after a restart."""
    unit.open(planned.conclusion)
    pdf = head.download("Tải về máy")
    assert unit.download("Tải về máy") == pdf
    printed = " ".join("".join(page.extract_text() + " " for page in PdfReader(io.BytesIO(pdf)).pages).split())
    assert unicodedata.is_normalized("NFC", printed)
    typed = (*REMARKS.values(), DUTY, OWNER, QUESTION, ANSWER, OPINION, *CONCLUSION.split("\n"), SHORT)
    assert [words for words in typed if words.rstrip(".") not in printed] == []
    server.stop()
    server.start()
    assert head.context.request.get(planned.pdf).body() == pdf


def one_loses_the_network(late: Screen) -> None:
    late.context.set_offline(True)
    walk_to(late, "1.3")
    choose(late, "1.3", "9")
    late.status("Mất mạng · 1 điểm chờ gửi")


def a_late_score_is_refused(late: Screen, server: DemoServer, planned: HalfDay) -> None:
    """The device comes back when all have signed: its score is refused in words, and nothing is changed."""
    before = server.scores(planned.id, "proposed")
    late.context.set_offline(False)
    late.status("1 điểm cần xem lại")
    late.find("#save-status").get_by_role("link").click()
    refused = late.find(".waiting-dialog .waiting--refused")
    expect(refused).to_contain_text("Tiêu chí 1.3")
    expect(refused).to_contain_text("Biên bản đã ký")
    late.picture("8-late")
    assert server.scores(planned.id, "proposed") == before
    refused.get_by_role("button", name="Bỏ").click()
    expect(refused).to_have_count(0)
    late.press("Đóng")


def nothing_can_be_typed(member: Screen, planned: HalfDay) -> None:
    member.open(planned.score)
    member.sees("Biên bản đã ký")
    expect(member.find("form[data-outbox]")).to_have_count(0)
    member.open(f"{planned.score}/remarks")
    expect(member.find("#remark-form")).to_have_count(0)
