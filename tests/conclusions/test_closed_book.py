"""What the inspected unit may not read on the conclusion page: drafts before closing, proposals at any time."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.conftest import new_op
from tests.world import MORNING, World
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession
from thidua.models.finders import sheet_of
from thidua.rules.entries import Entry

SHORTCOMING = "Hồ sơ lưu thiếu quyết định công nhận."
DIFFERING = "ý kiến chấm còn khác nhau"


@pytest.fixture
def disputed(app: Flask, world: World) -> int:
    """The open session with a shortcoming written down, and a criterion on which two members differ."""
    with app.app_context():
        begin_writing()
        room = opened(world)
        room.add_remark("shortcoming", SHORTCOMING, by=world.thu_ky, at=MORNING, op_id=new_op())
        leaf = next(leaf for leaf in sheet_of(db.session(), room.checklist_id).leaves if not leaf.levels)
        for person, points in ((world.thu_ky, 0), (world.people["thanh-vien-1"], leaf.step)):
            room.propose(
                leaf, Entry(points=points), reason="", base_version=0, label="", by=person, at=MORNING, op_id=new_op()
            )
        db.session.commit()
    return world.conclusion_id


def opened(world: World) -> ChecklistSession:
    loaded = (selectinload(getattr(ChecklistSession, name)) for name in ("remarks", "scores"))
    return db.session.scalars(
        select(ChecklistSession).where(ChecklistSession.id == world.open_id).options(*loaded)
    ).one()


def close(app: Flask, world: World) -> None:
    with app.app_context():
        begin_writing()
        opened(world).close(by=world.truong_doan, at=MORNING, op_id=new_op())
        db.session.commit()


def test_before_closing_the_unit_reads_nothing_of_the_draft(app, disputed, client_of) -> None:
    page = client_of("don-vi").get(f"/conclusions/{disputed}")
    assert page.status_code == 200 and "chưa khóa điểm" in page.text
    for words in (SHORTCOMING, "Xếp loại", "DỰ THẢO", "minutes.pdf"):
        assert words not in page.text, words
    assert SHORTCOMING in client_of("thanh-vien-1").get(f"/conclusions/{disputed}").text


def test_after_closing_the_unit_reads_the_draft_but_not_that_proposals_differ(app, world, disputed, client_of) -> None:
    close(app, world)
    page = client_of("don-vi").get(f"/conclusions/{disputed}").text
    assert SHORTCOMING in page and DIFFERING not in page
    assert "minutes.pdf" not in page
    assert DIFFERING in client_of("thu-ky").get(f"/conclusions/{disputed}").text
