"""The papers after the meeting: addendum, notice of conclusion, report of a round."""

from dataclasses import replace
from datetime import date

import pytest

from tests.rules.half_day import FULL
from tests.rules.half_day_papers import ADDENDUM, DAY, NOTICE, REPORT
from thidua.rules.addendum_document import compose_addendum
from thidua.rules.conclusion_draft import draft_conclusion
from thidua.rules.document_edits import apply_edits, edit_of
from thidua.rules.documents import Heading, from_plain, to_plain
from thidua.rules.notice_document import compose_notice, notice_place
from thidua.rules.paper_content import Correction, NoticeSigner
from thidua.rules.report_document import UnitResult, compose_report
from thidua.rules.wording import compose_minutes


def headings(document):
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def test_an_addendum_tells_what_stood_there_and_what_holds_now():
    assert compose_addendum(ADDENDUM).block("corrections").items == (
        "Tại mục III.1, đã ghi: “Hội có 1.250 hội viên”; nay sửa là: “Hội có 1.205 hội viên.”",
        "Tại mục IV.4, nay bổ sung: “Chi hội Trường Sơn quận Ngô Quyền”.",
        "Tại mục III.2, nay bỏ nội dung: “Quy chế hoạt động của Hội đồng”.",
    )


def test_an_addendum_points_to_its_minutes_and_has_no_place_and_date():
    document = compose_addendum(ADDENDUM)
    assert document.block("title").subject == "Sửa đổi, bổ sung Biên bản số 15/BB-HTS ngày 25 tháng 10 năm 2020"
    assert document.block("basis").text.startswith("Căn cứ Biên bản số 15/BB-HTS ngày 25 tháng 10 năm 2020 kiểm tra, ")
    assert document.block("letterhead").place_and_date == "" and document.kind == "BB"
    assert [place.person for place in document.block("signatures").places] == [
        "Nguyễn Văn Quyết", "Trần Văn Hải", "Thiếu tướng Võ Sở",
    ]  # fmt: skip


def test_an_addendum_does_not_claim_to_have_been_read_aloud():
    (closing,) = compose_addendum(ADDENDUM).block("signatures").closing
    assert closing.startswith("Biên bản bổ sung được lập thành 02 bản") and "đọc lại" not in closing


def test_an_addendum_still_being_written_has_no_empty_part():
    bare = replace(ADDENDUM, reason=" ", corrections=(Correction("mục I"),), people=(), written_at=None, recipients=())
    document = compose_addendum(bare, draft=True)
    assert headings(document) == ["I. Giá trị của biên bản bổ sung"] and document.draft
    assert document.block("opening").text.startswith("Hôm nay, Đoàn kiểm tra và Hội Trường Sơn thành phố Hải Phòng")


def test_a_single_correction_is_a_sentence():
    one = replace(ADDENDUM, corrections=(Correction("Bảng điểm, tiêu chí 1.2", "37", "38"),))
    told = compose_addendum(one).block("corrections").text
    assert told == "Tại bảng điểm, tiêu chí 1.2, đã ghi: “37”; nay sửa là: “38”."


def test_a_notice_says_again_what_the_signed_minutes_say_edits_included():
    minutes = compose_minutes(FULL)
    edits = {
        name: edit_of(minutes, name, text)
        for name, text in (("strengths", "Phong trào đều."), ("conclusion", "Một.\nHai."))
    }
    document = compose_notice(replace(NOTICE, minutes=apply_edits(minutes, edits)[0]))
    assert document.block("strengths").text == "Phong trào đều."
    assert document.block("conclusion-more-2").text == "Hai."
    assert document.block("recommendations").items == minutes.block("recommendations").items


def test_a_notice_is_not_sent_to_whoever_issues_it():
    told = compose_notice(NOTICE).block("recipients").lines
    assert told == ("Hội Trường Sơn thành phố Hải Phòng", "Lưu: VP, Ban TT-TĐ")
    other = compose_notice(replace(NOTICE, issuer_body="Ban Chấp hành")).block("recipients").lines
    assert other[0] == "Thường trực Hội (để báo cáo)"


def test_a_notice_does_not_repeat_a_conclusion_signed_as_drafted():
    facts, drafted = replace(FULL, conclusion=""), draft_conclusion(FULL)
    document = compose_notice(replace(NOTICE, minutes=compose_minutes(facts), drafted=drafted))
    assert headings(document)[-2:] == ["5. Điển hình, cách làm hay", "6. Yêu cầu thực hiện"]
    own = compose_notice(replace(NOTICE, drafted=drafted))
    assert own.block("conclusion").text == FULL.conclusion


def test_a_notice_numbers_its_parts_without_a_gap_and_leaves_out_what_the_minutes_do_not_say():
    facts = replace(FULL, causes=(), exemplars=(), recommendations=())
    document = compose_notice(replace(NOTICE, minutes=compose_minutes(facts), report_by=None))
    assert headings(document) == [
        "1. Kết quả", "2. Ưu điểm", "3. Hạn chế", "4. Kết luận của Trưởng đoàn kiểm tra",
    ]  # fmt: skip
    assert document.block("signatures").closing == (
        "Thường trực Hội thông báo để Hội Trường Sơn thành phố Hải Phòng biết./.",
    )


def test_a_notice_cites_plan_minutes_and_what_corrects_them():
    document = compose_notice(replace(NOTICE, addenda=("16/BB-HTS",)))
    assert document.block("basis-2").text == (
        "Căn cứ Biên bản số 15/BB-HTS ngày 25 tháng 10 năm 2020 của Đoàn kiểm tra và Biên bản bổ sung số 16/BB-HTS."
    )
    assert document.block("letterhead").place_and_date == "Hà Nội, ngày 02 tháng 11 năm 2020"


@pytest.mark.parametrize(
    ("formula", "authority", "office"),
    [
        ("", "TM. THƯỜNG TRỰC HỘI", "CHỦ TỊCH"),
        ("KT.", "TM. THƯỜNG TRỰC HỘI\nKT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("TL.", "TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
        ("TUQ.", "TUQ. CHỦ TỊCH", "TRƯỞNG BAN"),
    ],
)
def test_whoever_signs_a_notice_for_another_says_so(formula, authority, office):
    signer = NoticeSigner("TM. THƯỜNG TRỰC HỘI", office, "Trần Văn A", formula)
    place = notice_place(replace(NOTICE, signer=signer))
    assert (place.name, place.authority, place.office, place.person) == ("issuer", authority, office, "Trần Văn A")


def test_a_report_ranks_by_the_share_of_what_could_be_reached():
    rows = [row.cells for row in compose_report(REPORT).block("results").rows]
    assert [row[0] for row in rows] == ["1", "2", "2", ""]
    assert rows[2][1:5] == ("Hội Nữ CSTSVN", "27/10/2020", "16/BB-HTS", "83,25/90")


def test_a_report_counts_in_words():
    document = compose_report(REPORT)
    assert document.block("ratings").text == (
        "Trong bốn đơn vị đã kiểm tra, có một đơn vị xếp loại Xuất sắc và hai đơn vị xếp loại Tốt."
    )
    assert document.block("follow-up").text == (
        "Các đoàn kiểm tra đã nêu hai mươi mốt kiến nghị; đã thực hiện năm kiến nghị, còn mười sáu kiến nghị đang "
        "theo dõi."
    )
    done = compose_report(replace(REPORT, carried_out=21, not_inspected=())).block("follow-up").text
    assert done == "Các đoàn kiểm tra đã nêu hai mươi mốt kiến nghị; các đơn vị đã thực hiện xong."


def test_a_report_of_one_day_and_nothing_else_is_whole():
    bare = replace(
        REPORT, results=(UnitResult("Hội A", DAY),), not_inspected=(), strengths=(), shortcomings=(), causes=(),
        exemplars=(), difficulties=(), proposals=(), recommended=0, tasks=(), labels=(), issued_on=date(2021, 2, 1),
    )  # fmt: skip
    document = compose_report(bare)
    assert headings(document) == ["I. Tình hình chung", "II. Kết quả chấm điểm, xếp loại"]
    assert document.block("course").text == (
        "Ngày 25 tháng 10 năm 2020, các đoàn kiểm tra đã làm việc với một đơn vị theo kế hoạch."
    )
    assert "ratings" not in [block.id for block in document.blocks]


@pytest.mark.parametrize(
    "document",
    [
        compose_addendum(ADDENDUM), compose_notice(NOTICE), compose_report(REPORT),
        compose_notice(replace(NOTICE, issued_on=None, place="", code="", number_line="Số: …/TB-HTS"), draft=True),
    ],
)  # fmt: skip
def test_they_survive_storage_and_end_as_papers_end(document):
    assert from_plain(to_plain(document)) == document
    assert document.block("signatures").closing[-1].endswith("./.")
