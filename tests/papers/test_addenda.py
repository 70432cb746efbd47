"""An error in issued minutes is told by an addendum: drafted place by place, frozen, signed, linked on every page."""

import json

from sqlalchemy import select

from tests.conftest import new_op
from thidua.extensions import db
from thidua.models import JournalEntry, Paper, PaperDraft


def begin(client, minutes, what="addenda"):
    return client.post(f"/papers/{minutes}/{what}", data={"op_id": new_op()})


def write(client, address, version=None, *, reason="Ghi nhầm tên thôn.", rows=(), op_id=None, **fields):
    data = {"reason": reason, "op_id": op_id or new_op(), "base_version": str(version or 10**6)} | fields
    for number, row in enumerate(rows):
        data |= {f"corrections-{number}-{name}": text for name, text in row.items()}
    return client.post(address, data=data)


def freeze(client, address, *, means="electronic", seen=None, op_id=None):
    page = client.get(address).text
    seen = seen or page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    return client.post(f"{address}/paper", data={"means": means, "seen": seen, "op_id": op_id or new_op()})


def drafts(app):
    with app.app_context():
        return list(db.session.scalars(select(PaperDraft).order_by(PaperDraft.id)))


ROW = {"place": "mục II.2", "said": "Hồ sơ lưu chưa đủ.", "now": "Hồ sơ lưu chưa đủ ba năm."}


def test_an_addendum_is_begun_once_written_and_frozen_with_the_next_number(app, minutes, client_of) -> None:
    head = client_of("truong-doan")
    address = begin(head, minutes).headers["Location"]
    assert begin(client_of("thu-ky"), minutes).headers["Location"] == address
    assert write(head, address, rows=(ROW, {"place": "", "said": "", "now": ""})).status_code == 303
    page = head.get(address).text
    assert "đã ghi: “Hồ sơ lưu chưa đủ.”; nay sửa là: “Hồ sơ lưu chưa đủ ba năm.”" in page
    answer = freeze(head, address)
    assert answer.status_code == 303, answer.text
    with app.app_context():
        paper = db.session.scalars(select(Paper).where(Paper.role == "addendum")).one()
        frozen = json.loads(paper.frozen)
        assert (paper.number_label, paper.amends_id, paper.reason) == ("02/BB-HTS", minutes, "Ghi nhầm tên thôn.")
        assert frozen["content"]["corrections"][0]["place"] == "mục II.2"
        assert [one["part"] for one in paper.parts] == ["secretary", "unit", "head"]
        kinds = list(db.session.scalars(select(JournalEntry.kind).order_by(JournalEntry.id)))
        assert kinds[-3:] == ["draft.started", "draft.written", "paper.frozen"]
    assert answer.headers["Location"] == f"/papers/{paper.id}" == head.get(address).headers["Location"]


def test_both_papers_name_each_other_on_their_pages(app, minutes, client_of) -> None:
    head = client_of("truong-doan")
    address = begin(head, minutes).headers["Location"]
    write(head, address, rows=(ROW,))
    addendum = freeze(head, address).headers["Location"]
    of_minutes, of_addendum = head.get(f"/papers/{minutes}").text, head.get(addendum).text
    assert "Biên bản bổ sung 02/BB-HTS" in of_minutes and addendum in of_minutes
    assert "mục II.2: đã ghi “Hồ sơ lưu chưa đủ.”, nay sửa là “Hồ sơ lưu chưa đủ ba năm.”" in of_minutes
    assert f'href="/papers/{minutes}"' in of_addendum and "Ghi nhầm tên thôn." in of_addendum


def test_what_is_missing_is_told_at_its_field_and_nothing_is_frozen(app, minutes, client_of) -> None:
    head = client_of("truong-doan")
    address = begin(head, minutes).headers["Location"]
    assert "lý do lập biên bản bổ sung" in freeze(head, address).text
    write(head, address, rows=({"place": "mục I", "said": "Như cũ", "now": "Như cũ"},))
    answer = freeze(head, address)
    assert answer.status_code == 422 and "giống hệt nội dung đã ghi" in answer.text
    assert 'href="#corrections-0-now"' in answer.text
    assert head.get(f"{address}/blocks/validity").status_code == 200
    for block in ("corrections", "corrections-section", "reason", "letterhead"):
        assert head.get(f"{address}/blocks/{block}").status_code == 404, block
    with app.app_context():
        assert db.session.scalars(select(Paper.role)).all() == ["minutes"]


def test_nothing_else_is_frozen_than_what_was_read(minutes, client_of) -> None:
    head = client_of("truong-doan")
    address = begin(head, minutes).headers["Location"]
    write(head, address, rows=(ROW,))
    page = head.get(address).text
    seen = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    write(client_of("thu-ky"), address, rows=(ROW | {"now": "Khác hẳn."},))
    answer = freeze(head, address, seen=seen)
    assert answer.status_code == 409 and "đọc lại" in answer.text and "Khác hẳn." in answer.text


def test_who_writes_at_the_same_time_keeps_what_was_typed(app, minutes, client_of) -> None:
    head, secretary = client_of("truong-doan"), client_of("thu-ky")
    address = begin(head, minutes).headers["Location"]
    version = drafts(app)[0].version
    assert write(secretary, address, version, reason="Bản của thư ký").status_code == 303
    answer = write(head, address, version, reason="Bản của Trưởng đoàn")
    assert answer.status_code == 409 and "Bản của Trưởng đoàn</textarea>" in answer.text
    assert drafts(app)[0].content["reason"] == "Bản của thư ký"


def test_a_tap_sent_twice_does_it_once(app, minutes, client_of) -> None:
    head, op_id = client_of("truong-doan"), new_op()
    address = begin(head, minutes).headers["Location"]
    answers = [write(head, address, rows=(ROW,), op_id=op_id) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    op_id = new_op()
    first = freeze(head, address, op_id=op_id)
    again = head.post(f"{address}/paper", data={"means": "electronic", "seen": "x", "op_id": op_id})
    assert first.headers["Location"] == again.headers["Location"]
    with app.app_context():
        assert len(db.session.scalars(select(Paper).where(Paper.role == "addendum")).all()) == 1


def test_a_place_of_the_minutes_is_picked_with_its_words(minutes, client_of) -> None:
    head = client_of("truong-doan")
    address = begin(head, minutes).headers["Location"]
    page = head.get(f"{address}/places").text
    assert "mục II.2 “Hạn chế”" in page
    key = page.split("mục II.2")[0].rsplit("?pick=", 1)[1].split("#")[0]
    picked = head.get(f"{address}?pick={key}").text
    assert "mục II.2 “Hạn chế”" in picked and "Hồ sơ lưu chưa đủ." in picked.split("corrections-0-now")[0]


def test_a_discarded_draft_is_gone_from_the_page_and_kept_in_the_journal(app, minutes, client_of) -> None:
    head = client_of("truong-doan")
    address = begin(head, minutes).headers["Location"]
    assert head.post(f"{address}/discarding", data={"op_id": new_op()}).status_code == 303
    assert write(head, address, rows=(ROW,)).status_code == 409
    assert address not in head.get(f"/papers/{minutes}").text
    assert begin(head, minutes).headers["Location"] != address
    assert app.test_cli_runner().invoke(args=["check"]).exit_code == 0


def test_only_head_and_secretary_write_and_the_unit_reads_no_drafts(minutes, client_of) -> None:
    address = begin(client_of("thu-ky"), minutes).headers["Location"]
    for username in ("thanh-vien-1", "don-vi", "can-bo", "nguoi-ngoai"):
        client = client_of(username)
        assert begin(client, minutes).status_code == 403, username
        assert write(client, address, rows=(ROW,)).status_code == 403, username
    assert client_of("don-vi").get(address).status_code == 403
    assert client_of("don-vi").get(f"/papers/{minutes}").status_code == 200
    assert "dự thảo" not in client_of("don-vi").get(f"/papers/{minutes}").text


HOSTILE = "<script>alert(1)</script> javascript:x \u202eltr 😀 " + "e\u0302" + "x" * 3000


def test_hostile_words_are_kept_as_words(app, minutes, client_of) -> None:
    head = client_of("truong-doan")
    address = begin(head, minutes).headers["Location"]
    assert write(head, address, reason=HOSTILE, rows=(ROW | {"now": HOSTILE},)).status_code == 303
    page = head.get(address).text
    assert "<script>alert" not in page and "&lt;script&gt;" in page
    assert drafts(app)[0].content["reason"].count("ê") == 1
    answer = write(head, address, reason="x" * 5000, rows=(ROW,))
    assert answer.status_code == 422 and "dài quá 4000 chữ" in answer.text


def test_an_addendum_to_be_signed_with_ink_waits_for_its_number(app, minutes, client_of) -> None:
    head = client_of("truong-doan")
    address = begin(head, minutes).headers["Location"]
    write(head, address, rows=(ROW,))
    assert freeze(head, address, means="telex").status_code == 422
    addendum = freeze(head, address, means="paper").headers["Location"]
    page = head.get(addendum).text
    assert "…/BB-HTS" in page and f"{addendum}/scans" in page and 'name="pin"' not in page
    assert "nguyên vẹn" in app.test_cli_runner().invoke(args=["check"]).output
