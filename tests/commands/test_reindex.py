"""``flask reindex`` makes the search index whole again from what is in the database."""

from sqlalchemy import delete

from tests.archive import STRENGTHS, record
from thidua.extensions import begin_writing, db
from thidua.models import Passage
from thidua.models.passage import Sight, find_passages, forget_passages
from thidua.rules.search_query import parse_query

ALL = Sight(everything=True, account_id=0, unit_id=None)


def total(app, typed):
    with app.app_context():
        return find_passages(db.session(), parse_query(typed), visible=ALL).total


def reindex(app):
    answer = app.test_cli_runner().invoke(args=["reindex"])
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_lost_passages_of_signed_sessions_come_back(app, world):
    record(app, world, *STRENGTHS)
    with app.app_context():
        begin_writing()
        forget_passages(db.session(), world.open_id)
        db.session.commit()
    assert total(app, "quỹ khen") == 0
    assert "Đã lập chỉ mục 4 đoạn của 1 buổi kiểm tra." in reindex(app)
    assert total(app, "quỹ khen") == 1
    with app.app_context():
        assert {passage.is_draft for passage in db.session.query(Passage)} == {False}
    reindex(app)
    assert total(app, "quỹ khen") == 1


def test_what_is_said_in_a_session_still_under_way_is_not_in_the_archive(app, world):
    record(app, world, *STRENGTHS, state="open")
    assert total(app, "quỹ khen") == 1
    reindex(app)
    assert total(app, "quỹ khen") == 0


def test_keys_of_an_older_normaliser_are_all_replaced(app, world, monkeypatch):
    monkeypatch.setattr("thidua.models.passage.index.NORMALISER_VERSION", 31)
    record(app, world, *STRENGTHS)
    monkeypatch.undo()
    assert "chưa đủ" in reindex(app)
    assert total(app, "quỹ khen") == 1
    assert "chưa đủ" not in reindex(app)
    with app.app_context():
        begin_writing()
        forget_passages(db.session(), world.open_id)
        db.session.execute(delete(Passage))
        db.session.commit()
    assert total(app, "quỹ khen") == 0
