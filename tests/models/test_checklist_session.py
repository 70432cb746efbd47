"""The verbs of a checklist session on a real database."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.conftest import new_op
from tests.world import MORNING, World
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, JournalEntry
from thidua.models.finders import sheet_of
from thidua.models.journal import chain_damages
from thidua.rules.entries import Entry
from thidua.rules.errors import Conflict, Refused


def loaded(checklist_session_id: int) -> ChecklistSession:
    return db.session.scalars(
        select(ChecklistSession)
        .where(ChecklistSession.id == checklist_session_id)
        .options(selectinload(ChecklistSession.scores), selectinload(ChecklistSession.agenda_steps))
    ).one()


def propose(checklist_session: ChecklistSession, world: World, points: int, *, base_version: int, by="thanh-vien-1"):
    criterion = sheet_of(db.session(), checklist_session.checklist_id).leaves[0]
    return checklist_session.propose(
        criterion,
        Entry(points=points),
        reason="",
        base_version=base_version,
        label="TV 1",
        by=world.people[by],
        at=MORNING,
        op_id=new_op(),
    )


def test_a_proposal_is_a_row_and_a_journal_entry(app: Flask, world: World) -> None:
    with app.app_context():
        begin_writing()
        opened = loaded(world.open_id)
        entry = propose(opened, world, 800, base_version=0)
        db.session.commit()
        assert (entry.revision, entry.kind, opened.revision) == (2, "score.proposed", 2)
        assert [score.points for score in opened.scores] == [800]
        entries = db.session.scalars(
            select(JournalEntry)
            .where(JournalEntry.checklist_session_id == world.open_id)
            .order_by(JournalEntry.revision)
        ).all()
        assert chain_damages(entries, revision=opened.revision, head_hash=opened.head_hash) == []


def test_a_stale_version_is_refused_and_changes_nothing(app: Flask, world: World) -> None:
    with app.app_context():
        begin_writing()
        opened = loaded(world.open_id)
        propose(opened, world, 800, base_version=0)
        with pytest.raises(Conflict):
            propose(opened, world, 700, base_version=0)
        assert opened.scores[0].points == 800
        assert opened.revision == 2


def test_two_members_propose_side_by_side(app: Flask, world: World) -> None:
    with app.app_context():
        begin_writing()
        opened = loaded(world.open_id)
        propose(opened, world, 800, base_version=0)
        propose(opened, world, 600, base_version=0, by="thanh-vien-2")
        db.session.commit()
        assert sorted(score.points for score in opened.scores) == [600, 800]


def test_a_planned_session_takes_no_proposal(app: Flask, world: World) -> None:
    with app.app_context():
        begin_writing()
        planned = loaded(world.planned_id)
        with pytest.raises(Refused):
            propose(planned, world, 800, base_version=0)


def test_an_altered_journal_row_is_found(app: Flask, world: World) -> None:
    with app.app_context():
        begin_writing()
        opened = loaded(world.open_id)
        propose(opened, world, 800, base_version=0)
        db.session.flush()
        entries = list(
            db.session.scalars(
                select(JournalEntry)
                .where(JournalEntry.checklist_session_id == opened.id)
                .order_by(JournalEntry.revision)
            )
        )
        entries[1].payload = entries[1].payload.replace("800", "900")
        assert chain_damages(entries, revision=opened.revision, head_hash=opened.head_hash) == ["bước 2 đã bị sửa"]
