"""The invitation and the notice of the schedule: form of Nghị định 30/2020, substance of Kế hoạch 72/HTS."""

from dataclasses import replace
from datetime import date

import pytest

from tests.rules.notices import FACTS, UNIT
from thidua.rules.documents import CodeBox, Heading, from_plain, to_plain
from thidua.rules.invitation import compose_invitation
from thidua.rules.notice_facts import number_line


@pytest.fixture(scope="module")
def invitation():
    return compose_invitation(FACTS)


def headings(document):
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def test_the_letterhead_has_number_place_and_date_as_the_decree_wants_them(invitation):
    head = invitation.block("letterhead")
    assert head.number == "Số: 05/GM-HTS"
    assert head.place_and_date == "Hà Nội, ngày 01 tháng 10 năm 2020"
    assert head.issuer == ("HỘI TRUYỀN THỐNG TRƯỜNG SƠN", "ĐƯỜNG HỒ CHÍ MINH VIỆT NAM")
    assert (invitation.kind, invitation.code, invitation.draft) == ("GM", "05/GM-HTS", False)


@pytest.mark.parametrize(
    ("number", "line"), [(5, "Số: 05/GM-HTS"), (15, "Số: 15/GM-HTS"), (None, "Số: …/GM-HTS"), (120, "Số: 120/GM-HTS")]
)
def test_numbers_under_ten_get_a_zero_and_no_number_leaves_a_blank(number, line):
    assert number_line("GM", number, "HTS") == line
    assert compose_invitation(replace(FACTS, number=number)).block("letterhead").number == line


def test_who_is_invited_to_what_on_what_basis(invitation):
    assert invitation.block("title").kind == "Giấy mời"
    assert invitation.block("title").subject == (
        "Dự buổi kiểm tra, nắm tình hình công tác Thi đua khen thưởng năm 2020"
    )
    assert invitation.block("addressed").text == (
        f"Thường trực Hội trân trọng kính mời: {UNIT} (đồng chí Hoàng Văn Bắc, Chủ tịch Hội)."
    )
    assert invitation.block("basis").text == (
        "Căn cứ Kế hoạch số 72/HTS ngày 08 tháng 9 năm 2020 của Thường trực Hội về kiểm tra, nắm tình hình công tác "
        "Thi đua khen thưởng năm 2020,"
    )


def test_the_parts_follow_one_another_without_a_gap(invitation):
    assert headings(invitation) == [
        "1. Nội dung",
        "2. Thời gian",
        "3. Địa điểm",
        "4. Thành phần",
        "5. Đơn vị chuẩn bị",
        "6. Liên hệ, trao đổi nội dung",
    ]
    bare = replace(FACTS, contents=(), duties=(), due_on=None, team=(), unit_side=())
    assert headings(compose_invitation(bare)) == [
        "1. Thời gian", "2. Địa điểm", "3. Liên hệ, trao đổi nội dung",
    ]  # fmt: skip


def test_the_three_contents_of_the_plan_are_inspected(invitation):
    contents = invitation.block("contents").items
    assert len(contents) == 3 and contents[1].startswith("Việc thành lập Hội đồng Thi đua")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "8 giờ 00 ngày 20 tháng 10 năm 2020, thứ Ba (buổi sáng); thời gian làm việc 1/2 ngày."),
        (
            {"starts_at": "08:30"},
            "8 giờ 30 ngày 20 tháng 10 năm 2020, thứ Ba (buổi sáng); thời gian làm việc 1/2 ngày.",
        ),
        (
            {"half": "afternoon", "on_date": date(2020, 11, 1), "working_time": ""},
            "14 giờ 00 ngày 01 tháng 11 năm 2020, Chủ nhật (buổi chiều).",
        ),
        ({"on_date": date(2021, 2, 6), "working_time": ""}, "8 giờ 00 ngày 06 tháng 02 năm 2021, thứ Bảy (buổi sáng)."),
        ({"on_date": None}, "Sẽ thông báo sau."),
    ],
)
def test_hour_date_and_weekday_are_told_in_words(changes, words):
    assert compose_invitation(replace(FACTS, **changes)).block("time").text == words


def test_without_a_date_it_is_only_a_draft():
    assert compose_invitation(replace(FACTS, on_date=None)).draft


def test_the_team_is_listed_with_its_parts_and_with_or_without_ranks(invitation):
    assert invitation.block("team").text == "a) Đoàn số 1:"
    assert invitation.block("team-people").items == (
        "Thiếu tướng Võ Sở, Chủ tịch Hội – Trưởng đoàn;",
        "Đồng chí Nguyễn Văn Quyết, Phó Chánh Văn phòng – Thư ký.",
    )
    plain = compose_invitation(FACTS, with_ranks=False)
    assert plain.block("team-people").items[0] == "Đồng chí Võ Sở, Chủ tịch Hội – Trưởng đoàn;"
    assert plain.block("signatures").places[0].person == "Võ Sở"
    assert invitation.block("signatures").places[0].person == "Thiếu tướng Võ Sở"


def test_the_unit_side_follows_and_is_lettered_alone_when_there_is_no_team(invitation):
    assert invitation.block("unit-side").text == "b) Đơn vị được kiểm tra:"
    assert len(invitation.block("unit-side-people").items) == 3
    assert compose_invitation(replace(FACTS, team=())).block("unit-side").text == "a) Đơn vị được kiểm tra:"


def test_what_the_unit_prepares_and_by_when(invitation):
    assert len(invitation.block("duties").items) == 3
    assert invitation.block("due").text.endswith("chậm nhất ngày 15 tháng 10 năm 2020.")


def test_contacts_have_their_phones(invitation):
    assert invitation.block("contacts").items[0].endswith("điện thoại: 0961071956, 0982122552.")


def test_it_ends_with_the_signer_room_to_sign_and_who_gets_it(invitation):
    place = invitation.block("signatures").places[0]
    assert (place.authority, place.office, place.note) == ("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "")
    assert invitation.block("signatures").closing[0].endswith("thời gian./.")
    assert invitation.block("recipients").lines == ("Như trên", "Đoàn số 1 (để thực hiện)", "Lưu: VP, Ban TT-TĐ")


def test_the_personal_link_stands_at_the_end_to_scan_and_to_type(invitation):
    box = invitation.blocks[-1]
    assert isinstance(box, CodeBox) and box.address == FACTS.link
    assert any(FACTS.link in line for line in box.lines)
    assert not any(isinstance(block, CodeBox) for block in compose_invitation(replace(FACTS, link="")).blocks)


def test_the_notice_of_the_schedule_says_the_same_as_a_notice(invitation):
    notice = compose_invitation(FACTS, "TB")
    assert (notice.kind, notice.block("letterhead").number) == ("TB", "Số: 05/TB-HTS")
    assert notice.block("title").kind == "Thông báo"
    assert notice.block("addressed").text.startswith(f"Kính gửi: {UNIT}")
    for name in ("time", "venue", "contents", "duties", "due"):
        assert notice.block(name) == invitation.block(name)


def test_a_place_not_known_is_asked_of_the_unit():
    assert compose_invitation(replace(FACTS, venue="")).block("venue").text.startswith(f"Do {UNIT} bố trí")


def test_a_subject_of_other_words_still_makes_a_sentence():
    document = compose_invitation(replace(FACTS, subject="Công tác Thi đua năm 2021"))
    assert document.block("title").subject == "Dự buổi kiểm tra: công tác Thi đua năm 2021"


def test_the_paper_goes_through_plain_values_unchanged(invitation):
    assert from_plain(to_plain(invitation)) == invitation
