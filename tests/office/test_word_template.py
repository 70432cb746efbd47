"""The office's own Word template: fetched, changed, brought back; refused with the place named; given up again."""

import io
from pathlib import Path

import docx
from flask import Flask
from sqlalchemy import select

from tests.doors.test_word import lines_of
from tests.doors.word_templates import edited, retyped
from tests.office.test_settings import TYPED
from thidua.doors.files import FileStore
from thidua.doors.word import shipped_template
from thidua.extensions import db
from thidua.models.office_settings import OfficeSettings


def send(client, content: bytes, name: str = "Mẫu của Hội.docx"):
    return client.post("/office/word-template", data={"file": (io.BytesIO(content), name)})


def settings(app: Flask) -> OfficeSettings | None:
    with app.app_context():
        return db.session.scalar(select(OfficeSettings))


OWN = edited(lambda file: file.paragraphs[0].insert_paragraph_before("Văn phòng Hội in mẫu này"))


def sample_of(client) -> list[str]:
    answer = client.get("/office/word-template/sample.docx")
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment")
    return lines_of(docx.Document(io.BytesIO(answer.data)))


def test_a_template_is_fetched_changed_brought_back_used_and_given_up(app: Flask, client_of) -> None:
    client = client_of("quan-tri")
    assert client.get("/office/word-template").data == shipped_template()
    assert "Văn phòng Hội in mẫu này" not in sample_of(client)
    answer = send(client, OWN)
    assert answer.status_code == 303 and answer.location.endswith("/office#word")
    page = client.get("/office").text
    assert "Mẫu của Hội.docx" in page and "Bỏ mẫu riêng" in page and "không dùng được" not in page
    lines = sample_of(client)
    assert "Văn phòng Hội in mẫu này" in lines and "Số: 05/BB-HTS" in lines and "DỰ THẢO" not in lines
    assert client.get("/office/word-template").data == OWN
    assert client.get("/office/word-template?shipped=1").data == shipped_template()
    assert client.post("/office/word-template/removal").status_code == 303
    assert settings(app).word_template == "" and "Văn phòng Hội in mẫu này" not in sample_of(client)


def test_a_bad_template_is_refused_by_name_and_the_one_before_stays(app: Flask, client_of) -> None:
    client = client_of("can-bo")
    send(client, OWN)
    for content, name, said in (
        (retyped("{{ so }}", "{{ so_hieu }}"), "a.docx", "Không có chỗ điền nào tên “so_hieu”"),
        (retyped("{{p noi_dung }}", ""), "a.docx", "Mẫu thiếu chỗ điền {{p noi_dung }}"),
        (b"PK\x03\x04", "a.docm", "bị hỏng"),
        (b"%PDF-1.4", "a.docx", "không phải là văn bản Word"),
        (b"", "a.docx", "không phải là văn bản Word"),
        (b"x", "", "Xin chọn tệp Word"),
    ):
        answer = send(client, content, name)
        assert answer.status_code == 422 and said in answer.text and "Mẫu của Hội.docx" in answer.text, said
    assert send(client, b"PK\x03\x04" + b"x" * 7_000_000).status_code == 413
    assert settings(app).word_template_name == "Mẫu của Hội.docx"


def test_settings_and_template_do_not_lose_each_other(app: Flask, client_of) -> None:
    client = client_of("quan-tri")
    send(client, OWN)
    assert client.post("/office", data=TYPED | {"base_version": "0"}).status_code == 303
    stored = settings(app)
    assert stored.word_template and stored.content["symbol"] == "HCCB"
    assert "Số: 05/BB-HCCB" in sample_of(client)


def test_a_template_lost_from_the_store_keeps_nobody_from_the_text(app: Flask, client_of) -> None:
    client = client_of("quan-tri")
    send(client, OWN)
    FileStore(Path(app.instance_path) / "files").path(settings(app).word_template).unlink()
    assert "Số: 05/BB-HTS" in sample_of(client)
    page = client.get("/office").text
    assert "Mẫu riêng không dùng được" in page and "tạm làm theo mẫu có sẵn" in page
    assert client.get("/office/word-template").status_code == 500
    checked = app.test_cli_runner().invoke(args=["check"])
    assert checked.exit_code == 1 and "Mẫu Word của văn phòng “Mẫu của Hội.docx”: Không tìm thấy tệp" in checked.output
