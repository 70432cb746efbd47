"""Signing a paper: every signature is made in two halves, and between them stand the bytes to sign, whether the key
lies here, on a token or with a service far away."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unicodedata import normalize

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from .certificates import person_of, read_certificate, read_chain, require_in_force, to_pem
from .failures import BadSignature, SigningFailure
from .keys import Key
from .marks import Mark
from .times import in_vietnam

MOST_LETTERS = 200


@dataclass(frozen=True)
class Prepared:
    """A signature half made. ``pdf`` has the empty room for it, ``state`` (JSON) is needed to finish, ``to_sign`` are
    the bytes whose ``digest_algorithm`` the key signs."""

    pdf: bytes
    state: dict[str, Any]
    to_sign: bytes
    digest_algorithm: str = "sha256"


def sign_pdf(
    pdf: bytes, part: str, key: Key, mark: Mark, *, at: datetime, reason: str, location: str, certify: bool
) -> bytes:
    """The signed paper; it begins with the very bytes of `pdf`. `certify` on the first signature only.

    Raises ``SigningFailure`` (wrong PIN, certificate out of time, clock set back, token, no such place).
    """
    with key.opened() as opened:
        prepared = _prepared(pdf, part, opened.certificate, opened.chain, mark, at, reason, location, certify)
        return finish_remote(prepared.pdf, prepared.state, opened.sign(prepared.to_sign))


def prepare_remote(
    pdf: bytes,
    part: str,
    *,
    certificate_pem: str,
    chain_pem: str = "",
    mark: Mark,
    at: datetime,
    reason: str,
    location: str,
    certify: bool,
) -> Prepared:
    """The first half of a signature whose key lies elsewhere. Raises ``SigningFailure``."""
    certificate, chain = read_certificate(certificate_pem), read_chain(chain_pem)
    return _prepared(pdf, part, certificate, chain, mark, at, reason, location, certify)


def finish_remote(prepared_pdf: bytes, state: Mapping[str, Any], raw_signature: bytes) -> bytes:
    """The signed paper. ECDSA signatures may come as DER or as the two numbers side by side, RSA as PKCS #1 v1.5.

    Raises ``BadSignature`` when it was not made with the certificate over these bytes, ``SigningFailure`` when the
    prepared file is not the one of this state.
    """
    from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest

    from .writing import awaited, filled, signature_message

    room = PreparedByteRangeDigest(bytes.fromhex(state["document_digest"]), int(state["start"]), int(state["end"]))
    signed_part = prepared_pdf[: room.reserved_region_start] + prepared_pdf[room.reserved_region_end :]
    if not hmac.compare_digest(hashlib.sha256(signed_part).digest(), room.document_digest):
        raise SigningFailure("Tệp chờ ký không còn như lúc chuẩn bị. Chưa ký gì cả, xin bắt đầu ký lại.")
    certificate, chain = read_certificate(state["certificate"]), read_chain(state["chain"])
    attributes = base64.b64decode(state["attributes"])
    signature = checked_signature(certificate, raw_signature, attributes)
    message = awaited(signature_message(certificate, chain, cms.CMSAttributes.load(attributes), signature))
    return filled(prepared_pdf, room, message)


def checked_signature(certificate: x509.Certificate, signature: bytes, content: bytes) -> bytes:
    """The signature in the form a PDF carries it. Raises ``BadSignature``."""
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
            return signature
        if isinstance(key, ec.EllipticCurvePublicKey):
            signature = _in_der(signature, (key.key_size + 7) // 8)
            key.verify(signature, content, ec.ECDSA(hashes.SHA256()))
            return signature
    except InvalidSignature as problem:
        raise BadSignature(
            "Chữ ký nhận được không khớp với chứng thư và văn bản này. Chưa ghi gì cả; "
            "xin kiểm tra đã ký đúng tệp được đưa ra và dùng đúng khóa."
        ) from problem
    raise SigningFailure("Loại khóa này chưa dùng được; cần RSA hoặc ECDSA.")


def _prepared(
    pdf: bytes,
    part: str,
    certificate: x509.Certificate,
    chain: Sequence[x509.Certificate],
    mark: Mark,
    at: datetime,
    reason: str,
    location: str,
    certify: bool,
) -> Prepared:
    from .writing import room_for_signature

    require_in_force(certificate, in_vietnam(at))
    prepared_pdf, room, attributes = room_for_signature(
        pdf,
        part,
        certificate,
        chain,
        mark,
        at=at,
        reason=_one_line(reason),
        location=_one_line(location),
        name=_one_line(person_of(certificate)["name"]),
        certify=certify,
    )
    state = {
        "document_digest": room.document_digest.hex(),
        "start": room.reserved_region_start,
        "end": room.reserved_region_end,
        "attributes": base64.b64encode(attributes).decode(),
        "certificate": to_pem(certificate),
        "chain": "".join(to_pem(one) for one in chain),
    }
    return Prepared(prepared_pdf, state, attributes)


def _in_der(signature: bytes, size: int) -> bytes:
    """ECDSA as two numbers in DER; services and tokens also give the numbers side by side, `size` bytes each."""
    is_der = signature[:1] == b"\x30" and len(signature) == 2 + signature[1]
    if is_der or len(signature) != 2 * size:
        return signature
    return encode_dss_signature(int.from_bytes(signature[:size]), int.from_bytes(signature[size:]))


def _one_line(text: str) -> str:
    seen = (letter for letter in re.sub(r"\s+", " ", normalize("NFC", text)) if letter.isprintable())
    return "".join(seen).strip()[:MOST_LETTERS]
