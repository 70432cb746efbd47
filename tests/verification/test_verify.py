"""Anybody on the network learns in words whether a PDF is ours, whole and signed."""

import hashlib
import io
import re

import pytest

from tests.conclusions.conftest import closed  # noqa: F401
from tests.conclusions.test_minutes import freeze, sign, write
from thidua import upload_limits
from thidua.extensions import db
from thidua.models import Paper, PaperRevision


@pytest.fixture
def signed(closed, client_of):  # noqa: F811
    """The conclusion whose minutes all three have signed, and every stored PDF of it, oldest first."""
    head = client_of("truong-doan")
    write(head, closed)
    freeze(head, closed)
    pdfs = [head.get(f"/conclusions/{closed}/minutes.pdf").data]
    for username in ("thu-ky", "don-vi", "truong-doan"):
        assert sign(client_of(username), closed).status_code == 303
        pdfs.append(head.get(f"/conclusions/{closed}/minutes.pdf").data)
    return pdfs


def upload(client, content: bytes, name="bien-ban.pdf"):
    return client.post("/verify", data={"pdf": (io.BytesIO(content), name)})


def said(answer) -> str:
    """The verdict as words."""
    assert answer.status_code == 200
    part = answer.text.split('id="verdict"')[1].split("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def test_the_last_signed_file_is_ours_and_whole(signed, client_of):
    words = said(upload(client_of(""), signed[-1]))
    for part in (
        "không bị thay đổi",
        "01/BB-HTS",
        "Hội Trường Sơn tỉnh Bắc Giang",
        "Nguyễn Văn Lạng",
        "Phạm Tiến Ích",
        "Hoàng Văn Bắc",
    ):
        assert part in words
    assert re.search(r"ký lúc \d+ giờ", words)


def test_nothing_else_is_told(signed, client_of):
    page = upload(client_of(""), signed[-1]).text
    for secret in ("Xuất sắc", "đền ơn đáp nghĩa", "127.0.0.1", "Trần Thị Hòa"):
        assert secret not in page


def test_a_file_with_something_appended_is_called_so(signed, client_of):
    for added in (b"x", b"\n", b"%PDF-1.7 more", b"0" * 100_000):
        words = said(upload(client_of(""), signed[-1] + added))
        assert "Đã bị thêm vào sau khi ký" in words
        assert "01/BB-HTS" in words
    assert "Phạm Tiến Ích" in said(upload(client_of(""), signed[1] + b"x"))
    assert "Nguyễn Văn Lạng" not in said(upload(client_of(""), signed[1] + b"x"))
    assert "chưa có chữ ký nào" not in said(upload(client_of(""), signed[0] + b"x"))  # of a damaged file we say no more


def test_an_earlier_state_is_ours_but_not_the_last(signed, client_of):
    words = said(upload(client_of(""), signed[1]))
    assert "chưa phải bản cuối" in words
    assert "Phạm Tiến Ích" in words and "Hoàng Văn Bắc" not in words
    assert "chưa có chữ ký nào" in said(upload(client_of(""), signed[0]))


def test_minutes_still_waiting_for_signatures_say_for_whose(closed, client_of):  # noqa: F811
    head = client_of("truong-doan")
    write(head, closed)
    freeze(head, closed)
    sign(client_of("thu-ky"), closed)
    words = said(upload(client_of(""), head.get(f"/conclusions/{closed}/minutes.pdf").data))
    assert "chưa đủ chữ ký" in words
    assert "đại diện đơn vị, trưởng đoàn" in words


def test_one_flipped_byte_or_a_cut_file_is_not_ours(signed, client_of):
    flipped = bytearray(signed[-1])
    flipped[len(signed[0]) // 2] ^= 1
    for content in (bytes(flipped), signed[0][:-1], b"%PDF-1.4 something else"):
        words = said(upload(client_of(""), content))
        assert "Không phải văn bản nguyên vẹn" in words
        assert "BB-HTS" not in words


def test_a_file_changed_in_its_last_signature_is_the_state_before_with_something_added(signed, client_of):
    forged = bytearray(signed[-1])
    forged[-20] ^= 1
    words = said(upload(client_of(""), bytes(forged)))
    assert "Đã bị thêm vào sau khi ký" in words
    assert "Hoàng Văn Bắc" in words and "Nguyễn Văn Lạng" not in words


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "", "Xin chọn tệp PDF"),
        (b"", "a.pdf", "Tệp này trống"),
        (b"PK\x03\x04 docx", "a.docx", "không phải tệp PDF"),
    ],
)
def test_a_wrong_file_is_refused_in_plain_words(client_of, content, name, sentence):
    answer = upload(client_of(""), content, name)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_no_file_and_a_file_too_big_are_refused_in_plain_words(client_of, monkeypatch):
    assert client_of("").post("/verify").status_code == 422
    monkeypatch.setitem(upload_limits.LONGEST, "verification.upload", 1000)
    answer = upload(client_of(""), b"%PDF-" + b"0" * 5000)
    assert answer.status_code == 413
    assert "30 MB" in answer.text


def test_the_printed_code_names_the_minutes_and_who_signed(app, signed, client_of):
    with app.app_context():
        frozen = db.session.query(Paper).one().sha256
        stored = db.session.query(PaperRevision).order_by(PaperRevision.number.desc()).first().sha256
    assert stored == hashlib.sha256(signed[-1]).hexdigest()
    anybody = client_of("")
    for code in (frozen, frozen[:16], frozen[:12], frozen[:16].upper(), stored, stored[:20]):
        words = said(anybody.get(f"/verify/{code}"))
        assert "01/BB-HTS" in words and "Hoàng Văn Bắc" in words
    typed = anybody.get("/verify", query_string={"code": f" {frozen[:8]} {frozen[8:16]} "})
    assert typed.headers["Location"] == f"/verify/{frozen[:16]}"


@pytest.mark.parametrize("code", ["", "abc", "g" * 16, "a" * 65, "0123456789abcdé", "%00", "' OR 1=1 --------"])
def test_what_is_no_code_is_refused_in_plain_words(client_of, code):
    answer = client_of("").get(f"/verify/{code}") if code else client_of("").get("/verify?code=x")
    assert answer.status_code == 422
    assert "ở chân trang biên bản" in answer.text


def test_an_unknown_code_says_so(client_of):
    assert "Không có văn bản nào mang mã này" in said(client_of("").get("/verify/" + "ab" * 16))


def test_everybody_may_ask_and_the_form_carries_its_token(csrf_app):
    client = csrf_app.test_client()
    page = client.get("/verify")
    assert page.status_code == 200
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    answer = client.post("/verify", data={"csrf_token": token, "pdf": (io.BytesIO(b"%PDF-1.4 x"), "a.pdf")})
    assert "Không phải văn bản nguyên vẹn" in said(answer)
    assert client.post("/verify", data={"pdf": (io.BytesIO(b"%PDF-1.4 x"), "a.pdf")}).status_code == 400
