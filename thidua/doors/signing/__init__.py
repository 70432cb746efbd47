"""Electronic signatures: the federation's own authority, keys, the visible mark, signing and proving (PAdES-B-B).

Bytes in, bytes out; nothing is fetched from anywhere.
"""

from .authority import Issued, IssuedPair, Subject, import_pkcs12, issue_certificate, new_authority
from .certificates import describe, fingerprint_of
from .failures import (
    BadPicture,
    BadSignature,
    CertificateExpired,
    CertificateNotYetValid,
    ClockSetBack,
    NotAPlace,
    SigningFailure,
    TokenTrouble,
    WrongPin,
)
from .fields import add_fields, seal_place
from .keys import LocalKey, change_pin
from .marks import Mark
from .signing import Prepared, finish_remote, prepare_remote, sign_pdf
from .token import TokenKey
from .verifying import SignatureVerdict, SignedFile, verify_pdf

__all__ = [
    "BadPicture",
    "BadSignature",
    "CertificateExpired",
    "CertificateNotYetValid",
    "ClockSetBack",
    "Issued",
    "IssuedPair",
    "LocalKey",
    "Mark",
    "NotAPlace",
    "Prepared",
    "SignatureVerdict",
    "SignedFile",
    "SigningFailure",
    "Subject",
    "TokenKey",
    "TokenTrouble",
    "WrongPin",
    "add_fields",
    "change_pin",
    "describe",
    "fingerprint_of",
    "finish_remote",
    "import_pkcs12",
    "issue_certificate",
    "new_authority",
    "prepare_remote",
    "seal_place",
    "sign_pdf",
    "verify_pdf",
]
