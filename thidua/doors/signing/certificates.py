"""Reading certificates (X.509): whose they are, until when, their fingerprint."""

from datetime import UTC, datetime
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID, ObjectIdentifier

from .failures import CertificateExpired, CertificateNotYetValid, SigningFailure
from .times import said

FULL_NAME = ObjectIdentifier("2.5.4.41")
"""The whole name of a person: a common name holds 64 bytes only, and Vietnamese letters take up to three each."""


def read_certificate(pem: str) -> x509.Certificate:
    """Raises ``SigningFailure`` when it is none."""
    try:
        return x509.load_pem_x509_certificate(pem.encode())
    except ValueError as problem:
        raise SigningFailure("Chứng thư số không đọc được.") from problem


def read_chain(pem: str) -> list[x509.Certificate]:
    """The certificates in a text; none in an empty one. Raises ``SigningFailure``."""
    if not pem.strip():
        return []
    try:
        return x509.load_pem_x509_certificates(pem.encode())
    except ValueError as problem:
        raise SigningFailure("Chuỗi chứng thư số không đọc được.") from problem


def to_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def from_asn1(certificate: asn1_x509.Certificate) -> x509.Certificate:
    """Raises ValueError when it is not well formed."""
    return x509.load_der_x509_certificate(certificate.dump())


def to_pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the DER bytes, 64 hex letters."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def fingerprint_of(certificate_pem: str) -> str:
    """SHA-256 of the DER bytes, 64 hex letters. Raises ``SigningFailure``."""
    return fingerprint(read_certificate(certificate_pem))


def describe(certificate_pem: str) -> dict[str, Any]:
    """For a page: ``name, office, organisation, account, issuer, serial, not_before, not_after, fingerprint, key``.

    Times are aware. Raises ``SigningFailure``.
    """
    certificate = read_certificate(certificate_pem)
    return person_of(certificate) | {
        "issuer": issuer_of(certificate),
        "serial": f"{certificate.serial_number:x}",
        "not_before": certificate.not_valid_before_utc,
        "not_after": certificate.not_valid_after_utc,
        "fingerprint": fingerprint(certificate),
        "key": _key_words(certificate),
    }


def person_of(certificate: x509.Certificate) -> dict[str, str]:
    """``name, office, organisation, account`` as the certificate says; empty what it does not say."""
    subject = certificate.subject
    return {
        "name": first(subject, FULL_NAME) or first(subject, NameOID.COMMON_NAME),
        "office": first(subject, NameOID.TITLE),
        "organisation": first(subject, NameOID.ORGANIZATION_NAME),
        "account": first(subject, NameOID.USER_ID),
    }


def issuer_of(certificate: x509.Certificate) -> str:
    issuer = certificate.issuer
    return first(issuer, NameOID.COMMON_NAME) or first(issuer, NameOID.ORGANIZATION_NAME)


def first(name: x509.Name, oid: ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def require_in_force(certificate: x509.Certificate, at: datetime) -> None:
    """Raises ``CertificateExpired`` or ``CertificateNotYetValid``; `at` is aware."""
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if at.astimezone(UTC) < begins:
        raise CertificateNotYetValid(
            f"Chứng thư số có hiệu lực từ {said(begins)}, mà đồng hồ máy chủ đang chỉ {said(at)}. "
            "Chưa ký gì cả. Xin báo người quản trị kiểm tra giờ của máy chủ."
        )
    if at.astimezone(UTC) > ends:
        raise CertificateExpired(
            f"Chứng thư số đã hết hạn lúc {said(ends)}. Chưa ký gì cả. Xin cấp chứng thư mới rồi ký lại."
        )


def _key_words(certificate: x509.Certificate) -> str:
    key = certificate.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"ECDSA {key.curve.name}"
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA {key.key_size}"
    return type(key).__name__
