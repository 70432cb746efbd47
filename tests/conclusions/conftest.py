"""A half-day that is ready to be concluded."""

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


@pytest.fixture
def closed(app: Flask, world: World) -> int:
    """The open session, scored throughout, remarked upon and closed; returns the conclusion's id."""
    with app.app_context():
        begin_writing()
        room = db.session.scalars(
            select(ChecklistSession)
            .where(ChecklistSession.id == world.open_id)
            .options(
                *(
                    selectinload(getattr(ChecklistSession, name))
                    for name in ("scores", "attendances", "remarks", "exchanges", "agenda_steps")
                )
            )
        ).one()
        head, clerk = world.truong_doan, world.don_vi
        for person in room.attendances:
            room.mark_attendance(person, "present", by=head, at=MORNING, op_id=new_op())
        for leaf in sheet_of(db.session(), room.checklist_id).leaves:
            entry = Entry(level=0) if leaf.levels else Entry(points=leaf.maximum - 100)
            room.score_self(leaf, entry, reason="", base_version=0, by=clerk, at=MORNING, op_id=new_op())
            room.settle(leaf, entry, reason="", base_version=0, by=head, at=MORNING, op_id=new_op())
        for kind, text in (
            ("strength", "Phong trào đền ơn đáp nghĩa nền nếp."),
            ("shortcoming", "Hồ sơ lưu chưa đủ."),
            ("opinion", "Đơn vị nhất trí với kết luận của Đoàn."),
        ):
            room.add_remark(kind, text, by=head, at=MORNING, op_id=new_op())
        room.close(by=head, at=MORNING, op_id=new_op())
        db.session.commit()
    return world.conclusion_id
