"""Keys kept by the program: encrypted with the person's PIN, opened only for one signature."""

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Protocol
from unicodedata import normalize

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from .certificates import read_certificate, read_chain
from .failures import SigningFailure, WrongPin

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

# A PIN is short: what it opens is made slow to try (scrypt, RFC 7914; 32 MB and about 0.1 s a try).
SCRYPT_COST, SCRYPT_BLOCK = 2**15, 8
_HEADER = re.compile(r"\AStretched: scrypt (\d{1,2}) (\d{1,2}) ([0-9a-f]{32})\n")


@dataclass(frozen=True)
class OpenedKey:
    """A key ready to sign. ``sign`` takes the bytes and gives the signature over their SHA-256: DER for ECDSA,
    PKCS #1 v1.5 for RSA."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    sign: Callable[[bytes], bytes]


class Key(Protocol):
    """What ``sign_pdf`` signs with. ``opened`` raises ``SigningFailure`` when the key cannot be reached."""

    def opened(self) -> AbstractContextManager[OpenedKey]: ...


@dataclass(frozen=True)
class LocalKey:
    """A key kept by the program, opened with its owner's PIN."""

    certificate_pem: str
    key_pem: str = field(repr=False)
    pin: str = field(repr=False)
    chain_pem: str = ""

    @contextmanager
    def opened(self) -> Iterator[OpenedKey]:
        certificate = read_certificate(self.certificate_pem)
        key = unlocked(self.key_pem, self.pin)
        if _public_bytes(key) != certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo):
            raise SigningFailure("Khóa ký và chứng thư số không phải một cặp. Chưa ký gì cả, xin báo người quản trị.")
        yield OpenedKey(certificate, tuple(read_chain(self.chain_pem)), lambda content: signature_of(key, content))


def new_private_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def locked(key: PrivateKey, pin: str) -> str:
    """PEM (PKCS #8), encrypted with what scrypt makes of the PIN; the salt stands in the line before it."""
    salt = os.urandom(16)
    passphrase = _stretched(pin, salt, SCRYPT_COST, SCRYPT_BLOCK)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase)).decode()
    return f"Stretched: scrypt {SCRYPT_COST.bit_length() - 1} {SCRYPT_BLOCK} {salt.hex()}\n{pem}"


def unlocked(key_pem: str, pin: str) -> PrivateKey:
    """Raises ``WrongPin``, or ``SigningFailure`` when what is stored is not such a key."""
    header = _HEADER.match(key_pem)
    if header is None or "-----BEGIN ENCRYPTED PRIVATE KEY-----" not in key_pem or int(header[1]) > 18:
        raise SigningFailure("Khóa ký đã lưu không đọc được. Chưa ký gì cả, xin báo người quản trị.")
    passphrase = _stretched(pin, bytes.fromhex(header[3]), 1 << int(header[1]), int(header[2]))
    try:
        key = load_pem_private_key(key_pem[header.end() :].encode(), passphrase)
    except (ValueError, TypeError) as problem:
        raise WrongPin from problem
    assert isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey)
    return key


def change_pin(key_pem: str, old: str, new: str) -> str:
    """The same key under another PIN. Raises ``WrongPin``."""
    return locked(unlocked(key_pem, old), new)


def signature_of(key: PrivateKey, content: bytes) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(content, padding.PKCS1v15(), hashes.SHA256())
    return key.sign(content, ec.ECDSA(hashes.SHA256()))


def _stretched(pin: str, salt: bytes, cost: int, block: int) -> bytes:
    secret = normalize("NFC", pin).encode()
    made = hashlib.scrypt(secret, salt=salt, n=cost, r=block, p=1, maxmem=256 * cost * block, dklen=32)
    return made.hex().encode()


def _public_bytes(key: PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
