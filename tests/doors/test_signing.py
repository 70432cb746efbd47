"""Signing a paper and proving it, by this program and by two others."""

import asyncio
import io
import random
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pikepdf
import pypdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.doors.papers import fonts_of, pages_of
from tests.doors.signatories import (
    AT,
    ORGANISATION,
    PEOPLE,
    authority,
    issued,
    key_of,
    rendered,
    revisions,
    roots,
    signed,
    small_paper,
    small_signed,
    with_places,
)
from thidua.doors.pdf import Place
from thidua.doors.signing import (
    BadSignature,
    CertificateExpired,
    CertificateNotYetValid,
    ClockSetBack,
    LocalKey,
    Mark,
    NotAPlace,
    SigningFailure,
    WrongPin,
    add_fields,
    change_pin,
    fingerprint_of,
    finish_remote,
    verify_pdf,
)
from thidua.doors.signing.keys import unlocked

LATER = AT + timedelta(days=30)


def contents(pdf):
    """(signed bytes, signature as DER) of each signature, cut out of the file without any library of PDF."""
    for found in re.finditer(rb"/ByteRange \[\s*(\d+) (\d+) (\d+) (\d+)\s*\]", pdf):
        start, length, again, rest = (int(number) for number in found.groups())
        der = bytes.fromhex(pdf[start + length + 1 : again - 1].decode())
        size = int.from_bytes(der[2:4]) + 4  # 30 82 hh ll: a sequence with its length in two bytes
        yield pdf[start : start + length] + pdf[again : again + rest], der[:size]


def test_every_signature_leaves_the_bytes_before_it_untouched():
    assert with_places().startswith(rendered().pdf)
    for before, after in pairwise(revisions()):
        assert after.startswith(before) and len(after) > len(before)


def test_all_four_signatures_stand():
    file = verify_pdf(revisions()[-1], roots(), at=LATER)
    assert (file.readable, file.intact, file.trailing_change, file.fields) == (True, True, False, 4)
    assert [one.part for one in file.signatures] == list(PEOPLE)
    for at, (one, (name, office)) in enumerate(zip(file.signatures, PEOPLE.values(), strict=True)):
        assert (one.name, one.office, one.organisation, one.account) == (name, office, ORGANISATION, one.part)
        assert one.signed_at == AT + timedelta(minutes=at)
        assert one.fingerprint == issued(one.part).fingerprint == fingerprint_of(issued(one.part).certificate_pem)
        assert (one.intact, one.trusted, one.whole, one.expired_now) == (True, True, True, False)
        assert one.reason_words == "Chữ ký nguyên vẹn, nội dung không thay đổi từ lúc ký."


def test_a_paper_signed_by_some_is_whole_and_tells_the_empty_places():
    file = verify_pdf(revisions()[2], roots(), at=LATER)
    assert file.intact and len(file.signatures) == 2 and file.fields == 4


def test_the_first_signature_leaves_only_further_signing_open():
    with pikepdf.open(io.BytesIO(revisions()[-1])) as file:
        certified = file.Root.Perms.DocMDP
        assert int(certified.Reference[0].TransformParams.P) == 2
        assert str(certified.SubFilter) == "/ETSI.CAdES.detached"
        assert str(certified.Name) == PEOPLE["secretary"][0]
        assert str(certified.Reason) == "Ký biên bản" and str(certified.Location) == "Hà Nội"
        assert file.check_pdf_syntax() == []


def test_the_text_of_the_paper_stays_and_the_marks_can_be_read():
    assert pages_of(with_places()) == pages_of(revisions()[-1])  # a mark is drawn in its field, not on the page
    page = pypdf.PdfReader(io.BytesIO(revisions()[-1])).pages[-1]
    fields = {note.get_object()["/T"]: note.get_object() for note in page["/Annots"]}
    assert set(fields) == set(PEOPLE)
    for name, field in fields.items():
        box = [float(edge) for edge in field["/Rect"]]
        drawing = [float(edge) for edge in field["/AP"]["/N"]["/BBox"]]
        assert sorted(drawing) == pytest.approx([0, 0, box[3] - box[1], box[2] - box[0]], abs=0.01), name
        assert "/Mark" in field["/AP"]["/N"]["/Resources"]["/XObject"]
    assert fonts_of(revisions()[-1])[1] == set()


def test_the_file_carries_the_time_of_the_last_signature_on_the_clock_of_vietnam():
    with pikepdf.open(io.BytesIO(revisions()[-1])) as file:
        assert str(file.docinfo["/ModDate"]) == "D:20261120112300+07'00'"


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler (pdfsig) is not installed")
def test_poppler_finds_every_signature_valid(tmp_path):
    path = tmp_path / "signed.pdf"
    path.write_bytes(revisions()[-1])
    told = subprocess.run(["pdfsig", path], capture_output=True, check=False).stdout.decode()
    assert told.count("Signature is Valid.") == 4 and told.count("Total document signed") == 1
    assert "ETSI.CAdES.detached" in told and PEOPLE["secretary"][0] in told
    at = revisions()[-1].index(b"/MediaBox")
    path.write_bytes(flipped(revisions()[-1], at, 1))
    told = subprocess.run(["pdfsig", path], capture_output=True, check=False).stdout.decode()
    assert told.count("Digest Mismatch") == 4 and "is Valid" not in told


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_finds_every_signature_valid(tmp_path):
    (tmp_path / "root.pem").write_text(authority().certificate_pem)
    found = list(contents(revisions()[-1]))
    assert len(found) == 4
    for content, der in found:
        assert verified_by_openssl(tmp_path, content, der)
    assert not verified_by_openssl(tmp_path, flipped(found[0][0], 5000, 1), found[0][1])


def verified_by_openssl(folder, content, der):
    (folder / "content").write_bytes(content)
    (folder / "signature").write_bytes(der)
    command = "openssl cms -verify -cades -binary -purpose any -inform DER -in signature -content content -CAfile"
    told = subprocess.run(
        [*command.split(), "root.pem", "-attime", str(int(LATER.timestamp())), "-out", "verified"],
        cwd=folder, capture_output=True, check=False,
    )  # fmt: skip
    return told.returncode == 0 and b"successful" in told.stderr


def flipped(pdf, at, bits):
    return pdf[:at] + bytes([pdf[at] ^ bits]) + pdf[at + 1 :]


def test_one_byte_changed_at_two_hundred_places_is_always_found():
    """Half of them anywhere, half in the signatures themselves, which do not cover themselves."""
    pdf, dice = small_signed(), random.Random(30_2020)
    assert verify_pdf(pdf, roots(), at=LATER).intact
    inside = [at for found in re.finditer(rb"/Contents <([0-9A-F]{500,})>", pdf) for at in range(*found.span(1))]
    assert len(inside) > 4000
    places = [dice.randrange(len(pdf)) for _ in range(100)] + dice.sample(inside, 100)
    missed = [
        (at, bits)
        for at, bits in ((at, dice.randrange(1, 256)) for at in places)
        if verify_pdf(flipped(pdf, at, bits), roots(), at=LATER).intact
    ]
    assert missed == []


def rewritten(pdf, change):
    """The file with a change appended by somebody else's program, its signatures still covering what they cover."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def turn_page(writer):
    from pyhanko.pdf_utils import generic

    page = writer.find_page_for_modification(0)[0].get_object()
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)


def add_page(writer):
    from pyhanko.pdf_utils import generic

    page = generic.DictionaryObject(writer.find_page_for_modification(0)[0].get_object())
    tree = writer.root["/Pages"]
    tree["/Kids"].append(writer.add_object(page))
    tree["/Count"] = generic.NumberObject(int(tree["/Count"]) + 1)
    writer.update_container(tree)
    writer.update_container(tree["/Kids"])


def add_words(writer):
    from pyhanko.pdf_utils import generic

    writer.add_stream_to_page(0, writer.add_object(generic.StreamObject(stream_data=b"0 0 50 50 re f")))


@pytest.mark.parametrize("change", [turn_page, add_page, add_words])
def test_what_is_added_after_signing_is_found_though_every_digest_still_fits(change):
    file = verify_pdf(rewritten(small_signed(), change), roots(), at=LATER)
    assert file.readable and not file.intact and file.trailing_change
    for one in file.signatures:
        assert (one.intact, one.trusted, one.whole) == (True, True, False)
        assert one.reason_words == "Sau chữ ký này, có người đã thêm hoặc sửa nội dung của tệp."


@pytest.mark.parametrize("tail", [b"\n", b"%%EOF\n", b"<html>"])
def test_even_a_byte_after_the_last_signature_is_told(tail):
    file = verify_pdf(small_signed() + tail, roots(), at=LATER)
    assert not file.intact


def test_a_signature_by_a_stranger_is_whole_but_not_believed():
    from tests.doors.signatories import SECRET
    from thidua.doors.signing import new_authority

    stranger = new_authority(ORGANISATION, secret=SECRET, at=AT)  # the same name, another key
    for believed in ([], [stranger.certificate_pem]):
        file = verify_pdf(small_signed(), believed, at=LATER)
        assert not file.intact
        assert {(one.intact, one.trusted, one.whole) for one in file.signatures} == {(True, False, False)}
        assert "không biết chắc ai đã ký" in file.signatures[0].reason_words
    assert verify_pdf(small_signed(), [stranger.certificate_pem, *roots()], at=LATER).intact


def test_a_certificate_that_expired_since_still_proves_what_it_signed():
    file = verify_pdf(small_signed(), roots(), at=AT + timedelta(days=365 * 9))
    assert file.intact and file.signatures[0].expired_now
    assert "còn hiệu lực lúc ký, nay đã hết hạn" in file.signatures[0].reason_words


def test_a_withdrawn_certificate_counts_until_it_was_withdrawn():
    mark = issued("unit").fingerprint
    for since, whole in ((AT + timedelta(days=1), True), (AT, False)):
        file = verify_pdf(small_signed(), roots(), at=LATER, revoked={mark: since})
        assert file.intact is whole
        unit = file.signatures[1]
        assert (unit.intact, unit.trusted, unit.whole) == (True, whole, whole)
    assert "đã bị thu hồi từ 11 giờ 20 ngày 20/11/2026" in unit.reason_words


def test_a_signature_of_tomorrow_is_told():
    words = verify_pdf(small_signed(), roots(), at=AT - timedelta(days=1)).signatures[0].reason_words
    assert "muộn hơn giờ hiện nay" in words


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n" + bytes(200), "Biên bản".encode(), b"PK\x03\x04" * 99, b"%PDF-1.4\n" * 9],
)
def test_what_is_not_a_pdf_is_told_and_does_no_harm(content):
    file = verify_pdf(content, roots(), at=LATER)
    assert (file.readable, file.intact, file.signatures) == (False, False, ())


def test_a_pdf_without_signatures_and_one_cut_in_half():
    plain = verify_pdf(rendered().pdf, roots(), at=LATER)
    assert (plain.readable, plain.intact, plain.fields, plain.trailing_change) == (True, False, 0, False)
    waiting = verify_pdf(with_places(), roots(), at=LATER)
    assert (waiting.readable, waiting.intact, waiting.fields) == (True, False, 4)
    half = verify_pdf(revisions()[-1][: len(revisions()[-1]) // 2], roots(), at=LATER)
    assert not half.intact


def test_a_forged_signature_is_a_broken_one():
    forged = re.sub(rb"/Contents <[0-9A-F]{40}", b"/Contents <" + b"30" * 20, small_signed(), count=1)
    file = verify_pdf(forged, roots(), at=LATER)
    assert not file.intact and file.signatures[0].reason_words == "Chữ ký này bị hỏng, không đọc được."


def test_a_file_changed_a_thousand_times_is_not_read_for_ever():
    pdf = small_signed()
    for _ in range(100):
        start = pdf.rindex(b"startxref") + 10
        last = pdf[start : pdf.index(b"\n", start)]
        table = b"xref\n0 0\ntrailer\n<< /Size 30 /Root 1 0 R /Prev " + last + b" >>\n"
        pdf += table + b"startxref\n" + str(len(pdf)).encode() + b"\n%%EOF\n"
    assert not verify_pdf(pdf, roots(), at=LATER).intact


def test_an_untidy_pdf_of_somebody_else_is_read_and_not_signed():
    untidy = rendered().pdf.replace(b"startxref\n", b"startxref\n9", 1) + b"\n\nrubbish"
    file = verify_pdf(untidy, roots(), at=LATER)
    assert (file.readable, file.intact, file.signatures) == (True, False, ())


def test_a_locked_pdf_is_not_read():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_paper())) as file:
        file.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert not verify_pdf(out.getvalue(), roots(), at=LATER).readable


def test_a_wrong_pin_signs_nothing():
    with pytest.raises(WrongPin) as told:
        signed(small_paper(), key=key_of("head", "000000"))
    assert told.value.sentence.startswith("Mã PIN chưa đúng")


def test_a_new_pin_replaces_the_old_one():
    changed = change_pin(issued().key_pem, "246810", "135790")
    certificate = issued().certificate_pem
    assert signed(small_paper(), key=LocalKey(certificate, changed, "135790"))
    with pytest.raises(WrongPin):
        signed(small_paper(), key=LocalKey(certificate, changed, "246810"))
    with pytest.raises(WrongPin):
        change_pin(changed, "246810", "999999")


def test_a_key_lies_encrypted_and_a_pin_is_never_printed():
    key = unlocked(issued().key_pem, "246810")
    naked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    assert naked.splitlines()[1] not in issued().key_pem and "ENCRYPTED" in issued().key_pem
    assert "246810" not in repr(key_of()) and "PRIVATE" not in repr(key_of())


@pytest.mark.parametrize(
    ("certificate", "key_pem"),
    [
        ("issued", "rubbish"),
        ("issued", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
        ("rubbish", "issued"),
        ("another", "issued"),
    ],
)
def test_a_key_that_is_none_or_another_signs_nothing(certificate, key_pem):
    pems = {"issued": issued().certificate_pem, "another": issued("unit").certificate_pem}
    key = LocalKey(pems.get(certificate, certificate), issued().key_pem if key_pem == "issued" else key_pem, "246810")
    with pytest.raises(SigningFailure) as told:
        signed(small_paper(), key=key)
    assert not isinstance(told.value, WrongPin | BadSignature)


def test_an_expired_certificate_and_one_of_tomorrow_sign_nothing():
    with pytest.raises(CertificateExpired, match="đã hết hạn lúc 11 giờ 20 ngày 20/11/2029"):
        signed(small_paper(), at=AT.replace(year=2029) + timedelta(seconds=1))
    with pytest.raises(CertificateNotYetValid, match="đồng hồ máy chủ đang chỉ 11 giờ 19 ngày 20/11/2026"):
        signed(small_paper(), at=AT - timedelta(seconds=1))


def test_a_clock_set_back_behind_the_last_signature_signs_nothing():
    first = signed(small_paper(), at=AT + timedelta(hours=3))
    with pytest.raises(ClockSetBack, match="14 giờ 20 ngày 20/11/2026"):
        signed(first, "unit", at=AT + timedelta(hours=2), certify=False)
    assert signed(first, "unit", at=AT + timedelta(hours=3) - timedelta(seconds=30), certify=False)


def test_a_place_that_is_not_there_or_is_taken_signs_nothing():
    with pytest.raises(NotAPlace, match="không có chỗ ký"):
        signed(small_paper(), "issuer", key=key_of())
    with pytest.raises(NotAPlace, match="đã có chữ ký"):
        signed(small_signed(), "head", certify=False, at=LATER)


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7 rubbish", b"hello"])
def test_what_is_not_a_pdf_cannot_be_signed(pdf):
    with pytest.raises(SigningFailure, match="không đọc được"):
        signed(pdf)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        signed(small_paper(), at=AT.replace(tzinfo=None))


def test_fields_are_made_once_and_only_where_there_is_a_page():
    place = Place(0, (10, 10, 60, 40))
    with pytest.raises(NotAPlace):
        add_fields(small_paper(), {"head": place}, AT)
    for page in (-1, 7):
        with pytest.raises(NotAPlace):
            add_fields(small_paper(), {"issuer": Place(page, place.box)}, AT)
    assert add_fields(small_paper(), {}, AT) == small_paper()


def test_a_paper_certified_once_is_not_certified_again():
    with pytest.raises(SigningFailure, match="Chưa ký gì cả"):
        signed(revisions()[1], "unit", at=LATER, certify=True)


def test_many_sign_at_once_each_their_own_paper():
    with ThreadPoolExecutor(4) as people:
        made = list(people.map(lambda part: signed(small_paper(), "head", key=key_of(part)), [*PEOPLE]))
    assert [verify_pdf(pdf, roots(), at=LATER).signatures[0].account for pdf in made] == list(PEOPLE)


def test_signing_works_where_another_loop_is_running():
    async def within():
        return signed(small_paper(), mark=Mark(()))

    assert asyncio.run(within()).startswith(small_paper())


def test_a_changed_file_does_not_take_the_signature_prepared_for_it():
    with pytest.raises(SigningFailure, match="không còn như lúc chuẩn bị"):
        finish_remote(b"other", {"document_digest": "00" * 32, "start": 1, "end": 2}, b"")
