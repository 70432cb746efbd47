"""How points are found in the room: set with the plan, taken over by every half-day until it begins."""

import json

from sqlalchemy import select

from tests.checklist_sessions.rooms import here, rows
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, JournalEntry, Plan
from thidua.plans.queries import plan_page


def settings(app, checklist_session_id):
    with app.app_context():
        one = db.session.get(ChecklistSession, checklist_session_id)
        return one.blind_first_round, one.two_person_check


def save(client, world, typed, **changed):
    return client.post(f"/plans/{world.plan_id}/edit", data=typed(world.plan_id, **changed))


def test_the_office_sets_both_and_the_half_day_not_yet_begun_takes_them_over(app, client_of, world, typed) -> None:
    answer = save(client_of("can-bo"), world, typed, blind_first_round="y", two_person_check="y")
    assert answer.status_code == 303
    assert settings(app, world.planned_id) == (True, True)
    assert settings(app, world.open_id) == (False, False)  # it has begun: the rules do not change under people's hands
    page = client_of("can-bo").get(f"/plans/{world.plan_id}/edit").text
    assert page.count(" checked") >= 2 and "Vòng đầu chấm kín" in page and "Thư ký đọc lại từng điểm" in page


def test_the_change_stands_in_the_journal_in_words_and_on_the_session_s_page(app, client_of, world, typed) -> None:
    save(client_of("can-bo"), world, typed, blind_first_round="y")
    [entry] = [one for one in rows(app, JournalEntry, world.planned_id) if one.kind == "settings.followed"]
    assert json.loads(entry.payload) == {"blind_first_round": True, "two_person_check": False}
    head = client_of("truong-doan")
    assert "vòng đầu chấm kín" in head.get(here(world.planned_id, "/history")).text
    assert "Cách chấm điểm theo kế hoạch: vòng đầu chấm kín" in head.get(here(world.planned_id, "/meeting")).text
    assert "Cách chấm điểm theo kế hoạch" not in head.get(here(world.open_id, "/meeting")).text


def test_saving_without_a_change_writes_nothing(app, client_of, world, typed) -> None:
    for _ in range(2):
        save(client_of("can-bo"), world, typed, two_person_check="y")
    assert len([one for one in rows(app, JournalEntry, world.planned_id) if one.kind == "settings.followed"]) == 1
    save(client_of("can-bo"), world, typed)
    assert settings(app, world.planned_id) == (False, True)  # ``typed`` repeats what stands


def test_both_can_be_taken_back(app, client_of, world, typed) -> None:
    save(client_of("can-bo"), world, typed, blind_first_round="y", two_person_check="y")
    data = typed(world.plan_id)
    del data["blind_first_round"], data["two_person_check"]
    assert client_of("can-bo").post(f"/plans/{world.plan_id}/edit", data=data).status_code == 303
    assert settings(app, world.planned_id) == (False, False)


def test_what_was_chosen_stays_when_something_else_was_wrong(client_of, world, typed) -> None:
    answer = save(client_of("can-bo"), world, typed, blind_first_round="y", subject="")
    assert answer.status_code == 422
    box = answer.text.split('id="blind_first_round"')[0].rpartition("<input")[2]
    assert "checked" in box


def test_half_days_made_later_have_the_plan_s_settings(app, client_of, world, typed) -> None:
    with app.app_context():
        begin_writing()
        db.session.execute(Plan.__table__.update().values(blind_first_round=True))
        db.session.commit()
        unit_ids = [one.unit_id for one in plan_page(world.plan_id).plan_units]
    data = typed(world.plan_id, number="73", number_line="", unit=[str(one) for one in unit_ids])
    answer = client_of("can-bo").post("/plans/new", data=data)
    plan_id = int(answer.location.rsplit("/", 1)[1])
    client_of("can-bo").post(f"/plans/{plan_id}/checklist-sessions", data={"checklist_id": world.checklist_id})
    with app.app_context():
        made = db.session.scalars(select(ChecklistSession).where(ChecklistSession.plan_id == plan_id)).all()
        assert len(made) == 2 and all(one.blind_first_round and not one.two_person_check for one in made)


def test_a_member_cannot_change_them(client_of, world, typed) -> None:
    assert save(client_of("thanh-vien-1"), world, typed, blind_first_round="y").status_code == 403
