"""A draft is changed row by row: order, levels and numbers follow, ids stay, gates keep watching the same criterion."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.world import MORNING
from thidua.extensions import begin_writing, db
from thidua.models import Checklist, Criterion
from thidua.models.checklist_verbs import removals
from thidua.rules.errors import Conflict, Refused
from thidua.rules.sheet_plain import sheet_from_plain

PLAIN = {
    "name": "Bản nháp",
    "declared_max": 100,
    "roots": [
        {
            "number": "I",
            "text": "Phần một",
            "kind": "section",
            "children": [
                {"number": "1", "text": "Một", "max": 10},
                {"number": "2", "text": "Hai", "max": 20, "critical": True},
                {"number": "3", "text": "Ba", "levels": [{"text": "Đủ", "points": 5}, {"text": "Thiếu", "points": -1}]},
            ],
        },
        {
            "number": "II",
            "text": "Phần hai",
            "kind": "section",
            "children": [{"number": "4", "text": "Bốn", "max": 10}, {"number": "5", "text": "Năm", "max": 10}],
        },
    ],
    "classification": [{"label": "Đạt", "min": 50}, {"label": "Chưa đạt", "min": 0}],
    "gates": [{"kind": "critical_zero", "criterion": "2", "effect": "at_most", "label": "Chưa đạt"}],
}
VALUES = {
    "text": "Một, viết lại",
    "guidance": "",
    "kind": "points",
    "polarity": "base",
    "maximum": 1000,
    "minimum": 0,
    "step": 50,
    "points_per_count": None,
    "critical": False,
    "cap": None,
    "only_highest": False,
    "either_or": False,
    "starts_full": False,
    "levels": [],
    "refs": [],
    "applies_to": [],
}


@pytest.fixture
def draft(app: Flask) -> Iterator[Checklist]:
    with app.app_context():
        begin_writing()
        checklist = Checklist.from_sheet(sheet_from_plain(PLAIN), at=MORNING)
        db.session.add(checklist)
        db.session.flush()
        yield checklist
        db.session.rollback()


def shown(draft: Checklist) -> list[str]:
    """The outline as it stands in the database: "1 Một", indented by level."""
    db.session.flush()
    db.session.expire_all()
    fresh = db.session.scalars(
        select(Checklist).where(Checklist.id == draft.id).options(selectinload(Checklist.criteria))
    ).one()
    return [
        f"{'  ' * depth}{one.number} {one.text}"
        for root in fresh.sheet.roots
        for depth, one in [(0, root), *((1, child) for child in root.children)]
    ]


def named(draft: Checklist, text: str) -> Criterion:
    return next(row for row in draft.criteria if row.text == text)


def watched(draft: Checklist) -> str:
    return draft.sheet.numbered(draft.gates[0]["criterion"]).text


def test_a_row_goes_up_and_down_and_over_the_end_of_its_section(draft: Checklist) -> None:
    ids = {row.text: row.id for row in draft.criteria}
    draft.move(named(draft, "Hai"), -1, revision=0)
    assert shown(draft)[1:4] == ["  1 Hai", "  2 Một", "  3 Ba"]
    assert watched(draft) == "Hai" and draft.gates[0]["criterion"] == "1"
    draft.move(named(draft, "Ba"), 1, revision=1)
    assert shown(draft) == ["I Phần một", "  1 Hai", "  2 Một", "II Phần hai", "  3 Ba", "  4 Bốn", "  5 Năm"]
    assert {row.text: row.id for row in draft.criteria} == ids
    with pytest.raises(Refused, match="đã đứng cuối"):
        draft.move(named(draft, "Năm"), 1, revision=2)


def test_a_row_is_indented_and_brought_back(draft: Checklist) -> None:
    draft.indent(named(draft, "Hai"), revision=0)
    db.session.flush()
    one = draft.sheet.numbered("I").children[0]
    assert (one.kind, [child.text for child in one.children]) == ("section", ["Hai"])
    assert one.children[0].number == "1.1" and watched(draft) == "Hai"
    draft.outdent(named(draft, "Hai"), revision=1)
    assert shown(draft)[1:4] == ["  1 Một", "  2 Hai", "  3 Ba"]


def test_no_fourth_level_and_nothing_below_levels_of_points(draft: Checklist) -> None:
    draft.indent(named(draft, "Hai"), revision=0)
    db.session.flush()
    with pytest.raises(Refused, match="ba cấp"):
        draft.add_criterion(named(draft, "Hai"), inside=True, revision=1)
    draft.indent(named(draft, "Năm"), revision=1)
    db.session.flush()
    with pytest.raises(Refused, match="ba cấp"):
        draft.indent(named(draft, "Phần hai"), revision=2)
    with pytest.raises(Refused, match="theo mức"):
        draft.add_criterion(named(draft, "Ba"), inside=True, revision=2)
    with pytest.raises(Refused, match="ngoài cùng"):
        draft.outdent(named(draft, "Phần một"), revision=2)
    with pytest.raises(Refused, match="thụt vào"):
        draft.indent(named(draft, "Phần một"), revision=2)


def test_new_rows_take_the_next_number_and_the_ways_of_what_stands_beside_them(draft: Checklist) -> None:
    added = draft.add_criterion(named(draft, "Hai"), inside=False, revision=0)
    assert (added.number, added.kind, added.maximum, added.step) == ("3", "points", 2000, 50)
    db.session.flush()
    section = draft.add_criterion(named(draft, "Phần hai"), inside=False, revision=1)
    assert (section.number, section.kind) == ("III", "section")
    db.session.flush()
    child = draft.add_criterion(section, inside=True, revision=2)
    assert child.number == "7"  # the numbers run on through the sections
    assert draft.revision == 3


def test_what_is_removed_comes_back_with_its_ids_and_its_place(draft: Checklist) -> None:
    before, ids = shown(draft), {row.text: row.id for row in draft.criteria}
    draft.remove(named(draft, "Một"), revision=0)
    draft.remove(named(draft, "Phần hai"), revision=1)
    assert shown(draft) == ["I Phần một", "  1 Hai", "  2 Ba"]
    assert watched(draft) == "Hai"
    gone = list(db.session.scalars(select(Criterion).where(Criterion.checklist_id == draft.id)))
    latest, earlier = removals(gone)
    assert [row.text for row in latest] == ["Phần hai", "Bốn", "Năm"]
    draft.restore(earlier, revision=2)
    db.session.flush()
    draft.restore(latest, revision=3)
    assert shown(draft) == before
    assert {row.text: row.id for row in draft.criteria} == ids


def test_a_row_whose_section_is_gone_comes_back_at_the_top(draft: Checklist) -> None:
    draft.remove(named(draft, "Bốn"), revision=0)
    draft.remove(named(draft, "Phần hai"), revision=1)
    db.session.flush()
    rows = list(db.session.scalars(select(Criterion).where(Criterion.checklist_id == draft.id)))
    draft.restore(removals(rows)[1], revision=2)
    assert shown(draft)[-1].endswith("Bốn") and not shown(draft)[-1].startswith(" ")


def test_what_a_gate_watches_is_not_removed_unseen(draft: Checklist) -> None:
    with pytest.raises(Refused, match="Khống chế"):
        draft.remove(named(draft, "Phần một"), revision=0)
    assert len(shown(draft)) == 7


def test_a_copy_stands_behind_with_all_below_it(draft: Checklist) -> None:
    copy = draft.duplicate(named(draft, "Phần hai"), revision=0)
    assert shown(draft)[-3:] == ["III Phần hai", "  6 Bốn", "  7 Năm"]
    assert copy.id not in (None, named(draft, "Phần hai").id)


def test_numbers_typed_by_hand_stay_until_the_machine_is_asked_again(draft: Checklist) -> None:
    one = named(draft, "Một")
    draft.change_criterion(one, VALUES, number="1a", revision=0)
    assert shown(draft)[1] == "  1a Một, viết lại"
    draft.move(named(draft, "Ba"), -1, revision=1)
    assert shown(draft)[1:4] == ["  1a Một, viết lại", "  3 Ba", "  2 Hai"]
    added = draft.add_criterion(named(draft, "Hai"), inside=False, revision=2)
    assert added.number == "4"
    with pytest.raises(Refused, match="đã có"):
        draft.change_criterion(named(draft, "Ba"), VALUES | {"text": "Ba"}, number="2", revision=3)
    db.session.flush()
    draft.change_criterion(named(draft, "Một, viết lại"), VALUES | {"text": "Một"}, number="A", revision=3)
    draft.renumber(named(draft, "Hai"), revision=4)
    assert shown(draft)[1:4] == ["  A Một", "  B Ba", "  C Hai"]
    assert watched(draft) == "Hai"


def test_an_old_picture_and_a_published_sheet_are_refused(draft: Checklist) -> None:
    draft.move(named(draft, "Hai"), -1, revision=0)
    with pytest.raises(Conflict):
        draft.move(named(draft, "Hai"), 1, revision=0)
    draft.state = "published"
    for change in (
        lambda: draft.move(named(draft, "Hai"), 1, revision=1),
        lambda: draft.change_settings({"name": "Khác"}, revision=1),
        lambda: draft.add_criterion(None, inside=False, revision=1),
        lambda: draft.remove(named(draft, "Ba"), revision=1),
        lambda: draft.change_criterion(named(draft, "Hai"), VALUES, number=None, revision=1),
    ):
        with pytest.raises(Refused, match="đã công bố"):
            change()
    assert draft.name == "Bản nháp"
