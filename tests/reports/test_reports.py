"""The summary report of a round: only what stands in signed minutes, and a calm page until there are any."""

import io
import zipfile
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conclusions.conftest import closed  # noqa: F401
from tests.papers.issued import issue_minutes
from tests.world import MORNING, World
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, OfficeSettings, Plan, RecommendationReview, Remark, Unit
from thidua.models.finders import sheet_of
from thidua.reports import queries
from thidua.reports.facts import round_facts
from thidua.rules.documents import Document
from thidua.rules.grading import NOT_RATED
from thidua.rules.lifecycle import SIGNED
from thidua.rules.office import Office
from thidua.rules.report_document import NotInspected, UnitResult, compose_report


def facts(app: Flask, world: World):
    with app.app_context():
        return round_facts(queries.plan_of(world.plan_id))


def say(app: Flask, world: World) -> None:
    """One exemplar and two recommendations that stand, one of each taken back."""
    with app.app_context():
        begin_writing()
        said = {"by_id": world.truong_doan.id, "by_name": "Nguyễn Văn Lạng", "at": MORNING}
        for kind, text, gone in (
            ("exemplar", "Chi hội Lạng Giang tặng sổ tiết kiệm.", None),
            ("exemplar", "Ghi nhầm điển hình.", MORNING),
            ("recommendation", "Bổ sung hồ sơ lưu.", None),
            ("recommendation", "Lập sổ quỹ thi đua.", None),
            ("recommendation", "Ghi nhầm kiến nghị.", MORNING),
        ):
            db.session.add(Remark(checklist_session_id=world.open_id, kind=kind, text=text, withdrawn_at=gone, **said))
        db.session.commit()


@pytest.fixture
def signed(app: Flask, world: World, closed: int) -> World:  # noqa: F811
    """The first unit's minutes are signed by all three; the second unit has not been inspected."""
    say(app, world)
    issue_minutes(app, world)
    return world


def test_the_numbers_are_those_of_the_signed_minutes(app, signed):
    told = facts(app, signed)
    with app.app_context():
        leaves = sheet_of(db.session(), signed.checklist_id).leaves
        points = sum(leaf.levels[0].points if leaf.levels else leaf.maximum - 100 for leaf in leaves)
    (result,) = told.results
    assert (result.unit, result.minutes_code) == ("Hội Trường Sơn tỉnh Bắc Giang", "01/BB-HTS")
    assert (result.total, result.maximum) == (points, 10000)
    assert result.label in told.labels and result.inspected_on == MORNING.date()
    assert [one.unit for one in told.not_inspected] == ["Hội Trường Sơn tỉnh Hải Dương"] and told.unfinished == ()
    assert told.exemplars == ("Chi hội Lạng Giang tặng sổ tiết kiệm (Hội Trường Sơn tỉnh Bắc Giang)",)
    assert (told.recommended, told.carried_out) == (2, 0)


def test_later_changes_of_the_rows_do_not_reach_the_report(app, signed):
    before = facts(app, signed).results
    with app.app_context():
        begin_writing()
        db.session.get(Unit, signed.unit_id).name = "Tên mới của đơn vị"
        db.session.commit()
    assert facts(app, signed).results == before


def test_what_a_later_inspection_found_done_is_counted_when_its_minutes_stand(app, signed):
    with app.app_context():
        begin_writing()
        asked = db.session.scalars(select(Remark.id).where(Remark.text == "Bổ sung hồ sơ lưu.")).one()
        said = {"by_id": signed.truong_doan.id, "by_name": "Nguyễn Văn Lạng", "at": MORNING}
        review = RecommendationReview(
            checklist_session_id=signed.planned_id, remark_id=asked, answer="done", version=1, **said
        )
        db.session.add(review)
        db.session.commit()
    assert facts(app, signed).carried_out == 0
    with app.app_context():
        begin_writing()
        db.session.get(ChecklistSession, signed.planned_id).state = SIGNED
        db.session.commit()
    assert facts(app, signed).carried_out == 1


def test_nothing_but_the_name_is_told_of_a_half_day_that_is_not_over(app, client_of, world, closed):  # noqa: F811
    told = facts(app, world)
    assert told.results == () and told.exemplars == () and told.recommended == 0
    assert told.unfinished == (NotInspected("Hội Trường Sơn tỉnh Bắc Giang", "đã chấm điểm, chưa chốt biên bản"),)
    issue_minutes(app, world, signed=False)
    assert facts(app, world).unfinished[0].reason == "biên bản đã chốt, đang chờ ký"
    assert facts(app, world).results == ()


def test_the_page_shows_a_draft_with_the_office_s_letterhead(app, client_of, signed):
    with app.app_context():
        begin_writing()
        settings = OfficeSettings.blank()
        office = Office(issuer=("HỘI MẪU",), place="Bắc Giang", signing_person="Võ Sở")
        settings.write(office, base_version=0, by=signed.people["can-bo"], at=MORNING)
        db.session.add(settings)
        db.session.commit()
    page = client_of("can-bo").get(f"/reports/{signed.plan_id}").text
    for words in ("DỰ THẢO", "HỘI MẪU", "Số: …/BC-HTS", "Bắc Giang, ngày … tháng … năm …", "Võ Sở", "01/BB-HTS"):
        assert words in page
    assert "- Các đơn vị được kiểm tra;" in page and "{unit}" not in page
    assert "1/2 đơn vị đã ký biên bản" in page and "biên bản bổ sung" not in page.lower()


def test_a_corrected_minutes_is_pointed_out(client_of, signed, monkeypatch):
    monkeypatch.setattr("thidua.reports.routes.signed_addenda", lambda plan_id: ["Biên bản bổ sung 02/BB-HTS"])
    assert "Đã có Biên bản bổ sung 02/BB-HTS." in client_of("can-bo").get(f"/reports/{signed.plan_id}").text


def test_a_plan_without_signed_minutes_says_so_calmly(client_of, world):
    staff = client_of("can-bo")
    page = staff.get(f"/reports/{world.plan_id}")
    assert page.status_code == 200 and "Chưa có biên bản nào được ký" in page.text
    assert "bản in" not in page.text
    for ending in ("pdf", "docx"):
        answer = staff.get(f"/reports/{world.plan_id}.{ending}")
        assert answer.status_code == 409 and "chưa có biên bản nào được ký" in answer.text
    assert "0/2 đơn vị đã ký biên bản" in staff.get("/reports").text


def test_a_plan_without_units_has_its_line(app, client_of, world):
    with app.app_context():
        begin_writing()
        db.session.add(Plan(symbol="HTS", year=2021, subject="Kiểm tra năm 2021", created_at=MORNING))
        db.session.commit()
    assert "chưa chọn đơn vị" in client_of("can-bo").get("/reports").text


def test_units_and_strangers_are_refused_and_led_to_nothing(client_of, world):
    for path in ("/reports", f"/reports/{world.plan_id}", f"/reports/{world.plan_id}.pdf"):
        assert client_of("don-vi").get(path).status_code == 403
        assert client_of("").get(path).status_code == 302
    assert f"/reports/{world.plan_id}" not in client_of("don-vi").get(f"/plans/{world.plan_id}").text
    office = client_of("can-bo").get(f"/plans/{world.plan_id}").text
    assert f'href="/reports/{world.plan_id}"' in office and 'href="/reports"' in office
    for ending in ("", ".pdf", ".docx"):
        assert client_of("can-bo").get(f"/reports/9999{ending}").status_code == 404


def test_the_files_are_answered(client_of, signed):
    staff = client_of("can-bo")
    pdf = staff.get(f"/reports/{signed.plan_id}.pdf")
    assert pdf.mimetype == "application/pdf" and pdf.data.startswith(b"%PDF-")
    word = staff.get(f"/reports/{signed.plan_id}.docx")
    with zipfile.ZipFile(io.BytesIO(word.data)) as parts:
        text = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    assert "Hội Trường Sơn tỉnh Bắc Giang" in text and "DỰ THẢO" in text and "01/BB-HTS" in text


def test_half_days_under_way_are_named_and_no_rating_is_put_in_words(app, signed):
    told = facts(app, signed)
    other = UnitResult("Hội B", MORNING.date(), "02/BB-HTS", 0, 10000, NOT_RATED)
    document: Document = compose_report(
        replace(told, results=(*told.results, other), unfinished=(NotInspected("Hội C", "đang kiểm tra"),))
    )
    assert document.block("course").text == (
        "Ngày 20 tháng 10 năm 2020, các đoàn kiểm tra đã kiểm tra và ký biên bản tại hai đơn vị trong tổng số bốn đơn "
        "vị theo kế hoạch."
    )
    assert document.block("unfinished").text == (
        "Báo cáo chưa gồm kết quả của một đơn vị chưa ký xong biên bản: Hội C (đang kiểm tra)."
    )
    assert document.block("ratings").text.endswith("và một đơn vị không xếp loại.")
