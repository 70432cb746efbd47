"""Creating the checklist sessions of a plan is one action; pressing again is harmless."""

import re

from sqlalchemy import func, select

from tests.world import MORNING
from thidua.extensions import begin_writing, db
from thidua.models import AgendaStep, Attendance, Checklist, ChecklistSession, Conclusion
from thidua.models.finders import sheet_of


def count(app, plan_id):
    with app.app_context():
        return db.session.scalar(
            select(func.count()).select_from(ChecklistSession).where(ChecklistSession.plan_id == plan_id)
        )


def published(app):
    with app.app_context():
        return list(db.session.scalars(select(Checklist.id).order_by(Checklist.id)))


def test_eleven_units_get_eleven_sessions_and_the_second_press_makes_none(app, client_of, plan72):
    staff = client_of("can-bo")
    checklist_id = published(app)[-1]
    answer = staff.post(
        f"/plans/{plan72}/checklist-sessions", data={"checklist_id": checklist_id}, follow_redirects=True
    )
    assert "Đã tạo 11 buổi kiểm tra." in answer.text
    assert count(app, plan72) == 11
    with app.app_context():
        made = select(ChecklistSession.id).where(ChecklistSession.plan_id == plan72)
        assert set(
            db.session.scalars(select(ChecklistSession.checklist_id).where(ChecklistSession.plan_id == plan72))
        ) == {checklist_id}
        for model, made_rows in ((AgendaStep, 55), (Conclusion, 11), (Attendance, 2)):  # two units have a known leader
            assert (
                db.session.scalar(select(func.count()).select_from(model).where(model.checklist_session_id.in_(made)))
                == made_rows
            )
    again = staff.post(
        f"/plans/{plan72}/checklist-sessions", data={"checklist_id": checklist_id}, follow_redirects=True
    )
    assert again.status_code == 200
    assert "Mọi đơn vị của kế hoạch đã có buổi kiểm tra. Không có gì thay đổi." in again.text
    assert count(app, plan72) == 11


def test_among_several_checklists_one_must_be_chosen(app, client_of, plan72):
    staff = client_of("can-bo")
    page = staff.get(f"/plans/{plan72}/schedule").text
    offered = re.findall(r'name="checklist_id" value="(\d+)"( checked)?', page)
    assert offered == [(str(id), " checked" if place == 0 else "") for place, id in enumerate(reversed(published(app)))]
    assert "Bản 1, tổng 100 điểm" in page
    answer = staff.post(f"/plans/{plan72}/checklist-sessions", follow_redirects=True)
    assert "Xin chọn một bảng điểm đang dùng" in answer.text
    assert count(app, plan72) == 0


def test_a_draft_cannot_be_used(app, client_of, world, plan72):
    with app.app_context():
        begin_writing()
        draft = Checklist.from_sheet(sheet_of(db.session(), world.checklist_id), at=MORNING)
        db.session.add(draft)
        db.session.commit()
        draft_id = draft.id
    client_of("can-bo").post(f"/plans/{plan72}/checklist-sessions", data={"checklist_id": draft_id})
    assert count(app, plan72) == 0


def test_what_is_retired_is_not_offered_and_cannot_be_used(app, client_of, world, plan72):
    staff, (first, _second) = client_of("can-bo"), published(app)
    staff.post(f"/checklists/{first}/retirement")
    assert f'name="checklist_id" value="{first}"' not in staff.get(f"/plans/{plan72}/schedule").text
    answer = staff.post(f"/plans/{plan72}/checklist-sessions", data={"checklist_id": first}, follow_redirects=True)
    assert "Xin chọn một bảng điểm đang dùng" in answer.text and count(app, plan72) == 0


def test_only_the_office_creates_sessions(app, client_of, world, plan72):
    for username in ("truong-doan", "don-vi", "nguoi-ngoai"):
        assert (
            client_of(username)
            .post(f"/plans/{plan72}/checklist-sessions", data={"checklist_id": world.checklist_id})
            .status_code
            == 403
        )
    assert client_of("").post(f"/plans/{plan72}/checklist-sessions").status_code == 401
    assert client_of("can-bo").post("/plans/9999/checklist-sessions").status_code == 404
    assert count(app, plan72) == 0
