"""The blank form: same rows as the checklist, its code, and the sentence about a wrong paper."""

from dataclasses import replace
from datetime import date

import pytest

from tests.rules.sheets import checklist72, leaf, section, small_sheet
from thidua.rules.documents import CodeBox, Table
from thidua.rules.entries import Entry
from thidua.rules.form_code import code_problem, form_code
from thidua.rules.paper_form import FormFacts, compose_form
from thidua.rules.sheet import Level

FACTS = FormFacts(
    issuer=("Hội Trường Sơn",),
    parent="",
    subject="Kiểm tra năm 2020 tại Hội A",
    unit="Hội A",
    plan="Kế hoạch 72/HTS",
    code=form_code("HTS", 72, 4),
    address="http://192.0.2.1/checklist-sessions/4/typing",
)


def rows(sheet, **changes):
    table = compose_form(replace(FACTS, **changes), sheet).block("form")
    assert isinstance(table, Table)
    return [row.cells for row in table.rows]


def lines(**changes):
    box = compose_form(replace(FACTS, **changes), small_sheet(leaf(1))).block("code")
    assert isinstance(box, CodeBox)
    return box.lines


def test_rows_have_the_numbers_and_the_order_of_the_checklist():
    sheet = checklist72()
    numbers = [cells[0].partition(".")[0] if len(cells) == 5 else cells[0] for cells in rows(sheet)]
    assert numbers == [criterion.number for criterion in sheet.all] + ["Tổng cộng"]
    assert rows(sheet)[-1] == ("Tổng cộng", "100", "", "", "")


def test_levels_are_listed_with_their_points():
    sheet = small_sheet(section(1, leaf(2, kind="levels", levels=(Level("Đủ", 1000), Level("Thiếu", 450)))))
    assert rows(sheet)[1][1] == "Tiêu chí\n1) Đủ: 10\u00a0điểm\n2) Thiếu: 4,5\u00a0điểm"


def test_counts_bonus_deductions_and_notes_say_what_is_written_in_them():
    sheet = small_sheet(
        leaf(1, 500, kind="count", points_per_count=50),
        leaf(2, polarity="bonus"),
        leaf(3, 0, polarity="penalty", minimum=-500),
        leaf(4, None, kind="note"),
    )
    cells = rows(sheet)
    assert cells[0][1:3] == ("Tiêu chí\n(ghi số lần; cộng 0,5 điểm mỗi lần)", "5")
    assert cells[1][1:3] == ("Tiêu chí\n(điểm thưởng)", "10")
    assert cells[2][1:3] == ("Tiêu chí\n(điểm trừ)", "5")
    assert cells[3][1:3] == ("Tiêu chí\n(ghi nhận xét, không chấm điểm)", "")


def test_own_scores_are_printed_as_far_as_they_are_known():
    sheet = small_sheet(leaf(1), leaf(2), leaf(3))
    own = {1: Entry(points=850), 2: Entry(not_applicable=True)}
    assert [cells[3] for cells in rows(sheet, own=own)[:3]] == ["8,5", "k", ""]


def test_the_lines_tell_whose_half_day_and_leave_room_for_the_name():
    assert lines(on=date(2020, 10, 20), half="Sáng", place="Hội trường")[2:4] == (
        "Thời gian: Sáng, ngày 20/10/2020", "Địa điểm: Hội trường",
    )  # fmt: skip
    assert lines()[-1].startswith("Người chấm: ......") and "……/……" in lines()[2]
    assert lines(scorer="Trần Thị Hòa")[-1] == "Người chấm: Trần Thị Hòa"


def test_the_code_names_plan_and_half_day_and_has_two_letters_of_check():
    assert form_code("HTS", 72, 4) == "HTS72-04-QN"
    assert form_code("HTS", None, 123).startswith("HTS-123-")
    assert len({form_code("HTS", 72, number)[-2:] for number in range(1, 60)}) > 50


@pytest.mark.parametrize("typed", ["HTS72-04-QN", "hts72 04 qn", "04-QN", "qn", " HTS7204QN "])
def test_the_code_is_known_however_it_is_typed(typed):
    assert code_problem(typed, "HTS72-04-QN") == ""


def test_a_slip_and_another_half_days_paper_are_told_apart():
    assert "không đúng" in code_problem("HTS72-04-QM", "HTS72-04-QN")
    assert "không đúng" in code_problem("x" * 200, "HTS72-04-QN")
    other = form_code("HTS", 72, 5)
    assert "phiếu của buổi kiểm tra khác" in code_problem(other, "HTS72-04-QN")
