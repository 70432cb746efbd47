"""From the conclusion to minutes signed by three, and never changed again."""

import hashlib
import io
import json
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from tests.conftest import new_op
from tests.issuing.signers import sign
from thidua.doors.signing import verify_pdf
from thidua.extensions import begin_writing, db
from thidua.issuing.keys import trusted_roots
from thidua.models import Attendance, ChecklistSession, Paper, Unit
from thidua.throttle import FREE_TRIES


def write(client, conclusion_id, text="Đơn vị làm tốt. Đề nghị phát huy.", **fields):
    return client.post(
        f"/conclusions/{conclusion_id}/text", data={"text": text, "op_id": new_op(), "base_version": "0"} | fields
    )


def freeze(client, conclusion_id, **fields):
    return client.post(f"/conclusions/{conclusion_id}/minutes", data={"op_id": new_op()} | fields)


def text_of(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.split())


@pytest.fixture
def frozen(closed, client_of):
    head = client_of("truong-doan")
    write(head, closed)
    assert freeze(head, closed).status_code == 303
    return closed


def test_the_page_shows_result_rating_and_the_drafted_conclusion(closed, client_of) -> None:
    page = client_of("truong-doan").get(f"/conclusions/{closed}").text
    assert "Kết luận của Trưởng đoàn" in page and "90" in page and "Xuất sắc" in page
    assert "Phong trào đền ơn đáp nghĩa" in page


def test_the_head_and_the_secretary_write_others_do_not(closed, client_of) -> None:
    assert write(client_of("thu-ky"), closed).status_code == 303
    for username in ("thanh-vien-1", "don-vi", "can-bo", "nguoi-ngoai"):
        assert write(client_of(username), closed).status_code == 403, username


def test_a_stale_conclusion_keeps_what_was_typed_and_shows_a_warning(closed, client_of) -> None:
    write(client_of("thu-ky"), closed, text="Bản của thư ký")
    answer = write(client_of("truong-doan"), closed, text="Bản của Trưởng đoàn")
    assert answer.status_code == 409
    assert "Bản của Trưởng đoàn" in answer.text


def test_another_rating_needs_a_reason(closed, client_of) -> None:
    head = client_of("truong-doan")
    answer = head.post(
        f"/conclusions/{closed}/grade", data={"label": "Tốt", "reason": "", "op_id": new_op(), "base_version": "0"}
    )
    assert answer.status_code == 422 and "lý do" in answer.text
    data = {"label": "Tốt", "reason": "Hồ sơ lưu chưa đủ", "op_id": new_op(), "base_version": "0"}
    assert head.post(f"/conclusions/{closed}/grade", data=data).status_code == 303
    assert "Hồ sơ lưu chưa đủ" in head.get(f"/conclusions/{closed}").text
    assert client_of("thu-ky").post(f"/conclusions/{closed}/grade", data=data | {"op_id": new_op()}).status_code == 403


def test_what_is_missing_must_be_accepted_knowingly(closed, client_of) -> None:
    head = client_of("truong-doan")
    answer = freeze(head, closed)
    assert answer.status_code == 422 and "chưa ghi kết luận" in answer.text
    assert freeze(head, closed, accept_missing="y").status_code == 303


def test_what_closing_locked_names_the_way_back(app, closed, client_of) -> None:
    assert "mở lại để chấm tiếp" not in client_of("truong-doan").get(f"/conclusions/{closed}").text
    with app.app_context():
        begin_writing()
        db.session.execute(update(Attendance).values(presence="expected"))
        db.session.commit()
    page = client_of("truong-doan").get(f"/conclusions/{closed}").text
    assert "Bấm vào từng mục" in page and "mở lại để chấm tiếp" in page
    unit = client_of("don-vi").get(f"/conclusions/{closed}").text
    assert "Bấm vào từng mục" not in unit and "mở lại để chấm tiếp" not in unit


def test_an_open_session_cannot_be_frozen(world, client_of) -> None:
    answer = freeze(client_of("truong-doan"), world.conclusion_id, accept_missing="y")
    assert answer.status_code == 409 and "khóa điểm" in answer.text


def test_frozen_minutes_carry_number_hash_and_the_head_of_the_journal(app, frozen, world) -> None:
    with app.app_context():
        minutes = db.session.scalars(select(Paper)).one()
        content = json.loads(minutes.frozen)
        assert hashlib.sha256(minutes.frozen.encode()).hexdigest() == minutes.sha256
        assert minutes.number_label == "01/BB-HTS" == content["code"]
        assert content["journal"] == {"revision": minutes.journal_revision, "hash": minutes.journal_hash}
        assert content["total"] == "90.00"


def test_the_pdf_says_what_was_put_in(frozen, client_of) -> None:
    answer = client_of("can-bo").get(f"/conclusions/{frozen}/minutes.pdf")
    text = text_of(answer.data)
    assert answer.mimetype == "application/pdf" and unicodedata.is_normalized("NFC", text)
    for words in (
        "BIÊN BẢN",
        "01/BB-HTS",
        "Hội Trường Sơn tỉnh Bắc Giang",
        "Hồ sơ lưu chưa đủ",
        "Đơn vị làm tốt",
        "chín mươi",
        "Nguyễn Văn Lạng",
    ):
        assert words in text, words
    assert "DỰ THẢO" not in text


def test_a_unit_with_dashes_and_quotes_in_its_name_has_a_pdf_too(app, world, closed, client_of) -> None:
    with app.app_context():
        db.session.get_one(Unit, world.unit_id).name = "Ban Liên lạc “Trường Sơn” – Hà Nội"
        db.session.commit()
    answer = client_of("thu-ky").get(f"/conclusions/{closed}/minutes.pdf")
    assert answer.headers["Content-Disposition"].endswith('"du-thao-bien-ban-ban-lien-lac-truong-son-ha-noi.pdf"')


def test_other_words_under_an_operation_that_was_sent_are_kept_on_the_page(closed, client_of) -> None:
    head, op_id = client_of("truong-doan"), new_op()
    assert [write(head, closed, op_id=op_id).status_code for _ in range(2)] == [303, 303]
    answer = write(head, closed, text="Kết luận khác hẳn.", op_id=op_id)
    assert answer.status_code == 409 and "Kết luận khác hẳn." in answer.text and op_id not in answer.text


def test_before_freezing_the_pdf_is_a_draft_for_the_team_only(closed, client_of) -> None:
    assert client_of("thu-ky").get(f"/conclusions/{closed}/minutes.pdf").data.startswith(b"%PDF")
    assert client_of("don-vi").get(f"/conclusions/{closed}/minutes.pdf").status_code == 403


def test_three_sign_the_head_last_and_every_revision_begins_with_the_one_before(app, frozen, client_of) -> None:
    first = client_of("thu-ky").get(f"/conclusions/{frozen}/minutes.pdf").data
    refused = sign(client_of("truong-doan"), frozen)
    assert refused.status_code == 409 and "ký sau cùng" in refused.text
    assert sign(client_of("thu-ky"), frozen).status_code == 303
    second = client_of("thu-ky").get(f"/conclusions/{frozen}/minutes.pdf").data
    assert sign(client_of("don-vi"), frozen).status_code == 303
    assert sign(client_of("truong-doan"), frozen).status_code == 303
    last = client_of("can-bo").get(f"/conclusions/{frozen}/minutes.pdf").data
    assert second.startswith(first) and last.startswith(second) and len(last) > len(second) > len(first)
    with app.app_context():
        verdict = verify_pdf(last, trusted_roots(db.session()), at=datetime.now(UTC))
        assert verdict.intact and [one.part for one in verdict.signatures] == ["secretary", "unit", "head"]
        room = db.session.scalars(select(ChecklistSession).where(ChecklistSession.state == "signed")).one()
        assert db.session.scalars(select(Paper)).one().conclusion_id == frozen and room
    assert client_of("don-vi").get(f"/conclusions/{frozen}/minutes.pdf").data == last


def test_a_wrong_password_signs_nothing(frozen, client_of) -> None:
    answer = sign(client_of("thu-ky"), frozen, password="sai")
    assert answer.status_code == 422 and "Mật khẩu chưa đúng" in answer.text
    assert "chưa ký" in client_of("thu-ky").get(f"/conclusions/{frozen}").text


def test_a_password_is_not_guessed_by_signing(frozen, client_of) -> None:
    secretary = client_of("thu-ky")
    for _ in range(FREE_TRIES):
        sign(secretary, frozen, password="doan-mo")
    answer = sign(secretary, frozen)
    assert answer.status_code == 422 and "Xin chờ" in answer.text and "Chưa ký" in answer.text


def test_nobody_signs_for_another_part(frozen, client_of) -> None:
    for username in ("thanh-vien-1", "can-bo", "quan-tri", "nguoi-ngoai", "don-vi-khac"):
        assert sign(client_of(username), frozen).status_code == 403, username


def test_the_same_signature_sent_twice_is_one(app, frozen, client_of) -> None:
    op_id = new_op()
    assert sign(client_of("thu-ky"), frozen, op_id=op_id).status_code == 303
    assert sign(client_of("thu-ky"), frozen, op_id=op_id).status_code == 303
    assert sign(client_of("thu-ky"), frozen).status_code == 409


def test_after_freezing_no_route_changes_anything(app, world, frozen, client_of) -> None:
    head = client_of("truong-doan")
    before = client_of("can-bo").get(f"/conclusions/{frozen}/minutes.pdf").data
    assert write(head, frozen).status_code == 409
    assert freeze(head, frozen, accept_missing="y").status_code == 409
    for path in ("reopening", "closure", "opening"):
        assert head.post(f"/checklist-sessions/{world.open_id}/{path}", data={"op_id": new_op()}).status_code == 409, (
            path
        )
    with app.app_context():
        from thidua.models.finders import sheet_of

        leaf = sheet_of(db.session(), world.checklist_id).leaves[0].id
    data = {"perspective": "agreed", "points": "1", "op_id": new_op(), "base_version": "999"}
    assert head.post(f"/checklist-sessions/{world.open_id}/criteria/{leaf}/scores", data=data).status_code == 409
    remark = {"kind": "strength", "text": "Thêm sau", "op_id": new_op()}
    assert head.post(f"/checklist-sessions/{world.open_id}/remarks", data=remark).status_code == 409
    assert client_of("can-bo").get(f"/conclusions/{frozen}/minutes.pdf").data == before


def test_the_stranger_sees_nothing(closed, client_of) -> None:
    assert client_of("nguoi-ngoai").get(f"/conclusions/{closed}").status_code == 403
    assert client_of("don-vi-khac").get(f"/conclusions/{closed}/minutes.pdf").status_code == 403
    assert client_of("").get(f"/conclusions/{closed}").status_code == 302


def test_a_crash_between_freezing_and_rendering_heals_by_itself(app, closed, client_of, monkeypatch) -> None:
    from thidua.conclusions import routes

    head = client_of("truong-doan")
    write(head, closed)
    monkeypatch.setattr(routes, "ensure_rendered", lambda _minutes_id: None)
    assert freeze(head, closed).status_code == 303
    monkeypatch.undo()
    assert client_of("don-vi").get(f"/conclusions/{closed}/minutes.pdf").data.startswith(b"%PDF")


def test_a_partial_self_score_is_not_compared_with_the_whole(app, world, closed) -> None:
    from sqlalchemy import delete

    from thidua.conclusions.facts import half_day
    from thidua.extensions import begin_writing
    from thidua.models import Conclusion, Score

    with app.app_context():
        begin_writing()
        first = select(Score.id).where(Score.perspective == "self").limit(1).scalar_subquery()
        db.session.execute(delete(Score).where(Score.id == first))
        db.session.commit()
        facts = half_day(db.session(), db.session.get(Conclusion, closed)).facts
        groups = [line.self_points for line in facts.scores if line.kind == "group"]
        assert facts.total_self is None and facts.total_agreed == 9000
        assert groups == [None, 1500, 2100]


def test_words_written_while_somebody_reopened_are_refused_but_not_lost(world, closed, client_of) -> None:
    client_of("truong-doan").post(f"/checklist-sessions/{world.open_id}/reopening", data={"op_id": new_op()})
    answer = write(client_of("thu-ky"), closed, text="Một đoạn dài vừa viết xong")
    assert answer.status_code == 409
    assert "chưa khóa điểm" in answer.text and "Một đoạn dài vừa viết xong</textarea>" in answer.text


def test_a_damaged_stored_file_is_told_in_words(app, frozen, client_of) -> None:
    for path in (Path(app.instance_path) / "files").rglob("*"):
        if path.is_file():
            path.chmod(0o600)
            path.write_bytes(b"%PDF-hong")
    answer = client_of("can-bo").get(f"/conclusions/{frozen}/minutes.pdf")
    assert answer.status_code == 500 and "flask check" in answer.text


def test_somebody_of_the_unit_stands_under_its_stamp_even_if_nobody_was_named_to_present(app, world, closed) -> None:
    from thidua.conclusions.facts import half_day
    from thidua.extensions import begin_writing
    from thidua.models import Attendance, Conclusion

    with app.app_context():
        begin_writing()
        for person in db.session.scalars(select(Attendance).where(Attendance.side == "unit")):
            person.part = ""
        db.session.commit()
        signer = half_day(db.session(), db.session.get(Conclusion, closed)).facts.signer("unit")
        assert signer is not None and signer.name == "Hoàng Văn Bắc"
