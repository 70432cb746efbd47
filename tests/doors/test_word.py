"""The Word door: what went in comes out, in the form of the decree, the same bytes every time."""

import io
import zipfile
from dataclasses import replace
from unicodedata import normalize

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from tests.doors.papers import (
    ISSUED,
    LETTERHEAD,
    RECIPIENTS,
    SENTENCE,
    SIGNATURES,
    TITLE,
    VIETNAMESE,
    listing,
    paper,
    paragraphs,
    score_table,
)
from tests.rules.half_day import FULL
from thidua.doors.pdf import fonts, layout
from thidua.doors.word import render_docx
from thidua.rules.documents import (
    BLOCK_TYPES,
    CodeBox,
    Column,
    Heading,
    Letterhead,
    Listing,
    Paragraph,
    Recipients,
    Row,
    SignaturePlace,
    Signatures,
    Table,
    Title,
)
from thidua.rules.wording import compose_minutes

CODE = CodeBox("code", "https://thi-dua.vn/p/abc", ("Mã: 123", "Địa chỉ: thi-dua.vn"), "Quét mã")


def opened(document):
    return docx.Document(io.BytesIO(render_docx(document)))


def lines_of(file):
    """Every paragraph in the order of the file, those in tables included; a merged cell once."""
    return [text for text in (node_text(node) for node in file.element.body.iter(qn("w:p"))) if text]


def node_text(node):
    parts = {qn("w:t"): lambda one: one.text or "", qn("w:br"): lambda _one: "\n", qn("w:tab"): lambda _one: "\t"}
    return "".join(parts[one.tag](one) for one in node.iter(*parts))


def paragraph_with(file, words):
    return next(one for one in file.paragraphs if words in one.text)


def expected_lines(document):
    """What each block says, in the words of the block: the renderer must not lose or add anything."""
    for block in document.blocks:
        match block:
            case Letterhead():
                yield from (block.parent.upper(), *(line.upper() for line in block.issuer), block.number)
                yield from (block.place_and_date,)
            case Title():
                yield from (block.kind.upper(), block.subject)
            case Heading() | Paragraph():
                yield block.text
            case Listing():
                yield from (f"{at}. {item}" if block.marker == "1." else f"{block.marker} {item}"
                            for at, item in enumerate(block.items, start=1))  # fmt: skip
            case Table():
                yield from (block.caption, *(column.title for column in block.columns))
                yield from (line for row in block.rows for cell in row.cells for line in cell.split("\n"))
            case Signatures():
                yield from block.closing
                for place in block.places:
                    yield from (place.authority.upper(), place.office.upper(), place.note, place.person)
            case CodeBox():
                yield from (*block.lines, block.caption)
            case Recipients():
                yield from (f"- {line.rstrip(' .;')}" for line in block.lines)


def test_everything_said_in_the_minutes_is_in_the_file_once_and_in_no_other_words():
    document = compose_minutes(FULL)
    got = sorted(line.rstrip(";.") for line in lines_of(opened(document)))
    frame = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Nơi nhận:"]
    wanted = sorted(line.rstrip(";.") for line in (*expected_lines(document), *frame) if line)
    assert got == wanted


def test_every_kind_of_block_is_written():
    document = paper(
        Heading("h", "I. Ưu điểm"), Paragraph("p", SENTENCE), listing("một", "hai"), *score_table(4)[1:], CODE
    )
    assert {type(block) for block in document.blocks} == set(BLOCK_TYPES.values())
    got = lines_of(opened(document))
    for line in expected_lines(document):
        assert not line or any(one.startswith(line) for one in got), line


def test_every_vietnamese_letter_comes_out_composed_as_it_went_in():
    file = opened(paper(Paragraph("p", normalize("NFD", VIETNAMESE))))
    assert VIETNAMESE in lines_of(file)


def test_the_page_is_a4_with_the_margins_of_the_decree():
    section = opened(paper()).sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    sizes += (section.left_margin, section.right_margin)
    assert [round(size.mm) for size in sizes] == [210, 297, 20, 20, 30, 15]


def test_the_page_number_stands_in_the_middle_of_the_head_from_the_second_page_on():
    section = opened(paper()).sections[0]
    assert section.different_first_page_header_footer
    field = section.header._element.find(".//" + qn("w:fldSimple"))
    assert field.get(qn("w:instr")).strip() == "PAGE"
    assert section.header.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert section.first_page_header._element.find(".//" + qn("w:fldSimple")) is None


def test_the_text_is_times_14_justified_and_begins_ten_millimetres_in():
    file = opened(paper(Paragraph("p", SENTENCE)))
    style = paragraph_with(file, SENTENCE).style
    shape = style.paragraph_format
    assert (style.font.name, style.font.size.pt) == ("Times New Roman", 14)
    assert (shape.alignment, round(shape.first_line_indent.mm)) == (WD_ALIGN_PARAGRAPH.JUSTIFY, 10)
    assert shape.space_after.pt >= 6 and 1 <= shape.line_spacing <= 1.5
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Normal"):
        fonts = file.styles[name].element.rPr.rFonts
        assert set(fonts.attrib.values()) == {"Times New Roman"}, name
        assert str(file.styles[name].font.color.rgb) == "000000"


def test_styles_of_paragraphs_are_kept():
    file = opened(
        paper(
            Paragraph("basis", "Căn cứ kế hoạch", "basis"),
            Paragraph("lead", "Thời gian: từ 8 giờ: sáng", "lead"),
            Paragraph("note", "(Kèm theo)", "note", indent=False),
        )
    )
    assert paragraph_with(file, "Căn cứ").runs[0].italic
    lead = paragraph_with(file, "Thời gian").runs
    assert [(run.text, bool(run.bold)) for run in lead] == [("Thời gian:", True), (" từ 8 giờ: sáng", False)]
    note = paragraph_with(file, "Kèm theo")
    assert note.alignment == WD_ALIGN_PARAGRAPH.CENTER and note.runs[0].font.size.pt == 12


def test_the_letterhead_has_two_columns_and_a_rule_under_each():
    dated = replace(LETTERHEAD, place_and_date="Hà Nội, ngày 08 tháng 9 năm 2020")
    table = opened(paper(blocks=(dated, TITLE))).tables[0]
    issuer, nation = table.rows[0].cells
    assert [one.text for one in issuer.paragraphs if one.text] == ["HỘI TRƯỜNG SƠN VIỆT NAM", "ĐOÀN KIỂM TRA"]
    assert [cell.text for cell in table.rows[1].cells] == ["Số: 15/BB-HTS", "Hà Nội, ngày 08 tháng 9 năm 2020"]
    for cell in (issuer, nation):
        assert cell.paragraphs[-1]._p.find(".//" + qn("w:pBdr")) is not None
    motto = nation.paragraphs[-1].paragraph_format
    assert 91 - motto.left_indent.mm - motto.right_indent.mm == pytest.approx(
        fonts.text_width(layout.MOTTO, "bold", 13) / layout.MM, abs=0.2
    )


def test_a_table_repeats_its_head_and_spans_what_a_short_row_leaves_out():
    table = opened(paper(*score_table(8))).tables[1]
    head = table.rows[0]._tr.trPr
    assert head.find(qn("w:tblHeader")) is not None and head.find(qn("w:cantSplit")) is not None
    assert [cell.text for cell in table.rows[0].cells] == ["TT", "Tiêu chí", "Điểm"]
    group = table.rows[1]
    assert [tc.grid_span for tc in group._tr.tc_lst] == [2, 1] and group.cells[0].text == "Nhóm 1"
    assert all(one.paragraph_format.keep_with_next for cell in group.cells for one in cell.paragraphs)
    before_total = table.rows[-2]
    assert all(one.paragraph_format.keep_with_next for cell in before_total.cells for one in cell.paragraphs)
    assert not table.rows[2].cells[0].paragraphs[0].paragraph_format.keep_with_next
    assert sum(column.width.mm for column in table.columns) == pytest.approx(165, abs=0.5)
    aligned = [cell.paragraphs[0].alignment for cell in table.rows[2].cells]
    assert aligned == [WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT]


def test_signatures_are_kept_together_with_the_closing_words_and_the_recipients():
    file = opened(paper(*paragraphs(3)))
    assert paragraph_with(file, "Lập thành 02 bản").paragraph_format.keep_with_next
    table = file.tables[-1]
    assert [cell.text for cell in table.rows[1].cells] == ["Nguyễn Văn Quyết", "Trần Thị Hạnh", "Võ Sở"]
    for row in table.rows:
        assert row._tr.trPr.find(qn("w:cantSplit")) is not None
        assert all(one.paragraph_format.keep_with_next for cell in row.cells for one in cell.paragraphs)
    assert paragraph_with(file, "Nơi nhận").paragraph_format.keep_with_next
    assert table.rows[1].cells[0].paragraphs[0].paragraph_format.space_before.mm == pytest.approx(25, abs=0.5)


def test_one_signature_stands_right_of_the_recipients():
    signer = SignaturePlace("signer", "TM. Ban chấp hành", "Chủ tịch", "", "Thiếu tướng Võ Sở")
    table = opened(
        paper(blocks=(LETTERHEAD, TITLE, Paragraph("p", "Hết./."), Signatures("s", (), (signer,)), RECIPIENTS))
    ).tables[-1]
    left, right = table.rows[0].cells
    assert left.text == "Nơi nhận:\n- Thường trực Hội;\n- Lưu: VP."
    assert right.text == "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nThiếu tướng Võ Sở"


def test_a_second_title_begins_an_appendix_on_a_new_page():
    file = opened(paper(blocks=(LETTERHEAD, TITLE, *paragraphs(1), Title("a", "Phụ lục", "Lịch kiểm tra"))))
    assert paragraph_with(file, "PHỤ LỤC").paragraph_format.page_break_before
    assert not paragraph_with(file, "BIÊN BẢN").paragraph_format.page_break_before


def test_headings_are_headings_so_that_one_can_walk_through_the_file():
    file = opened(paper(Heading("a", "I. Ưu điểm"), Heading("b", "1. Chung", 2), Heading("c", "a) Riêng", 3)))
    assert [one.style.name for one in file.paragraphs if one.style.name.startswith("Heading")] == [
        "Heading 1", "Heading 2", "Heading 3",
    ]  # fmt: skip
    assert file.styles["Heading 1"].paragraph_format.keep_with_next


def test_the_code_is_a_picture_that_says_its_address():
    packed = render_docx(paper(CODE))
    file = docx.Document(io.BytesIO(packed))
    assert [shape.width.mm for shape in file.inline_shapes] == [pytest.approx(24, abs=0.1)]
    assert file.element.body.find(".//" + qn("wp:docPr")).get("descr") == "https://thi-dua.vn/p/abc"
    names = zipfile.ZipFile(io.BytesIO(packed)).namelist()
    assert [name for name in names if name.startswith("word/media/")] == ["word/media/image1.png"]


def test_a_draft_says_so_on_every_page_and_a_hash_is_printed_short():
    section = opened(paper(draft=True, digest="3fa9c1d2e4b5" + "0" * 52)).sections[0]
    for head in (section.first_page_header, section.header):
        assert "DỰ THẢO" in "".join(one.text for one in head.paragraphs)
    for foot in (section.first_page_footer, section.footer):
        assert foot.paragraphs[0].text == "15/BB-HTS · mã văn bản 3fa9c1d2e4b5"
    final = opened(paper()).sections[0]
    assert "".join(one.text for one in (*final.header.paragraphs, *final.first_page_footer.paragraphs)) == ""


def test_a_form_counts_its_pages_in_the_foot():
    section = opened(replace(paper(), kind="PC")).sections[0]
    for foot in (section.first_page_footer, section.footer):
        assert foot.paragraphs[0].text.startswith("Mã phiếu 15/BB-HTS")
        fields = [one.get(qn("w:instr")).strip() for one in foot._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]


def test_the_file_says_what_it_is_and_nothing_of_the_machine():
    packed = render_docx(paper())
    told = docx.Document(io.BytesIO(packed)).core_properties
    assert (told.title, told.subject, told.author) == (
        "Biên bản 15/BB-HTS", "Kiểm tra công tác thi đua", "Đoàn kiểm tra",
    )  # fmt: skip
    assert (told.language, told.keywords, told.comments) == ("vi-VN", "15/BB-HTS", "")
    assert told.created == told.modified == ISSUED
    defaults = docx.Document(io.BytesIO(packed)).styles.element.find(".//" + qn("w:lang"))
    assert defaults.get(qn("w:val")) == "vi-VN"
    names = zipfile.ZipFile(io.BytesIO(packed)).namelist()
    assert not [name for name in names if "thumbnail" in name or "vba" in name.lower()]


def test_the_same_document_is_the_same_bytes_whatever_was_written_between():
    first = render_docx(paper(*score_table(5), CODE))
    render_docx(paper(draft=True))
    assert render_docx(paper(*score_table(5), CODE)) == first
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert render_docx(paper(*score_table(6), CODE)) != first


@pytest.mark.parametrize(
    "text", ["<w:p/> & </w:t>", "Lê\x00 Hòa\x0b\x1f", 'HYPERLINK "http://x"', "a\u202eb\ufffe", "{ MACROBUTTON x }"]
)
def test_markup_and_control_signs_are_written_as_words_or_dropped(text):
    table = Table("t", (Column(text, 100),), (Row((text,)),), caption=text)
    got = lines_of(opened(paper(Paragraph("p", text), table)))
    clean = text
    for sign in "\x00\x0b\x1f\u202e\ufffe":
        clean = clean.replace(sign, "")
    assert got.count(clean) == 4


def test_a_row_with_more_cells_than_columns_is_refused():
    with pytest.raises(ValueError, match="table t"):
        render_docx(paper(Table("t", (Column("a", 100),), (Row(("1", "2")),))))


def test_a_document_without_places_or_closing_words_keeps_its_last_paragraph_once():
    blocks = (LETTERHEAD, TITLE, Paragraph("end", "Lời cuối cùng./."), replace(SIGNATURES, closing=()))
    assert lines_of(opened(paper(blocks=blocks))).count("Lời cuối cùng./.") == 1


def test_four_signers_stand_two_by_two():
    places = tuple(replace(SIGNATURES.places[0], name=f"p{at}", person=f"Người {at}") for at in range(4))
    tables = opened(paper(blocks=(LETTERHEAD, TITLE, replace(SIGNATURES, places=places)))).tables[1:]
    assert [[cell.text for cell in table.rows[1].cells] for table in tables] == [
        ["Người 0", "Người 1"], ["Người 2", "Người 3"],
    ]  # fmt: skip
