"""Anybody on the network learns in words whether a file is ours, whole, by whom signed, and what followed it."""

import io
import random
import re
from datetime import timedelta

import pypdfium2
import pytest

from tests.doors.signatories import AT, issued, small_signed
from tests.verification.issued import CODE, UNIT, record, states, trust
from thidua import upload_limits
from thidua.doors import one_shot
from thidua.doors.signing import verify_pdf
from thidua.extensions import begin_writing, db
from thidua.models import Paper, SignedScan, SigningKey, SigningRefusal
from thidua.models.journal import GENESIS
from thidua.verification import judging
from thidua.verification.forms import clean_code


@pytest.fixture
def signed(app, world) -> tuple[bytes, ...]:
    """Every state of the PDF of minutes that three have signed, oldest first; all on record."""
    record(app, world)
    return states()


@pytest.fixture
def at_hand(monkeypatch):
    """Files from anybody are looked at in this process: their own is tried once below."""
    monkeypatch.setattr(judging, "verify_apart", verify_pdf)


def upload(client, content: bytes, name="bien-ban.pdf"):
    return client.post("/verify", data={"pdf": (io.BytesIO(content), name)})


def said(answer) -> str:
    """The verdict as words."""
    assert answer.status_code == 200, answer.text
    part = answer.text.split('id="verdict"')[1].split("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def forged(pdf: bytes) -> bytes:
    """One letter of a comment at the beginning is another one; everything can be read as before."""
    return pdf.replace(b"opensource", b"opensourse", 1)


def rotated(pdf: bytes) -> bytes:
    """Written anew by another program: the page turned, the signatures gone stale."""
    from pypdf import PdfReader, PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    page.rotate(90)
    writer.add_page(page)
    writer.write(out)
    return out.getvalue()


def turned_later(pdf: bytes) -> bytes:
    """The page turned by an addition at the end; every signed byte stays."""
    from pyhanko.pdf_utils.generic import NumberObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = NumberObject(90)
    writer.mark_update(
        page.container_ref if hasattr(page, "container_ref") else writer.root["/Pages"].raw_get("/Kids")[0]
    )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def photograph(pdf: bytes, *, kind="JPEG") -> bytes:
    out = io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as file:
        file[0].render(scale=2).to_pil().convert("L").rotate(180).save(out, kind)
    return out.getvalue()


# -- ours, to the last byte --------------------------------------------------------------------------------------------


def test_the_last_signed_file_is_ours_and_whole(signed, client_of):
    words = said(upload(client_of(""), signed[-1]))
    for part in ("không bị thay đổi", "Biên bản 01/BB-HTS", UNIT, "Nguyễn Văn Quyết", "Trần Thị Hạnh", "Trưởng đoàn"):
        assert part in words, part
    assert re.search(r"ký lúc \d+ giờ", words) and "Chữ ký nguyên vẹn" in words


def test_nothing_else_is_told(signed, client_of):
    page = upload(client_of(""), signed[-1]).text
    for secret in ("Xuất sắc", "đền ơn đáp nghĩa", "127.0.0.1", "Phạm Tiến Ích"):
        assert secret not in page


def test_an_earlier_state_is_ours_but_not_the_last(signed, client_of):
    words = said(upload(client_of(""), signed[1]))
    assert "chưa phải bản cuối" in words
    assert "Nguyễn Văn Quyết" in words and "Trần Thị Hạnh" not in words
    assert "chưa có chữ ký nào" in said(upload(client_of(""), signed[0]))


def test_minutes_still_waiting_for_signatures_say_for_whose(app, world, client_of):
    paper_id = record(app, world, upto=1)
    words = said(upload(client_of(""), states()[1]))
    assert "chưa đủ chữ ký" in words and "đại diện đơn vị, trưởng đoàn" in words
    with app.app_context():
        begin_writing()
        by = world.don_vi
        refusal = SigningRefusal(paper_id=paper_id, part="unit", account_id=by.id, name=by.name, reason="Kín", at=AT)
        db.session.add(refusal)
        db.session.commit()
    words = said(upload(client_of(""), states()[1]))
    assert "Đại diện đơn vị không ký" in words and "Kín" not in words


def test_a_certificate_taken_back_before_the_signature_is_told(app, world, signed, client_of):
    with app.app_context():
        begin_writing()
        certificate = issued("head")
        db.session.add(
            SigningKey(
                account_id=world.truong_doan.id,
                name="x",
                certificate=certificate.certificate_pem,
                fingerprint=certificate.fingerprint,
                not_before=AT,
                not_after=AT + timedelta(days=900),
                revoked_at=AT - timedelta(days=1),
                created_at=AT,
            )
        )
        db.session.commit()
    words = said(upload(client_of(""), signed[-1]))
    assert "không còn được tin cậy" in words and "thu hồi" in words


def test_what_follows_is_told_where_it_begins_and_back(app, world, signed, client_of):
    with app.app_context():
        begin_writing()
        minutes = db.session.query(Paper).one()
        addendum = Paper(
            role="addendum",
            conclusion_id=world.conclusion_id,
            amends_id=minutes.id,
            number=2,
            year=2026,
            symbol="HTS",
            frozen="{}",
            sha256="b" * 64,
            journal_revision=0,
            journal_hash=GENESIS,
            frozen_at=AT,
            frozen_by="x",
            parts=[{"part": "head", "step": 1}],
        )
        db.session.add(addendum)
        db.session.commit()
        addendum_id = addendum.id
    assert "đã được sửa, bổ sung" not in said(upload(client_of(""), signed[-1]))  # nobody has signed it yet
    with app.app_context():
        begin_writing()
        db.session.get_one(Paper, addendum_id).parts = []
        db.session.add(SigningRefusal(paper_id=addendum_id, part="unit", account_id=1, name="x", reason="x", at=AT))
        for part in ("secretary", "unit", "head"):
            _sign(addendum_id, part)
        db.session.commit()
    for answer in (upload(client_of(""), signed[-1]), client_of("").get(f"/verify/{CODE[:16]}")):
        assert "Văn bản này đã được sửa, bổ sung Xin đọc cùng: Biên bản bổ sung 02/BB-HTS" in said(answer)
    assert "sửa, bổ sung Biên bản 01/BB-HTS" in said(client_of("").get("/verify/" + "b" * 16))


def _sign(paper_id: int, part: str) -> None:
    from thidua.models import Signature

    db.session.add(Signature(paper_id=paper_id, part=part, account_id=1, name=part, at=AT, signed_sha256="0" * 64))


# -- changed, added to, unknown ----------------------------------------------------------------------------------------


def test_a_file_with_something_appended_is_called_so(signed, client_of, at_hand):
    for added in (b"x", b"\n", b"%PDF-1.7 more", b"0" * 100_000):
        words = said(upload(client_of(""), signed[-1] + added))
        assert "Đã bị thêm vào sau khi ký" in words and "Biên bản 01/BB-HTS" in words
    assert "Nguyễn Văn Quyết" in said(upload(client_of(""), signed[1] + b"x"))
    assert "Trần Thị Hạnh" not in said(upload(client_of(""), signed[1] + b"x"))
    assert "chưa có chữ ký nào" not in said(upload(client_of(""), signed[0] + b"x"))  # of a damaged file we say no more


def test_a_page_turned_by_an_addition_is_an_addition(signed, client_of, at_hand):
    words = said(upload(client_of(""), turned_later(signed[-1])))
    assert "Đã bị thêm vào sau khi ký" in words and "Chữ ký của Hội còn nguyên" not in words


def test_one_byte_flipped_anywhere_is_found_and_the_true_paper_named(signed, client_of, at_hand):
    for place in random.Random(5).sample(range(len(signed[-1])), 12):
        flipped = bytearray(signed[-1])
        flipped[place] ^= 1
        answer = upload(client_of(""), bytes(flipped))
        assert "notice--bad" in answer.text and "không bị thay đổi</strong>" not in answer.text, place
    words = said(upload(client_of(""), forged(signed[-1])))
    assert "Đã bị sửa sau khi ký" in words and "Tệp tự nhận là Biên bản 01/BB-HTS" in words


def test_a_file_from_anybody_is_looked_at_in_its_own_process(signed, client_of):
    assert "Đã bị sửa sau khi ký" in said(upload(client_of(""), forged(signed[-1])))


def test_signatures_of_ours_without_a_record_still_speak(app, client_of, at_hand):
    with app.app_context():
        begin_writing()
        trust()
        db.session.commit()
    words = said(upload(client_of(""), small_signed()))
    assert "không còn hồ sơ" in words and "Trần Thị Hạnh" in words and "Chữ ký nguyên vẹn" in words
    flipped = bytearray(small_signed())
    flipped[300] ^= 1
    assert "Đã bị sửa sau khi ký" in said(upload(client_of(""), bytes(flipped)))


def test_a_signed_state_that_was_never_recorded_is_told_apart(app, world, client_of, at_hand):
    record(app, world, upto=2)  # a crash between signing and storing
    words = said(upload(client_of(""), states()[3]))
    assert "không có trong hồ sơ" in words and "Tệp tự nhận là Biên bản 01/BB-HTS" in words


def test_signatures_of_strangers_are_not_believed(signed, client_of, at_hand, monkeypatch):
    monkeypatch.setattr(judging, "trusted_roots", lambda _session: [])
    words = said(upload(client_of(""), small_signed()))
    assert "không được Hội tin cậy" in words and "người ghi tên là “Trần Thị Hạnh”" in words


def test_a_file_we_know_nothing_of_is_not_ours(client_of):
    for content in (b"%PDF-1.4 something else", states()[0][:-1]):
        assert "Không phải văn bản nguyên vẹn" in said(upload(client_of(""), content))


# -- paper ---------------------------------------------------------------------------------------------------------


def test_a_photograph_and_a_file_written_anew_name_the_paper_by_its_code(signed, client_of):
    for content, name in ((photograph(signed[-1]), "anh.jpg"), (rotated(signed[0]), "quet.pdf")):
        words = said(upload(client_of(""), content, name))
        assert "không phải tệp gốc" in words and "Biên bản 01/BB-HTS" in words and "Nhận ra trang 1" in words


def test_a_photograph_without_a_code_says_how_to_take_a_better_one(app, client_of):
    from tests.scans.conftest import page_picture

    assert "Không đọc được mã QR" in said(upload(client_of(""), page_picture(""), "anh.jpg"))
    other = page_picture("http://may-chu/verify/" + "c" * 16)
    assert "không có văn bản nào mang mã đó" in said(upload(client_of(""), other, "anh.jpg"))


def test_paper_signed_with_ink_says_where_its_signatures_are(app, world, client_of):
    paper_id = record(app, world, upto=0, means="paper", number=None)
    assert "chưa vào sổ" in said(upload(client_of(""), states()[0]))
    with app.app_context():
        begin_writing()
        db.session.get_one(Paper, paper_id).number = 7
        for part in ("secretary", "unit", "head"):
            _sign(paper_id, part)
        db.session.add(
            SignedScan(
                paper_id=paper_id,
                sha256="0bd4b4ae1b8e8c2c0f22e24aa4e0b9a5c4e9ad8f28a4a3db1f0de2bd3f2f3a11",
                size=9,
                media_type="application/pdf",
                by_id=world.thu_ky.id,
                by_name="x",
                at=AT,
            )
        )
        db.session.commit()
    words = said(upload(client_of(""), states()[0]))
    assert "ký tay trên giấy" in words and "01 bản quét" in words and "Biên bản 07/BB-HTS" in words


def test_an_attached_scan_is_known_again(app, world, client_of):
    import hashlib

    paper_id, scan = record(app, world), b"%PDF-1.4 a scan"
    with app.app_context():
        begin_writing()
        digest = hashlib.sha256(scan).hexdigest()
        fields = {"size": 9, "media_type": "application/pdf", "by_id": world.thu_ky.id, "by_name": "x", "at": AT}
        db.session.add(SignedScan(paper_id=paper_id, sha256=digest, **fields))
        db.session.commit()
    assert "Đúng bản quét có chữ ký" in said(upload(client_of(""), scan))


# -- the form ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "", "Xin chọn tệp PDF"),
        (b"", "a.pdf", "Tệp này trống"),
        (b"PK\x03\x04 docx", "a.docx", "không phải tệp PDF"),
        (b"\0\0\0\x18ftypheic", "a.heic", "ảnh HEIC"),
        (b"\xff\xd8\xff broken", "a.jpg", "bị hỏng"),
    ],
)
def test_a_wrong_file_is_refused_in_plain_words(client_of, content, name, sentence):
    answer = upload(client_of(""), content, name)
    assert answer.status_code == 422 and sentence in answer.text


def test_no_file_a_file_too_big_and_too_many_at_once_are_refused_in_plain_words(client_of, monkeypatch):
    assert client_of("").post("/verify").status_code == 422
    monkeypatch.setattr(one_shot, "PATIENCE", 0.01)
    with one_shot._places, one_shot._places:
        answer = upload(client_of(""), b"%PDF-1.4 /ByteRange")
        assert answer.status_code == 503 and "Nhiều người đang kiểm tra" in answer.text
    monkeypatch.setitem(upload_limits.LONGEST, "verification.upload", 1000)
    answer = upload(client_of(""), b"%PDF-" + b"0" * 5000)
    assert answer.status_code == 413 and "30 MB" in answer.text


def test_the_printed_code_names_the_minutes_and_who_signed(signed, client_of):
    import hashlib

    anybody, stored = client_of(""), hashlib.sha256(signed[-1]).hexdigest()
    for code in (CODE, CODE[:16], CODE[:12], CODE[:16].upper(), stored, stored[:20]):
        words = said(anybody.get(f"/verify/{code}"))
        assert "01/BB-HTS" in words and "Trần Thị Hạnh" in words
    assert "từ trang 3 của văn bản" in said(anybody.get(f"/verify/{CODE[:16]}?p=3"))
    typed = anybody.get("/verify", query_string={"code": f" {CODE[:8]} {CODE[8:16]} "})
    assert typed.headers["Location"] == f"/verify/{CODE[:16]}"
    pasted = anybody.get("/verify", query_string={"code": f"http://may-chu:8000/verify/{CODE[:16]}?p=2"})
    assert pasted.headers["Location"] == f"/verify/{CODE[:16]}?p=2"


def test_codes_are_read_however_they_are_typed():
    assert clean_code("ABCD ef01 2345").digest == "abcdef012345"
    assert clean_code("/VERIFY/" + "A" * 16 + "?p=4").page == 4
    assert clean_code("verify") is None and clean_code("g" * 16) is None


@pytest.mark.parametrize("code", ["", "abc", "g" * 16, "a" * 65, "0123456789abcdé", "%00", "' OR 1=1 --------"])
def test_what_is_no_code_is_refused_in_plain_words(client_of, code):
    answer = client_of("").get(f"/verify/{code}") if code else client_of("").get("/verify?code=x")
    assert answer.status_code == 422 and "ở chân trang biên bản" in answer.text


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
