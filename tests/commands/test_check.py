"""``flask check`` finds any flipped byte: in the journal, in frozen minutes, in a stored PDF, in a standing score."""

import hashlib

import pytest
from sqlalchemy import text

from tests.conclusions.conftest import closed  # noqa: F401
from tests.papers.issued import issue_minutes
from thidua.extensions import begin_writing, db


def check(app):
    return app.test_cli_runner().invoke(args=["check"])


def alter(app, statement: str, **values: object) -> None:
    with app.app_context():
        begin_writing()
        assert db.session.execute(text(statement), values).rowcount == 1
        db.session.commit()


@pytest.fixture
def signed(app, world, closed):  # noqa: F811
    return issue_minutes(app, world)


def test_what_nobody_touched_is_whole(app, signed) -> None:
    result = check(app)
    assert result.exit_code == 0, result.output
    assert "nguyên vẹn" in result.output


def test_an_altered_journal_row_is_found(app, signed) -> None:
    alter(app, "UPDATE journal_entry SET payload = replace(payload, '1100', '1200') WHERE revision = 8")
    result = check(app)
    assert result.exit_code == 1 and "bước 8 đã bị sửa" in result.output


def test_a_removed_journal_row_is_found(app, signed) -> None:
    alter(app, "DELETE FROM journal_entry WHERE revision = 9")
    result = check(app)
    assert result.exit_code == 1 and "thiếu bước 9" in result.output


def test_altered_frozen_minutes_are_found(app, signed) -> None:
    alter(app, "UPDATE paper SET frozen = replace(frozen, 'Hồ sơ lưu chưa đủ', 'Hồ sơ lưu đã đủ')")
    result = check(app)
    assert result.exit_code == 1 and "nội dung đã chốt bị sửa" in result.output


def test_a_flipped_byte_in_a_stored_pdf_is_found(app, signed) -> None:
    from pathlib import Path

    path = max(
        (Path(app.instance_path) / "files").rglob("*"), key=lambda each: each.stat().st_size if each.is_file() else 0
    )
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(content))
    result = check(app)
    assert result.exit_code == 1 and "đã bị thay đổi hoặc hỏng" in result.output


def test_a_missing_file_is_found(app, signed) -> None:
    from pathlib import Path

    next(each for each in (Path(app.instance_path) / "files").rglob("*") if each.is_file()).unlink()
    result = check(app)
    assert result.exit_code == 1 and "Không tìm thấy tệp" in result.output


def test_a_score_changed_behind_the_journal_is_found(app, signed) -> None:
    alter(app, "UPDATE score SET points = 1 WHERE id = (SELECT min(id) FROM score)")
    result = check(app)
    assert result.exit_code == 1 and "không khớp với nhật ký" in result.output


BEHIND = {
    "a number taken out of the register": "DELETE FROM register_entry",
    "another number in the register": "UPDATE register_entry SET number = 2",
    "a paper of another half-day": "UPDATE paper SET journal_hash = 'x' || substr(journal_hash, 2)",
    "a score put back to an earlier value": "UPDATE score SET version = version - 1 WHERE id = 1",
    "a score taken away": "DELETE FROM score WHERE id = 1",
    "a remark with other words": "UPDATE remark SET text = 'Không có hạn chế.' WHERE kind = 'shortcoming'",
    "a remark taken away": "DELETE FROM remark WHERE kind = 'opinion'",
    "another conclusion": "UPDATE conclusion SET text = 'Khác' WHERE text <> ''",
    "a session opened again": "UPDATE checklist_session SET state = 'open' WHERE state = 'signed'",
    "a signature of another name": "UPDATE paper_signature SET name = 'Người khác' WHERE part = 'head'",
    "a signature taken away": "DELETE FROM paper_signature WHERE part = 'head'",
    "another number": "UPDATE paper SET number = 7",
    "another head of the journal": "UPDATE paper SET journal_revision = 1",
    "another stored file": "UPDATE paper_revision SET sha256 = (SELECT sha256 FROM paper_revision WHERE number = 2)"
    " WHERE number = 3",
}


@pytest.mark.parametrize("statement", BEHIND.values(), ids=BEHIND.keys())
def test_what_was_changed_behind_the_journal_is_found(app, signed, statement: str) -> None:
    alter(app, statement)
    result = check(app)
    assert result.exit_code == 1 and "hư hại." in result.output


def test_frozen_words_changed_together_with_their_hash_are_found(app, signed) -> None:
    with app.app_context():
        frozen = db.session.execute(text("SELECT frozen FROM paper")).scalar_one()
    forged = frozen.replace("Hồ sơ lưu chưa đủ", "Hồ sơ lưu đã đủ")
    sha256 = hashlib.sha256(forged.encode()).hexdigest()
    alter(app, "UPDATE paper SET frozen = :forged, sha256 = :sha256", forged=forged, sha256=sha256)
    result = check(app)
    assert result.exit_code == 1 and "đã chốt trong nhật ký" in result.output


def test_minutes_taken_away_are_missed(app, signed) -> None:
    for table in ("paper_signature", "paper_revision", "register_entry", "paper"):
        with app.app_context():
            db.session.execute(text(f"DELETE FROM {table}"))
            db.session.commit()
    result = check(app)
    assert result.exit_code == 1 and "không còn biên bản đã chốt" in result.output


def test_a_total_shown_behind_the_journal_is_found(app, client_of, world) -> None:
    client_of("thu-ky").post(f"/checklist-sessions/{world.open_id}/total/hiding", data={})
    assert "tổng điểm" not in check(app).output
    alter(app, "UPDATE checklist_session SET total_hidden = :no WHERE id = :id", no=False, id=world.open_id)
    result = check(app)
    assert result.exit_code == 1 and "tổng điểm ghi là hiện" in result.output
