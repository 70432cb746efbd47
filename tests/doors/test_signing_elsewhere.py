"""Signatures whose key is not here: a service far away, or a token in the serving machine (SoftHSM in its place)."""

import json
import os
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

from tests.doors.signatories import AT, PIN, bought, issued, key_of, roots, signed, small_paper
from thidua.doors.signing import (
    BadSignature,
    CertificateExpired,
    Mark,
    SigningFailure,
    TokenKey,
    TokenTrouble,
    WrongPin,
    finish_remote,
    prepare_remote,
    verify_pdf,
)
from thidua.doors.signing.keys import signature_of, unlocked

SOFTHSM = [
    Path(place)
    for place in (
        os.environ.get("THIDUA_SOFTHSM", ""),
        "/usr/lib/softhsm/libsofthsm2.so",
        "/usr/lib64/softhsm/libsofthsm2.so",
        "/usr/lib64/libsofthsm2.so",
        "/usr/local/lib/softhsm/libsofthsm2.so",
        "/opt/homebrew/lib/softhsm/libsofthsm2.so",
    )
    if place and Path(place).is_file()
]
MARK = Mark(("Võ Sở",))


def prepared(part="head", pdf=None, *, certificate_pem=None, chain_pem="", at=AT, certify=True):
    return prepare_remote(
        pdf or small_paper(),
        part,
        certificate_pem=certificate_pem or issued(part).certificate_pem,
        chain_pem=chain_pem,
        mark=MARK,
        at=at,
        reason="Ký biên bản",
        location="Hà Nội",
        certify=certify,
    )


def raw(part, to_sign):
    return signature_of(unlocked(issued(part).key_pem, PIN), to_sign)


def after_a_restart(state):
    return json.loads(json.dumps(state))


def side_by_side(signature):
    return b"".join(number.to_bytes(32) for number in decode_dss_signature(signature))


@pytest.mark.parametrize("form", [bytes, side_by_side])
def test_a_signature_made_elsewhere_comes_back_and_stands(form):
    made = prepared()
    assert made.pdf.startswith(small_paper()) and made.digest_algorithm == "sha256"
    pdf = finish_remote(made.pdf, after_a_restart(made.state), form(raw("head", made.to_sign)))
    assert pdf.startswith(small_paper()) and len(pdf) == len(made.pdf)
    assert verify_pdf(pdf, roots(), at=AT).intact
    second = prepared("unit", pdf, at=AT + timedelta(hours=1), certify=False)
    pdf = finish_remote(second.pdf, second.state, form(raw("unit", second.to_sign)))
    assert [one.part for one in verify_pdf(pdf, roots(), at=AT).signatures] == ["head", "unit"]
    assert verify_pdf(pdf, roots(), at=AT).intact


def test_the_waiting_file_is_no_signed_one():
    file = verify_pdf(prepared().pdf, roots(), at=AT)
    assert file.readable and not file.intact


def test_a_signature_over_other_bytes_or_by_another_key_is_refused():
    made = prepared()
    for wrong in (
        raw("unit", made.to_sign),
        raw("head", made.to_sign + b" "),
        raw("head", made.to_sign)[:-1],
        b"",
        b"\x00" * 64,
        b"\x30" + b"\xff" * 71,
        b"A" * 20_000,
    ):
        with pytest.raises(BadSignature, match="không khớp"):
            finish_remote(made.pdf, made.state, wrong)


def test_a_waiting_file_that_was_changed_or_exchanged_is_refused():
    made, other = prepared(), prepared(at=AT + timedelta(minutes=1))
    good = raw("head", made.to_sign)
    for pdf in (other.pdf, made.pdf + b"\n", made.pdf[:-1], small_paper(), b""):
        with pytest.raises(SigningFailure, match="xin bắt đầu ký lại"):
            finish_remote(pdf, made.state, good)


def test_a_service_with_an_rsa_key_and_a_certificate_between():
    file, root = bought()
    key, certificate, others = pkcs12.load_key_and_certificates(file, b"mua")
    pem, chain = (one.public_bytes(Encoding.PEM).decode() for one in (certificate, others[0]))
    made = prepared(certificate_pem=pem, chain_pem=chain)
    pdf = finish_remote(made.pdf, after_a_restart(made.state), signature_of(key, made.to_sign))
    assert verify_pdf(pdf, [root], at=AT).intact
    with pytest.raises(BadSignature):
        finish_remote(made.pdf, made.state, raw("head", made.to_sign))


def test_bad_certificates_are_refused_before_anything_goes_out():
    with pytest.raises(SigningFailure, match="không đọc được"):
        prepared(certificate_pem="-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----\n")
    with pytest.raises(SigningFailure, match="không đọc được"):
        prepared(chain_pem="rubbish")
    with pytest.raises(CertificateExpired):
        prepared(at=AT.replace(year=2035))


@pytest.fixture(scope="module")
def token(tmp_path_factory):
    """A software token, PIN 135790: EC key "head", RSA key "dich-vu", and "lone", which has no certificate on it."""
    if not SOFTHSM:
        pytest.skip("SoftHSM (softhsm2) is not installed: signing with a token was not tried")
    import pkcs11

    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    # the library reads this when it is loaded, for the rest of the process
    before, os.environ["SOFTHSM2_CONF"] = os.environ.get("SOFTHSM2_CONF"), str(conf)
    run("--init-token", "--free", "--label", "the cua Hoi", "--so-pin", "999999", "--pin", "135790")
    key, certificate, _ = pkcs12.load_key_and_certificates(bought()[0], b"mua")
    keys = {
        "head": (unlocked(issued().key_pem, PIN), issued().certificate_pem),
        "dich-vu": (key, certificate.public_bytes(Encoding.PEM).decode()),
        "lone": (unlocked(issued("unit").key_pem, PIN), ""),
    }
    for at, (label, (key, _)) in enumerate(keys.items()):
        path = folder / f"{label}.pem"
        path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        run("--import", path, "--token", "the cua Hoi", "--label", label, "--id", f"0{at}", "--pin", "135790")
    with pkcs11.lib(str(SOFTHSM[0])).get_token(token_label="the cua Hoi").open(user_pin="135790", rw=True) as session:
        for label, (_, pem) in keys.items():
            if pem:
                store(session, label, pem)
    yield "the cua Hoi"
    os.environ.pop("SOFTHSM2_CONF")
    if before is not None:
        os.environ["SOFTHSM2_CONF"] = before


def run(*arguments):
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)


def store(session, label, pem):
    from pkcs11 import Attribute, CertificateType, ObjectClass

    from thidua.doors.signing.certificates import read_certificate, to_asn1

    certificate = to_asn1(read_certificate(pem))
    session.create_object(
        {
            Attribute.CLASS: ObjectClass.CERTIFICATE,
            Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
            Attribute.TOKEN: True,
            Attribute.LABEL: label,
            Attribute.SUBJECT: certificate.subject.dump(),
            Attribute.VALUE: certificate.dump(),
        }
    )


def token_key(token, label="head", pin="135790", **changes):
    return TokenKey(**{"library": str(SOFTHSM[0]), "token_label": token, "key_label": label, "pin": pin} | changes)


def test_a_token_signs_with_its_own_certificate_and_with_one_given(token):
    first = signed(small_paper(), key=token_key(token))
    second = signed(
        first, "unit", key=token_key(token, "lone", certificate_pem=issued("unit").certificate_pem), certify=False
    )
    file = verify_pdf(second, roots(), at=AT)
    assert file.intact and [one.account for one in file.signatures] == ["head", "unit"]


def test_a_token_with_an_rsa_key_signs(token):
    file = verify_pdf(signed(small_paper(), key=token_key(token, "dich-vu")), [bought()[1]], at=AT)
    assert [one.intact for one in file.signatures] == [True]


def test_a_token_without_the_certificate_of_the_key_in_the_file_is_refused(token):
    with pytest.raises(TokenTrouble, match="kèm chứng thư"):
        signed(small_paper(), key=token_key(token, "lone"))
    with pytest.raises(BadSignature):
        signed(small_paper(), key=token_key(token, "lone", certificate_pem=issued("head").certificate_pem))


@pytest.mark.parametrize("pin", ["000000", "", "1" * 20_000, "sai\0"])
def test_a_wrong_pin_of_the_token_signs_nothing_and_the_right_one_does_after(token, pin):
    with pytest.raises(WrongPin, match="Mã PIN của thẻ"):
        signed(small_paper(), key=token_key(token, pin=pin))
    with token_key(token).opened() as opened:
        assert opened.sign(b"bytes")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"token_label": "the khac"}, "Không thấy thẻ"),
        ({"key_label": "khong co"}, "không có đúng một khóa"),
        ({"library": "/khong/co.so"}, "Chưa có thư viện"),
        ({"library": __file__}, "không trả lời"),
    ],
)
def test_a_token_that_is_not_there_is_told(token, changes, words):
    with pytest.raises(TokenTrouble, match=words):
        signed(small_paper(), key=token_key(token, **changes))


def test_a_token_forgets_the_pin_between_two_signatures(token):
    signed(small_paper(), key=token_key(token))
    with pytest.raises(WrongPin):
        signed(small_paper(), key=token_key(token, pin="246810"))


def test_trouble_with_the_paper_is_not_blamed_on_the_token(token):
    with pytest.raises(CertificateExpired):
        signed(small_paper(), key=token_key(token), at=AT.replace(year=2035))
    with pytest.raises(ValueError, match="zone"):
        signed(small_paper(), key=token_key(token), at=AT.replace(tzinfo=None))
    assert signed(small_paper(), key=key_of())
