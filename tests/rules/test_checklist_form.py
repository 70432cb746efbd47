"""The paper form of a sheet that no half-day uses: the rows that will be printed, lines to write on above them."""

from dataclasses import replace

from tests.rules.sheets import checklist72
from thidua.rules.checklist_form import BlankFacts, compose_blank_form, rows_of, with_criterion
from thidua.rules.documents import CodeBox, Paragraph, Table
from thidua.rules.paper_form import FormFacts, compose_form

FACTS = BlankFacts("Bản 2", is_draft=True)


def table_of(document) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table))


def test_the_table_is_the_one_of_a_real_half_day() -> None:
    sheet = checklist72()
    real = compose_form(FormFacts(("Đoàn",), "", "", "", "", "x", "http://x"), sheet)
    assert table_of(compose_blank_form(FACTS, sheet)) == table_of(real)


def test_it_leads_nowhere_and_leaves_lines_to_write_on() -> None:
    document = compose_blank_form(replace(FACTS, for_kind="Hội Nữ"), checklist72())
    assert not any(isinstance(block, CodeBox) for block in document.blocks) and document.draft
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph) and block.style == "lead"]
    assert lines[0] == "Dành cho: Hội Nữ" and lines[1].startswith("Đơn vị được kiểm tra: ....")
    assert not compose_blank_form(replace(FACTS, is_draft=False), checklist72()).draft


def test_the_rows_of_one_criterion_stand_under_its_section_without_a_total() -> None:
    sheet = checklist72()
    leaf = next(one for one in sheet.leaves if one.number == "2.2")
    rows = rows_of(sheet, leaf.id).rows
    assert [row.kind for row in rows] == ["group", "item"] and rows[1].cells[0] == "2.2"
    assert rows[0].cells[1] == "15"  # the section's own maximum, not that of the one criterion
    assert [row.kind for row in rows_of(sheet, sheet.roots[1].id).rows] == ["group", "item", "item"]


def test_a_changed_criterion_stands_in_the_place_of_the_old_one() -> None:
    sheet = checklist72()
    leaf = sheet.leaves[2]
    changed = with_criterion(sheet, replace(leaf, text="Nội dung mới"))
    assert [one.text for one in changed.leaves][2] == "Nội dung mới"
    assert [one.id for one in changed.all] == [one.id for one in sheet.all]
