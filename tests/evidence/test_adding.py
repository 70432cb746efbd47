"""Evidence is added by team and unit, each in its time; nothing else gets in, and nothing gets in twice."""

import errno
import io
import os
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from tests.checklist_sessions.rooms import Client, close, here, kinds, rows
from tests.conftest import new_op
from tests.evidence.drawn import docx, pdf, photo, png
from tests.evidence.posting import OUTBOX, send
from tests.world import MORNING, World
from thidua.doors.evidence import LARGEST, MOST_AT_ONCE, Taken, _places
from thidua.extensions import begin_writing, db
from thidua.models import Checklist, Evidence, JournalEntry
from thidua.models.finders import sheet_of
from thidua.session_pages import storing
from thidua.session_pages.storing import file_store

HOSTILE = (
    "../../../etc/passwd",
    'a"; x=".jpg',
    "hai%0D%0AX-A: b.jpg",
    "anh\u202egpj.html",
    "ế" * 300 + ".jpg",
    "\0.jpg",
)


def leaf(app: Flask, world: World, place: int = 0) -> int:
    with app.app_context():
        return sheet_of(db.session(), world.checklist_id).leaves[place].id


def test_a_photo_is_stored_without_its_position_and_told_in_the_journal(
    app: Flask, world: World, client_of: Client
) -> None:
    criterion = leaf(app, world)
    answer = send(client_of("thanh-vien-1"), world.open_id, criterion_id=criterion, caption="Sổ theo dõi khen thưởng")
    assert answer.status_code == 303 and answer.location == here(world.open_id, "/evidence")
    [one] = rows(app, Evidence, world.open_id)
    assert (one.criterion_id, one.side, one.name, one.media_type) == (criterion, "team", "anh.jpg", "image/jpeg")
    assert one.caption == "Sổ theo dõi khen thưởng" and one.by_id == world.thanh_vien_1.id
    with app.app_context():
        content = file_store().get(one.digest)
        assert len(content) == one.size and not Image.open(io.BytesIO(content)).getexif()
        assert max(Image.open(io.BytesIO(file_store().get(one.thumbnail))).size) <= 480
    entry = rows(app, JournalEntry, world.open_id)[-1]
    assert entry.kind == "evidence.added"
    assert entry.content.items() >= {"digest": one.digest, "name": "anh.jpg", "size": one.size}.items()


def test_several_files_are_added_together_or_not_at_all(app: Flask, world: World, client_of: Client) -> None:
    member = client_of("thanh-vien-2")
    refused = send(member, world.open_id, (photo(), "1.jpg"), (b"<svg/>", "2.jpg"))
    assert refused.status_code == 422 and "Tệp “2.jpg” không phải là ảnh" in refused.text
    assert rows(app, Evidence, world.open_id) == []
    assert send(member, world.open_id, (photo(), "1.jpg"), (png(), "2.png"), (docx(), "3.docx")).status_code == 303
    assert [one.name for one in rows(app, Evidence, world.open_id)] == ["1.jpg", "2.png", "3.docx"]
    assert kinds(app, world.open_id).count("evidence.added") == 3


def test_the_same_operation_twice_is_one_piece(app: Flask, world: World, client_of: Client) -> None:
    member, op_id = client_of("thanh-vien-1"), new_op()
    answers = [send(member, world.open_id, headers=OUTBOX, op_id=op_id) for _ in range(2)]
    assert [answer.headers.get("X-Op-Id") for answer in answers] == [op_id, op_id]
    assert len(rows(app, Evidence, world.open_id)) == 1
    other = send(member, world.open_id, (png(), "khac.png"), headers=OUTBOX, op_id=op_id)
    assert other.status_code == 409 and len(rows(app, Evidence, world.open_id)) == 1


def test_the_same_photo_twice_is_two_pieces_and_one_file(app: Flask, world: World, client_of: Client) -> None:
    for username in ("thanh-vien-1", "don-vi"):
        assert send(client_of(username), world.open_id).status_code == 303
    first, second = rows(app, Evidence, world.open_id)
    assert first.digest == second.digest and (first.side, second.side) == ("team", "unit")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_does_no_harm(app: Flask, world: World, client_of: Client, name: str) -> None:
    member = client_of("thanh-vien-1")
    assert send(member, world.open_id, (photo(), name)).status_code == 303
    [one] = rows(app, Evidence, world.open_id)
    assert one.name.endswith(".jpg") and len(one.name) <= 150 and not set(one.name) & set('/\\"\n\r\0\u202e<>')
    answer = member.get(here(world.open_id, f"/evidence/{one.id}/file"))
    assert answer.status_code == 200 and "X-A" not in answer.headers


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "ban-do.jpg", "Tệp “ban-do.jpg” không phải là ảnh"),
        (b"<html></html>", "trang.png", "Tệp “trang.png” không phải là ảnh"),
        (photo()[:500], "dang-do.jpg", "Tệp “dang-do.jpg” là ảnh bị hỏng hoặc chưa tải hết"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "IMG_1.HEIC", "“Tương thích nhất”"),
    ],
)
def test_what_is_no_picture_is_refused_by_name_on_page_and_in_the_outbox(
    app: Flask, world: World, client_of: Client, content: bytes, name: str, words: str
) -> None:
    member = client_of("thanh-vien-1")
    page = send(member, world.open_id, (content, name), caption="Đã ghi chú thích")
    assert page.status_code == 422 and words in page.text and "Đã ghi chú thích" in page.text
    fragment = send(member, world.open_id, (content, name), headers=OUTBOX)
    assert fragment.status_code == 422 and words in fragment.text and "<html" not in fragment.text
    assert rows(app, Evidence, world.open_id) == []


def test_a_byte_over_25_megabytes_is_refused_in_words(app: Flask, world: World, client_of: Client) -> None:
    member = client_of("thanh-vien-1")
    answer = send(member, world.open_id, (b"%PDF-" + b"0" * (LARGEST - 4), "nang.pdf"), headers=OUTBOX)
    assert answer.status_code == 422 and "Tệp “nang.pdf” nặng 25,0 MB, quá mức 25 MB" in answer.text
    far = b"0" * (LARGEST + 2 * 1024 * 1024)
    for headers in (OUTBOX, None):
        answer = send(member, world.open_id, (far, "nang.pdf"), headers=headers)
        assert answer.status_code == 413 and "nặng quá mức 25 MB" in answer.text
    assert rows(app, Evidence, world.open_id) == []


def test_a_file_of_many_megabytes_is_taken_here_and_nowhere_else(app: Flask, world: World, client_of: Client) -> None:
    member, heavy = client_of("thanh-vien-1"), pdf().replace(b"%%EOF", b"") + b" " * 5_000_000
    start = heavy.rindex(b"startxref")
    heavy += heavy[start : start + 25] + b"\n%%EOF\n"
    assert send(member, world.open_id, (heavy, "nang.pdf")).status_code == 303
    elsewhere = member.post(
        here(world.open_id, "/remarks"), data={"file": (io.BytesIO(heavy), "x")}, content_type="multipart/form-data"
    )
    assert elsewhere.status_code == 413 and "Tệp quá lớn" in elsewhere.text


def test_no_file_is_told(app: Flask, world: World, client_of: Client) -> None:
    answer = client_of("thanh-vien-1").post(here(world.open_id, "/evidence"), data={"op_id": new_op()})
    assert answer.status_code == 422 and "Xin chọn ảnh hoặc tệp trước khi gửi" in answer.text


def test_a_broken_operation_id_and_a_caption_too_long_are_told(app: Flask, world: World, client_of: Client) -> None:
    member = client_of("thanh-vien-1")
    assert send(member, world.open_id, op_id="x").status_code == 422
    answer = send(member, world.open_id, caption="dài " * 100)
    assert answer.status_code == 422 and "dài quá 300 chữ" in answer.text
    assert rows(app, Evidence, world.open_id) == []


def test_a_criterion_of_another_checklist_is_not_found(app: Flask, world: World, client_of: Client) -> None:
    with app.app_context():
        other = Checklist.from_sheet(sheet_of(db.session(), world.checklist_id), at=MORNING, is_proposal=False)
        db.session.add(other)
        db.session.commit()
        stranger = next(one.id for one in other.criteria)
    for criterion in (stranger, "999999999", "-3", "abc", "²"):
        assert send(client_of("thanh-vien-1"), world.open_id, criterion_id=criterion).status_code == 404
    assert rows(app, Evidence, world.open_id) == []


@pytest.mark.parametrize("username", ["nguoi-ngoai", "can-bo", "quan-tri", "don-vi-khac"])
def test_who_has_no_part_in_it_adds_nothing(app: Flask, world: World, client_of: Client, username: str) -> None:
    assert send(client_of(username), world.open_id).status_code == 403
    assert rows(app, Evidence, world.open_id) == []
    assert not list(file_root(app).rglob("*")), "not even the bytes are kept"


def file_root(app: Flask) -> Path:
    with app.app_context():
        return file_store().root


def test_without_login_nothing_is_read(world: World, client_of: Client) -> None:
    assert send(client_of(""), world.open_id).status_code == 401


def test_the_unit_adds_before_the_half_day_and_the_team_does_not(app: Flask, world: World, client_of: Client) -> None:
    assert send(client_of("don-vi-khac"), world.planned_id, (pdf(), "bao-cao.pdf")).status_code == 303
    [one] = rows(app, Evidence, world.planned_id)
    assert one.side == "unit"
    refused = send(client_of("thanh-vien-1"), world.planned_id)
    assert refused.status_code == 409 and "chưa bắt đầu" in refused.text
    assert len(rows(app, Evidence, world.planned_id)) == 1


def test_after_closing_the_team_still_adds_and_the_unit_does_not(app: Flask, world: World, client_of: Client) -> None:
    close(client_of("truong-doan"), world.open_id)
    assert send(client_of("don-vi"), world.open_id).status_code == 409
    assert send(client_of("thu-ky"), world.open_id).status_code == 303
    assert len(rows(app, Evidence, world.open_id)) == 1


def test_a_full_disk_is_told_and_leaves_nothing(
    app: Flask, world: World, client_of: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = client_of("thanh-vien-1")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = send(member, world.open_id, headers=OUTBOX)
    assert answer.status_code == 507 and "hết chỗ lưu tệp" in answer.text
    assert rows(app, Evidence, world.open_id) == []
    assert [path for path in file_root(app).rglob("*") if path.is_file()] == []


def test_no_writer_waits_while_a_picture_is_drawn(
    app: Flask, world: World, client_of: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, read = [], storing.read_evidence

    def read_and_write(content: bytes) -> Taken:
        with app.app_context():  # another request of the same moment: it would wait for ever behind an open transaction
            begin_writing()
            db.session.rollback()
            db.session.remove()
        drawn.append(len(content))
        return read(content)

    monkeypatch.setattr(storing, "read_evidence", read_and_write)
    assert send(client_of("thanh-vien-1"), world.open_id).status_code == 303
    assert drawn and len(rows(app, Evidence, world.open_id)) == 1


def test_photos_of_a_whole_room_leave_threads_for_scores(app: Flask, world: World, client_of: Client) -> None:
    member, op_id = client_of("thanh-vien-1"), new_op()
    with ExitStack() as others:
        for _ in range(MOST_AT_ONCE):
            others.enter_context(_places)
        answer = send(member, world.open_id, headers=OUTBOX, op_id=op_id)
        assert answer.status_code == 503 and "Máy chủ đang bận" in answer.text and "X-Op-Id" not in answer.headers
        assert "Xin chờ vài giây" in send(member, world.open_id).text
        assert rows(app, Evidence, world.open_id) == []
    assert send(member, world.open_id, headers=OUTBOX, op_id=op_id).headers["X-Op-Id"] == op_id
