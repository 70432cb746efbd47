"""Phrases of signed minutes are offered to whoever words the next ones."""

from sqlalchemy import update

from tests.conclusions.test_minutes import freeze, write
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession


def test_only_signed_minutes_give_phrases_and_only_to_those_who_write(app, closed, world, client_of) -> None:
    head = client_of("truong-doan")
    write(head, closed)
    assert freeze(head, closed).status_code == 303
    address = f"/conclusions/{closed + 1}/minutes/blocks/strengths/phrases"
    assert "nền nếp" not in head.get(address).text
    with app.app_context():
        begin_writing()
        db.session.execute(update(ChecklistSession).where(ChecklistSession.id == world.open_id).values(state="signed"))
        db.session.commit()
    page = head.get(address, query_string={"like": "phong trào"}).text
    assert 'data-phrase="Phong trào đền ơn đáp nghĩa nền nếp"' in page
    assert "nền nếp" not in head.get(address, query_string={"like": "phong trào đền ơn đáp nghĩa nền nếp"}).text
    assert client_of("thanh-vien-1").get(address).status_code == 403
