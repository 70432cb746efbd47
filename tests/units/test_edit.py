"""Units are created, corrected and put in order by the office only."""

from sqlalchemy import select

from thidua.extensions import db
from thidua.models import Attendance, JournalEntry, Unit
from thidua.models.journal import chain_damages

GOOD = {
    "name": "Hội Trường Sơn tỉnh Thái Bình",
    "kind": "hoi_tinh",
    "kind_label": "",
    "area": "Thái Bình",
    "leader_name": "Lê  Văn\u00a0Thái",
    "leader_office": "Chủ tịch Hội",
    "phone": "",
    "address": "",
    "note": "",
}


def test_staff_add_a_unit_at_the_end_of_the_order(app, client_of):
    staff = client_of("can-bo")
    answer = staff.post("/units/new", data=GOOD)
    assert answer.status_code == 303
    with app.app_context():
        unit = db.session.scalars(select(Unit).where(Unit.name == GOOD["name"])).one()
        assert (unit.position, unit.kind_label, unit.leader_name) == (6, "Hội tỉnh", "Lê Văn Thái")
    assert "Đã thêm Hội Trường Sơn tỉnh Thái Bình" in staff.get(answer.location).text


def test_what_was_typed_stays_when_the_name_is_missing(client_of):
    answer = client_of("can-bo").post("/units/new", data=GOOD | {"name": " "})
    assert answer.status_code == 422
    assert "Xin ghi tên đơn vị." in answer.text
    assert "Lê Văn Thái" in answer.text


def test_a_name_already_used_is_refused(client_of):
    answer = client_of("can-bo").post("/units/new", data=GOOD | {"name": "Hội Trường Sơn tỉnh Bắc Giang"})
    assert answer.status_code == 422
    assert "Đã có đơn vị tên" in answer.text


def test_a_too_long_name_and_an_unknown_kind_are_refused(client_of):
    answer = client_of("can-bo").post("/units/new", data=GOOD | {"name": "x" * 201, "kind": "lạ"})
    assert answer.status_code == 422
    assert "dài quá 200 chữ" in answer.text
    assert "Xin chọn loại đơn vị." in answer.text


def test_a_unit_may_keep_its_name_when_corrected(app, client_of, world):
    answer = client_of("quan-tri").post(
        f"/units/{world.unit_id}/edit", data=GOOD | {"name": "Hội Trường Sơn tỉnh Bắc Giang", "phone": "0961 071 956"}
    )
    assert answer.status_code == 303
    with app.app_context():
        assert db.session.get(Unit, world.unit_id).phone == "0961 071 956"


def test_a_half_day_not_yet_begun_expects_the_new_leader(app, client_of, world):
    client_of("can-bo").post(
        f"/units/{world.other_unit_id}/edit",
        data=GOOD | {"name": "Hội Trường Sơn tỉnh Hải Dương", "leader_name": "Phạm Thị Mới"},
    )
    with app.app_context():
        people = db.session.scalars(
            select(Attendance).where(Attendance.checklist_session_id == world.planned_id).order_by(Attendance.position)
        ).all()
        assert [one.name for one in people][-1] == "Phạm Thị Mới"
        assert len(people) == 6
        journal = db.session.scalars(
            select(JournalEntry).where(JournalEntry.checklist_session_id == world.planned_id)
        ).all()
        assert [entry.kind for entry in journal] == ["attendance.expected"]
        assert chain_damages(journal, revision=1, head_hash=journal[-1].hash) == []


def test_an_open_half_day_keeps_the_people_it_began_with(app, client_of, world):
    client_of("can-bo").post(
        f"/units/{world.unit_id}/edit",
        data=GOOD | {"name": "Hội Trường Sơn tỉnh Bắc Giang", "leader_name": "Phạm Thị Mới"},
    )
    with app.app_context():
        people = db.session.scalars(
            select(Attendance.name).where(Attendance.checklist_session_id == world.open_id)
        ).all()
        assert "Hoàng Văn Bắc" in people
        assert "Phạm Thị Mới" not in people


def test_buttons_change_the_order(app, client_of, world):
    staff = client_of("can-bo")
    answer = staff.post(f"/units/{world.other_unit_id}/place", data={"move": "up"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.text.index("Hải Dương") < answer.text.index("Bắc Giang")
    assert staff.post(f"/units/{world.other_unit_id}/place", data={"move": "down"}).status_code == 303
    page = staff.get("/units/order").text
    assert page.index("Bắc Giang") < page.index("Hải Dương")
    assert staff.post(f"/units/{world.unit_id}/place", data={"move": "sideways"}).status_code == 422


def test_inspectors_and_units_may_not_change_units(client_of, world):
    for username in ("truong-doan", "don-vi", "nguoi-ngoai"):
        client = client_of(username)
        assert client.get("/units/new").status_code == 403
        assert client.post("/units/new", data=GOOD).status_code == 403
        assert client.post(f"/units/{world.unit_id}/edit", data=GOOD).status_code == 403
        assert client.get("/units/order").status_code == 403
        assert client.post(f"/units/{world.unit_id}/place", data={"move": "up"}).status_code == 403


def test_nobody_signed_in_changes_nothing(client_of):
    assert client_of("").post("/units/new", data=GOOD).status_code == 401


def test_a_unit_that_does_not_exist_is_not_found(client_of):
    assert client_of("can-bo").get("/units/9999").status_code == 404
    assert client_of("can-bo").post("/units/9999/edit", data=GOOD).status_code == 404
