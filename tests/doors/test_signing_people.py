"""Certificates of people with difficult names, their marks and the seal."""

import io
import shutil
import struct
import subprocess
import zlib
from datetime import timedelta
from unicodedata import is_normalized, normalize

import pikepdf
import pypdf
import pytest
from PIL import Image

from tests.doors.papers import text_of
from tests.doors.signatories import (
    AT,
    PIN,
    SECRET,
    authority,
    bought,
    handwriting,
    issued,
    rendered,
    roots,
    signed,
    small_paper,
)
from thidua.doors.pdf import Place
from thidua.doors.signing import (
    BadPicture,
    LocalKey,
    Mark,
    SigningFailure,
    Subject,
    WrongPin,
    describe,
    import_pkcs12,
    issue_certificate,
    new_authority,
    seal_place,
    verify_pdf,
)
from thidua.doors.signing.marks import COLOURS, mark_page, tinted

MM = 72 / 25.4
LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Phước Đặng Huyền Trân Châu Ngọc Thủy"


def issue(subject, *, at=AT, years=3):
    root = authority()
    return issue_certificate(
        root.certificate_pem, root.key_pem, secret=SECRET, subject=subject, pin=PIN, at=at, years=years
    )


def test_a_certificate_is_described_for_a_page():
    told = describe(issued("secretary").certificate_pem)
    assert (told["name"], told["office"], told["account"]) == ("Nguyễn Văn Quyết", "Thư ký", "secretary")
    assert told["issuer"] == told["organisation"] == "Hội Truyền thống Trường Sơn"
    assert (told["not_before"], told["not_after"]) == (AT, AT.replace(year=2029))
    assert told["key"] == "ECDSA secp256r1" and len(told["fingerprint"]) == 64


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_believes_the_chain_and_knows_what_each_key_may_do(tmp_path):
    (tmp_path / "root.pem").write_text(authority().certificate_pem)
    (tmp_path / "person.pem").write_text(issued().certificate_pem)
    command = ["openssl", "verify", "-x509_strict", "-attime", str(int(AT.timestamp())), "-CAfile", "root.pem"]
    told = subprocess.run([*command, "person.pem"], cwd=tmp_path, capture_output=True, check=False)
    assert told.stdout.strip() == b"person.pem: OK", told.stderr
    shown = subprocess.run(
        ["openssl", "x509", "-in", "person.pem", "-noout", "-ext", "keyUsage,basicConstraints"],
        cwd=tmp_path, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    assert "Digital Signature, Non Repudiation\n" in shown and "CA:FALSE" in shown


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (LONG_NAME, LONG_NAME),
        (normalize("NFD", LONG_NAME), LONG_NAME),
        ("Võ\u202e Sở\u200b\u0000\n\tHai", "Võ Sở Hai"),
        ("<script>alert(1)</script>, O=Giả mạo/CN=Khác", "<script>alert(1)</script>, O=Giả mạo/CN=Khác"),
        ("ắ" * 20_000, "ắ" * 200),
        ("Hoan 🎉 hô שלום \ue000", "Hoan ? hô ???? ?"),
    ],
)
def test_a_difficult_name_is_signed_with_and_read_back(name, kept):
    made = issue(Subject(name, name, name, "ai.do"))
    told = describe(made.certificate_pem)
    assert told["name"] == kept and is_normalized("NFC", kept)
    assert len(told["office"]) <= 64 and len(told["organisation"]) <= 64
    pdf = signed(
        small_paper(), key=LocalKey(made.certificate_pem, made.key_pem, PIN), mark=Mark((name, "Đã ký số")),
        reason=name, location=name,
    )  # fmt: skip
    file = verify_pdf(pdf, roots(), at=AT)
    assert file.intact and file.signatures[0].name == kept


def test_nobody_without_a_name_gets_a_certificate():
    for name in ("", " \n", "\u202e\u200b"):
        with pytest.raises(ValueError, match="name"):
            issue(Subject(name))


def test_the_authority_issues_only_in_its_time_and_under_its_secret():
    root = authority()
    with pytest.raises(SigningFailure, match="bí mật của máy chủ"):
        issue_certificate(
            root.certificate_pem, root.key_pem, secret=b"x", subject=Subject("A"), pin=PIN, at=AT
        )  # fmt: skip
    for at in (AT - timedelta(seconds=2), AT.replace(year=2046)):
        with pytest.raises(SigningFailure, match="ngoài thời hạn"):
            issue(Subject("A"), at=at)
    last = issue(Subject("A"), at=AT.replace(year=2045))
    assert last.not_after == AT.replace(year=2046)  # never longer than the authority itself


def test_a_leap_day_is_issued_and_ends():
    root = new_authority("Hội", secret=SECRET, at=AT.replace(year=2028, month=2, day=29))
    assert describe(root.certificate_pem)["not_after"] == AT.replace(year=2048, month=2, day=29)
    made = issue(Subject("A"), at=AT.replace(year=2028, month=2, day=29))
    assert made.not_after == AT.replace(year=2031, month=2, day=28)


def test_a_key_bought_elsewhere_signs_under_the_persons_pin_and_asks_nobody(monkeypatch):
    def asked(*_, **__):
        raise AssertionError("somebody was asked over the network")

    monkeypatch.setattr("socket.socket.connect", asked)
    monkeypatch.setattr("socket.getaddrinfo", asked)
    file, root = bought()
    made = import_pkcs12(file, "mua", pin=PIN)
    assert describe(made.certificate_pem)["key"] == "RSA 2048"
    key = LocalKey(made.certificate_pem, made.key_pem, PIN, made.chain_pem)
    pdf = signed(small_paper(), key=key)
    found = verify_pdf(pdf, [*roots(), root], at=AT)
    assert found.intact and found.signatures[0].name == "Lê Thị Dịch Vụ"
    assert found.signatures[0].issuer == "Trung gian"
    assert not verify_pdf(pdf, roots(), at=AT).signatures[0].trusted


def test_a_bought_key_that_cannot_be_opened_is_told():
    with pytest.raises(WrongPin, match="mật khẩu của tệp"):
        import_pkcs12(bought()[0], "sai", pin=PIN)
    with pytest.raises(WrongPin, match=r"không phải \.p12"):
        import_pkcs12(b"\x89PNG rubbish", "mua", pin=PIN)


def text_of_mark(mark, width=141, height=70, **covered):
    return text_of(mark_page(mark, width, height, **covered)).strip()


def test_a_mark_says_who_signed_with_what_the_typeface_has():
    told = text_of_mark(Mark((LONG_NAME, "Đã ký số", "11 giờ 20, ngày 20 tháng 11 năm 2026")))
    assert told == f"{LONG_NAME} Đã ký số 11 giờ 20, ngày 20 tháng 11 năm 2026"
    assert text_of_mark(Mark(("Võ\u202e Sở 🎉 <b>",))) == "Võ Sở ? <b>"
    assert text_of_mark(Mark((normalize("NFD", "Thủy"),))) == "Thủy"


def test_a_mark_that_cannot_hold_its_words_is_cut_and_says_so():
    told = text_of_mark(Mark(tuple("Nguyễn" * 40 for _ in range(30))))
    assert told.startswith("Nguyễn") and "…" in told and len(told) < 1000
    assert text_of_mark(Mark(()), 20, 10) == ""


def letters(pdf):
    """(x, y) of each piece of text on the first page."""
    found = []

    def seen(text, _matrix, place, *_):
        if text.strip():
            found.append((place[4], place[5]))

    pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=seen)
    return found


def test_words_keep_clear_of_the_seal_and_handwriting_lies_under_it():
    page = mark_page(Mark(("Võ Sở", "Đã ký số"), handwriting(), frame=False), 141, 70, covered=47)
    assert min(x for x, _ in letters(page)) > 47
    assert drawn_box(page)[0] < 47


def drawn_box(page):
    """Left, bottom, right, top of the picture on a page."""
    with pikepdf.open(io.BytesIO(page)) as file:
        matrix = pikepdf.Matrix()
        for operands, operator in pikepdf.parse_content_stream(file.pages[0]):
            if str(operator) == "cm":
                matrix = pikepdf.Matrix(*[float(one) for one in operands]) @ matrix
            if str(operator) == "Do":
                return matrix.e, matrix.f, matrix.e + matrix.a, matrix.f + matrix.d
    raise AssertionError("no picture")


def test_handwriting_becomes_blue_and_a_seal_red_whatever_they_were_scanned_in():
    for opaque in (False, True):
        for colour in COLOURS.values():
            drawn = tinted(handwriting(opaque), colour)
            assert {pixel[:3] for _, pixel in drawn.getcolors(100_000)} == {colour}
            assert drawn.getchannel("A").getextrema() == (0, 255)
            assert drawn.size == pytest.approx((267, 67), abs=6)  # cut to the strokes


def png(width, height, body=b""):
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(body)), (b"IEND", b"")]
    chunks = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def blank(mode, colour):
    out = io.BytesIO()
    Image.new(mode, (50, 50), colour).save(out, "PNG")
    return out.getvalue()


def as_jpeg():
    out = io.BytesIO()
    Image.new("RGB", (50, 50)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (b"", "không đọc được"),
        (b"<svg onload=alert(1)>", "không đọc được"),
        (as_jpeg(), "không đọc được"),
        (handwriting()[:60], "không đọc được"),
        (png(30_000, 30_000), "quá lớn|không đọc được"),
        (png(4_000, 3_000), "quá lớn"),
        (blank("RGBA", (0, 0, 0, 0)), "không có nét"),
        (blank("RGB", "white"), "không có nét"),
    ],
)
def test_a_picture_that_is_none_signs_nothing(picture, words):
    with pytest.raises(BadPicture, match=words):
        signed(small_paper(), mark=Mark(("Võ Sở",), picture))


def test_a_red_mark_without_a_picture_is_a_ring_with_its_words():
    page = mark_page(Mark(("Hội Truyền thống Trường Sơn", "11 giờ 20"), colour="red", frame=False), 102, 102)
    assert text_of(page).strip() == "Hội Truyền thống Trường Sơn 11 giờ 20"
    assert all(20 < x < 82 and 20 < y < 82 for x, y in letters(page))


def test_the_seal_covers_the_left_third_of_the_mark_in_its_real_size():
    alone = Place(1, (300.0, 100.0, 300 + 50 * MM, 100 + 25 * MM))
    seal = seal_place(alone)
    left, bottom, right, top = seal.box
    assert (right - left, top - bottom) == (pytest.approx(36 * MM), pytest.approx(36 * MM))
    assert right == pytest.approx(300 + 50 * MM / 3) and (bottom + top) / 2 == pytest.approx(100 + 12.5 * MM)
    assert seal_place(alone, [Place(0, (200, 100, 290, 170)), Place(1, (200, 300, 290, 370))]) == seal


def test_beside_another_mark_the_seal_is_smaller_and_stays_on_its_page():
    places = rendered().places
    seal = seal_place(places["head"], [places["unit"], places["secretary"]])
    assert seal.page == places["head"].page
    assert 23.9 * MM < seal.box[2] - seal.box[0] < 30 * MM
    assert places["unit"].box[2] - seal.box[0] < 5 * MM
