"""How the minutes of a plan are signed is set with the plan."""

from sqlalchemy import select

from thidua.extensions import db
from thidua.models import Plan

USUAL = {"secretary": "1", "unit": "1", "head": "2"}


def save(client, world, **fields):
    return client.post(f"/plans/{world.plan_id}/signing", data=USUAL | fields)


def kept(app, world) -> dict:
    with app.app_context():
        return db.session.scalars(select(Plan.signing).where(Plan.id == world.plan_id)).one()


def test_the_office_sets_order_groups_and_seal(app, world, client_of) -> None:
    office = client_of("can-bo")
    assert save(office, world, unit="3", groups=["head"], seal="y").status_code == 303
    assert kept(app, world) == {"order": [["secretary"], ["head"], ["unit"]], "groups": ["head"], "seal": True}
    page = office.get(f"/plans/{world.plan_id}/signing").text
    assert "<li>Đại diện đơn vị</li>" in page and "đóng dấu của Hội" in page
    assert save(office, world).status_code == 303
    assert kept(app, world) == {"order": [["secretary", "unit"], ["head"]], "groups": [], "seal": False}


def test_turns_that_are_none_are_refused(app, world, client_of) -> None:
    assert save(client_of("can-bo"), world, unit="9").status_code == 422
    assert save(client_of("can-bo"), world, groups=["<b>"]).status_code == 422
    assert kept(app, world) == {}


def test_others_read_it_and_do_not_change_it(world, client_of) -> None:
    assert "Lưu cách ký" not in client_of("thu-ky").get(f"/plans/{world.plan_id}/signing").text
    for username in ("truong-doan", "don-vi", "nguoi-ngoai"):
        assert save(client_of(username), world).status_code == 403, username
