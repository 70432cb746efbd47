"""Signing in the worker process: what is made and what is refused is what would be here."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from tests.doors.signatories import AT, PEOPLE, issued, key_of, roots, small_paper, small_signed
from thidua.doors.pdf import apart
from thidua.doors.signing import CertificateExpired, Mark, NotAPlace, SigningFailure, WrongPin, verify_pdf
from thidua.doors.signing.apart import prove_apart, sign_apart

BLUE = io.BytesIO()
Image.new("RGBA", (40, 20), (0, 0, 160, 255)).save(BLUE, "PNG")


def sign(pdf, part="head", *, key=None, at=AT, mark=None):
    mark = mark or Mark((PEOPLE["head"][0],), BLUE.getvalue())
    return sign_apart(
        pdf, part, key or key_of("head"), mark, at=at, reason="Ký biên bản", location="Hà Nội", certify=True
    )


def test_a_signature_made_apart_stands_and_is_proven_alike_here_and_there():
    signed = sign(small_paper())
    assert signed.startswith(small_paper())
    proven = prove_apart(signed, roots(), at=AT)
    assert proven.intact and proven.signatures[0].trusted and proven.signatures[0].name == PEOPLE["head"][0]
    assert proven == verify_pdf(signed, roots(), at=AT)


def test_refusals_keep_their_kind_and_their_words():
    with pytest.raises(WrongPin, match="PIN"):
        sign(small_paper(), key=key_of("head", "135791"))
    with pytest.raises(CertificateExpired):
        sign(small_paper(), at=AT + timedelta(days=365 * 4))
    with pytest.raises(NotAPlace):
        sign(small_paper(), part="nobody")


def test_a_file_changed_by_one_byte_is_found_apart_and_a_revoked_certificate_too():
    signed = small_signed()
    at = signed.index(b"stream") + 20
    assert not prove_apart(signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :], roots(), at=AT).intact
    revoked = {issued("head").fingerprint: AT - timedelta(days=1)}
    assert prove_apart(signed, roots(), at=AT, revoked=revoked) == verify_pdf(signed, roots(), at=AT, revoked=revoked)


def test_a_busy_worker_is_told_in_words_and_nothing_is_signed(monkeypatch):
    monkeypatch.setattr(apart._worker, "most_waiting", 0)
    with pytest.raises(SigningFailure, match="Chưa ký gì cả"):
        sign(small_paper())
