import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from thidua.rules.documents import Heading, Listing, Paragraph, Table, Title, from_plain, to_plain
from thidua.rules.plan_document import ScheduledHalfDay, compose_plan, plan_facts_from_plain
from thidua.rules.plan_facts import PlanFacts, Signer, cited

SEED = Path(__file__).parents[2] / "thidua" / "seeds" / "plan72.json"


@pytest.fixture(scope="module")
def facts():
    return plan_facts_from_plain(json.loads(SEED.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def plan(facts):
    return compose_plan(facts)


def headings(document, level=1):
    return [block.text for block in document.blocks if isinstance(block, Heading) and block.level == level]


def test_the_plan_has_the_five_sections_of_the_source(plan):
    assert headings(plan) == [
        "I. Mục đích, yêu cầu",
        "II. Nội dung kiểm tra",
        "III. Công tác chuẩn bị nội dung và thực hành kiểm tra",
        "IV. Thành phần, thời gian làm việc",
        "V. Đơn vị được kiểm tra, nắm tình hình",
    ]


def test_the_letterhead_keeps_the_number_as_printed_and_the_date_by_decree(plan):
    letterhead = plan.block("letterhead")
    assert letterhead.number == "Số: 72 /HTS"
    assert letterhead.place_and_date == "Hà Nội, ngày 08 tháng 9 năm 2020"
    assert (plan.kind, plan.code, plan.title) == ("KH", "72/HTS", "Kế hoạch số 72/HTS")


def test_the_wording_of_the_source_is_kept_with_its_oddities(plan):
    focus = plan.block("content-1-focus").items
    assert len(focus) == 6
    assert "hoạt động tuyền thống" in focus[0] and "Trú trọng củng cố" in focus[1]
    assert any("2020/QC-HTSVN" in line for line in plan.block("content-3-documents").items)


def test_the_announcement_is_one_sentence(plan):
    text = plan.block("announcement").text
    assert text.startswith("Để đánh giá đúng kết quả")
    assert text.endswith(
        "lần thứ III, Thường trực Hội thông báo kế hoạch kiểm tra, nắm tình hình công tác Thi đua khen "
        "thưởng năm 2020 đến các Hội thành viên và BLL các đơn vị truyền thống như sau:"
    )


def test_all_eleven_units_are_listed_in_the_order_of_the_plan(plan):
    units = plan.block("unit-items").items
    assert len(units) == 11
    assert units[0] == "Hội Trường Sơn thành phố Hà Nội." and units[-1] == "Hội Nữ CSTS tỉnh Thái Bình."


def test_the_team_is_told_in_words(plan):
    assert plan.block("team").text == (
        "b) Đoàn kiểm tra: từ 04 đến 05 đồng chí, gồm lãnh đạo Trung ương Hội, Thư ký Hội đồng Thi đua "
        "và một số cán bộ chủ trì các Ban cơ quan."
    )


def test_the_text_ends_with_the_end_mark_and_the_signer(plan):
    signatures = plan.block("signatures")
    assert signatures.closing[-1].endswith("chuẩn bị tốt nội dung./.")
    place = signatures.places[0]
    assert (place.authority, place.office) == ("TM. BAN CHẤP HÀNH", "CHỦ TỊCH")
    assert (place.note, place.person) == ("(Đã ký)", "Thiếu tướng Võ Sở")
    assert plan.block("recipients").lines == ("Các Hội, BLL có tên trên", "Lưu: VP, Ban TT-TĐ")


def test_contacts_are_told_with_roles_and_phones(plan):
    first = plan.block("contact-items").items[0]
    assert first.startswith("Đồng chí Phạm Tiến Ích, Phó Ban Tuyên truyền – Thi đua")
    assert first.endswith("điện thoại: 0961071956, 0982122552.")


def test_duties_are_whole_sentences(plan):
    duties = plan.block("duties-items").items
    assert duties[1].startswith("Đơn vị được kiểm tra chuẩn bị đầy đủ các quyết định")
    assert duties[2].endswith("chỉ đạo chung (nếu có).")


def test_a_timetable_becomes_an_appendix(facts):
    half_day = ScheduledHalfDay(date(2020, 10, 25), "Sáng", facts.units[0], "Trụ sở Hội", "Đoàn số 1")
    plan = compose_plan(replace(facts, schedule=(half_day,)))
    titles = [block for block in plan.blocks if isinstance(block, Title)]
    assert titles[1].kind == "Phụ lục"
    table = plan.block("schedule")
    assert isinstance(table, Table)
    assert table.rows[0].cells == ("1", "25/10/2020", "Sáng", facts.units[0], "Trụ sở Hội", "Đoàn số 1")
    assert plan.block("schedule-source").text == "(Kèm theo Kế hoạch số 72/HTS ngày 08 tháng 9 năm 2020)"


def test_without_a_timetable_there_is_no_appendix(plan):
    assert len([block for block in plan.blocks if isinstance(block, Title)]) == 1


def test_parts_without_facts_are_left_out_and_numbers_have_no_gap(facts):
    shorter = compose_plan(replace(facts, purposes=(), duties=(), unit_side=(), contacts=(), closing="", recipients=()))
    assert headings(shorter)[0] == "I. Nội dung kiểm tra"
    assert headings(shorter, 2)[0] == "1. Thực hành kiểm tra, nắm tình hình"
    assert shorter.block("team").text.startswith("a) Đoàn kiểm tra")
    ids = {block.id for block in shorter.blocks}
    assert not ids & {"purposes", "duties", "unit-side", "contacts", "recipients"}


def test_a_plan_just_begun_is_already_a_document():
    bare = PlanFacts("Kiểm tra năm 2027", ("HỘI TRƯỜNG SƠN",), "", "Hà Nội", None, Signer("", "CHỦ TỊCH", "", ""))
    plan = compose_plan(bare, draft=True)
    assert plan.draft and plan.block("letterhead").place_and_date == "Hà Nội, ngày … tháng … năm …"
    assert headings(plan) == []
    assert not [
        block
        for block in plan.blocks
        if (isinstance(block, Paragraph | Heading) and not block.text)
        or (isinstance(block, Listing) and not block.items)
    ]


def test_a_document_is_cited_with_its_kind_once():
    day = date(2017, 1, 10)
    assert cited("Quy chế", "217/QC-HTS", day, "Quy chế công tác") == (
        "Quy chế công tác (số 217/QC-HTS ngày 10 tháng 01 năm 2017)"
    )
    assert cited("Công văn", "206/CV", day, "gửi các Hội") == "Công văn số 206/CV ngày 10 tháng 01 năm 2017 gửi các Hội"


def test_the_plan_survives_storage(plan):
    assert from_plain(to_plain(plan)) == plan
