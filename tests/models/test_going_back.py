"""However people score, undo, clear, restore and take common values: what stands is what the journal says."""

import random

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.conftest import new_op
from tests.world import MORNING, World
from thidua.checklist_sessions.past_scores import past_scores
from thidua.checklist_sessions.view import common_entries
from thidua.commands.check_sessions import session_damages
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, JournalEntry, Score
from thidua.models.finders import sheet_of
from thidua.models.score import NOBODY, plain_entry
from thidua.models.session_verbs.scoring import Clearing, Holder, told_holder
from thidua.rules.blind import OPEN_BOOK
from thidua.rules.entries import Entry
from thidua.rules.errors import Conflict
from thidua.rules.scoring import compute_totals

MEMBERS = ("thanh-vien-1", "thanh-vien-2")


def loaded(world: World) -> ChecklistSession:
    return db.session.scalars(
        select(ChecklistSession)
        .where(ChecklistSession.id == world.open_id)
        .options(selectinload(ChecklistSession.scores))
        .execution_options(populate_existing=True)
    ).one()


class Room:
    """Random people doing one thing after another, on three criteria so that they meet."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.chance = world, random.Random(seed)
        self.session = loaded(world)
        self.sheet = sheet_of(db.session(), self.session.checklist_id)
        self.criteria = [leaf for leaf in self.sheet.leaves if leaf.kind == "points"][:3]

    def act(self) -> None:
        criterion = self.chance.choice(self.criteria)
        perspective = self.chance.choice(("agreed", "agreed", "proposed", "self"))
        by, held_by = self._who(perspective)
        common = {"by": by, "held_by": held_by, "at": MORNING, "op_id": new_op(), "cleared": None}
        holder = NOBODY if perspective != "proposed" else (held_by.id if held_by else by.id)
        standing = self.session.score_of(criterion.id, perspective, holder)
        base = (standing.version if standing else 0) - self.chance.choice((0, 0, 0, 1))
        common["base_version"] = max(base, 0)
        value = Entry(points=self.chance.choice((0, 100, 200)))
        try:
            self._do(
                self.chance.choice(("score", "score", "clear", "restore", "common")),
                criterion,
                perspective,
                value,
                common,
            )
        except Conflict:
            common.pop("base_version"), common.pop("cleared")
            self.session.note_conflict(criterion, perspective, value, reason="", **common)
        db.session.flush()

    def _who(self, perspective: str):
        people = self.world.people
        if perspective == "agreed":
            head = people["truong-doan"]
            scribes = self.chance.random() < 0.3
            return (people["thu-ky"], Holder(head.id, head.name, "Trưởng đoàn")) if scribes else (head, None)
        if perspective == "self":
            return people["don-vi"], None
        member = people[self.chance.choice(MEMBERS)]
        return (
            (people["thu-ky"], Holder(member.id, member.name, "TV")) if self.chance.random() < 0.3 else (member, None)
        )

    def _do(self, what, criterion, perspective, value, common) -> None:
        if what == "clear":
            self.session.clear_score(criterion, perspective, **common)
        elif what == "restore":
            self._restore(criterion, perspective, common)
        elif what == "common":
            self._take_common()
        elif perspective == "agreed":
            self.session.settle(criterion, value, reason="", **common)
        elif perspective == "self":
            self.session.score_self(criterion, value, reason="", **common)
        else:
            self.session.propose(criterion, value, reason="", label="TV", **common)

    def _restore(self, criterion, perspective, common) -> None:
        holder = NOBODY if perspective != "proposed" else (common["held_by"] or common["by"]).id
        known = [
            one
            for one in past_scores(db.session(), self.session.id, criterion.id)
            if one.key[1:] == (perspective, holder)
        ]
        if not known:
            return
        past = self.chance.choice(known)
        latest = [one for one in known if not one.is_late]
        if latest and latest[-1].entry is None:
            common["cleared"] = Clearing(latest[-1].revision, latest[-1].by_name, latest[-1].at)
        self.session.restore_score(
            criterion, perspective, past.entry, reason=past.reason, from_revision=past.revision, label="TV", **common
        )

    def _take_common(self) -> None:
        standing: dict = {}
        for score in self.session.scores:
            standing.setdefault(score.criterion_id, {})[score.perspective, score.holder] = score.entry
        team = [self.world.people[name].id for name in MEMBERS]
        batch, head = new_op(), self.world.people["truong-doan"]
        for criterion, entry in common_entries(self.sheet, standing, team, OPEN_BOOK):
            self.session.take_common_value(criterion, entry, batch=batch, by=head, at=MORNING, op_id=new_op())


def replayed() -> dict[tuple[int, str, int], Entry]:
    """What stands, from the journal alone."""
    standing = {}
    for entry in db.session.scalars(select(JournalEntry).order_by(JournalEntry.revision)):
        family, _, perspective = entry.kind.partition(".")
        if family != "score":
            continue
        said = entry.content
        key = said["criterion_id"], perspective, told_holder(perspective, entry.actor_id, said)
        if said.get("cleared"):
            standing.pop(key, None)
        else:
            standing[key] = plain_entry(said)
    return standing


@pytest.mark.parametrize("seed", range(6))
def test_what_stands_is_what_the_journal_says(app: Flask, world: World, seed: int) -> None:
    with app.app_context():
        begin_writing()
        room = Room(world, seed)
        for _ in range(60):
            room.act()
        rows = {(one.criterion_id, one.perspective, one.holder): one.entry for one in db.session.scalars(select(Score))}
        journal = replayed()
        assert rows == journal and len(journal) > 2
        sheet = sheet_of(db.session(), world.checklist_id)
        agreed = [{key[0]: entry for key, entry in each.items() if key[1] == "agreed"} for each in (rows, journal)]
        assert compute_totals(sheet, agreed[0]) == compute_totals(sheet, agreed[1])
        assert [damage for damage in session_damages(db.session()) if f" {world.open_id}:" in damage] == []
        db.session.rollback()
