"""From draft to published to retired; what is published never changes, whoever asks."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.world import MORNING, World
from thidua.extensions import begin_writing, db
from thidua.models import Checklist, ChecklistSession, Criterion
from thidua.models.checklist_guard import NEVER_CHANGES
from thidua.models.finders import session_sheet
from thidua.rules.errors import Refused
from thidua.rules.sheet_changes import compare


@pytest.fixture
def sheets(app: Flask) -> Iterator[Callable[[int], Checklist]]:
    """``sheets(7)`` is that checklist with its criteria, in one writing transaction."""
    with app.app_context():
        begin_writing()

        def loaded(checklist_id: int) -> Checklist:
            db.session.flush()
            return db.session.scalars(
                select(Checklist)
                .where(Checklist.id == checklist_id)
                .options(selectinload(Checklist.criteria))
                .execution_options(populate_existing=True)
            ).one()

        yield loaded
        db.session.rollback()


def draft_of(sheets: Callable[[int], Checklist], world: World) -> Checklist:
    draft = sheets(world.checklist_id).start_new_version(version=2, at=MORNING)
    db.session.add(draft)
    db.session.flush()
    return sheets(draft.id)


def test_a_new_version_is_the_same_sheet_as_a_draft_of_the_same_family(sheets, world) -> None:
    first = sheets(world.checklist_id)
    draft = draft_of(sheets, world)
    assert (draft.state, draft.version, draft.family, draft.copied_from_id) == ("draft", 2, first.id, first.id)
    assert not draft.is_proposal and draft.published_at is None
    assert compare(first.sheet, draft.sheet).is_empty
    assert {row.id for row in draft.criteria}.isdisjoint(row.id for row in first.criteria)
    draft.publish(by=world.can_bo, at=MORNING)
    third = sheets(draft.id).start_new_version(version=3, at=MORNING)
    assert (third.family_id, third.copied_from_id) == (first.id, draft.id)


def test_a_draft_needs_no_new_version_and_a_copy_begins_a_family_of_its_own(sheets, world) -> None:
    draft = draft_of(sheets, world)
    with pytest.raises(Refused, match="bản nháp"):
        draft.start_new_version(version=3, at=MORNING)
    copy = draft.copy_as_new_sheet(name="Bảng khác", at=MORNING)
    db.session.add(copy)
    db.session.flush()
    assert (copy.name, copy.version, copy.family, copy.copied_from_id) == ("Bảng khác", 1, copy.id, draft.id)


def test_publishing_says_who_and_when_and_retires_what_it_replaces(sheets, world) -> None:
    draft, first = draft_of(sheets, world), sheets(world.checklist_id)
    draft.publish(by=world.can_bo, at=MORNING, replacing=[first])
    db.session.flush()
    assert (draft.state, draft.published_by_name, draft.published_at) == ("published", world.can_bo.name, MORNING)
    assert (first.state, first.retired_at) == ("retired", MORNING)
    with pytest.raises(Refused, match="công bố trước đó"):
        draft.publish(by=world.can_bo, at=MORNING)
    first.bring_back()
    db.session.flush()
    assert (first.state, first.retired_at) == ("published", None)


def test_what_nobody_can_score_with_is_not_published_and_every_reason_is_named(sheets, world) -> None:
    draft = draft_of(sheets, world)
    draft.criteria[1].levels, draft.criteria[1].kind = [], "levels"
    draft.criteria[2].text = " "
    draft.gates = [*draft.gates, {"kind": "critical_zero", "criterion": "9.9", "effect": "lower_one"}]
    with pytest.raises(Refused) as refused:
        draft.publish(by=world.can_bo, at=MORNING)
    for words in ("ít nhất một mức", "chưa có nội dung", "9.9"):
        assert words in refused.value.message
    assert draft.state == "draft" and draft.published_at is None


def test_only_what_is_in_use_is_retired_and_only_what_is_retired_comes_back(sheets, world) -> None:
    draft, first = draft_of(sheets, world), sheets(world.checklist_id)
    with pytest.raises(Refused):
        draft.retire(at=MORNING)
    with pytest.raises(Refused):
        first.bring_back()
    with pytest.raises(Refused):
        first.require_disposable()
    draft.require_disposable()


def test_sessions_keep_the_version_they_began_with(sheets, world) -> None:
    room = db.session.get_one(ChecklistSession, world.open_id)
    before = session_sheet(db.session(), room)
    draft = draft_of(sheets, world)
    draft.criteria[0].text = "Tên khác"
    draft.publish(by=world.can_bo, at=MORNING, replacing=[sheets(world.checklist_id)])
    db.session.flush()
    assert room.checklist_id == world.checklist_id and session_sheet(db.session(), room) == before


# ---- the last door before the database

CHANGES = {
    "its name": lambda one: setattr(one, "name", "Tên khác"),
    "its total": lambda one: setattr(one, "declared_max", 9000),
    "its ratings": lambda one: setattr(one, "bands", one.bands[1:]),
    "its moment": lambda one: setattr(one, "published_at", None),
    "back to draft": lambda one: setattr(one, "state", "draft"),
    "retired and renamed": lambda one: (one.retire(at=MORNING), setattr(one, "name", "Tên khác")),
    "a maximum": lambda one: setattr(one.criteria[1], "maximum", 100),
    "levels": lambda one: setattr(one.criteria[1], "levels", [{"text": "Đủ", "points": 100}]),
    "a place": lambda one: setattr(one.criteria[1], "position", 90),
    "one more": lambda one: one.criteria.append(Criterion(number="9", text="Thêm", kind="points", position=99)),
    "one more beside": lambda one: db.session.add(
        Criterion(checklist_id=one.id, number="9", text="Thêm", kind="points", position=99)
    ),
    "one less": lambda one: one.criteria.remove(one.criteria[-1]),
    "one deleted": lambda one: db.session.delete(one.criteria[-1]),
    "all deleted": lambda one: db.session.delete(one),
}


@pytest.mark.parametrize("state", ["published", "retired"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_no_flush_changes_a_published_checklist(sheets, world, change, state) -> None:
    one = sheets(world.checklist_id)
    if state == "retired" and change is not CHANGES["retired and renamed"]:
        one.retire(at=MORNING)
        one = sheets(world.checklist_id)
    change(one)
    with pytest.raises(Refused, match="không bao giờ thay đổi"):
        db.session.flush()


@pytest.mark.parametrize("change", list(CHANGES.values())[6:-1], ids=list(CHANGES)[6:-1])
def test_a_draft_changes_as_its_designer_pleases(sheets, world, change) -> None:
    change(draft_of(sheets, world))
    db.session.flush()


def test_nothing_is_moved_out_of_a_published_checklist_into_a_draft(sheets, world) -> None:
    draft, first = draft_of(sheets, world), sheets(world.checklist_id)
    first.criteria[-1].checklist_id = draft.id
    with pytest.raises(Refused, match="không bao giờ thay đổi"):
        db.session.flush()


def test_a_draft_may_be_mended_and_published_in_one_breath(sheets, world) -> None:
    draft = draft_of(sheets, world)
    draft.criteria[1].text = "Nội dung vừa sửa xong"
    draft.publish(by=world.can_bo, at=MORNING)
    db.session.flush()
    assert sheets(draft.id).criteria[1].text == "Nội dung vừa sửa xong"


def test_the_refusal_says_that_nothing_is_lost_and_what_to_do() -> None:
    assert "Chưa có gì bị sửa" in NEVER_CHANGES and "tạo bản mới" in NEVER_CHANGES
