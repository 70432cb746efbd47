"""The verb that answers an earlier recommendation, and that the check finds what was changed behind it."""

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from tests.conftest import new_op
from tests.earlier_inspection import hold_earlier_inspection
from tests.world import MORNING, World
from thidua.commands.check_sessions import session_damages
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, RecommendationReview, Remark
from thidua.rules.errors import Conflict, InvalidEntry, Refused


def loaded(checklist_session_id: int) -> ChecklistSession:
    return db.session.scalars(
        select(ChecklistSession)
        .where(ChecklistSession.id == checklist_session_id)
        .options(selectinload(ChecklistSession.recommendation_reviews))
    ).one()


def answer(room: ChecklistSession, world: World, remark_id: int, words: str = "done", *, base_version: int = 0):
    remark = db.session.get_one(Remark, remark_id)
    return room.review_recommendation(
        remark, words, base_version=base_version, by=world.thu_ky, at=MORNING, op_id=new_op()
    )


def test_an_answer_counts_one_revision_and_another_replaces_it(app: Flask, world: World) -> None:
    _, [first, _] = hold_earlier_inspection(app, world, 2019)
    with app.app_context():
        begin_writing()
        room = loaded(world.open_id)
        entry = answer(room, world, first, "not")
        answer(room, world, first, "done", base_version=entry.revision)
        db.session.commit()
        [review] = loaded(world.open_id).recommendation_reviews
        assert (review.answer, review.version, room.revision) == ("done", entry.revision + 1, entry.revision + 1)


@pytest.mark.parametrize("state", ["planned", "open", "closed"])
def test_answers_are_taken_until_the_minutes_freeze(app: Flask, world: World, state: str) -> None:
    _, [first, _] = hold_earlier_inspection(app, world, 2019)
    with app.app_context():
        room = loaded(world.open_id)
        room.state = state
        assert answer(room, world, first).kind == "review.answered"


@pytest.mark.parametrize("state", ["frozen", "signed"])
def test_frozen_minutes_take_no_answer(app: Flask, world: World, state: str) -> None:
    _, [first, _] = hold_earlier_inspection(app, world, 2019)
    with app.app_context():
        room = loaded(world.open_id)
        room.state = state
        with pytest.raises(Refused):
            answer(room, world, first)
        assert room.recommendation_reviews == []


def test_an_answer_based_on_an_older_one_conflicts_and_an_unknown_one_is_invalid(app: Flask, world: World) -> None:
    _, [first, _] = hold_earlier_inspection(app, world, 2019)
    with app.app_context():
        room = loaded(world.open_id)
        answer(room, world, first, "partly")
        with pytest.raises(Conflict) as conflict:
            answer(room, world, first, "not")
        assert "Thực hiện một phần" in conflict.value.message
        with pytest.raises(InvalidEntry):
            answer(room, world, first, "maybe", base_version=room.revision)
        assert [review.answer for review in room.recommendation_reviews] == ["partly"]


def test_the_check_knows_answers_and_finds_one_changed_behind_the_journal(app: Flask, world: World) -> None:
    _, [first, _] = hold_earlier_inspection(app, world, 2019)
    with app.app_context():
        begin_writing()
        answer(loaded(world.open_id), world, first, "partly")
        db.session.commit()
        mine = f"Buổi kiểm tra {world.open_id}:"
        assert [damage for damage in session_damages(db.session()) if damage.startswith(mine)] == []
        db.session.execute(update(RecommendationReview).values(answer="done"))
        found = [damage for damage in session_damages(db.session()) if damage.startswith(mine)]
        assert found == [f"{mine} câu trả lời cho kiến nghị {first} không khớp với nhật ký."]
