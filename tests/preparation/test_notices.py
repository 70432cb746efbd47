"""Invitations and reminders as pages, PDFs and Word files, one by one and for a whole plan."""

import io
import json
import re
from datetime import timedelta
from html import unescape

import docx
import pypdf
import pytest
from sqlalchemy import update

from tests.conftest import new_op
from tests.doors.papers import flat, text_of
from tests.doors.test_word import lines_of
from tests.preparation.boards import DUE, HALF_DAY, TODAY, day, give_back, put_on, send
from tests.preparation.rooms import area
from tests.rules.notices import SEED
from thidua.extensions import begin_writing, db
from thidua.models import Plan
from thidua.models.plan_text import content_of
from thidua.rules.plan_facts import plan_facts_from_plain
from thidua.rules.words import date_in_words

UNIT_NAME = "Hội Trường Sơn tỉnh Hải Dương"


@pytest.fixture
def room(app, world):
    """A half-day to come of plan 72/HTS, with the plan's whole text."""
    put_on(app, world.planned_id, HALF_DAY)
    facts = plan_facts_from_plain(json.loads(SEED.read_text(encoding="utf-8")))
    with app.app_context():
        begin_writing()
        db.session.execute(update(Plan).where(Plan.id == world.plan_id).values(content=content_of(facts)))
        db.session.commit()
    return world.planned_id


def notice(room, ending="", **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"/checklist-sessions/{room}/notice{ending}{'?' + query if query else ''}"


def test_the_page_is_the_invitation_with_everything_of_plan_and_schedule(client_of, room):
    page = flat(client_of("don-vi-khac").get(notice(room)).text)
    for words in (
        "Số: …/GM-HTS",
        "Giấy mời",
        f"{UNIT_NAME} (đồng chí Bùi Hải Dương, Chủ tịch Hội).",
        f"14 giờ 00 {date_in_words(HALF_DAY)}",
        "Việc thành lập Hội đồng Thi đua",
        "Đồng chí Nguyễn Văn Lạng, Phó Chủ tịch Hội – Trưởng đoàn;",
        f"chậm nhất {date_in_words(DUE)}.",
        "điện thoại: 0961071956",
        "Thiếu tướng Võ Sở",
        "Lưu: VP, Ban TT-TĐ",
    ):
        assert words in page, words
    assert "(Đã ký)" not in page


def test_number_day_and_kind_stand_in_the_address_and_in_the_files(client_of, room):
    client = client_of("can-bo")
    asked = {"kind": "TB", "number": "7", "issued_on": "05/02/2027"}
    page = client.get(notice(room, **asked)).text
    assert "Số: 07/TB-HTS" in page and "Hà Nội, ngày 05 tháng 02 năm 2027" in page
    link = re.search(r'href="([^"]+notice\.pdf\?[^"]+)"', page)
    assert link
    text = text_of(client.get(unescape(link.group(1))).data)
    assert "Số: 07/TB-HTS" in text and "THÔNG BÁO" in text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"number": "bảy"}, "Số: xin ghi một số từ 1 đến 99999."),
        ({"number": "0"}, "Số: xin ghi một số từ 1 đến 99999."),
        ({"issued_on": "30/02/2027"}, "không phải là ngày"),
        ({"kind": "QĐ"}, "Xin chọn giấy mời hoặc thông báo lịch."),
    ],
)
def test_what_is_typed_wrongly_is_told_on_the_page_and_refused_for_the_files(client_of, room, asked, words):
    client = client_of("can-bo")
    page = client.get(notice(room, **({"kind": "GM"} | asked)))
    assert page.status_code == 422 and words in page.text and "paper__block" not in page.text
    for ending in (".pdf", ".docx"):
        answer = client.get(notice(room, ending, **({"kind": "GM"} | asked)))
        assert answer.status_code == 422 and words in answer.text


def test_pdf_and_word_say_what_the_page_says(client_of, room):
    client = client_of("can-bo")
    pdf = client.get(notice(room, ".pdf", kind="GM", number="12"))
    assert (pdf.mimetype, pdf.headers["Cache-Control"]) == ("application/pdf", "no-store")
    word = client.get(notice(room, ".docx", kind="GM", number="12"))
    assert f'filename="giay-moi-{room}.docx"' in word.headers["Content-Disposition"]
    lines = lines_of(docx.Document(io.BytesIO(word.data)))
    text = text_of(pdf.data).replace(" ", "")
    assert "Số: 12/GM-HTS" in lines and "GIẤY MỜI" in lines and len(lines) > 30
    missing = [line for line in lines if flat(line).replace(" ", "") not in text]
    assert missing == []


def test_the_personal_link_is_printed_when_there_is_one(client_of, room):
    client = client_of("can-bo")
    assert "Địa chỉ riêng của đơn vị" not in client.get(notice(room)).text
    client.post(area(room, "/link"), data={"op_id": new_op()})
    page = client.get(notice(room)).text
    assert "Địa chỉ riêng của đơn vị" in page and "/prepare/" in page
    word = docx.Document(io.BytesIO(client.get(notice(room, ".docx")).data))
    assert len(word.inline_shapes) == 1
    assert "/prepare/" in text_of(client.get(notice(room, ".pdf")).data).replace(" ", "")


def test_without_a_date_it_is_a_draft_and_says_so(app, client_of, room):
    put_on(app, room, None)
    page = client_of("can-bo").get(notice(room)).text
    assert "bản dự thảo" in page and "Sẽ thông báo sau." in page


def test_a_plan_without_text_still_makes_an_invitation(client_of, world):
    page = client_of("can-bo").get(notice(world.planned_id))
    assert page.status_code == 200 and UNIT_NAME in page.text
    assert client_of("can-bo").get(notice(world.planned_id, ".docx")).status_code == 200


def test_all_invitations_of_the_plan_are_one_file_numbered_one_after_another(client_of, world, room):
    answer = client_of("can-bo").get(f"/plans/{world.plan_id}/notices.pdf?kind=GM&number=9")
    reader = pypdf.PdfReader(io.BytesIO(answer.data))
    text = text_of(answer.data)
    assert text.index("Số: 09/GM-HTS") < text.index("Số: 10/GM-HTS")
    assert [one.title for one in reader.outline] == [
        "Giấy mời: Hội Trường Sơn tỉnh Bắc Giang", f"Giấy mời: {UNIT_NAME}",
    ]  # fmt: skip
    blank = text_of(client_of("can-bo").get(f"/plans/{world.plan_id}/notices.pdf").data)
    assert blank.count("Số: …/GM-HTS") == 2


def test_a_plan_without_half_days_and_wrong_numbers_are_refused_in_words(app, client_of, world, room):
    client = client_of("can-bo")
    with app.app_context():
        begin_writing()
        empty = Plan(
            year=2027, subject="Kiểm tra", content={}, created_at=db.session.get(Plan, world.plan_id).created_at
        )
        db.session.add(empty)
        db.session.commit()
        empty_id = empty.id
    for name in ("notices.pdf", "reminders.pdf"):
        answer = client.get(f"/plans/{empty_id}/{name}")
        assert answer.status_code == 409, name
        assert client.get(f"/plans/{world.plan_id}/{name}?number=x&kind=GM&whom=late").status_code == 422
        assert client.get(f"/plans/9999/{name}").status_code == 404


def test_the_reminder_lists_what_is_missing_and_by_when(client_of, room):
    client = client_of("can-bo")
    page = flat(client.get(f"/checklist-sessions/{room}/reminder").text)
    for words in (
        "Nhắc việc chuẩn bị kiểm tra tại",
        "Phụ lục số liệu;",
        "Tự chấm điểm (12 tiêu chí);",
        "Danh sách người dự;",
    ):
        assert words in page, words
    assert f"chậm nhất {date_in_words(DUE)}." in page
    text = text_of(client.get(f"/checklist-sessions/{room}/reminder.pdf?number=3").data)
    assert "Số: 03/TB-HTS" in text and "Danh sách người dự;" in text


def test_the_reminder_of_a_returned_criterion_shows_remark_and_day(client_of, room, criterion_id):
    send(client_of("don-vi-khac"), room)
    give_back(client_of("can-bo"), room, {criterion_id: "Thiếu quyết định thành lập"}, TODAY + timedelta(days=3))
    text = text_of(client_of("can-bo").get(f"/checklist-sessions/{room}/reminder.pdf").data)
    assert "Thiếu quyết định thành lập" in text and day(TODAY + timedelta(days=3)) in text


def test_another_day_may_be_asked_for_but_not_one_that_is_over(client_of, room):
    client, wanted = client_of("can-bo"), TODAY + timedelta(days=2)
    page = flat(client.get(f"/checklist-sessions/{room}/reminder?answer_on={day(wanted)}").text)
    assert f"chậm nhất {date_in_words(wanted)}." in page
    over = client.get(f"/checklist-sessions/{room}/reminder?answer_on=01/01/2020")
    assert over.status_code == 422 and "từ hôm nay" in over.text and 'value="01/01/2020"' in over.text


def test_only_late_units_are_reminded_unless_all_are_asked_for(app, client_of, world, room):
    client, address = client_of("can-bo"), f"/plans/{world.plan_id}/reminders.pdf"
    assert client.get(address).status_code == 409
    assert text_of(client.get(f"{address}?whom=all").data).count("Kính gửi:") == 1
    put_on(app, room, TODAY + timedelta(days=2))
    text = text_of(client.get(f"{address}?whom=late&number=4").data)
    assert "đã quá hạn 03 ngày" in text and "Số: 04/TB-HTS" in text
    assert "Bắc Giang" not in text, "its half-day has begun"


def test_nothing_to_remind_of_is_told(client_of, world, room):
    page = client_of("can-bo").get(f"/checklist-sessions/{world.open_id}/reminder")
    assert page.status_code == 200 and "Không có gì để nhắc" in page.text


def test_strangers_get_no_paper(client_of, world, room):
    for ending in ("", ".pdf", ".docx"):
        assert client_of("don-vi").get(notice(room, ending)).status_code == 403
        assert client_of("nguoi-ngoai").get(notice(room, ending)).status_code == 403
    for username in ("don-vi-khac", "truong-doan", "nguoi-ngoai"):
        for address in (f"/checklist-sessions/{room}/reminder", f"/plans/{world.plan_id}/reminders.pdf"):
            assert client_of(username).get(address).status_code == 403
        assert client_of(username).get(f"/plans/{world.plan_id}/notices.pdf").status_code == 403
