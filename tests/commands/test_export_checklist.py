"""``flask export-checklist``: by the file's ending, never over a file that is there."""

from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook

from tests.world import World
from thidua.extensions import db
from thidua.models.finders import sheet_of
from thidua.rules.sheet_json import sheet_from_json


def run(app: Flask, *words: object):
    return app.test_cli_runner().invoke(args=["export-checklist", *map(str, words)])


def test_json_comes_out_exactly(app: Flask, world: World, tmp_path: Path) -> None:
    file = tmp_path / "bang.json"
    answer = run(app, world.checklist_id, file)
    assert answer.exit_code == 0 and "Đã xuất bảng điểm “Nội dung kiểm tra theo Kế hoạch 72/HTS”" in answer.output
    with app.app_context():
        assert sheet_from_json(file.read_text("utf-8")) == sheet_of(db.session(), world.checklist_id)


def test_a_workbook_comes_out(app: Flask, world: World, tmp_path: Path) -> None:
    file = tmp_path / "bang.XLSX"
    assert run(app, world.checklist_id, file).exit_code == 0
    assert load_workbook(file).sheetnames[0] == "Bảng điểm"


def test_a_file_that_is_there_is_written_over_only_by_force(app: Flask, world: World, tmp_path: Path) -> None:
    file = tmp_path / "bang.json"
    file.write_text("của tôi", encoding="utf-8")
    refused = run(app, world.checklist_id, file)
    assert refused.exit_code == 1 and "đã có, chưa ghi gì" in refused.output and "--force" in refused.output
    assert file.read_text("utf-8") == "của tôi"
    assert run(app, world.checklist_id, file, "--force").exit_code == 0
    assert file.read_text("utf-8").startswith("{")


@pytest.mark.parametrize(
    ("checklist_id", "name", "sentence"),
    [
        (None, "bang.pdf", "phải kết thúc bằng .xlsx hoặc .json"),
        (999999, "bang.json", "Không có bảng điểm số 999999"),
        (None, "không có/bang.json", "Không ghi được tệp"),
    ],
)
def test_what_cannot_be_done_is_said(
    app: Flask, world: World, tmp_path: Path, checklist_id: int | None, name: str, sentence: str
) -> None:
    answer = run(app, checklist_id or world.checklist_id, tmp_path / name)
    assert answer.exit_code == 1 and sentence in answer.output and "Traceback" not in answer.output
