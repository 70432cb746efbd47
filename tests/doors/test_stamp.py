import io
import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from unicodedata import is_normalized

import pikepdf
import pypdf
import pytest

from tests.doors.papers import fonts_of, pages_of, paper, paragraphs, text_of
from thidua.doors.pdf import Place, render_pdf, stamp_signature

AT = datetime(2020, 10, 25, 4, 20, tzinfo=UTC)
LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Phước Đặng Huyền Trân Châu Ngọc Thủy"
PEOPLE = {"secretary": "Nguyễn Văn Quyết", "unit": "Trần Thị Hạnh", "head": LONG_NAME}


def lines_for(person):
    return ["Đã ký trong chương trình", person, "lúc 11 giờ 20", "ngày 25 tháng 10 năm 2020", "Mã: 3fa9c1d2e4b5"]


@pytest.fixture(scope="module")
def rendered():
    return render_pdf(paper(*paragraphs(12)))


@pytest.fixture(scope="module")
def revisions(rendered):
    """The paper as rendered, and after each of three signatures."""
    made = [rendered.pdf]
    for at, (name, person) in enumerate(PEOPLE.items()):
        made.append(stamp_signature(made[-1], rendered.places[name], lines_for(person), AT + timedelta(minutes=at)))
    return made


def test_every_stamp_leaves_the_bytes_before_it_untouched(revisions):
    for before, after in pairwise(revisions):
        assert after.startswith(before) and len(after) > len(before)


def test_all_three_stamps_can_be_read_in_composed_letters(revisions):
    text = text_of(revisions[-1])
    for person in PEOPLE.values():
        assert f"Đã ký trong chương trình {person} lúc 11 giờ 20" in text
    assert is_normalized("NFC", text)


def test_a_stamp_changes_nothing_of_the_text_of_the_paper(revisions):
    for before, after in zip(pages_of(revisions[0]), pages_of(revisions[-1]), strict=True):
        assert after.startswith(before.rstrip("\n"))


def test_each_revision_can_be_opened_by_two_readers(revisions):
    for revision in revisions:
        assert len(pypdf.PdfReader(io.BytesIO(revision), strict=True).pages) == 2
        with pikepdf.open(io.BytesIO(revision)) as file:
            assert file.check_pdf_syntax() == []


def test_each_stamp_fills_its_place(rendered, revisions):
    page = pypdf.PdfReader(io.BytesIO(revisions[-1])).pages[1]
    drawn = re.findall(rb"1 0 0 1 (\S+) (\S+) cm (/Stamp\d+) Do", page.get_contents().get_data())
    assert len({name for _, _, name in drawn}) == 3
    for (x, y, name), place in zip(drawn, rendered.places.values(), strict=True):
        left, bottom, right, top = place.box
        assert (float(x), float(y)) == (pytest.approx(left, abs=0.01), pytest.approx(bottom, abs=0.01))
        drawing = page["/Resources"]["/XObject"][name.decode()].get_object()
        assert [float(side) for side in drawing["/BBox"]] == pytest.approx([0, 0, right - left, top - bottom])


def test_all_typefaces_of_a_signed_paper_are_in_the_file(revisions):
    assert fonts_of(revisions[-1])[1] == set()


def test_the_file_carries_the_time_of_the_signature(revisions):
    with pikepdf.open(io.BytesIO(revisions[-1])) as file:
        assert str(file.docinfo["/ModDate"]).startswith("D:20201025042200")
        assert str(file.docinfo["/CreationDate"]).startswith("D:20201025042000")


def test_a_paper_printed_after_a_stamp_is_still_the_same(rendered, revisions):
    assert revisions and render_pdf(paper(*paragraphs(12))).pdf == rendered.pdf


def test_letters_the_typeface_lacks_are_question_marks_in_a_stamp_too(rendered):
    stamped = stamp_signature(rendered.pdf, rendered.places["head"], ["Đã ký 🎉", "Võ\u202e Sở"], AT)
    assert "Đã ký ? Võ Sở" in text_of(stamped)


def test_a_place_on_a_page_that_is_not_there_is_refused(rendered):
    with pytest.raises(IndexError):
        stamp_signature(rendered.pdf, Place(9, (100, 100, 240, 170)), ["a"], AT)


def test_lines_that_cannot_fit_are_refused(rendered):
    with pytest.raises(ValueError, match="do not fit"):
        stamp_signature(rendered.pdf, rendered.places["head"], [LONG_NAME * 40], AT)


def test_a_time_without_a_zone_is_refused(rendered):
    with pytest.raises(ValueError, match="zone"):
        stamp_signature(rendered.pdf, rendered.places["head"], ["a"], AT.replace(tzinfo=None))
