"""Nghị định 30/2020/NĐ-CP, phụ lục I, measured on the printed pages of each kind of paper."""

import io
from functools import cache
from itertools import pairwise

import pytest
import zxingcpp
from PIL import Image

from tests.doors.family import DIGEST, family
from tests.doors.measuring import measured
from thidua.doors.pdf import page_pictures, render_pdf
from thidua.doors.pdf.layout import MOTTO, NATION
from thidua.rules.documents import Signatures, Title

KINDS = ("BB", "KH", "GM", "TB", "BC")
CENTRE = 112.5  # mm from the left edge: of 165 between 30 and 195
LINE = 14 * 0.3528


@cache
def printed(kind):
    rendered = render_pdf(family()[kind])
    return rendered, measured(rendered.pdf)


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def pages(kind):
    return printed(kind)[1]


@pytest.fixture
def first(pages):
    return pages[0]


def middle(line):
    return (line.left + line.right) / 2


def is_bold(line):
    return line.faces == {"Tinos-Bold"}


def rule_under(page, line):
    below = [rule for rule in page.rules if 0 < rule.at - line.baseline < 6 and rule.left < middle(line) < rule.right]
    assert below, f"no rule under {line.text!r}"
    return below[0]


def test_the_page_is_a4_and_nothing_stands_in_its_margins(pages):
    for page in pages:
        assert (round(page.width, 1), round(page.height, 1)) == (210, 297)
        assert min(line.left for line in page.lines) >= 29.9
        assert max(line.right for line in page.lines) <= 195.3
        assert all(20 < line.baseline < 277 for line in page.body)


def test_the_nation_12_bold_the_motto_13_bold_and_a_rule_as_long_as_the_motto(first):
    nation, motto = first.line(NATION), first.line(MOTTO)
    assert (nation.size, motto.size) == (12, 13) and is_bold(nation) and is_bold(motto)
    assert middle(nation) == pytest.approx(middle(motto), abs=0.3)
    rule = rule_under(first, motto)
    assert (rule.left, rule.right) == (pytest.approx(motto.left, abs=0.3), pytest.approx(motto.right, abs=0.3))


def test_the_issuer_12_bold_apart_from_the_nation_over_a_rule_of_a_third_to_a_half(first):
    lines = [line for line in first.lines if line.baseline < 40 and line.right < 105 and not line.text.startswith("Số")]
    assert lines and all(line.size == 12 and is_bold(line) for line in lines)
    assert first.line(NATION).left - max(line.right for line in lines) > 2.5
    last = max(lines, key=lambda line: line.baseline)
    rule = rule_under(first, last)
    assert 1 / 3 <= rule.length / (last.right - last.left) <= 1 / 2
    assert (rule.left + rule.right) / 2 == pytest.approx(middle(last), abs=0.5)


def test_number_and_date_13_on_one_line_the_date_in_italics_and_none_in_minutes(kind, first):
    number = first.line("Số:")
    assert number.size == 13 and number.faces == {"Tinos-Regular"}
    dates = [line for line in first.lines if ", ngày " in line.text and line.baseline < 45]
    assert len(dates) == (0 if kind == "BB" else 1)
    for date in dates:
        assert (date.size, date.faces) == (13, {"Tinos-Italic"})
        assert date.baseline == pytest.approx(number.baseline, abs=0.3)


def test_kind_and_subject_14_bold_in_the_middle_over_a_short_rule(kind, first):
    title = next(block for block in family()[kind].blocks if isinstance(block, Title))
    kind_line = first.line(title.kind.upper())
    under = [line for line in first.lines if 0 <= line.baseline - kind_line.baseline < 22 and is_bold(line)]
    assert all(line.size == 14 and middle(line) == pytest.approx(CENTRE, abs=0.4) for line in under)
    assert " ".join(line.text for line in under[1:]).startswith(title.subject)
    last = [line for line in under if line.text and title.subject.endswith(line.text)][-1]
    assert 1 / 3 <= rule_under(first, last).length / (last.right - last.left) <= 1 / 2


def test_the_text_14_justified_indented_by_one_centimetre_in_single_to_one_and_a_half_lines(kind, pages):
    prose = [line for line in pages[0].body if line.size == 14 and line.baseline > 75]
    assert {round(line.left, 1) for line in prose} <= {30.0, 40.0}
    for upper, lower in pairwise(prose):
        step = lower.baseline - upper.baseline
        if lower.left < 35:  # the same paragraph: full to the right margin, 1 to 1.5 lines further down
            assert upper.right == pytest.approx(195, abs=0.6)
            assert LINE * 1.15 <= step <= LINE * 1.15 * 1.5
        else:  # at least 6 points more
            assert step >= LINE * 1.15 + 6 * 0.3528


def test_the_number_13_in_the_middle_of_the_top_margin_from_page_2(pages):
    for at, page in enumerate(pages):
        above = [line for line in page.lines if line.baseline < 19]
        assert [line.text for line in above] == ([str(at + 1)] if at else [])
        for line in above:
            assert line.size == 13 and middle(line) == pytest.approx(CENTRE, abs=0.5) and 8 < line.baseline < 17


def test_offices_in_bold_capitals_over_the_room_to_sign_over_the_name(kind, pages):
    rendered = printed(kind)[0]
    block = next(block for block in family()[kind].blocks if isinstance(block, Signatures))
    for place in block.places:
        left, bottom, right, top = (edge * 0.3528 for edge in rendered.places[place.name].box)
        page = pages[rendered.places[place.name].page]
        office = next(line for line in page.lines if line.text and place.office.upper().startswith(line.text))
        person = page.line(place.person)
        assert (office.size, person.size) == (13, 13) and is_bold(office) and is_bold(person)
        assert middle(person) == pytest.approx((left + right) / 2, abs=0.5)
        assert office.baseline < 297 - top < 297 - bottom < person.baseline
        assert (right - left, top - bottom) == (pytest.approx(50, abs=0.1), pytest.approx(25, abs=0.1))


def test_recipients_12_bold_italic_their_list_11(pages):
    title = pages[-1].line("Nơi nhận:")
    assert (title.size, title.faces) == (12, {"Tinos-BoldItalic"}) and title.left == pytest.approx(30, abs=0.3)
    listed = [line for line in pages[-1].lines if line.text.startswith("- ") and line.baseline > title.baseline]
    assert listed[0].size == 11 and listed[0].faces == {"Tinos-Regular"}
    assert [line.text[-1] for line in listed if line.size == 11] == [*";" * (len(listed) - 1), "."]


def test_secretary_left_head_right_and_a_deputy_under_the_body_and_the_formula():
    rendered = printed("BB")[0]
    lefts = [rendered.places[name].box[0] for name in ("secretary", "unit", "head")]
    assert lefts == sorted(lefts)
    lines = [line.text for line in printed("TB")[1][-1].lines if line.left > 105]
    assert [line for line in lines if line.isupper()] == ["TM. THƯỜNG TRỰC HỘI", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_every_page_says_its_code_and_a_scan_of_it_says_which_page_it_is():
    rendered, pages = printed("BB")
    for at, (page, picture) in enumerate(zip(pages, page_pictures(rendered.pdf, dpi=120), strict=True)):
        assert page.line("15/BB-HTS · mã văn bản 3fa9c1d2e4b5").size == 8.5
        codes = [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]
        assert codes == [f"http://192.168.1.10:8000/verify/{DIGEST[:16]}?p={at + 1}"]
    assert not zxingcpp.read_barcodes(Image.open(io.BytesIO(page_pictures(printed("TB")[0].pdf, pages=[0])[0])))
