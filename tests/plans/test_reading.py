"""The list of plans and the plan as it is printed, on the page and on paper."""

import re
import subprocess

import pytest

from thidua.plans.queries import plan_page


def test_plans_are_listed_by_year_with_units_and_sessions(client_of, plan72):
    page = client_of("don-vi").get("/plans").text
    assert "Năm 2020" in page
    assert "Kế hoạch 72/HTS ngày 08/09/2020" in page
    assert "11 đơn vị · chưa tạo buổi kiểm tra" in page
    assert "2 đơn vị · 2 buổi kiểm tra" in page


def test_the_page_is_the_document_with_its_parts_in_order(client_of, plan72):
    page = client_of("thanh-vien-1").get(f"/plans/{plan72}").text
    parts = [
        "Số: 72 /HTS",
        "ngày 08 tháng 9 năm 2020",
        "I. Mục đích, yêu cầu",
        "II. Nội dung kiểm tra",
        "36/HD – HTS",
        "Trọng tâm là:",
        "2020/QC-HTSVN",
        "III. ",
        "IV. ",
        "V. Đơn vị được kiểm tra",
        "Hội Nữ CSTS tỉnh Thái Bình",
        "0961071956",
        "Võ Sở",
    ]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    assert "Phụ lục" not in page


def test_the_tabs_lead_to_the_parts_of_the_plan(client_of, plan72):
    page = client_of("thanh-vien-1").get(f"/plans/{plan72}").text
    for part in ("schedule", "teams", "documents"):
        assert f'href="/plans/{plan72}/{part}"' in page
        assert client_of("thanh-vien-1").get(f"/plans/{plan72}/{part}").status_code == 200


@pytest.mark.slow
def test_the_pdf_says_what_the_page_says(client_of, plan72, tmp_path):
    answer = client_of("don-vi").get(f"/plans/{plan72}/plan.pdf")
    assert answer.mimetype == "application/pdf"
    file = tmp_path / "plan.pdf"
    file.write_bytes(answer.data)
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    flowing = re.sub(r"\s+", " ", text)
    for words in ("KẾ HOẠCH", "2020/QC-HTSVN", "Hội Trường Sơn Sư đoàn 471", "Võ Sở", "ngày 08 tháng 9 năm 2020"):
        assert words in flowing


def test_a_plan_without_text_can_still_be_read(client_of, world):
    page = client_of("thu-ky").get(f"/plans/{world.plan_id}").text
    assert "Hội Trường Sơn tỉnh Bắc Giang" in page
    assert "Lịch kiểm tra, nắm tình hình các đơn vị" in page


def test_what_is_not_there_is_not_found_and_strangers_log_in(client_of, world):
    for part in ("", "/schedule", "/teams", "/documents", "/plan.pdf", "/edit"):
        assert client_of("can-bo").get(f"/plans/9999{part}").status_code == 404
        assert client_of("").get(f"/plans/{world.plan_id}{part}").status_code == 302


def test_a_page_takes_few_queries(app, client_of, plan72):
    from sqlalchemy import event

    from thidua.extensions import db

    client = client_of("can-bo")
    seen = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        client.get(f"/plans/{plan72}/schedule")
        assert len(seen) <= 14, seen
        assert plan_page(plan72).label == "Kế hoạch 72/HTS"
