"""``flask import-checklist FILE``: published when nothing is doubtful, a draft with --draft, else nothing at all."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tests.checklists.layouts import PLAIN, WITH_DOUBTS
from tests.checklists.office_files import Layout, docx_of, xlsx_of
from tests.checklists.test_importing import legacy_workbook
from tests.world import SEEDS
from thidua.extensions import db
from thidua.models import Checklist


def run(app, tmp_path, content: bytes, name: str = "bang.xlsx", *more: str):
    file = tmp_path / name
    file.write_bytes(content)
    return app.test_cli_runner().invoke(args=["import-checklist", str(file), *more])


def newest(app) -> Checklist:
    with app.app_context():
        found = select(Checklist).order_by(Checklist.id.desc()).options(selectinload(Checklist.criteria))
        return db.session.scalars(found).first()


def count(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Checklist))


@pytest.mark.parametrize(("make", "name"), [(xlsx_of, "bang.xlsx"), (docx_of, "bang.docx")])
def test_a_clear_file_is_published(app, world, tmp_path, make, name):
    answer = run(app, tmp_path, make(PLAIN), name, "--name", "Bảng điểm 2025")
    assert answer.exit_code == 0, answer.output
    assert "Đã lưu bảng điểm đã công bố" in answer.output and "3 tiêu chí, tổng 30 điểm" in answer.output
    checklist = newest(app)
    assert (checklist.name, checklist.state, checklist.declared_max) == ("Bảng điểm 2025", "published", 3000)
    assert checklist.published_at is not None


def test_doubts_are_printed_with_their_cells_and_nothing_is_written(app, world, tmp_path):
    before = count(app)
    answer = run(app, tmp_path, xlsx_of(WITH_DOUBTS))
    assert answer.exit_code == 1
    for words in ("? C3:", "? C4:", "mười", "? B4:", "Còn 5 chỗ chưa chắc", "--draft", "Chưa có gì được ghi"):
        assert words in answer.output
    assert count(app) == before


def test_with_draft_the_doubtful_file_is_kept_as_read(app, world, tmp_path):
    answer = run(app, tmp_path, xlsx_of(WITH_DOUBTS), "bang.xlsx", "--draft")
    assert answer.exit_code == 0, answer.output
    assert "? C4:" in answer.output and "bản nháp" in answer.output
    checklist = newest(app)
    assert checklist.state == "draft" and [one.number for one in checklist.criteria] == ["I", "1", "3"]


def test_json_comes_in_exactly(app, world, tmp_path):
    answer = run(app, tmp_path, (SEEDS / "checklist72.json").read_bytes(), "checklist72.json")
    assert answer.exit_code == 0, answer.output
    assert newest(app).declared_max == 10000 and newest(app).gates


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"{", "a.json", "không phải tệp JSON"),
        (b'{"name": "x", "sections": 5}', "a.json", "sections"),
        (b"nothing", "a.xlsx", "Chưa có gì được ghi"),
        (xlsx_of(Layout(rows=[["Họ tên", "Số máy"], ["A", "0912"]])), "a.xlsx", "Không tìm thấy bảng điểm"),
        (b"x" * (10 * 1024 * 1024 + 1), "a.xlsx", "10 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(app, world, tmp_path, content, name, sentence):
    before = count(app)
    answer = run(app, tmp_path, content, name)
    assert answer.exit_code == 1
    assert sentence in answer.output and "Traceback" not in answer.output
    assert count(app) == before


def test_an_old_encoding_is_converted_only_when_asked_to(app, world, tmp_path):
    before = count(app)
    answer = run(app, tmp_path, legacy_workbook())
    assert answer.exit_code == 1 and count(app) == before
    assert "TCVN3" in answer.output and "Công tác Hội" in answer.output and "--convert" in answer.output
    answer = run(app, tmp_path, legacy_workbook(), "bang.xlsx", "--convert")
    assert answer.exit_code == 0, answer.output
    assert newest(app).criteria[0].text == "Công tác Hội"


def test_ratings_without_a_criterion_are_not_published(app, world, tmp_path):
    layout = Layout(rows=[["Xếp loại", "Mức điểm"], ["Tốt", "Từ 81 đến 90 điểm"], ["Khá", "Từ 71 đến 80 điểm"]])
    answer = run(app, tmp_path, xlsx_of(layout))
    assert answer.exit_code == 1 and "không có tiêu chí" in answer.output
    assert run(app, tmp_path, xlsx_of(layout), "bang.xlsx", "--draft").exit_code == 0
    assert [one.text for one in newest(app).criteria] == ["Tổng điểm"] and len(newest(app).bands) == 2


def test_a_sheet_without_criteria_is_not_published(app, world, tmp_path):
    before = count(app)
    answer = run(app, tmp_path, b'{"name": "x", "sections": []}', "a.json")
    assert answer.exit_code == 1 and "Chưa có gì được ghi" in answer.output
    assert count(app) == before


def test_a_missing_file_is_a_wrong_use(app, world, tmp_path):
    assert app.test_cli_runner().invoke(args=["import-checklist", str(tmp_path / "none.xlsx")]).exit_code == 2
