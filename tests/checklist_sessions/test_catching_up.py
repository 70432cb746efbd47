"""Who slept for long is told the present state once, not every step that led to it."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.checklist_sessions.rooms import here
from tests.conftest import new_op
from tests.faults.followers import elements
from tests.world import World
from thidua.checklist_sessions.frames import NOTHING, change_html, load_events
from thidua.extensions import db
from thidua.models import JournalEntry
from thidua.models.finders import sheet_of

Client = Callable[[str], FlaskClient]


@pytest.fixture
def busy_room(app: Flask, world: World, client_of: Client) -> int:
    """Two criteria scored again and again, by a member and by the head, and two remarks."""
    with app.app_context():
        first, second = (sheet_of(db.session(), world.checklist_id).numbered(number).id for number in ("1.4", "1.5"))
    member, head, secretary = (client_of(name) for name in ("thanh-vien-1", "truong-doan", "thu-ky"))
    last = 0
    for client, criterion, perspective, points in (
        (member, first, "proposed", "1"),
        (member, second, "proposed", "1"),
        (member, first, "proposed", "2"),
        (head, first, "agreed", "1"),
        (member, second, "proposed", "2"),
        (head, first, "agreed", "2"),
    ):
        form = {"perspective": perspective, "points": points, "op_id": new_op(), "base_version": str(last)}
        answer = client.post(here(world.open_id, f"/criteria/{criterion}/scores"), data=form)
        assert answer.status_code == 200, answer.text
        last = int(answer.headers["X-Revision"])
    for text in ("Tốt", "Rất tốt"):
        form = {"kind": "strength", "text": text, "op_id": new_op()}
        assert secretary.post(here(world.open_id, "/remarks"), data=form).status_code == 303
    return world.open_id


@pytest.mark.parametrize("audience", ["team", "head", "unit", "projector"])
def test_what_is_told_ends_in_the_same_screen_as_every_step_would(app: Flask, busy_room: int, audience: str) -> None:
    with app.test_request_context():
        entries = db.session.scalars(select(JournalEntry).order_by(JournalEntry.revision)).all()
        for after in range(len(entries)):
            steps = [change_html(busy_room, one.kind, one.content, audience) for one in entries[after:]]
            told = [event.frame(audience) or "" for event in load_events(busy_room, after)]
            assert elements("\n".join(told)) == elements("\n".join(steps))


def test_each_revision_is_still_named_so_that_no_cursor_jumps(app: Flask, busy_room: int) -> None:
    with app.test_request_context():
        events = load_events(busy_room, 0)
        assert [event.revision for event in events] == list(range(1, 10))


def test_only_the_last_of_equal_steps_is_rendered(app: Flask, busy_room: int) -> None:
    with app.test_request_context():
        shown = [event.revision for event in load_events(busy_room, 1) if event.frame("team") != NOTHING]
        assert shown == [4, 6, 7, 9]
