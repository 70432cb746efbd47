"""The minutes as files to work on: Word and Excel say what the minutes say, marked as drafts or copies."""

import io

import docx
from openpyxl import load_workbook

from tests.conclusions.test_minutes import freeze
from tests.doors.formulas import Evaluator
from tests.doors.test_word import lines_of
from thidua.doors.workbook import MEDIA_TYPE
from thidua.issuing.word_files import MEDIA_TYPE as WORD


def word_of(client, conclusion_id):
    answer = client.get(f"/conclusions/{conclusion_id}/minutes.docx")
    assert answer.status_code == 200 and answer.mimetype == WORD
    file = docx.Document(io.BytesIO(answer.data))
    head = " ".join(one.text for one in file.sections[0].first_page_header.paragraphs)
    return lines_of(file), head, answer.headers["Content-Disposition"]


def test_a_draft_is_a_word_file_with_its_mark(closed, client_of) -> None:
    lines, head, name = word_of(client_of("thu-ky"), closed)
    assert "DỰ THẢO" in head and "du-thao-bien-ban-hoi-truong-son-tinh-bac-giang.docx" in name
    assert any("Phong trào đền ơn đáp nghĩa nền nếp" in line for line in lines)
    assert client_of("don-vi").get(f"/conclusions/{closed}/minutes.docx").status_code == 403
    assert client_of("don-vi").get(f"/conclusions/{closed}/minutes.xlsx").status_code == 403


def test_frozen_minutes_are_a_copy_to_work_on_for_the_unit_too(closed, client_of) -> None:
    assert freeze(client_of("truong-doan"), closed, accept_missing="y").status_code == 303
    lines, head, name = word_of(client_of("don-vi"), closed)
    assert "BẢN SAO ĐỂ SOẠN THẢO" in head and "Số: 01/BB-HTS" in lines and "bien-ban-01-bb-hts-2" in name
    for username, status in (("don-vi-khac", 403), ("nguoi-ngoai", 403), ("", 302)):
        assert client_of(username).get(f"/conclusions/{closed}/minutes.xlsx").status_code == status, username


def scores_of(client, conclusion_id):
    answer = client.get(f"/conclusions/{conclusion_id}/minutes.xlsx")
    assert answer.status_code == 200 and answer.mimetype == MEDIA_TYPE
    sheet = load_workbook(io.BytesIO(answer.data))["Bảng điểm"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    total = next(row[1].row for row in sheet.iter_rows() if row[1].value == "TỔNG CỘNG")
    is_formula = str(sheet[f"E{total}"].value).startswith("=")
    return texts, Evaluator(answer.data)["Bảng điểm", f"E{total}"], is_formula, sheet


def test_the_score_table_is_a_workbook_that_adds_itself_up(closed, client_of) -> None:
    head = client_of("truong-doan")
    texts, total, is_formula, sheet = scores_of(head, closed)
    assert is_formula and "BẢNG ĐIỂM KÈM THEO BIÊN BẢN" in texts and any("DỰ THẢO" in text for text in texts)
    result = next(text for text in texts if text.startswith("Kết quả trong biên bản"))
    assert f": {float(total):g}/100 điểm, xếp loại: Xuất sắc".replace(".", ",") in result
    assert not any("Ghi điểm vào ô màu nhạt" in text for text in texts) and not sheet.data_validations.dataValidation
    assert freeze(head, closed, accept_missing="y").status_code == 303
    frozen, frozen_total, _, _ = scores_of(client_of("don-vi"), closed)
    assert frozen_total == total and any("Số 01/BB-HTS" in text for text in frozen) and result in frozen


def test_before_anything_is_scored_the_workbook_is_empty_and_whole(world, client_of) -> None:
    texts, total, _, _ = scores_of(client_of("can-bo"), world.conclusion_id)
    assert total == "" and "TỔNG CỘNG" in texts
