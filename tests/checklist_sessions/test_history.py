"""The journal page: in words, newest first, and honest about its chain."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.checklist_sessions.rooms import here
from tests.conftest import new_op
from thidua.checklist_sessions import history
from thidua.checklist_sessions.journal_words import PLAIN, TELLERS, told
from thidua.extensions import begin_writing, db
from thidua.models import JournalEntry
from thidua.models.finders import sheet_of

MODELS = Path(__file__).parents[2] / "thidua" / "models"


def leaf(app, world):
    with app.app_context():
        return sheet_of(db.session(), world.checklist_id).numbered("1.4")


def test_the_journal_tells_who_did_what_newest_first(app, client_of, world) -> None:
    criterion = leaf(app, world)
    client_of("thanh-vien-1").post(
        here(world.open_id, f"/criteria/{criterion.id}/scores"),
        data={
            "perspective": "proposed",
            "points": "8,5",
            "reason": "Thiếu hồ sơ",
            "op_id": new_op(),
            "base_version": "0",
        },
    )
    page = client_of("thu-ky").get(here(world.open_id, "/history")).text
    assert "Đề xuất tiêu chí 1.4 · 8,5 điểm" in page and "Thiếu hồ sơ" in page and "Trần Thị Hòa" in page
    assert page.index("Đề xuất tiêu chí 1.4") < page.index("<b>Mở buổi kiểm tra</b>")
    assert "Nhật ký nguyên vẹn: 2 bước" in page


def test_the_journal_is_narrowed_to_one_criterion(app, client_of, world) -> None:
    secretary = client_of("thu-ky")
    page = secretary.get(here(world.open_id, f"/history?criterion={leaf(app, world).id}")).text
    assert "Chưa ai ghi gì về tiêu chí này." in page and "<b>Mở buổi kiểm tra</b>" not in page


def test_a_changed_row_is_named(app, client_of, world) -> None:
    with app.app_context():
        begin_writing()
        db.session.execute(
            update(JournalEntry)
            .where(JournalEntry.checklist_session_id == world.open_id)
            .values(actor_name="Người khác")
        )
        db.session.commit()
    page = client_of("truong-doan").get(here(world.open_id, "/history")).text
    assert "Nhật ký không còn nguyên vẹn" in page and "bước 1 đã bị sửa" in page


def test_a_long_journal_has_pages(app, client_of, world) -> None:
    secretary = client_of("thu-ky")
    for number in range(51):
        secretary.post(
            here(world.open_id, "/attendance"), data={"side": "guest", "name": f"Khách {number}", "op_id": new_op()}
        )
    first, second = (secretary.get(here(world.open_id, f"/history?page={page}")).text for page in (1, 2))
    assert "Khách 50" in first and "Mở buổi kiểm tra</b>" not in first and "Trang 1 trên 2" in first
    assert "<b>Mở buổi kiểm tra</b>" in second
    assert "Trang 2 trên 2" in secretary.get(here(world.open_id, "/history?page=99")).text


@pytest.mark.parametrize("username", ["don-vi", "nguoi-ngoai"])
def test_unit_and_strangers_do_not_read_the_journal(client_of, world, username) -> None:
    assert client_of(username).get(here(world.open_id, "/history")).status_code == 403


def test_somebody_without_login_is_sent_to_sign_in(client_of, world) -> None:
    assert client_of("").get(here(world.open_id, "/history")).status_code == 302


def test_every_verb_is_told_in_vietnamese(app, world) -> None:
    criteria = {7: leaf(app, world)}
    contents = {
        "attendance.expected": {"people": [{"side": "team", "name": "An"}]},
        "attendance.all_present": {"side": "team", "names": ["An"]},
        "attendance.added": {"side": "guest", "name": "An"},
        "attendance.marked": {"name": "An", "presence": "absent", "reason": "Ốm"},
        "exchange.added": {"kind": "answer", "speaker": "An", "text": "Có", "criterion_id": 7},
        "criterion.shown": {"criterion_id": 7},
        "score.agreed": {"criterion_id": 7, "not_applicable": True},
        "score.self": {"criterion_id": 7, "points": 900},
        "minutes.signed": {"part": "unit"},
        "paper.signed": {"part": "seal"},
        "objection.added": {"speaker": "An", "text": "Chưa đúng", "block_id": ""},
        "objection.settled": {"speaker": "An", "text": "Chưa đúng", "outcome": "noted", "answer": ""},
        "objection.withdrawn": {"speaker": "An", "text": "Chưa đúng"},
        "reading.shown": {"page": 1, "of": 3},
        "paper.refused": {"part": "unit", "reason": "Chưa rõ"},
        "minutes.registered": {"number": "05/BB-HTS", "signers": [{"part": "unit", "name": "An"}]},
        "paper.registered": {"number": "05/BB-HTS", "signers": [{"part": "unit", "name": "An"}]},
        "signers.chosen": {"signers": {"unit": {"name": "An"}}, "means": "paper"},
        "attendance.corrected": {
            "side": "unit",
            "name": "An",
            "rank": "",
            "office": "Chủ tịch",
            "part": "",
            "before": {"side": "unit", "name": "Ân", "rank": "", "office": "", "part": ""},
        },
        "attendance.removed": {"side": "guest", "name": "An"},
        "step.planned": {"starts_at": "08:00", "minutes": {"1": 30}},
        "exchange.changed": {"kind": "answer", "speaker": "An", "text": "Có"},
        "review.answered": {"answer": "done", "note": ""},
        "round.revealed": {"criteria": [7]},
        "room.numbered": {"people": [{"account_id": 1, "name": "An"}], "day": "2020-10-20"},
        "room.joined": {"device": "iPad · Safari"},
        "room.locked": {"account_id": 1, "name": "An"},
        "room.expelled": {"devices": [{"name": "An", "device": "iPad · Safari"}]},
        "preparation.answered": {"criteria": [7], "digest": ""},
        "preparation.entered": {"device": "iPhone · Safari"},
        "preparation.returned": {"items": [{"criterion_id": 7, "remark": "Thiếu"}], "due_on": "2020-10-18"},
        "preparation.return_withdrawn": {"criterion_id": 7, "remark": "Thiếu"},
        "preparation.due_set": {"due_on": "2020-10-15"},
    }
    sentences = {
        kind: told(
            kind,
            contents.get(kind, {"position": 2, "title": "Tham quan", "text": "Tốt", "label": "Khá", "kind": "cause"}),
            criteria,
        ).what
        for kind in [*TELLERS, *contents]
    }
    assert sentences["score.agreed"] == "Thống nhất tiêu chí 1.4 · không xét"
    assert sentences["score.self"] == "Tự chấm tiêu chí 1.4 · 9 điểm"
    assert sentences["attendance.marked"] == "Điểm danh An: vắng mặt"
    assert sentences["exchange.added"] == "Ghi trao đổi (trả lời) của An, tiêu chí 1.4"
    assert sentences["step.skipped"] == "Bỏ qua bước 2: Tham quan"
    assert sentences["minutes.signed"] == "Ký biên bản: Đại diện đơn vị"
    assert sentences["remark.added"] == "Ghi nhận: Nguyên nhân"
    assert not any("." in words.replace("1.4", "") for words in sentences.values())


def test_every_kind_of_entry_has_words() -> None:
    recorded = re.compile(r'(?:_record|record_conclusion)\(\s*f?"([^"]+)"')
    kinds = {kind for path in MODELS.rglob("*.py") for kind in recorded.findall(path.read_text("utf-8"))}
    assert {kind for kind in kinds if "{" not in kind} - TELLERS.keys() - PLAIN.keys() == set() and len(kinds) >= 20


def test_what_is_written_while_the_page_is_read_is_no_damage(app, client_of, world, monkeypatch) -> None:
    reader, writer = client_of("truong-doan"), client_of("thu-ky")
    remark = {"kind": "strength", "text": "Ghi đúng lúc ấy", "op_id": new_op()}
    read_sheet = history.session_sheet

    def meanwhile(*arguments):
        with ThreadPoolExecutor(1) as thread:
            assert thread.submit(writer.post, here(world.open_id, "/remarks"), data=remark).result().status_code == 303
        return read_sheet(*arguments)

    monkeypatch.setattr(history, "session_sheet", meanwhile)
    assert "Nhật ký nguyên vẹn: 1 bước" in reader.get(here(world.open_id, "/history")).text
