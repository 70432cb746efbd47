"""The office's own Word template: filled in it says all that the minutes say; a bad one is refused by its place."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from tests.doors.papers import LETTERHEAD, TITLE, paper, score_table
from tests.doors.test_word import expected_lines, lines_of
from tests.doors.word_templates import edited, part, repacked, retyped
from tests.generated_minutes import compose
from tests.rules.half_day import FULL
from thidua.doors.word import BadTemplate, check_template, fill_template, names_in, shipped_template
from thidua.doors.word.checking import MOST_FAULTS
from thidua.doors.word.language import Language, TooMuch
from thidua.doors.word.xml import written
from thidua.rules.documents import Paragraph, Recipients, SignaturePlace, Signatures
from thidua.rules.wording import compose_minutes
from tools.word_template import make_template

SAMPLE = compose_minutes(FULL)


def opened(content):
    return docx.Document(io.BytesIO(content))


def faults_of(template):
    with pytest.raises(BadTemplate) as refused:
        check_template(template, SAMPLE)
    return refused.value.faults


def test_the_shipped_template_is_the_one_its_tool_makes_and_passes_its_own_check():
    asked = check_template(shipped_template(), SAMPLE).asked
    assert asked == names_in(shipped_template()) and {"noi_dung", "chu_ky", "danh_dau"} <= asked
    made = {name: zipfile.ZipFile(io.BytesIO(make_template())).read(name) for name in ("word/document.xml",)}
    assert made["word/document.xml"].decode() == part("word/document.xml"), "run: python -m tools.word_template"


def test_everything_said_in_the_minutes_is_in_the_file_once_and_in_no_other_words():
    got = sorted(line.rstrip(";.") for line in lines_of(opened(fill_template(SAMPLE, shipped_template()))))
    frame = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Nơi nhận:"]
    assert got == sorted(line.rstrip(";.") for line in (*expected_lines(SAMPLE), *frame) if line)


@pytest.mark.parametrize("case", ["tiny", "hostile", "long-names", "contested"])
def test_nothing_of_odd_minutes_is_lost_in_the_template(case):
    document = compose(case)
    got = {line.rstrip(";.") for line in lines_of(opened(fill_template(document, shipped_template())))}
    wanted = {written(line).rstrip(";.") for line in expected_lines(document) if written(line).strip()}
    assert wanted - got == set()


def test_the_same_document_is_the_same_bytes_and_says_nothing_of_the_machine():
    first = fill_template(SAMPLE, shipped_template())
    assert fill_template(SAMPLE, shipped_template()) == first
    told = opened(first).core_properties
    assert (told.title, told.keywords, told.language) == ("Biên bản số 15/BB-HTS", "15/BB-HTS", "vi-VN")


def heads(content):
    section = opened(content).sections[0]
    return [" ".join(one.text for one in head.paragraphs) for head in (section.first_page_header, section.header)]


def test_a_draft_and_a_copy_of_frozen_minutes_say_on_every_page_what_they_are():
    assert all("DỰ THẢO" in head for head in heads(fill_template(replace(SAMPLE, draft=True), shipped_template())))
    frozen = fill_template(replace(SAMPLE, digest="3fa9c1d2e4b5" + "0" * 52), shipped_template())
    assert all("BẢN SAO ĐỂ SOẠN THẢO" in head for head in heads(frozen))
    section = opened(frozen).sections[0]
    for foot in (section.first_page_footer, section.footer):
        assert foot.paragraphs[0].text == "15/BB-HTS · mã văn bản 3fa9c1d2e4b5"


@pytest.mark.parametrize(
    "text", ["{{ so.__class__ }} {% if %}", "<w:p/> & </w:t>", "Lê\x00 Hòa\x0b", "a\u202eb", "😀 {#"]
)
def test_what_people_typed_is_written_as_they_typed_it(text):
    document = paper(Paragraph("p", text), *score_table(2))
    document = replace(document, blocks=(replace(LETTERHEAD, issuer=(text,)), *document.blocks[1:]))
    got = lines_of(opened(fill_template(document, shipped_template())))
    clean = "".join(letter for letter in text if letter not in "\x00\x0b\u202e")
    assert clean in got and clean.upper() in got


def test_the_template_decides_the_look_and_lost_styles_come_back():
    def change(file):
        style = file.styles["Official Text"]
        style.element.getparent().remove(style.element)
        file.styles["Heading 1"].font.italic = True

    template = edited(change)
    asked = check_template(template, SAMPLE).asked
    file = opened(fill_template(SAMPLE, template, asked=asked))
    assert file.styles["Heading 1"].font.italic and file.styles["Official Text"].font.size.pt == 14


def test_an_office_may_place_signatures_and_recipients_itself():
    def change(file):
        last = next(one for one in file.paragraphs if "chu_ky" in one.text)
        for text in (
            "{%p for dong in loi_ket %}", "{{ dong }}", "{%p endfor %}",
            "{%p for ai in cho_ky %}", "{{ ai.chuc_vu }}: {{ ai.ho_ten }} {{ ai.ghi_chu }}", "{%p endfor %}",
            "{%p for dong in noi_nhan %}", "{{ dong }}", "{%p endfor %}",
        ):  # fmt: skip
            last.insert_paragraph_before(text)
        last._p.getparent().remove(last._p)

    template = edited(change)
    asked = check_template(template, SAMPLE).asked
    got = lines_of(opened(fill_template(SAMPLE, template, asked=asked)))
    assert "TRƯỞNG ĐOÀN: Thiếu tướng Võ Sở (Ký, ghi rõ họ tên)" in got
    assert got.count("- Lưu: VP, Ban TT-TĐ.") == 1 and sum("02 bản" in line for line in got) == 1


def test_one_signer_stands_right_of_the_recipients_and_nothing_is_needed_but_a_title():
    signer = SignaturePlace("signer", "TM. Ban chấp hành", "Chủ tịch", "", "Thiếu tướng Võ Sở")
    blocks = (
        LETTERHEAD,
        TITLE,
        Paragraph("p", "Hết./."),
        Signatures("s", (), (signer,)),
        Recipients("r", ("Lưu: VP",)),
    )
    left, right = opened(fill_template(paper(blocks=blocks), shipped_template())).tables[-1].rows[0].cells
    assert left.text == "Nơi nhận:\n- Lưu: VP." and right.text.endswith("Thiếu tướng Võ Sở")
    assert "BIÊN BẢN" in lines_of(opened(fill_template(paper(blocks=(TITLE,)), shipped_template())))


def test_a_placeholder_cut_into_pieces_by_word_is_still_one():
    def change(file):
        cell = file.tables[0].rows[1].cells[0]
        paragraph = next(one for one in cell.paragraphs if "so" in one.text)
        paragraph.text = ""
        for piece in ("{", "{ s", "o", " }", "}"):
            paragraph.add_run(piece)

    asked = check_template(edited(change), SAMPLE).asked
    assert "Số: 15/BB-HTS" in lines_of(opened(fill_template(SAMPLE, edited(change), asked=asked)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{{ so }}", "{{ so_hieu }}", "không có chỗ điền nào tên “so_hieu”"),
        ("{{ trich_yeu }}", "{{ trich_yeuu }}", "có phải muốn ghi “trich_yeu”"),
        ("{{ chan_trang }}", "{{ chan_tranh }}", "chân trang, đoạn 1"),
        ("{{ so }}", "Số {{ so", "mở mà không đóng"),
        ("{{ so }}", "so }}", "đóng mà không mở"),
        ("{{ dong }}", "{{ dong.ten }}", "không có phần “.ten”"),
        ("{%p endfor %}", "", "không có chỗ đóng"),
        ("{%p for dong in co_quan %}", "{%p for dong in so %}", "phải là một danh sách"),
        ("{%p for dong in co_quan %}", "{%p for dong của co_quan %}", "viết chưa đúng cách"),
        ("{%p for dong in co_quan %}", "Hội {%p for dong in co_quan %}", "phải đứng một mình trong đoạn"),
        ("{%p for dong in co_quan %}", "{%tr for dong in co_quan %}", "phải đứng một mình trong dòng của bảng"),
        ("{{p noi_dung }}", "{{ noi_dung }}", "xin viết {{p noi_dung }}"),
        ("{{p noi_dung }}", "Nội dung: {{p noi_dung }}", "phải đứng một mình"),
        ("{{p noi_dung }}", "", "mẫu thiếu chỗ điền {{p noi_dung }}"),
        ("{{p chu_ky }}", "", "mẫu thiếu chỗ ký"),
        ("{{p chu_ky }}", "{{p noi_dung }}", "chỉ được đặt một lần"),
        ("{{ so }}", "{{p noi_dung }}", "chỉ đặt được trong thân văn bản"),
        ("{{ danh_dau }}", "", "mẫu thiếu chỗ điền {{ danh_dau }}"),
        ("{{ so }}", "{{- so }}", "không ghi dấu “-”"),
        ("{{ so }}", "{{ so|tojson }}", "không dùng được “|tojson”"),
        ("{{ so }}", "{{ so * 1000000000 }}", "không ghi phép tính"),
        ("{{ so }}", "{{ so.__class__.__mro__ }}", "không có phần “.__class__”"),
        ("{{ so }}", "{{ so['x'] }}", "không có phần"),
        ("{{ so }}", "{{ range(10) }}", "không ghi phép tính hay lời gọi"),
        ("{{ so }}", "{{ so }}{% set a = so %}", "không dùng được trong mẫu"),
        ("{{ so }}", "{{ so }}{% import 'x' as y %}", "không dùng được trong mẫu"),
        ("{{ so }}", "{{ so }}{% colspan 3 %}", "viết chưa đúng cách"),
        ("{{ dong }}", "{% for a in co_quan %}{% for b in noi_nhan %}{{ b }}{% endfor %}{% endfor %}", "quá sâu"),
    ],
)  # fmt: skip
def test_a_bad_placeholder_is_named_with_its_paragraph(old, new, said):
    faults = faults_of(retyped(old, new))
    assert any(said.lower() in fault.lower() for fault in faults), faults
    assert len(faults) <= MOST_FAULTS


def test_what_may_not_be_said_is_not_computed_either(monkeypatch):
    monkeypatch.setattr("thidua.doors.word.checking._asked", lambda _tree: pytest.fail("computed"))
    assert "không ghi phép tính" in faults_of(retyped("{{ so }}", "{{ 'a' * 9999999999 }}"))[0]


def test_several_faults_are_told_at_once():
    faults = faults_of(edited(lambda file: [file.add_paragraph(f"{{{{ ten_{at} }}}}") for at in range(3)]))
    assert len(faults) == 3 and all(f"ten_{at}" in fault for at, fault in enumerate(faults))


def relation(target):
    kept = part("word/_rels/document.xml.rels")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    added = f'<Relationship Id="rId99" Type="{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return kept.replace("</Relationships>", added)


def in_body(xml):
    return part("word/document.xml").replace("<w:body>", f"<w:body>{xml}", 1)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (b"", "không phải là văn bản Word"),
        (b"Xin chao", "không phải là văn bản Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, ".doc"),
        (b"PK\x03\x04" + b"\0" * 100, "bị hỏng"),
        (shipped_template()[:-2000], "bị hỏng"),
        (b"PK\x03\x04" + b"\0" * 6_000_000, "5 MB"),
        (repacked(word__vbaProject_dot_bin=b"x"), "macro"),
        (repacked(word__embeddings__a_dot_xlsx=b"x"), "nhúng"),
        (repacked(word__media__big_dot_xml="<a>" + " " * 30_000_000 + "</a>"), "phình"),
        (repacked(word__media__big_dot_xml="<a>" + "x y " * 1_000_000 + "</a>"), "phình"),
        (repacked(word___rels__document_dot_xml_dot_rels=relation("http://xa.vn/a.png")), "http://xa.vn/a.png"),
        (repacked(word__document_dot_xml='<!DOCTYPE x [<!ENTITY a "b">]>' + part("word/document.xml")), "hỏng"),
        (repacked(word__document_dot_xml="<w:document>"), "hỏng"),
        (repacked(word__document_dot_xml=in_body('<w:altChunk r:id="rId1"/>')), "altChunk"),
        (repacked(word__document_dot_xml=in_body("<w:p><w:ins><w:r/></w:ins></w:p>")), "Track Changes"),
        (
            repacked(word__document_dot_xml=in_body(
                '<w:p><w:r><w:instrText> INCLUDE</w:instrText></w:r>'
                '<w:r><w:instrText>PICTURE "http://xa.vn"</w:instrText></w:r></w:p>')),
            "INCLUDEPICTURE",
        ),
        (
            repacked(word__document_dot_xml=in_body('<w:p><w:fldSimple w:instr="DDEAUTO c:\\\\x"/></w:p>')),
            "DDEAUTO",
        ),
        (
            repacked(word__document_dot_xml=in_body('<w:p><w:bookmarkStart w:id="1" w:name="{{ la }}"/></w:p>')),
            "nằm ngoài các đoạn chữ",
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_no_harmless_word_file_is_refused_in_plain_words(template, said):
    [fault] = faults_of(template)
    assert said in fault, fault


def test_an_excel_file_is_no_template():
    from openpyxl import Workbook

    out = io.BytesIO()
    Workbook().save(out)
    assert "không phải là văn bản Word" in faults_of(out.getvalue())[0]


def test_filling_in_stops_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr("thidua.doors.word.language.MOST_LETTERS", 1000)
    with pytest.raises(TooMuch):
        Language().from_string("{% for a in co_quan %}{{ a }}{% endfor %}").render(co_quan=["x" * 20] * 100)


def test_a_long_score_table_repeats_its_head_in_the_office_template_too():
    table = opened(fill_template(paper(*score_table(8)), shipped_template())).tables[1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_a_template_saved_again_by_libreoffice_keeps_its_headings():
    def change(file):
        file.styles["Heading 1"].element.name_val = "Heading 1"  # Word itself writes "heading 1"
        file.styles["Table Text"].element.styleId = "BangChu"

    template = edited(change)
    check_template(template, SAMPLE)
    file = opened(fill_template(SAMPLE, template))
    assert "Heading 1" in {one.style.name for one in file.paragraphs}
    assert file.tables[1].rows[0].cells[0].paragraphs[0].style.name == "Table Text"
