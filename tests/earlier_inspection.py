"""An inspection of the world's first unit in an earlier year, with signed minutes: what the memory goes back to."""

from datetime import UTC, date, datetime

from flask import Flask
from sqlalchemy import select

from tests.conftest import new_op
from tests.world import World
from thidua.extensions import begin_writing, db
from thidua.models import Checklist, ChecklistSession, Conclusion, Paper, Plan, PlanUnit
from thidua.models.finders import sheet_of
from thidua.rules.entries import Entry

RECOMMENDED = ("Hoàn thiện hồ sơ khen thưởng của 24 chi hội.", "Lập sổ theo dõi thi đua.")


def hold_earlier_inspection(
    app: Flask,
    world: World,
    year: int,
    *,
    recommended: tuple[str, ...] = RECOMMENDED,
    checklist: Checklist | None = None,
    state: str = "signed",
) -> tuple[int, list[int]]:
    """(id of the checklist session, ids of what it recommended). Every criterion is settled half a point under full."""
    with app.app_context():
        begin_writing()
        session = db.session()
        head, at = world.people["truong-doan"], datetime(year, 10, 16, 1, 30, tzinfo=UTC)
        if checklist is not None:
            session.add(checklist)
            session.flush()
        team_id = session.scalars(select(PlanUnit.team_id).where(PlanUnit.unit_id == world.unit_id)).first()
        place = PlanUnit(
            unit_id=world.unit_id, team_id=team_id, position=1, on_date=at.date(), half="morning", place=""
        )
        plan = Plan(
            number=50 + year % 100, symbol="HTS", year=year, subject=f"Kiểm tra năm {year}", content={}, created_at=at
        )
        plan.plan_units = [place]
        session.add(plan)
        session.flush()
        room = ChecklistSession(
            plan_id=plan.id, plan_unit_id=place.id, unit_id=world.unit_id, scores=[], remarks=[],
            checklist_id=checklist.id if checklist else world.checklist_id,
        )  # fmt: skip
        conclusion = Conclusion(checklist_session=room)
        session.add(conclusion)
        session.flush()
        room.open(by=head, at=at, op_id=new_op())
        for leaf in sheet_of(session, room.checklist_id).leaves:
            entry = Entry(level=0) if leaf.levels else Entry(points=(leaf.maximum or 0) - 50)
            room.settle(leaf, entry, reason=f"Lý do {leaf.number}", base_version=0, by=head, at=at, op_id=new_op())
        for text in recommended:
            room.add_remark(
                "recommendation", text, owner="Ban Thường vụ Hội", due_on=date(year + 1, 3, 31), by=head, at=at,
                op_id=new_op(),
            )  # fmt: skip
        room.state = state
        minutes = Paper(conclusion=conclusion, number=year % 100, year=year, symbol="HTS", frozen="{}")
        minutes.sha256, minutes.journal_revision, minutes.journal_hash = f"{year:064d}", room.revision, room.head_hash
        minutes.frozen_at, minutes.frozen_by, minutes.revisions, minutes.signatures = at, head.name, [], []
        session.add(minutes)
        session.flush()
        found = room.id, [remark.id for remark in room.remarks]
        session.commit()
        return found
