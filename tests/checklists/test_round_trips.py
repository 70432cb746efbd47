"""The five given sheets and the plan's own: entered, exported, imported and filled in, nothing of them changes.

The totals and ratings themselves are worked out by hand in tests/rules/test_given_sheets.py.
"""

from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.checklist_sessions.rooms import Client
from tests.doors.filled import filled
from tests.doors.formulas import Evaluator
from tests.rules.sheets import checklist72, scored_sheets, sheets
from tests.rules.test_given_sheets import NAMES, given_sheet
from tests.world import MORNING, World
from thidua.checklists.import_reading import read_file
from thidua.doors.office import read_office_file
from thidua.doors.workbook import render_workbook
from thidua.extensions import begin_writing, db
from thidua.models import Checklist
from thidua.rules.entries import Entry
from thidua.rules.grading import grade
from thidua.rules.points import format_points
from thidua.rules.score_book import BookFacts, Marks, compose_score_book, fingerprint
from thidua.rules.score_book.accepting import written_value
from thidua.rules.score_book.embedding import sheet_in_book
from thidua.rules.score_book.reading import read_score_book
from thidua.rules.scoring import compute_totals
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.sheet_json import sheet_from_json, sheet_to_json
from thidua.rules.sheet_reading.nesting import sheet_of as sheet_read
from thidua.rules.typed_entry import typed_entry

ALL = ("checklist72", *NAMES)
UNTIMED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def sheet_named(name: str) -> Sheet:
    return checklist72() if name == "checklist72" else given_sheet(name)


def entered(app: Flask, sheet: Sheet) -> int:
    """The sheet as rows of the database."""
    with app.app_context():
        begin_writing()
        checklist = Checklist.from_sheet(sheet, at=MORNING)
        db.session.add(checklist)
        db.session.commit()
        return checklist.id


def kept(app: Flask, checklist_id: int) -> Sheet:
    """The rows read back as a value."""
    with app.app_context():
        statement = select(Checklist).where(Checklist.id == checklist_id).options(selectinload(Checklist.criteria))
        return db.session.scalars(statement).one().sheet


def plain(sheet: Sheet) -> Sheet:
    """Without the ids, which each database gives anew."""

    def bare(criterion: Criterion) -> Criterion:
        return replace(criterion, id=0, children=tuple(bare(child) for child in criterion.children))

    return replace(sheet, id=0, roots=tuple(bare(root) for root in sheet.roots))


def book_of(sheet: Sheet, entries: dict[int, Entry] | None = None) -> bytes:
    facts = BookFacts(Marks(sheet.id, 1, fingerprint(sheet)), own=entries or {}, team=entries or {})
    return render_workbook(compose_score_book(facts, sheet))


def sensible(sheet: Sheet) -> dict[int, Entry]:
    """A filling that uses every kind: the highest, the lowest, something between, "không xét", nothing."""
    entries: dict[int, Entry] = {}
    for place, leaf in enumerate(sheet.leaves):
        if place % 7 == 6:
            continue
        if place % 7 == 5 or leaf.kind == "note":
            entries[leaf.id] = Entry(not_applicable=True)
        elif leaf.kind == "levels":
            entries[leaf.id] = Entry(level=place % len(leaf.levels))
        elif leaf.kind == "count":
            entries[leaf.id] = Entry(count=place % 4)
        else:
            ends = (leaf.highest or 0, leaf.lowest or 0, leaf.lowest or 0)
            entries[leaf.id] = Entry(points=ends[place % 3])
    return entries


@pytest.mark.parametrize("name", ALL)
def test_json_out_of_the_database_and_in_again_is_the_same_sheet(
    app: Flask, client_of: Client, world: World, name: str
) -> None:
    checklist_id = entered(app, sheet_named(name))
    answer = client_of("thanh-vien-1").get(f"/checklists/{checklist_id}/checklist.json")
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    assert sheet_from_json(answer.text) == kept(app, checklist_id)
    again = entered(app, sheet_from_json(answer.text))
    assert plain(kept(app, again)) == plain(kept(app, checklist_id)) == plain(sheet_named(name))


@pytest.mark.parametrize("name", ALL)
def test_a_workbook_out_of_the_database_and_in_again_is_the_same_sheet(
    app: Flask, client_of: Client, world: World, name: str
) -> None:
    checklist_id = entered(app, sheet_named(name))
    answer = client_of("thanh-vien-1").get(f"/checklists/{checklist_id}/checklist.xlsx")
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    found = read_file(answer.data, "bang.xlsx")
    assert found.open_doubts == ()
    assert plain(sheet_read(found)) == plain(sheet_named(name))


@pytest.mark.parametrize("name", ALL)
def test_the_way_through_files_changes_no_total_and_no_rating(name: str) -> None:
    sheet = sheet_named(name)
    entries = sensible(sheet)
    for again in (
        sheet_from_json(sheet_to_json(sheet)),
        sheet_in_book(read_office_file(book_of(sheet), "a.xlsx").tables),
    ):
        assert again is not None
        totals = compute_totals(again, entries)
        assert totals == compute_totals(sheet, entries)
        assert grade(again, entries, totals) == grade(sheet, entries, totals)


@pytest.mark.parametrize("name", ALL)
def test_a_filled_workbook_says_the_same_total_and_comes_back_as_the_same_scores(name: str) -> None:
    sheet = sheet_named(name)
    entries, totals = sensible(sheet), compute_totals(sheet, sensible(sheet))
    content = book_of(sheet)
    rows = score_rows(content, sheet)
    content = filled(
        content, {f"E{rows[one]}": written_value(sheet.leaf(one), entry) for one, entry in entries.items()}
    )
    worked = Evaluator(content)
    total_row = max(rows.values()) + 1
    while worked["Bảng điểm", f"B{total_row}"] != "TỔNG CỘNG":
        total_row += 1
    shown = worked["Bảng điểm", f"E{total_row}"]
    assert format_points(int(shown * 100)) == format_points(totals.points)
    assert scores_in(content, sheet, "proposed") == entries
    assert scores_in(content, sheet, "self") == {}


def score_rows(content: bytes, sheet: Sheet) -> dict[int, int]:
    """Criterion id -> its row, as the hidden marks say."""
    marks = load_workbook(BytesIO(content))["thidua"]
    told = {str(row[1].value): int(row[0].value) for row in marks.iter_rows() if str(row[0].value).isdigit()}
    return {leaf.id: told[str(leaf.id)] for leaf in sheet.leaves}


def scores_in(content: bytes, sheet: Sheet, perspective: str) -> dict[int, Entry]:
    """What the boxes of this perspective mean."""
    book = read_score_book(read_office_file(content, "phieu.xlsx").tables, sheet, perspective)
    assert (book.problem, book.strays, book.lost) == ("", (), ())
    entries = {}
    for box in book.boxes:
        assert not box.problem and not box.doubt
        entry = typed_entry(sheet.leaf(box.criterion_id), box.value)
        if entry is not None:
            entries[box.criterion_id] = entry
    return entries


@UNTIMED
@given(sheets())
def test_any_sheet_survives_json_and_workbook(sheet: Sheet) -> None:
    assert sheet_from_json(sheet_to_json(sheet)) == sheet
    assert sheet_in_book(read_office_file(book_of(sheet), "a.xlsx").tables) == sheet


@UNTIMED
@given(scored_sheets())
def test_any_scores_go_out_in_a_workbook_and_come_back(scored: tuple[Sheet, dict[int, Entry]]) -> None:
    sheet, entries = scored
    content = book_of(sheet, entries)
    for perspective in ("self", "proposed"):
        assert scores_in(content, sheet, perspective) == entries


@pytest.mark.parametrize(("box", "value"), [("B7", "Tiêu chí đổi tên"), ("C7", 11)])
def test_a_table_that_somebody_changed_is_read_as_it_stands_now(box: str, value: object) -> None:
    content = filled(book_of(checklist72()), {box: value})
    assert sheet_in_book(read_office_file(content, "a.xlsx").tables) is None
    read = sheet_read(read_file(content, "a.xlsx"))
    assert str(value) in [words for one in read.all for words in (one.text, format_points(one.maximum or 0))]


def test_another_name_above_the_table_is_its_name() -> None:
    content = filled(book_of(checklist72()), {"A1": "Bảng điểm năm 2021"})
    named = sheet_in_book(read_office_file(content, "a.xlsx").tables)
    assert named == replace(checklist72(), name="Bảng điểm năm 2021")


def test_a_packed_sheet_that_was_damaged_is_not_believed() -> None:
    content = filled(book_of(checklist72()), {"A3": "eJxzdHQEAAAA"}, page="bang_json")
    assert sheet_in_book(read_office_file(content, "a.xlsx").tables) is None


def test_strangers_fetch_nothing_and_what_is_not_there_is_not_found(client_of: Client, world: World) -> None:
    for ending in ("xlsx", "json"):
        assert client_of("").get(f"/checklists/{world.checklist_id}/checklist.{ending}").status_code == 302
        assert client_of("can-bo").get(f"/checklists/999999/checklist.{ending}").status_code == 404


def test_the_page_of_a_checklist_offers_both_files(client_of: Client, world: World) -> None:
    page = client_of("can-bo").get(f"/checklists/{world.checklist_id}").text
    for ending in ("xlsx", "json"):
        assert f"/checklists/{world.checklist_id}/checklist.{ending}" in page
