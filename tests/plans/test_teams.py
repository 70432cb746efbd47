"""Teams: people with a part each; oddities are warned of, the impossible is refused, choices stay."""

import pytest
from sqlalchemy import select

from tests.world import MORNING
from thidua.extensions import db
from thidua.models import Account, Attendance, Team
from thidua.plans.queries import plan_page


@pytest.fixture
def team_id(app, world):
    with app.app_context():
        return db.session.scalars(select(Team.id).where(Team.plan_id == world.plan_id, Team.position == 1)).one()


def seats(*people, name="Đoàn số 1"):
    return {
        "name": name,
        "account": [str(actor.id) if actor else "" for actor, _role in people],
        "role": [role for _actor, role in people],
    }


def members(app, plan_id):
    with app.app_context():
        return [[(one.account.username, one.role) for one in team.members] for team in plan_page(plan_id).teams]


def test_a_team_is_chosen_with_roles_and_stands_in_their_order(app, client_of, world, team_id):
    answer = client_of("can-bo").post(
        f"/plans/{world.plan_id}/teams/{team_id}",
        data=seats(
            (world.thanh_vien_2, "member"),
            (None, "member"),
            (world.thu_ky, "head"),
            (world.can_bo, "secretary"),
            name="Đoàn  phía Bắc",
        ),
    )
    assert answer.status_code == 303
    assert members(app, world.plan_id)[0] == [("thu-ky", "head"), ("can-bo", "secretary"), ("thanh-vien-2", "member")]
    page = client_of("can-bo").get(f"/plans/{world.plan_id}/teams").text
    assert "Đoàn phía Bắc có 3 người; theo kế hoạch là 4 đến 5 đồng chí." in page


def test_a_planned_half_day_follows_the_team_and_an_open_one_does_not(app, client_of, world, team_id):
    client_of("can-bo").post(
        f"/plans/{world.plan_id}/teams/{team_id}", data=seats((world.thu_ky, "head"), (world.can_bo, "secretary"))
    )
    with app.app_context():
        for session_id, names in (
            (world.planned_id, ["Phạm Tiến Ích", "Đỗ Thị Thủy", "Bùi Hải Dương"]),
            (world.open_id, ["Nguyễn Văn Lạng", "Phạm Tiến Ích"]),
        ):
            people = db.session.execute(
                select(Attendance.name, Attendance.part)
                .where(Attendance.checklist_session_id == session_id)
                .order_by(Attendance.position)
            ).all()
            assert [one.name for one in people][: len(names)] == names
            assert people[0].part == "Trưởng đoàn"


def test_the_same_person_twice_is_refused_and_the_choice_stays(app, client_of, world, team_id):
    answer = client_of("can-bo").post(
        f"/plans/{world.plan_id}/teams/{team_id}",
        data=seats((world.thu_ky, "head"), (world.thu_ky, "member"), name="Tên vừa gõ"),
    )
    assert answer.status_code == 422
    assert "Đồng chí Phạm Tiến Ích được chọn hai lần" in answer.text
    assert "Tên vừa gõ" in answer.text
    assert len(members(app, world.plan_id)[0]) == 5


def test_only_inspectors_and_staff_with_an_open_account_are_offered(app, client_of, world, team_id):
    with app.app_context():
        db.session.scalars(select(Account).where(Account.username == "thanh-vien-3")).one().disabled_at = MORNING
        db.session.commit()
    staff = client_of("can-bo")
    page = staff.get(f"/plans/{world.plan_id}/teams").text
    assert "Đỗ Thị Thủy" in page
    assert "Hoàng Văn Bắc" not in page
    assert "Nguyễn Văn Quyết" in page, "who sits on the team already stays there"
    for stranger in (world.don_vi, world.quan_tri):
        answer = staff.post(f"/plans/{world.plan_id}/teams/{team_id}", data=seats((stranger, "head")))
        assert answer.status_code == 422


def test_a_team_without_a_name_or_with_an_unknown_role_is_refused(client_of, world, team_id):
    staff = client_of("can-bo")
    assert (
        staff.post(f"/plans/{world.plan_id}/teams/{team_id}", data=seats((world.thu_ky, "head"), name=" ")).status_code
        == 422
    )
    assert staff.post(f"/plans/{world.plan_id}/teams/{team_id}", data=seats((world.thu_ky, "boss"))).status_code == 422


def test_a_team_is_added_and_removed_unless_it_is_expected_somewhere(app, client_of, world, team_id):
    staff = client_of("can-bo")
    assert staff.post(f"/plans/{world.plan_id}/teams", data={"name": ""}).status_code == 303
    with app.app_context():
        added = plan_page(world.plan_id).teams[-1]
        assert added.name == "Đoàn số 3"
    assert staff.post(f"/plans/{world.plan_id}/teams/{added.id}/removal").status_code == 303
    assert len(members(app, world.plan_id)) == 2
    answer = staff.post(f"/plans/{world.plan_id}/teams/{team_id}/removal")
    assert answer.status_code == 409
    assert "đang được xếp đi kiểm tra" in answer.text
    assert len(members(app, world.plan_id)) == 2


def test_strangers_see_the_teams_and_change_nothing(client_of, world, team_id):
    for username in ("truong-doan", "don-vi", "nguoi-ngoai"):
        client = client_of(username)
        page = client.get(f"/plans/{world.plan_id}/teams").text
        assert "Trần Thị Hòa" in page
        assert "<select" not in page
        assert client.post(f"/plans/{world.plan_id}/teams/{team_id}", data=seats()).status_code == 403
        assert client.post(f"/plans/{world.plan_id}/teams").status_code == 403
        assert client.post(f"/plans/{world.plan_id}/teams/{team_id}/removal").status_code == 403


def test_a_team_of_another_plan_is_not_found(client_of, plan72, team_id, world):
    assert (
        client_of("can-bo").post(f"/plans/{plan72}/teams/{team_id}", data=seats((world.thu_ky, "head"))).status_code
        == 404
    )


def test_open_screens_of_the_half_days_concerned_are_told(app, client_of, world, team_id, monkeypatch):
    told = []
    monkeypatch.setattr(app.extensions["live_hub"], "notice", lambda room, revision: told.append((room, revision)))
    client_of("can-bo").post(f"/plans/{world.plan_id}/teams/{team_id}", data=seats((world.thu_ky, "head")))
    assert told == [(world.planned_id, 1)]
    client_of("can-bo").post(f"/plans/{world.plan_id}/teams/{team_id}", data=seats((world.thu_ky, "head")))
    assert told == [(world.planned_id, 1)], "nothing changed, so nothing is told"
