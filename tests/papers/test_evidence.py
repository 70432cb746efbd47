"""The page of evidence: everything is tried again when it is asked for, and what does not hold is said."""

import hashlib

import pytest
from sqlalchemy import select, text, update

from tests.conftest import new_op
from tests.issuing.signers import FIRST, sign
from tests.papers.issued import issue_minutes, store_of
from thidua.extensions import begin_writing, db
from thidua.models import Paper, PaperRevision

WHOLE = "Vừa kiểm tra lại: văn bản, các tệp, chữ ký và nhật ký đều nguyên vẹn."


def alter(app, statement: str, **values: object) -> None:
    with app.app_context():
        begin_writing()
        assert db.session.execute(text(statement), values).rowcount >= 1
        db.session.commit()


def check(app) -> str:
    return app.test_cli_runner().invoke(args=["check"]).output


def test_who_when_from_which_device_and_on_which_bytes(minutes, client_of) -> None:
    page = client_of("can-bo").get(f"/papers/{minutes}").text
    for words in (WHOLE, "Trưởng đoàn: Nguyễn Văn Lạng", "Máy bảng", "192.168.1.20", "Nhật ký của buổi kiểm tra liền"):
        assert words in page, words
    unit = client_of("don-vi").get(f"/papers/{minutes}").text
    assert WHOLE in unit and "192.168.1.20" not in unit and "content.json" not in unit


def test_a_certificate_is_told_and_its_signature_tried(app, frozen, client_of) -> None:
    assert sign(client_of("thu-ky"), frozen).status_code == 303
    page = client_of("can-bo").get("/papers/1").text
    for words in (WHOLE, "Chữ ký nguyên vẹn", "ECDSA secp256r1", "Nơi cấp", "Khóa ký của Hội"):
        assert words in page, words


def test_a_file_put_in_place_of_the_signed_one_is_found_by_its_signatures(app, frozen, client_of) -> None:
    assert sign(client_of("thu-ky"), frozen).status_code == 303
    with app.app_context():
        begin_writing()
        revision = db.session.scalars(select(PaperRevision).where(PaperRevision.number == 1)).one()
        content = bytearray(store_of(app).get(revision.sha256))
        content[content.rindex(b"/Contents <") + 900] ^= 1  # a digit within the signature
        revision.sha256 = store_of(app).put(bytes(content))
        db.session.commit()
    page = client_of("can-bo").get("/papers/1").text
    assert WHOLE not in page and "không còn nguyên vẹn" in page and "chữ ký số của Phạm Tiến Ích" in page
    assert "chữ ký số của Phạm Tiến Ích" in check(app)


def test_a_revoked_certificate_and_a_lost_authority_are_told(app, frozen, client_of) -> None:
    assert sign(client_of("thu-ky"), frozen).status_code == 303
    alter(app, "UPDATE signing_key SET revoked_at = '2020-01-01 00:00:00.000000+00:00', revoked_reason = 'Mất máy'")
    page = client_of("can-bo").get("/papers/1").text
    assert "đã bị thu hồi" in page and "Mất máy" in page


FAULTS = {
    "the text": ("UPDATE paper SET frozen = replace(frozen, 'Hồ sơ', 'Hồ xơ')", "nội dung đã chốt bị sửa"),
    "the journal": ("UPDATE journal_entry SET payload = '{}' WHERE revision = 9", "bước 9 đã bị sửa"),
    "the head": ("UPDATE paper SET journal_revision = 2", "không còn trong nhật ký"),
    "who signed": ("UPDATE paper_signature SET name = 'Khác' WHERE part = 'unit'", "không khớp với nhật ký"),
    "who must sign": ("UPDATE paper SET parts = '[]'", "không còn như lúc chốt"),
    "a refusal": (
        "INSERT INTO signing_refusal (paper_id, part, account_id, name, reason, at) "
        "SELECT id, 'unit', 1, 'Khác', 'Không.', frozen_at FROM paper",
        "việc không ký không khớp",
    ),
    "the register": ("DELETE FROM register_entry", "không khớp với sổ đăng ký"),
}


@pytest.mark.parametrize(("statement", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_what_does_not_hold_is_said_at_its_check(app, minutes, client_of, statement, words) -> None:
    alter(app, statement)
    page = client_of("can-bo").get(f"/papers/{minutes}").text
    assert WHOLE not in page and words in page


def test_the_pdf_and_its_earlier_states_are_given_byte_for_byte(app, minutes, client_of) -> None:
    client, store = client_of("can-bo"), store_of(app)
    with app.app_context():
        shas = list(db.session.scalars(select(PaperRevision.sha256).order_by(PaperRevision.number)))
    assert client.get(f"/papers/{minutes}.pdf").data == store.get(shas[-1])
    assert [client.get(f"/papers/{minutes}/revisions/{n}.pdf").data for n in range(4)] == [store.get(s) for s in shas]
    assert client.get(f"/papers/{minutes}/revisions/4.pdf").status_code == 404
    assert client.get(f"/papers/{minutes + 7}.pdf").status_code == 404
    answer = client.get(f"/papers/{minutes}/content.json")
    with app.app_context():
        assert hashlib.sha256(answer.data).hexdigest() == db.session.scalars(select(Paper.sha256)).one()
    assert client_of("don-vi").get(f"/papers/{minutes}/content.json").status_code == 403
    assert client_of("nguoi-ngoai").get(f"/papers/{minutes}").status_code == 403


def test_a_damaged_file_is_told_in_words(app, minutes, client_of) -> None:
    for path in (store_of(app).root).rglob("*"):
        if path.is_file():
            path.chmod(0o600)
            path.write_bytes(b"%PDF-hong")
    assert "đã bị thay đổi hoặc hỏng" in client_of("can-bo").get(f"/papers/{minutes}").text
    assert client_of("can-bo").get(f"/papers/{minutes}.pdf").status_code == 500


def test_minutes_never_signed_by_certificate_say_so(app, world, closed, client_of) -> None:
    paper = issue_minutes(app, world, signed=False)
    page = client_of("can-bo").get(f"/papers/{paper}").text
    assert "Đến trang ký biên bản" in page and WHOLE in page


def test_an_addendum_goes_the_whole_way_and_is_named_wherever_its_minutes_are(app, frozen, client_of, world) -> None:
    people = [client_of(name) for name in ("thu-ky", "don-vi", "truong-doan")]
    assert [sign(one, frozen).status_code for one in people] == [303, 303, 303]
    address = people[0].post("/papers/1/addenda", data={"op_id": new_op()}).headers["Location"]
    typed = {"corrections-0-place": "mục II.2", "corrections-0-now": "Hồ sơ thôn Bằng Lăng còn thiếu."}
    people[0].post(address, data=typed | {"reason": "Ghi sót.", "op_id": new_op(), "base_version": "999"})
    seen = people[0].get(address).text.split('name="seen"')[1].split('value="')[1].split('"')[0]
    frozen_at = people[0].post(f"{address}/paper", data={"means": "electronic", "seen": seen, "op_id": new_op()})
    addendum = frozen_at.headers["Location"]
    assert "Ký biên bản bổ sung" in people[2].get(addendum).text
    wrong = people[1].post(f"{addendum}/signatures", data=FIRST | {"pin": "135790", "op_id": new_op()})
    assert wrong.status_code == 422 and "Mã PIN chưa đúng" in wrong.text
    signed = [one.post(f"{addendum}/signatures", data=FIRST | {"op_id": new_op()}).status_code for one in people]
    assert signed == [303, 303, 303]
    assert "nguyên vẹn" in check(app)
    office = client_of("can-bo")
    assert WHOLE in office.get(addendum).text
    linked = [f"/conclusions/{frozen}", "/papers/1", "/search?q=Bằng Lăng", "/search?q=Hồ sơ lưu"]
    for page in (*linked, f"/units/{world.unit_id}", f"/plans/{world.plan_id}"):
        assert "02/BB-HTS" in office.get(page).text and f'href="{addendum}"' in office.get(page).text, page
    stranger = client_of("don-vi-khac")
    assert all("02/BB-HTS" not in stranger.get(page).text for page in (*linked, f"/units/{world.unit_id}"))
    assert "02/BB-HTS" not in stranger.get(f"/plans/{world.plan_id}").text
    papers = office.get(f"/api/checklist-sessions/{world.open_id}").json["papers"]
    assert [(one["role"], one["amends"], one["signed"]) for one in papers] == [
        ("minutes", None, True),
        ("addendum", 1, True),
    ]
    with app.app_context():
        begin_writing()
        db.session.execute(update(Paper).where(Paper.role == "addendum").values(amends_id=None))
        db.session.commit()
    assert "không dẫn đến đúng biên bản" in check(app)
