"""Checklists are read by everybody who is signed in: tree, levels, guidance, ratings and gates in words."""

import json

import pytest
from sqlalchemy import select

from tests.world import MORNING, SEEDS
from thidua.commands.setup import load_seeds
from thidua.extensions import begin_writing, db
from thidua.models import Checklist, Plan
from thidua.rules.sheet_plain import sheet_from_plain

ODD = {
    "name": "Bảng điểm lạ",
    "declared_max": 100,
    "bonus_cap": 5,
    "roots": [
        {
            "number": "I",
            "text": "Phần chung",
            "max": 60,
            "children": [
                {
                    "number": "1",
                    "text": "Nhóm",
                    "max": 20,
                    "only_highest": True,
                    "children": [
                        {"number": "a", "text": "Tốt nhất", "max": 20},
                        {"number": "b", "text": "Khá", "max": 10},
                    ],
                },
                {"number": "2", "text": "Số lần họp", "max": 10, "points_per_count": 2},
            ],
        },
        {
            "number": "II",
            "text": "Thưởng",
            "kind": "section",
            "polarity": "bonus",
            "children": [{"number": "1", "text": "Sáng kiến", "polarity": "bonus", "max": 5}],
        },
        {
            "number": "III",
            "text": "Trừ",
            "children": [
                {"number": "1", "text": "Nộp muộn", "polarity": "penalty", "max": 3},
                {"number": "2", "text": "Ý kiến khác", "kind": "note"},
            ],
        },
    ],
    "classification": [{"label": "Đạt", "min": 50}, {"label": "Chưa đạt", "min": 0}],
    "gates": [
        {"when": "Có đơn thư tố cáo đúng", "effect": "not rated"},
        {"when": "section I below 50 %", "effect": "lower one"},
    ],
}


@pytest.fixture
def odd_id(app):
    with app.app_context():
        begin_writing()
        checklist = Checklist.from_sheet(sheet_from_plain(ODD), at=MORNING)
        db.session.add(checklist)
        db.session.commit()
        return checklist.id


def test_the_list_marks_the_proposal_and_counts_its_use(client_of):
    page = client_of("don-vi").get("/checklists").text
    assert "Nội dung kiểm tra theo Kế hoạch 72/HTS" in page
    assert "Bản đề xuất" in page
    assert "dùng cho 2 buổi kiểm tra" in page


def test_the_page_shows_every_criterion_with_maxima_levels_and_words(client_of, world):
    page = client_of("thanh-vien-1").get(f"/checklists/{world.checklist_id}").text
    plain = json.loads((SEEDS / "checklist72.json").read_text(encoding="utf-8"))
    for section in plain["sections"]:
        assert section["title"] in page
        for criterion in section["criteria"]:
            assert criterion["short"] in page
    assert "Từ 0 đến 12 điểm, mỗi nấc 0,5" in page
    assert "Có quyết định, hoạt động chưa thường xuyên" in page
    assert "Bản đề xuất – sửa được" in page
    assert "từ 80 đến dưới 90 điểm" in page
    assert "xếp loại không quá Khá" in page
    assert "Có mục đạt dưới 50% số điểm: xếp loại không quá Tốt." in page
    assert "Bảng điểm có chỗ cần xem lại" not in page


def test_guidance_and_the_doubtful_document_come_from_the_plan(app, client_of):
    with app.app_context():
        begin_writing()
        db.session.scalars(select(Plan)).one().number = 71
        _plan, checklist = load_seeds(db.session(), at=MORNING)
        db.session.commit()
        checklist_id = checklist.id
    page = client_of("can-bo").get(f"/checklists/{checklist_id}").text
    assert "Chủ động mua các ấn phẩm văn hóa" in page
    assert "<details" in page
    assert "số văn bản cần xác minh" in page


def test_declared_and_real_maxima_that_differ_are_both_told(client_of, odd_id):
    page = client_of("can-bo").get(f"/checklists/{odd_id}").text
    assert "Tổng điểm ghi trên bảng là 100 nhưng cộng các mục được 30." in page
    assert "Mục I: điểm tối đa ghi là 60 nhưng cộng các tiêu chí được 30." in page


def test_every_kind_of_criterion_is_told_in_words(client_of, odd_id):
    page = client_of("can-bo").get(f"/checklists/{odd_id}").text
    for words in (
        "Chỉ tính nội dung cao nhất",
        "Cộng 2 điểm mỗi lần. Nhiều nhất 10 điểm",
        "Điểm thưởng",
        "Điểm trừ",
        "Ghi nhận xét, không chấm điểm",
        "Có đơn thư tố cáo đúng: không xếp loại.",
        "Bản nháp",
        "Mục I đạt dưới 50% số điểm: hạ một bậc xếp loại.",
        "Điểm thưởng cộng không quá 5 điểm",
    ):
        assert words in page


def test_the_paper_sheet_has_the_same_numbers_and_room_to_write(client_of, world):
    page = client_of("thu-ky").get(f"/checklists/{world.checklist_id}/print").text
    for number in ("1.1", "2.2", "3.4"):
        assert f"<td>{number}</td>" in page
    assert "Thống nhất" in page
    assert "data-print" in page


def test_a_stranger_is_sent_to_the_login_and_nothing_is_invented(client_of, world):
    assert client_of("").get(f"/checklists/{world.checklist_id}").status_code == 302
    assert client_of("can-bo").get("/checklists/9999").status_code == 404
    assert client_of("can-bo").get("/checklists/9999/print").status_code == 404
