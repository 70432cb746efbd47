"""The federation's own small certificate authority: it says which key is whose (RFC 5280, EC P-256)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from stringprep import in_table_a1

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from ..pdf.fonts import printable
from .certificates import FULL_NAME, fingerprint, read_certificate, to_pem
from .failures import SigningFailure, WrongPin
from .keys import PrivateKey, locked, new_private_key
from .times import in_vietnam

AUTHORITY_YEARS = 20
COMMON_NAME_BYTES, FIELD_LETTERS, NAME_LETTERS = 64, 64, 200


@dataclass(frozen=True)
class IssuedPair:
    """``key_pem`` is encrypted under the instance's secret."""

    certificate_pem: str
    key_pem: str


@dataclass(frozen=True)
class Subject:
    """Whose certificate it is. The organisation's own has its name in ``name`` and no ``account``."""

    name: str
    office: str = ""
    organisation: str = ""
    account: str = ""


@dataclass(frozen=True)
class Issued:
    """``key_pem`` is encrypted with the PIN; ``fingerprint`` is the SHA-256 of the certificate; times are aware."""

    certificate_pem: str
    key_pem: str
    fingerprint: str
    not_before: datetime
    not_after: datetime
    chain_pem: str = ""


def new_authority(name: str, *, secret: bytes, at: datetime) -> IssuedPair:
    """A self-signed root for twenty years that may issue certificates of persons and nothing else."""
    key = new_private_key()
    said = _one_line(name, NAME_LETTERS)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, _within_bytes(said, COMMON_NAME_BYTES)),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _one_line(name, FIELD_LETTERS)),
        ]
    )
    begins = _whole_second(at)
    certificate = (
        _builder(subject, subject, key, begins, _years_later(begins, AUTHORITY_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    encrypted = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(secret))
    return IssuedPair(to_pem(certificate), encrypted.decode())


def issue_certificate(
    authority_cert_pem: str,
    authority_key_pem: str,
    *,
    secret: bytes,
    subject: Subject,
    pin: str,
    at: datetime,
    years: int = 3,
) -> Issued:
    """A new key and its certificate, from now for `years`, never longer than the authority's own.

    Raises ``SigningFailure`` when the authority cannot be used (another secret, time over), ValueError without a name.
    """
    authority = read_certificate(authority_cert_pem)
    authority_key = _authority_key(authority_key_pem, secret)
    begins = _whole_second(at)
    ends = min(_years_later(begins, years), authority.not_valid_after_utc)
    if not authority.not_valid_before_utc <= begins < ends:
        raise SigningFailure(
            f"Đồng hồ máy chủ chỉ ngày {in_vietnam(at):%d/%m/%Y}, ngoài thời hạn của nơi cấp chứng thư. "
            "Chưa cấp chứng thư nào, xin báo người quản trị kiểm tra giờ của máy chủ."
        )
    key = new_private_key()
    certificate = (
        _builder(_subject_name(subject), authority.subject, key, begins, ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    return _issued(certificate, key, pin)


def import_pkcs12(content: bytes, passphrase: str, *, pin: str) -> Issued:
    """A key bought elsewhere (.p12, .pfx), from now on under the person's PIN. Raises ``WrongPin`` for the passphrase
    of the file, ``SigningFailure`` when it holds no usable key."""
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, passphrase.encode() or None)
    except ValueError as problem:
        raise WrongPin("Tệp khóa không mở được: mật khẩu của tệp chưa đúng, hoặc tệp không phải .p12.") from problem
    if certificate is None or not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise SigningFailure("Tệp không có đủ khóa và chứng thư số (RSA hoặc ECDSA).")
    return _issued(certificate, key, pin, "".join(to_pem(other) for other in others))


def _issued(certificate: x509.Certificate, key: PrivateKey, pin: str, chain_pem: str = "") -> Issued:
    return Issued(
        to_pem(certificate),
        locked(key, pin),
        fingerprint(certificate),
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
        chain_pem,
    )


def _authority_key(pem: str, secret: bytes) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(pem.encode(), secret)
    except (ValueError, TypeError) as problem:
        raise SigningFailure(
            "Khóa của nơi cấp chứng thư không mở được: bí mật của máy chủ (secret_key) đã khác lúc lập."
        ) from problem
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, begins: datetime, ends: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(**allowed: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in names})


def _subject_name(subject: Subject) -> x509.Name:
    name = _one_line(subject.name, NAME_LETTERS)
    if not name:
        raise ValueError("a certificate needs a name")
    parts = [(NameOID.COMMON_NAME, _within_bytes(name, COMMON_NAME_BYTES)), (FULL_NAME, name)]
    parts += [
        (NameOID.TITLE, _one_line(subject.office, FIELD_LETTERS)),
        (NameOID.ORGANIZATION_NAME, _one_line(subject.organisation, FIELD_LETTERS)),
        (NameOID.USER_ID, _one_line(subject.account, FIELD_LETTERS)),
    ]
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts if text])


def _one_line(text: str, most: int) -> str:
    """As it can be printed in the mark, at most so many letters. What names in certificates may not hold
    (RFC 4518, 2.4: letters younger than Unicode 3.2) becomes "?"."""
    spaced = re.sub(r"\s+", " ", printable(text))
    return "".join("?" if in_table_a1(letter) else letter for letter in spaced).strip()[:most].strip()


def _within_bytes(text: str, most: int) -> str:
    """Whole words as far as they fit, else whole letters."""
    if len(text.encode()) <= most:
        return text
    cut = text.encode()[: most + 1].decode(errors="ignore")
    words = cut.rpartition(" ")[0]
    return words or text.encode()[:most].decode(errors="ignore")


def _whole_second(at: datetime) -> datetime:
    return in_vietnam(at).astimezone(UTC).replace(microsecond=0)


def _years_later(at: datetime, years: int) -> datetime:
    try:
        return at.replace(year=at.year + years)
    except ValueError:  # 29 February
        return at.replace(year=at.year + years, day=28)
