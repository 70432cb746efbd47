"""Word documents as people have them: what is read on paper comes in, automatic numbers too, deleted text not."""

import pytest
from docx import Document

from tests.doors.office_files import cell, document, paragraph, row, saved, table, word_file
from thidua.doors.office import OfficeFile, Table, read_office_file
from thidua.doors.office.limits import MOST_WORD_TABLES
from thidua.doors.office.numbering import in_format


def read(content: bytes) -> OfficeFile:
    return read_office_file(content, "bang.docx")


def only_table(body: str, **parts: str) -> Table:
    (found,) = read(document(body, **parts)).tables
    return found


def texts(body: str, **parts: str) -> list[list[str]]:
    return [[one.text for one in drawn] for drawn in only_table(body, **parts).rows]


def test_a_document_gives_its_table_with_the_title_before_it() -> None:
    found = read(word_file())
    (drawn,) = found.tables
    assert (found.kind, drawn.name, drawn.before) == ("docx", "Bảng 1", ("BẢNG CHẤM ĐIỂM",))
    assert [[one.text for one in line] for line in drawn.rows] == [
        ["STT", "Nội dung", "Điểm"],
        ["1", "Tuyên truyền", "10"],
        ["2", "Báo cáo", "5"],
    ]
    assert drawn.rows[2][1].at == "Bảng 1, hàng 3, cột 2"


def test_cells_merged_by_another_library_are_read() -> None:
    paper = Document()
    drawn = paper.add_table(3, 4)
    for place in range(12):
        drawn.cell(place // 4, place % 4).text = str(place)
    drawn.cell(0, 0).merge(drawn.cell(2, 0))
    drawn.cell(0, 1).merge(drawn.cell(1, 2))
    (found,) = read(saved(paper)).tables
    assert [[one.text.split() for one in line] for line in found.rows] == [
        [["0", "4", "8"], ["1", "2", "5", "6"], [], ["3"]],
        [[], [], [], ["7"]],
        [[], ["9"], ["10"], ["11"]],
    ]
    first = found.rows[0]
    assert (first[0].spans, first[1].spans) == ((3, 1), (2, 2))
    assert found.rows[1][2].covered_by == first[1].at == "Bảng 1, hàng 1, cột 2"
    assert found.rows[2][0].covered_by == first[0].at


def test_rows_may_begin_late_and_be_of_unequal_width() -> None:
    body = table(
        row("a", "b", "c"),
        row("d", properties='<w:gridBefore w:val="2"/>'),
        row(cell("rộng", '<w:gridSpan w:val="3"/>')),
        row(cell("x", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "y"),
    )
    found = only_table(body)
    assert texts(body) == [["a", "b", "c"], ["", "", "d"], ["rộng", "", ""], ["x", "", "y"]]
    assert (found.rows[2][0].spans, found.rows[3][0].spans) == ((1, 3), (1, 2))
    assert found.rows[3][1].covered_by == "Bảng 1, hàng 4, cột 1"


def test_a_continuation_of_nothing_is_a_cell_of_its_own() -> None:
    assert texts(table(row(cell("a", "<w:vMerge/>"), "b"))) == [["a", "b"]]


def test_empty_rows_are_left_out_and_addresses_stay_true() -> None:
    found = only_table(table(row("a"), *[row("")] * 3000, row("b")))
    assert [line[0].at for line in found.rows] == ["Bảng 1, hàng 1, cột 1", "Bảng 1, hàng 3002, cột 1"]


def test_deleted_text_is_out_and_inserted_text_in() -> None:
    changed = (
        '<w:p><w:ins w:id="1"><w:r><w:t>mới</w:t></w:r></w:ins>'
        '<w:del w:id="2"><w:r><w:delText>cũ</w:delText><w:t>cũ</w:t></w:r></w:del>'
        '<w:moveFrom w:id="3"><w:r><w:t>đi</w:t></w:r></w:moveFrom>'
        '<w:moveTo w:id="4"><w:r><w:t> đến</w:t></w:r></w:moveTo></w:p>'
    )
    joined = paragraph("nửa đầu ", '<w:rPr><w:del w:id="5"/></w:rPr>') + paragraph("nửa sau")
    body = table(
        row(cell(changed), cell(joined)),
        row("bỏ", "bỏ", properties='<w:del w:id="6"/>'),
        row(cell("bỏ", '<w:cellDel w:id="7"/>'), cell(paragraph("giữ", '<w:rPr><w:del w:id="8"/></w:rPr>'))),
    )
    assert texts(body) == [["mới đến", "nửa đầu nửa sau"], ["", "giữ"]]
    assert only_table(body).rows[1][1].at == "Bảng 1, hàng 2, cột 2", "a deleted row is not counted"


def test_what_is_not_seen_is_not_read() -> None:
    box = "<w:pict><w:txbxContent><w:p><w:r><w:t>hộp</w:t></w:r></w:p></w:txbxContent></w:pict>"
    odd = (
        f"<w:p><w:r><w:t>chữ</w:t>{box}</w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        "<w:r><w:instrText> PAGE </w:instrText></w:r></w:p>"
    )
    assert texts(table(row(cell(odd)))) == [["chữ"]]


def test_signs_and_wrappings_within_a_paragraph() -> None:
    wrapped = (
        "<w:p><w:hyperlink><w:r><w:t>một</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t>hai</w:t><w:br/><w:t>ba</w:t>"
        "<w:noBreakHyphen/></w:r><w:sdt><w:sdtPr><w:t>không</w:t></w:sdtPr><w:sdtContent><w:r><w:t>bốn</w:t></w:r>"
        "</w:sdtContent></w:sdt></w:p>"
    )
    assert texts(table(row(cell(wrapped + paragraph("năm"))))) == [["một hai\nba-bốn\nnăm"]]


def test_the_soft_hyphen_of_an_old_font_is_kept() -> None:
    old = '<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>th</w:t><w:softHyphen/><w:t>ëng</w:t></w:r></w:p>'
    found = read(document(table(row(cell(old)))))
    assert (found.tables[0].rows[0][0].text, found.fonts) == ("th\u00adëng", (".VnTime",))


def test_a_table_within_a_cell_is_a_table_of_its_own() -> None:
    found = read(document(table(row("ngoài", cell(table(row("trong")) + paragraph("sau"))), row("cuối", "")))).tables
    assert [(one.name, [[c.text for c in line] for line in one.rows]) for one in found] == [
        ("Bảng 1", [["ngoài", "sau"], ["cuối", ""]]),
        ("Bảng 1.1", [["trong"]]),
    ]
    assert found[1].rows[0][0].at == "Bảng 1.1, hàng 1, cột 1"


def test_paragraphs_belong_to_the_table_after_them() -> None:
    body = paragraph("một") + paragraph(" ") + table(row("a")) + paragraph("hai") + table(row("b")) + paragraph("ba")
    found = read(document(body))
    assert [one.before for one in found.tables] == [("một",), ("hai",)]
    assert found.after == ("ba",)


def test_an_empty_frame_does_not_take_the_title_away() -> None:
    found = read(document(paragraph("Tiêu đề") + table(row("")) + table(row("a"))))
    assert found.tables[1].before == ("Tiêu đề",)


def test_bold_and_fonts_through_styles() -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"/>'
        '<w:style w:type="paragraph" w:styleId="Dam"><w:basedOn w:val="N"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Dam"/></w:style>'
        '<w:style w:type="character" w:styleId="Nhe"><w:rPr><w:b w:val="0"/></w:rPr></w:style>'
    )
    body = table(
        row(
            cell(paragraph("theo kiểu", '<w:pStyle w:val="Con"/>')),
            cell(paragraph("trái kiểu", '<w:pStyle w:val="Con"/>', '<w:rStyle w:val="Nhe"/>')),
            cell(paragraph("tự đậm", looks='<w:b/><w:rFonts w:hAnsi="VNI-Times"/>')),
            cell(paragraph("đậm", looks="<w:b/>") + paragraph("thường")),
            cell(paragraph("dấu đoạn đậm", "<w:rPr><w:b/></w:rPr>")),
        )
    )
    found = read(document(body, styles=styles))
    assert [one.is_bold for one in found.tables[0].rows[0]] == [True, False, True, False, False]
    assert found.tables[0].rows[0][2].font == "VNI-Times"
    assert found.fonts == (".VnTime", "VNI-Times")


def levels(*patterns: tuple[str, str], more: str = "") -> str:
    return "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{pattern}"/>{more}</w:lvl>'
        for level, (form, pattern) in enumerate(patterns)
    )


def numbering(definition: str, overrides: str = "", second: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="0">{definition}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{overrides}</w:num>{second}'
    )


def numbered(text: str, level: int = 0, list_id: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def counted(defined: str, *paragraphs: str, styles: str = "") -> list[str]:
    body = table(*(row(cell(one)) for one in paragraphs))
    return [line[0] for line in texts(body, numbering=defined, styles=styles)]


def test_automatic_numbers_are_read_as_printed() -> None:
    defined = numbering(levels(("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("decimal", "%2.%4")))
    assert counted(
        defined,
        numbered("Một"),
        numbered("nhỏ", 1),
        numbered("nhỏ nữa", 1),
        numbered("chữ", 2),
        numbered("chữ", 2),
        numbered("sâu", 3),
        numbered("Hai"),
        numbered("lại từ đầu", 1),
    ) == ["I. Một", "1. nhỏ", "2. nhỏ nữa", "a) chữ", "b) chữ", "2.1 sâu", "II. Hai", "1. lại từ đầu"]


def test_a_cell_with_only_an_automatic_number_shows_it() -> None:
    defined = numbering(levels(("decimal", "%1")))
    assert texts(table(row(cell(numbered("")), "a"), row(cell(numbered("")), "b")), numbering=defined) == [
        ["1", "a"],
        ["2", "b"],
    ]


def test_figures_of_outer_levels_and_legal_ones() -> None:
    assert counted(
        numbering(levels(("upperRoman", "%1."), ("decimal", "%1.%2."))), numbered("a"), numbered("b", 1)
    ) == ["I. a", "I.1. b"]
    assert counted(
        numbering(levels(("upperRoman", "%1."), ("decimal", "%1.%2."), more="<w:isLgl/>")),
        numbered("a"),
        numbered("b", 1),
    ) == ["1. a", "1.1. b"]


def test_lists_of_one_definition_go_on_unless_they_start_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    both = [numbered("a"), numbered("b", list_id=2), numbered("c", list_id=2), numbered("d")]
    assert counted(numbering(levels(("decimal", "%1."))), *both) == ["1. a", "2. b", "3. c", "4. d"]
    assert counted(numbering(levels(("decimal", "%1.")), anew), *both) == ["1. a", "5. b", "6. c", "7. d"]


def test_a_level_that_never_restarts() -> None:
    defined = numbering(levels(("decimal", "%1."), ("decimal", "(%2)"), more='<w:lvlRestart w:val="0"/>'))
    assert counted(defined, numbered("a"), numbered("b", 1), numbered("c"), numbered("d", 1)) == [
        "1. a",
        "(1) b",
        "2. c",
        "(2) d",
    ]


def test_numbers_come_from_styles_and_can_be_taken_away() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    defined = numbering(levels(("decimal", "%1."), ("lowerLetter", "%2.")))
    by_style = paragraph("a", '<w:pStyle w:val="Muc"/>')
    without = paragraph("b", '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert counted(defined, by_style, without, by_style, styles=styles) == ["a. a", "b", "b. a"]


def test_bullets_gaps_and_forms_we_cannot_count() -> None:
    assert counted(numbering(levels(("bullet", "\uf0b7"), ("bullet", "-"))), numbered("a"), numbered("b", 1)) == [
        "• a",
        "- b",
    ]
    assert counted(numbering(levels(("decimal", "%1"), more='<w:suff w:val="nothing"/>')), numbered(" a")) == ["1 a"]
    assert counted(numbering(levels(("cardinalText", "%1"))), numbered("a")) == ["a"]
    assert counted(numbering(levels(("decimal", "%1"))), numbered("a", list_id=77), numbered("b", 8)) == ["a", "b"]


def test_lists_by_the_link_of_a_style() -> None:
    defined = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Kieu"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Kieu"/>'
        f"{levels(('upperLetter', '%1.'))}</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert counted(defined, numbered("a"), numbered("b")) == ["A. a", "B. b"]


def test_numbers_outside_the_table_count_too_and_deleted_ones_do_not() -> None:
    defined = numbering(levels(("decimal", "%1.")))
    gone = paragraph("", '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr>')
    body = numbered("Mở đầu") + table(row(cell(gone + numbered("Tiếp"))))
    found = only_table(body, numbering=defined)
    assert (found.before, found.rows[0][0].text) == (("1. Mở đầu",), "2. Tiếp")


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (4, "upperRoman", "IV"),
        (1994, "lowerRoman", "mcmxciv"),
        (26, "upperLetter", "Z"),
        (27, "lowerLetter", "aa"),
        (28, "lowerLetter", "bb"),
        (3, "decimalZero", "03"),
        (0, "upperLetter", ""),
        (3, "none", ""),
    ],
)
def test_figures_in_each_form(value: int, form: str, text: str) -> None:
    assert in_format(value, form) == text


def test_tables_beyond_the_limit_are_named() -> None:
    found = read(document(table(row("a")) * (MOST_WORD_TABLES + 1)))
    assert (len(found.tables), found.left_out) == (MOST_WORD_TABLES, (f"Bảng {MOST_WORD_TABLES + 1}",))


def test_a_document_without_a_table_has_none() -> None:
    found = read(document(paragraph("chỉ có chữ")))
    assert (found.tables, found.after) == ((), ("chỉ có chữ",))
