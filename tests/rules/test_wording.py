from dataclasses import replace
from datetime import date

import pytest

from tests.rules.half_day import BARE, FULL, PLAN, SCORES, at
from thidua.rules.document_edits import Edited, apply_edits
from thidua.rules.documents import Heading, Listing, Paragraph, Table, from_plain, to_plain
from thidua.rules.minutes_facts import AgendaItem, Attendee, FigureReported, Objected, Recommended
from thidua.rules.wording import compose_minutes, plan_cited


@pytest.fixture(scope="module")
def minutes():
    return compose_minutes(FULL)


def texts(document):
    """Everything a reader reads, block by block."""
    found = []
    for block in document.blocks:
        match block:
            case Heading() | Paragraph():
                found.append(block.text)
            case Listing():
                found += block.items
            case Table():
                found += [cell for row in block.rows for cell in row.cells]
    return found


def ids(document):
    return [block.id for block in document.blocks]


def sections(document):
    return [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1]


def test_the_sections_follow_the_regulation(minutes):
    assert sections(minutes) == [
        "I. Thành phần",
        "II. Diễn biến buổi kiểm tra",
        "III. Nội dung làm việc",
        "IV. Nhận xét, đánh giá",
        "V. Kết quả chấm điểm, xếp loại",
        "VI. Khó khăn, đề xuất của đơn vị",
        "VII. Kiến nghị của Đoàn kiểm tra",
        "VIII. Ý kiến của đơn vị được kiểm tra",
        "IX. Kết luận của Trưởng đoàn",
    ]


def test_minutes_carry_number_and_no_place_and_date(minutes):
    letterhead = minutes.block("letterhead")
    assert letterhead.number == "Số: 15/BB-HTS" and letterhead.place_and_date == ""
    assert (minutes.kind, minutes.code, minutes.title) == ("BB", "15/BB-HTS", "Biên bản số 15/BB-HTS")
    assert minutes.issued_at == at(11, 20)


def test_the_plan_is_cited_as_the_basis(minutes):
    assert PLAN == (
        "Kế hoạch số 72/HTS ngày 08 tháng 9 năm 2020 của Thường trực Hội về kiểm tra, nắm tình hình công tác "
        "Thi đua khen thưởng năm 2020"
    )
    assert minutes.block("basis").text == f"Căn cứ {PLAN}."
    assert plan_cited("72/HTS", None, "", "") == "Kế hoạch số 72/HTS"


def test_several_bases_end_in_semicolons_and_the_last_in_a_full_stop():
    document = compose_minutes(replace(FULL, other_basis=("Quy chế số 217/QC-HTS;",)))
    assert document.block("basis").text.endswith("năm 2020;")
    assert document.block("basis-2").text == "Căn cứ Quy chế số 217/QC-HTS."


def test_the_opening_tells_when_where_and_with_whom(minutes):
    assert minutes.block("opening").text == (
        "Hôm nay, hồi 8 giờ ngày 25 tháng 10 năm 2020, tại trụ sở Hội, số 5 Trần Phú, Hải "
        "Phòng, Đoàn kiểm tra đã "
        "làm việc với Hội Trường Sơn thành phố Hải Phòng. Nội dung, kết quả như sau:"
    )


def test_people_are_named_with_rank_or_as_comrades_and_counted(minutes):
    assert minutes.block("team-heading").text == "1. Đoàn kiểm tra (03 đồng chí)"
    assert minutes.block("team").items == (
        "Thiếu tướng Võ Sở, Chủ tịch Hội – Trưởng đoàn;",
        "Đồng chí Nguyễn Văn Quyết, Phó Chánh Văn phòng – Thư ký;",
        "Đồng chí Phạm Tiến Ích, Phó Ban Tuyên truyền – Thi đua, thành viên.",
    )


def test_the_absent_are_named_with_their_reason_and_not_among_the_present(minutes):
    told = "Đồng chí Lê Thị Hòa, Ủy viên – Thành viên Đoàn kiểm tra (lý do: ốm, có báo cáo)."
    assert minutes.block("absent").text == told
    assert not any("Lê Thị Hòa" in item for item in minutes.block("team").items)


def test_who_was_only_expected_is_not_said_to_have_come():
    expected = Attendee("unit", "Hoàng Minh", presence="expected")
    document = compose_minutes(replace(FULL, attendees=(*FULL.attendees, expected)))
    assert not any("Hoàng Minh" in text for text in texts(document))


def test_the_agenda_is_told_as_it_happened(minutes):
    assert minutes.block("agenda").items == (
        "Từ 8 giờ đến 8 giờ 45 phút: Đơn vị báo cáo;",
        "Tham quan thực tế: không tiến hành vì trời mưa to;",
        "Từ 8 giờ 45 phút đến 10 giờ 30 phút: Nghe báo cáo, xem tài liệu, trao đổi, chấm điểm;",
        "Từ 10 giờ 30 phút: Trưởng Đoàn nhận xét, kết luận.",
    )


def test_a_report_of_several_lines_is_several_paragraphs(minutes):
    assert minutes.block("report").text == "Hội có 1.250 hội viên ở 14 quận, huyện."
    assert minutes.block("report-2").text == "Phong trào thi đua được duy trì đều."


def test_several_remarks_are_a_list_and_a_single_one_is_a_sentence(minutes):
    assert minutes.block("strengths").items == (
        "Công tác tuyên truyền được đẩy mạnh;",
        "Hội viên tham gia đông đủ;",
        "Quỹ nghĩa tình vượt chỉ tiêu.",
    )
    assert minutes.block("shortcomings") == Paragraph("shortcomings", "Minh chứng chưa đầy đủ.")


def test_recommendations_have_owner_and_deadline(minutes):
    block = minutes.block("recommendations")
    assert block.marker == "1."
    assert block.items[0] == (
        "Bổ sung minh chứng đợt 2; giao Ban Thường vụ Hội thực hiện, hoàn thành chậm nhất ngày 30 tháng 11 năm 2020."
    )


@pytest.mark.parametrize(
    ("owner", "due_on", "expected"),
    [
        ("", None, "Sửa quy chế."),
        ("Ban Thường vụ", None, "Sửa quy chế; giao Ban Thường vụ thực hiện."),
        ("", date(2020, 2, 1), "Sửa quy chế; hoàn thành chậm nhất ngày 01 tháng 02 năm 2020."),
    ],
)
def test_a_recommendation_tells_only_what_is_known(owner, due_on, expected):
    document = compose_minutes(replace(FULL, recommendations=(Recommended("sửa quy chế.", owner, due_on),)))
    assert document.block("recommendations").text == expected


def test_the_closing_tells_the_hour_and_the_copies(minutes):
    assert minutes.block("signatures").closing == (
        (
            "Biên bản đã được đọc lại cho mọi người cùng nghe, mọi người nhất trí thông qua. Buổi kiểm tra kết thúc "
            "vào 11 giờ 20 phút cùng ngày."
        ),
        ("Biên bản được lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản./."),
    )


def test_a_reading_nobody_recorded_is_not_claimed():
    unread = replace(FULL, read_through=False)
    told, copies = compose_minutes(unread).block("signatures").closing
    assert told == "Buổi kiểm tra kết thúc vào 11 giờ 20 phút cùng ngày." and copies.startswith("Biên bản được lập")
    objected = replace(unread, objections=(Objected("đồng chí Nga", "điểm mục 1.2 chưa đúng.", "noted"),))
    told = compose_minutes(objected).block("signatures").closing[0]
    assert told.startswith("Một ý kiến khác được ghi tại mục X. Buổi kiểm tra kết thúc")


def test_more_copies_are_counted_without_telling_who_keeps_them():
    closing = compose_minutes(replace(FULL, copies=3)).block("signatures").closing
    assert closing[1] == "Biên bản được lập thành 03 bản có giá trị như nhau./."


def test_a_half_day_that_ended_on_another_day_names_that_day():
    later = FULL.ended_at.replace(day=26)
    closing = compose_minutes(replace(FULL, ended_at=later)).block("signatures").closing
    assert "kết thúc vào 11 giờ 20 phút ngày 26 tháng 10 năm 2020." in closing[0]


def test_secretary_signs_left_the_unit_between_and_the_head_right(minutes):
    places = minutes.block("signatures").places
    assert [place.name for place in places] == ["secretary", "unit", "head"]
    assert [place.person for place in places] == ["Nguyễn Văn Quyết", "Trần Văn Hải", "Thiếu tướng Võ Sở"]


def test_an_unwritten_conclusion_is_printed_as_drafted():
    document = compose_minutes(replace(FULL, conclusion=""))
    assert document.block("conclusion").text.startswith("Qua kiểm tra, Hội Trường Sơn thành phố Hải Phòng đạt")


def test_a_conclusion_of_several_paragraphs_stays_so():
    document = compose_minutes(replace(FULL, conclusion="Một.\n\nHai."))
    assert [document.block(name).text for name in ("conclusion", "conclusion-2")] == ["Một.", "Hai."]


PARTS = {
    "attendees": ((), {"people-section", "team", "unit-side", "guests", "absent"}),
    "agenda": ((), {"course-section", "agenda"}),
    "report_summary": ((), {"report-heading", "report"}),
    "documents_seen": ((), {"documents-seen-heading", "documents-seen"}),
    "visits": ((), {"visit-heading", "visit"}),
    "exchanges": ((), {"exchanges-heading", "exchanges"}),
    "strengths": ((), {"strengths-heading", "strengths"}),
    "shortcomings": ((), {"shortcomings-heading", "shortcomings"}),
    "causes": ((), {"causes-heading", "causes"}),
    "exemplars": ((), {"exemplars-heading", "exemplars"}),
    "difficulties": ((), {"difficulties-heading", "difficulties"}),
    "proposals": ((), {"proposals-heading", "proposals"}),
    "recommendations": ((), {"recommendations-section", "recommendations"}),
    "scores": ((), {"scores-section", "score-table", "totals", "rating"}),
    "unit_opinions": ((), {"unit-opinion-section", "unit-opinion"}),
    "rated": (None, {"rating"}),
    "total_agreed": (None, {"totals"}),
    "plan_reference": ("", {"basis"}),
    "recipients": ((), {"recipients"}),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_about_which_nothing_was_recorded_is_left_out_whole(part, minutes):
    nothing, gone = PARTS[part]
    document = compose_minutes(replace(FULL, **{part: nothing}))
    assert gone <= set(ids(minutes))
    assert not gone & set(ids(document))


@pytest.mark.parametrize("part", PARTS)
def test_numbers_of_sections_have_no_gap_whatever_is_missing(part):
    document = compose_minutes(replace(FULL, **{part: PARTS[part][0]}))
    numerals = [text.partition(".")[0] for text in sections(document)]
    assert numerals == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][: len(numerals)]


@pytest.mark.parametrize("facts", [BARE, replace(FULL, strengths=("", " ")), replace(FULL, report_summary=("\n",))])
def test_nothing_is_ever_printed_empty(facts):
    document = compose_minutes(facts)
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            assert block.text.strip(" .;")
        if isinstance(block, Listing):
            assert len(block.items) > 1 and all(item.strip(" .;") for item in block.items)
    joined = " ".join(text for text in texts(document) if text)
    for wrong in (" 0 ", "(0 ", "None", "  ", ";;", "..", " ,", " ;", "()"):
        assert wrong not in joined.replace("./.", ""), wrong


def test_a_section_with_one_part_is_not_numbered_one():
    document = compose_minutes(replace(FULL, report_summary=(), documents_seen=(), visits=()))
    assert document.block("exchanges-heading").text == "Trao đổi, chất vấn, phản biện"


def test_a_section_of_wishes_is_named_after_what_it_holds():
    only = compose_minutes(replace(FULL, proposals=()))
    assert "VI. Khó khăn của đơn vị" in sections(only)
    assert "difficulties-heading" not in ids(only)
    assert "VI. Đề xuất của đơn vị" in sections(compose_minutes(replace(FULL, difficulties=())))


def test_ids_stay_when_other_parts_come_and_go(minutes):
    fewer = compose_minutes(replace(FULL, agenda=(), visits=(), causes=()))
    assert fewer.block("recommendations") == minutes.block("recommendations")
    edited, stale = apply_edits(
        fewer, {"shortcomings": Edited("Còn thiếu minh chứng đợt 2.", "Minh chứng chưa đầy đủ.")}
    )
    assert edited.block("shortcomings").text == "Còn thiếu minh chứng đợt 2." and not stale


def test_a_draft_may_lack_its_number_and_says_so():
    document = compose_minutes(BARE, draft=True)
    assert document.draft and document.title == "Biên bản kiểm tra Hội A"


def test_minutes_survive_storage(minutes):
    assert from_plain(to_plain(minutes)) == minutes


def test_a_step_without_times_is_not_part_of_what_happened():
    document = compose_minutes(replace(FULL, agenda=(AgendaItem("Chưa tiến hành"),)))
    assert "course-section" not in ids(document)


def test_the_facts_of_the_table_are_those_given():
    assert len(compose_minutes(FULL).block("score-table").rows) == len(SCORES) + 1


def test_who_presented_the_report_is_named_and_only_then():
    by = tuple(replace(one, part="Chủ trì báo cáo") if one.signs == "unit" else one for one in FULL.attendees)
    told = compose_minutes(replace(FULL, attendees=by)).block("report-by").text
    assert told == (
        "Đồng chí Trần Văn Hải, Chủ tịch Hội, thay mặt đơn vị báo cáo với Đoàn kiểm tra. Nội dung chính như sau:"
    )
    nobody = tuple(replace(one, part="") for one in FULL.attendees)
    assert "report-by" not in ids(compose_minutes(replace(FULL, attendees=nobody)))


def test_figures_and_documents_of_the_unit_are_told_only_when_it_gave_some(minutes):
    ids = {block.id for block in minutes.blocks}
    assert not {"figures", "documents-prepared"} & ids
    figures = (FigureReported("Hội viên được khen", "người", "1200", "1234.5"), FigureReported("Nhà", "", "", "3"))
    told = compose_minutes(replace(FULL, figures=figures, documents_prepared=("Số 12/QĐ-HTS, Quy chế",)))
    rows = [row.cells for row in told.block("figures").rows]
    assert rows[0] == ("1", "Hội viên được khen", "người", "1.200", "1.234,5", "tăng 34,5 (2,9%)")
    assert rows[1] == ("2", "Nhà", "", "", "3", "")
    assert told.block("documents-prepared").text == "Số 12/QĐ-HTS, Quy chế."
