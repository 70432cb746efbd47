"""Scores for the tests of the API, given by the verbs themselves."""

from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.conftest import new_op
from tests.world import MORNING, World
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession
from thidua.models.finders import sheet_of
from thidua.rules.entries import Entry


def score(app: Flask, world: World, by: str, entry: Entry, *, leaf: int = 0, reason: str = "") -> None:
    """One score on the leaf at this place: the unit's own, a member's proposal or the head's settlement."""
    with app.app_context():
        begin_writing()
        opened = db.session.scalars(
            select(ChecklistSession)
            .where(ChecklistSession.id == world.open_id)
            .options(selectinload(ChecklistSession.scores))
        ).one()
        criterion = sheet_of(db.session(), world.checklist_id).leaves[leaf]
        common: dict[str, Any] = {
            "reason": reason,
            "base_version": opened.revision,
            "by": world.people[by],
            "at": MORNING,
            "op_id": new_op(),
        }
        if by == "don-vi":
            opened.score_self(criterion, entry, **common)
        elif by == "truong-doan":
            opened.settle(criterion, entry, **common)
        else:
            opened.propose(criterion, entry, label="TV", **common)
        db.session.commit()


def settle_everything(app: Flask, world: World) -> None:
    """The head settles full marks everywhere."""
    with app.app_context():
        leaves = sheet_of(db.session(), world.checklist_id).leaves
    for place, leaf in enumerate(leaves):
        best = max(range(len(leaf.levels)), key=lambda index: leaf.levels[index].points, default=0)
        entry = {"levels": Entry(level=best), "count": Entry(count=0), "note": Entry(text="Đã xem")}.get(
            leaf.kind, Entry(points=leaf.highest or 0)
        )
        score(app, world, "truong-doan", entry, leaf=place)
