"""The timetable is one form; people follow the plan until a half-day begins; warnings never block."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.conftest import new_op
from tests.world import MORNING
from thidua.extensions import begin_writing, db
from thidua.models import Attendance, ChecklistSession, PlanUnit, Team
from thidua.plans.queries import plan_page


@pytest.fixture
def rows(app):
    """What a browser would post for a timetable as it stands; changes are {place: {field: value}}."""

    def of_plan(plan_id, changes=None):
        posted = {}
        with app.app_context():
            for one in plan_page(plan_id).plan_units:
                fields = {
                    "on_date": f"{one.on_date:%d/%m/%Y}" if one.on_date else "",
                    "half": one.half,
                    "place": one.place,
                    "team": str(one.team_id or ""),
                }
                fields |= (changes or {}).get(one.position, {})
                posted |= {f"u{one.id}-{name}": value for name, value in fields.items()}
        return posted

    return of_plan


def expected(app, checklist_session_id):
    with app.app_context():
        return list(
            db.session.scalars(
                select(Attendance.name)
                .where(Attendance.checklist_session_id == checklist_session_id)
                .order_by(Attendance.position)
            )
        )


def test_all_rows_are_kept_at_once(app, client_of, plan72, rows):
    changes = {
        position: {"on_date": f"{position}/10/2020", "half": "afternoon", "place": f"Hội trường  số {position}"}
        for position in range(1, 12)
    }
    changes[3]["on_date"] = "2020-10-03"
    staff = client_of("can-bo")
    answer = staff.post(f"/plans/{plan72}/schedule", data=rows(plan72, changes))
    assert answer.status_code == 303
    with app.app_context():
        kept = plan_page(plan72).plan_units
        assert [one.on_date for one in kept] == [date(2020, 10, day) for day in range(1, 12)]
        assert {one.half for one in kept} == {"afternoon"}
        assert kept[10].place == "Hội trường số 11"
    assert "Phụ lục" in staff.get(f"/plans/{plan72}").text


def test_a_wrong_date_is_named_and_every_row_stays_as_typed(app, client_of, plan72, rows):
    answer = client_of("can-bo").post(
        f"/plans/{plan72}/schedule",
        data=rows(
            plan72, {1: {"on_date": "35/10/2020"}, 2: {"place": "Nơi vừa gõ"}, 4: {"half": "đêm"}, 5: {"team": "99999"}}
        ),
    )
    assert answer.status_code == 422
    for words in (
        "“35/10/2020” không phải là ngày",
        "Nơi vừa gõ",
        'value="35/10/2020"',
        "Xin chọn buổi sáng hoặc buổi chiều.",
        "Đoàn này không còn trong kế hoạch",
    ):
        assert words in answer.text
    with app.app_context():
        assert plan_page(plan72).plan_units[1].place == ""


def test_a_half_day_that_has_begun_keeps_its_place(app, client_of, world, rows):
    staff = client_of("can-bo")
    assert "lịch không sửa được nữa" in staff.get(f"/plans/{world.plan_id}/schedule").text
    staff.post(
        f"/plans/{world.plan_id}/schedule",
        data=rows(world.plan_id, {1: {"place": "Nơi khác"}, 2: {"place": "Nơi mới"}}),
    )
    with app.app_context():
        assert [one.place for one in plan_page(world.plan_id).plan_units] == ["Hội trường tỉnh Bắc Giang", "Nơi mới"]


def test_a_planned_half_day_expects_the_people_of_its_new_team(app, client_of, world, rows):
    with app.app_context():
        other = db.session.scalars(select(Team.id).where(Team.name == "Đoàn số 2")).one()
    client_of("can-bo").post(f"/plans/{world.plan_id}/schedule", data=rows(world.plan_id, {2: {"team": str(other)}}))
    assert expected(app, world.planned_id) == ["Ngô Người Ngoài", "Bùi Hải Dương"]


def test_who_was_marked_already_stays_on_the_list(app, client_of, world, rows):
    with app.app_context():
        begin_writing()
        planned = db.session.get(
            ChecklistSession, world.planned_id, options=[selectinload(ChecklistSession.attendances)]
        )
        hoa = next(one for one in planned.attendances if one.name == "Trần Thị Hòa")
        planned.mark_attendance(hoa, "absent", reason="ốm", by=world.thu_ky, at=MORNING, op_id=new_op())
        planned.add_attendance("guest", "Khách Mời", by=world.thu_ky, at=MORNING, op_id=new_op())
        db.session.commit()
        other = db.session.scalars(select(Team.id).where(Team.name == "Đoàn số 2")).one()
    client_of("can-bo").post(f"/plans/{world.plan_id}/schedule", data=rows(world.plan_id, {2: {"team": str(other)}}))
    assert set(expected(app, world.planned_id)) == {"Ngô Người Ngoài", "Bùi Hải Dương", "Trần Thị Hòa", "Khách Mời"}


def test_a_person_and_a_unit_booked_twice_are_warned_of_across_plans(app, client_of, world, plan72, rows):
    with app.app_context():
        team = db.session.scalars(select(Team.id).where(Team.plan_id == plan72)).one()
        position = db.session.scalars(
            select(PlanUnit.position).where(PlanUnit.plan_id == plan72, PlanUnit.unit_id == world.unit_id)
        ).one()
    staff = client_of("can-bo")
    staff.post(
        f"/plans/{plan72}/teams/{team}",
        data={"name": "Đoàn kiểm tra", "account": [str(world.thanh_vien_1.id)], "role": ["head"]},
    )
    answer = staff.post(f"/plans/{plan72}/schedule", data=rows(plan72, {position: {"on_date": "20/10/2020"}}))
    assert answer.status_code == 303
    page = staff.get(f"/plans/{plan72}/schedule").text
    assert (
        "Hội Trường Sơn tỉnh Bắc Giang được xếp kiểm tra hai lần buổi sáng 20/10/2020: "
        "Kế hoạch 71/HTS và Kế hoạch 72/HTS."
    ) in page
    assert (
        "Đồng chí Trần Thị Hòa được xếp hai nơi buổi sáng 20/10/2020: "
        "Hội Trường Sơn tỉnh Bắc Giang (Kế hoạch 71/HTS)" in page
    )
    assert "Đoàn kiểm tra có 1 người; theo kế hoạch là 4 đến 5 đồng chí." in page
    assert "Đoàn kiểm tra chưa có Thư ký." in page


def test_everybody_reads_the_timetable_but_only_the_office_changes_it(client_of, world, rows):
    page = client_of("don-vi").get(f"/plans/{world.plan_id}/schedule").text
    assert "Hội trường tỉnh Bắc Giang" in page
    assert "Lưu lịch" not in page
    assert "Tạo các buổi kiểm tra" not in page
    for username in ("truong-doan", "don-vi", "nguoi-ngoai"):
        assert client_of(username).post(f"/plans/{world.plan_id}/schedule", data=rows(world.plan_id)).status_code == 403
    assert client_of("").post(f"/plans/{world.plan_id}/schedule").status_code == 401
