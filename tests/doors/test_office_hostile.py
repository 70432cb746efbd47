"""Files that lie, swell, lock, carry programs or are something else: refused in plain words, in bounded time."""

import io
import secrets
import struct
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.doors.office_files import (
    LINKS,
    RELATIONS,
    SHEET,
    TYPES,
    cell,
    document,
    document_parts,
    excel_file,
    packed,
    paragraph,
    row,
    sheet_of,
    table,
    types,
    word_file,
    workbook_parts,
)
from tests.evidence.drawn import pdf, photo
from thidua.doors.office import OfficeFile, Unreadable, read_office_file, reading
from thidua.doors.office.limits import LARGEST_FILE, MEGABYTE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FETCHING = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'


def sentence(content: bytes, name: str = "bang.xlsx") -> str:
    with pytest.raises(Unreadable) as refused:
        read_office_file(content, name)
    said = refused.value.sentence
    assert said.startswith(("Tệp này", "Bên trong tệp này")), "what happened"
    assert "Xin " in said, "what to do"
    return said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "trống"),
        (OLE + "Workbook".encode("utf-16-le"), "lưu lại thành .xlsx/.docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "có mật khẩu"),
        (photo(), "ảnh chụp"),
        (pdf(), "PDF"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "trang web"),
        (b'<?xml version="1.0"?><html xmlns="x"><table/></html>', "trang web"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "XML cũ"),
        (b"{\\rtf1\\ansi x}", "RTF"),
        ("STT,Nội dung,Điểm\n1,Tuyên truyền,10\n".encode(), "CSV"),
        ("STT;Nội dung\n1;x".encode("utf-16"), "CSV"),
        (b"\x7fELF\x02\x01\x01\0\0\0", "không phải"),
        (packed({"anh.txt": "x"}), "tệp nén"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, method=0), "OpenDocument"),
        (packed({"[Content_Types].xml": f'<Types xmlns="{TYPES}"/>', "ppt/presentation.xml": "x"}), "PowerPoint"),
        (packed({"[Content_Types].xml": f'<Types xmlns="{TYPES}"/>', "xl/workbook.bin": "x"}), "nhị phân"),
        (b"PK\x03\x04", "bị hỏng"),
    ],
)
def test_what_is_no_workbook_is_named_for_what_it_is(content: bytes, words: str) -> None:
    assert words in sentence(content)


def test_a_heavy_file_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "open_package", None)
    assert "nặng 50,0 MB, quá mức 10 MB" in sentence(b"PK\x03\x04" + b"\0" * (50 * MEGABYTE))


@pytest.mark.parametrize("name", ["bang.docx", "bang.pdf", "bang.XLS", "bang.xlsx.exe"])
def test_a_name_that_says_otherwise_is_refused(name: str) -> None:
    assert "bảng Excel" in sentence(excel_file(), name)


@pytest.mark.parametrize("name", ["bang.xlsx", "BANG.XLSX ", "bang"])
def test_a_name_that_fits_or_says_nothing_passes(name: str) -> None:
    assert read_office_file(excel_file(), name).kind == "xlsx"


def test_macros_are_refused() -> None:
    parts = workbook_parts()
    assert "macro" in sentence(packed(parts | {"xl/vbaProject.bin": b"x"}))
    enabled = types("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "xl/workbook.xml")
    assert "macro" in sentence(packed(parts | {"[Content_Types].xml": enabled}), "bang.xlsm")
    word = types("application/vnd.ms-word.document.macroEnabled.main+xml", "word/document.xml")
    assert "macro" in sentence(packed(document_parts("") | {"[Content_Types].xml": word}), "a.docm")


@pytest.mark.parametrize(
    "prologue", [ENTITIES, FETCHING, '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://x.invalid/"> %p;]>']
)
@pytest.mark.parametrize(
    "part",
    [
        *("_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"),
        *("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"),
    ],
)
def test_a_doctype_is_refused_in_every_part_of_a_workbook(part: str, prologue: str) -> None:
    parts = workbook_parts()
    parts[part] = prologue + str(parts[part])
    assert "bị hỏng" in sentence(packed(parts))


@pytest.mark.parametrize("part", ["word/document.xml", "word/numbering.xml", "word/styles.xml"])
def test_a_doctype_is_refused_in_every_part_of_a_document(part: str) -> None:
    parts = document_parts(table(row("a")))
    for written in (ENTITIES + str(parts[part]), (ENTITIES + str(parts[part])).encode("utf-16")):
        assert "bị hỏng" in sentence(packed(parts | {part: written}), "a.docx")


def test_what_lies_outside_is_never_followed() -> None:
    parts = workbook_parts("<sheetData><row><c><f>[1]Sheet1!A1</f><v>7</v></c></row></sheetData>")
    outside = '<Relationship Id="rId{}" Type="{}/{}" Target="{}" TargetMode="External"/>'
    links = outside.format(8, LINKS, "externalLinkPath", "file://may/chu/a.xlsx") + outside.format(
        9, LINKS, "sharedStrings", "http://x.invalid/s.xml"
    )
    rels = str(parts["xl/_rels/workbook.xml.rels"]).replace(f'"{RELATIONS}">', f'"{RELATIONS}">{links}')
    found = read_office_file(packed(parts | {"xl/_rels/workbook.xml.rels": rels}), "a.xlsx")
    assert found.tables[0].rows[0][0].text == "7"


def test_a_relation_cannot_leave_the_file() -> None:
    parts = workbook_parts()
    rels = str(parts["xl/_rels/workbook.xml.rels"]).replace("worksheets/sheet1.xml", "../../../../etc/passwd")
    assert "thiếu phần" in sentence(packed(parts | {"xl/_rels/workbook.xml.rels": rels}))


@pytest.mark.parametrize(
    "missing", ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"]
)
def test_a_missing_part_is_told(missing: str) -> None:
    parts = workbook_parts()
    del parts[missing]
    content = packed(parts)
    if missing == "xl/workbook.xml":
        content = packed(parts | {"xl/other.xml": "x"})
    assert "thiếu phần" in sentence(content)


def test_a_workbook_without_texts_or_looks_is_read() -> None:
    parts = workbook_parts("<sheetData><row><c><v>7</v></c></row></sheetData>")
    del parts["xl/sharedStrings.xml"], parts["xl/styles.xml"]
    assert read_office_file(packed(parts), "a.xlsx").tables[0].rows[0][0].text == "7"


def test_a_bomb_is_refused_by_what_it_claims() -> None:
    parts = workbook_parts() | {"xl/media/bomb.bin": b"\0" * (70 * MEGABYTE)}
    assert "phình quá lớn" in sentence(packed(parts))
    assert "phình quá lớn" in sentence(packed(workbook_parts() | {"xl/media/a.bin": b"\0" * (2 * MEGABYTE)})), "ratio"
    assert "phình quá lớn" in sentence(packed(workbook_parts() | {f"xl/{n}.xml": "x" for n in range(2001)}))


def lying(content: bytes, part: str, claimed: int) -> bytes:
    """The same zip whose headers claim another size for the part."""
    raw = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(part)
        struct.pack_into("<I", raw, info.header_offset + 22, claimed)
    name = part.encode()
    central = raw.rindex(b"PK\x01\x02", 0, raw.rindex(name))
    struct.pack_into("<I", raw, central + 24, claimed)
    return bytes(raw)


def test_a_bomb_that_lies_about_its_size_takes_no_memory() -> None:
    parts = workbook_parts()
    parts["xl/worksheets/sheet1.xml"] = (
        f'<worksheet xmlns="{SHEET}"><sheetData>{" " * (80 * MEGABYTE)}</sheetData></worksheet>'
    )
    content = lying(packed(parts), "xl/worksheets/sheet1.xml", 900)
    tracemalloc.start()
    try:
        assert "bị hỏng" in sentence(content)
        assert tracemalloc.get_traced_memory()[1] < 20 * MEGABYTE
    finally:
        tracemalloc.stop()


def test_real_bytes_are_counted_when_one_part_is_read_for_many_sheets() -> None:
    noise = "".join(f"<!--{secrets.token_hex(1000)}-->" for _ in range(1000))
    sheets = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 40))
    book = f'<workbook xmlns="{SHEET}" xmlns:r="{LINKS}"><sheets>{sheets}</sheets></workbook>'
    assert "phình quá lớn" in sentence(packed(workbook_parts(noise) | {"xl/workbook.xml": book}))


def test_merged_cells_without_end_are_refused() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 2001))
    merged = "".join(f'<mergeCell ref="A1:BH{1900 + n}"/>' for n in range(100))
    started = time.monotonic()
    assert "phình quá lớn" in sentence(sheet_of(rows, f"<mergeCells>{merged}</mergeCells>"))
    assert time.monotonic() - started < 10


def test_reading_ends_when_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_SECONDS", -1.0)
    assert "chưa xong" in sentence(excel_file())


def test_one_file_is_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST_WAIT", 0.01)
    with reading._turn, pytest.raises(Unreadable, match="của người khác"):
        read_office_file(excel_file(), "a.xlsx")


def test_tables_within_tables_without_end() -> None:
    deep = table(row("đáy"))
    for _ in range(400):
        deep = table(row(cell(deep + paragraph("tầng"))))
    found = read_office_file(document(deep), "a.docx")
    assert len(found.tables) == 8
    assert found.left_out[0] == "Bảng 1.1.1.1.1.1.1.1.1"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="0"><c r="ZZZ9999999"><v>1</v></c></row><row r="-1"/><row r="x"><c r="%"><v>2</v></c></row>',
        '<c r="A1"><v>1</v></c><f/><is><t>x</t></is><v>9</v><row><row><c><c><v>1</v></c></c></row></row>',
        '<row><c t="s"><v>-1</v></c><c t="s"><v>1e3</v></c><c t="b"><v>?</v></c><c t="d"><v>mai</v></c></row>',
        '<row><c s="99999"><v>1</v></c><c s="-1"><v>1</v></c><c s="chín"><v>' + "9" * 100_000 + "</v></c></row>",
        '<row><c t="zzz"><v>1</v></c><c t="inlineStr"><v>x</v></c><c t="inlineStr"><is><r><r><t>x</t></r></r></is></c>'
        '</row><c r="C3"><v>1</v><row r="4"><v>2</v></row></c>',
    ],
)
def test_nonsense_in_a_sheet_breaks_nothing(rows: str) -> None:
    merged = '<mergeCells><mergeCell ref="B2:A1"/><mergeCell ref=""/><mergeCell/><mergeCell ref="A1:?"/></mergeCells>'
    assert read_office_file(sheet_of(rows, merged), "a.xlsx").kind == "xlsx"


@pytest.mark.parametrize(
    "body",
    [
        "<w:tc/><w:tr/><w:t>x</w:t><w:r><w:t>y</w:t></w:r><w:tbl><w:tc><w:p/></w:tc><w:tr><w:p/></w:tr></w:tbl>",
        table(row(cell("a", '<w:gridSpan w:val="-7"/><w:gridSpan w:val="99999"/><w:vMerge w:val="?"/>'), "b")),
        '<w:del/><w:rPr><w:b/><w:del/></w:rPr><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:b/><w:gridSpan w:val="2"/>',
        "<w:p><w:p><w:r><w:t>trong</w:t></w:r></w:p></w:p>" + paragraph("x", '<w:numPr><w:ilvl w:val="99"/></w:numPr>'),
    ],
)
def test_nonsense_in_a_document_breaks_nothing(body: str) -> None:
    assert read_office_file(document(body), "a.docx").kind == "docx"


@pytest.mark.parametrize(
    "root", ["f", "c", "row", "si", "t", "is", "b", "numPr", "xf", "rPr", "lvl", "ilvl", "del", "tc"]
)
def test_any_element_may_stand_at_the_root(root: str) -> None:
    for part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        lone = f'<{root} xmlns="{SHEET}">1</{root}>'
        assert read_office_file(packed(workbook_parts() | {part: lone}), "a.xlsx").kind == "xlsx"
    for part in ("word/document.xml", "word/numbering.xml", "word/styles.xml"):
        lone = f'<{root} xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main">1</{root}>'
        assert read_office_file(packed(document_parts("") | {part: lone}), "a.docx").kind == "docx"


@pytest.mark.parametrize("shape", ["<a{}/>", '<a n{}=""/>'])
def test_names_without_end_are_refused(shape: str) -> None:
    rows = "".join(shape.format(number) for number in range(20_000))
    assert "phình quá lớn" in sentence(sheet_of(rows))


def test_parts_of_one_name_are_refused() -> None:
    buffer = io.BytesIO(excel_file())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("XL/workbook.xml", "<x/>")
    assert "bị hỏng" in sentence(buffer.getvalue())


def test_a_locked_zip_is_refused() -> None:
    raw = bytearray(excel_file())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(sign) + place] |= 1
    assert "có mật khẩu" in sentence(bytes(raw))


GOOD = [(excel_file(), "a.xlsx"), (word_file(), "a.docx")]
BENT = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8)
LONGEST_READING = 5.0


def read_or_refuse(content: bytes, name: str) -> None:
    started = time.monotonic()
    try:
        assert isinstance(read_office_file(content, name), OfficeFile)
    except Unreadable as refused:
        assert "Xin " in refused.sentence
    assert time.monotonic() - started < LONGEST_READING


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(GOOD), BENT, st.floats(0, 1))
def test_bent_or_cut_files_are_read_or_refused(
    good: tuple[bytes, str], bent: list[tuple[float, int]], cut: float
) -> None:
    content, name = good
    raw = bytearray(content)
    for place, value in bent:
        raw[int(place * len(raw))] = value
    read_or_refuse(bytes(raw), name)
    read_or_refuse(content[: int(cut * len(content))], name)


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([(parts_of(content), name) for content, name in GOOD]), st.data())
def test_bent_parts_in_a_whole_zip_are_read_or_refused(
    good: tuple[dict[str, bytes], str], choice: st.DataObject
) -> None:
    """Checksums are right, so the damage reaches the XML."""
    parts, name = good
    part = choice.draw(st.sampled_from(sorted(parts)))
    raw = bytearray(parts[part])
    for place, value in choice.draw(BENT):
        raw[int(place * len(raw))] = value
    cut = choice.draw(st.sampled_from([len(raw), len(raw) // 2]))
    read_or_refuse(packed({**parts, part: bytes(raw[:cut])}), name)


WORDS = st.sampled_from(
    [
        "tbl",
        "tr",
        "tc",
        "p",
        "r",
        "t",
        "pPr",
        "rPr",
        "tcPr",
        "trPr",
        "numPr",
        "numId",
        "ilvl",
        "gridSpan",
        "vMerge",
        "hMerge",
        "del",
        "ins",
        "b",
        "br",
        "row",
        "c",
        "v",
        "f",
        "is",
        "si",
        "sheetData",
        "mergeCell",
    ]
)
VALUES = st.sampled_from(["0", "1", "2", "-1", "99999", "restart", "continue", "A1", "B2:C3", "s", "inlineStr", "x"])


@st.composite
def trees(draw: st.DrawFn, prefix: str, depth: int = 0) -> str:
    """Our own words in any order and depth."""
    name, value = draw(WORDS), draw(VALUES)
    inner = "".join(draw(st.lists(trees(prefix, depth + 1), max_size=2))) if depth < 5 else ""
    told = f' {prefix}val="{value}"' if prefix else f' r="{value}" t="{value}" s="{value}" ref="{value}"'
    return f"<{prefix}{name}{told}>{draw(VALUES)}{inner}</{prefix}{name}>"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trees("w:"), trees(""))
def test_known_words_in_any_order_are_read_or_refused(body: str, rows: str) -> None:
    read_or_refuse(document(body), "a.docx")
    read_or_refuse(sheet_of(rows), "a.xlsx")


def test_the_largest_file_taken_is_read_within_bounds() -> None:
    filler = b"\0" * (LARGEST_FILE - 200_000)
    content = packed(workbook_parts("<sheetData/>") | {"xl/media/a.bin": filler}, method=zipfile.ZIP_STORED)
    assert LARGEST_FILE - 200_000 < len(content) <= LARGEST_FILE
    assert read_office_file(content, "a.xlsx").tables[0].rows == ()
