"""A unit's page tells its inspections, with points only for those who may see them."""

from sqlalchemy.orm import selectinload

from tests.conftest import new_op
from tests.world import MORNING
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, Conclusion
from thidua.models.finders import sheet_of
from thidua.rules.entries import Entry


def settle_everything(app, world, *, state="open"):
    """Full marks everywhere but 10 of 12 for criterion 1.1: 98 of 100."""
    with app.app_context():
        begin_writing()
        one = db.session.get(ChecklistSession, world.open_id, options=[selectinload(ChecklistSession.scores)])
        for leaf in sheet_of(db.session(), world.checklist_id).leaves:
            entry = Entry(level=0) if leaf.kind == "levels" else Entry(points=leaf.maximum)
            if leaf.number == "1.1":
                entry = Entry(points=10_00)
            one.settle(
                leaf, entry, reason="", base_version=one.revision, by=world.truong_doan, at=MORNING, op_id=new_op()
            )
        one.state = state
        db.session.commit()


def test_agreed_points_and_rating_are_computed_from_the_scores(app, client_of, world):
    settle_everything(app, world)
    page = client_of("thu-ky").get(f"/units/{world.unit_id}").text
    assert "<b>98</b>/100" in page
    assert "Xuất sắc" in page
    assert "(tạm tính)" in page
    assert "Kế hoạch 72/HTS" in page
    assert f"/checklist-sessions/{world.open_id}" in page
    assert "Xem biên bản" not in page


def test_until_scoring_ends_the_unit_reads_its_points_but_not_the_rating(app, client_of, world):
    settle_everything(app, world)
    page = client_of("don-vi").get(f"/units/{world.unit_id}").text
    assert "<b>98</b>/100" in page and "Xuất sắc" not in page
    settle_everything(app, world, state="closed")
    assert "Xuất sắc" in client_of("don-vi").get(f"/units/{world.unit_id}").text


def test_frozen_minutes_are_linked_and_the_rating_is_final(app, client_of, world):
    settle_everything(app, world, state="signed")
    page = client_of("don-vi").get(f"/units/{world.unit_id}").text
    assert f"/conclusions/{world.conclusion_id}/minutes.pdf" in page
    assert "(tạm tính)" not in page


def test_the_head_of_teams_own_rating_is_shown(app, client_of, world):
    settle_everything(app, world, state="signed")
    with app.app_context():
        conclusion = db.session.get(Conclusion, world.conclusion_id)
        conclusion.grade_override, conclusion.override_reason = "Tốt", "Có vi phạm"
        db.session.commit()
    page = client_of("don-vi").get(f"/units/{world.unit_id}").text
    assert "Tốt" in page
    assert "Xuất sắc" not in page


def test_a_stranger_sees_that_there_was_an_inspection_but_no_points(app, client_of, world):
    settle_everything(app, world, state="signed")
    for username in ("nguoi-ngoai", "don-vi-khac"):
        page = client_of(username).get(f"/units/{world.unit_id}").text
        assert "Kế hoạch 72/HTS" in page
        assert "<b>98</b>" not in page
        assert f"/checklist-sessions/{world.open_id}" not in page
        assert "minutes.pdf" not in page


def test_a_half_day_without_scores_says_so(client_of, world):
    page = client_of("can-bo").get(f"/units/{world.other_unit_id}").text
    assert "Chưa bắt đầu" in page
    assert "chưa có" in page
