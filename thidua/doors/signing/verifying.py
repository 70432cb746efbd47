"""What a PDF proves: who signed it, with whose certificate, and whether anything was changed or added since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SignatureVerdict:
    """``part``: the name of the field. Names and times are as the certificate and the signature say; believe them
    only when ``trusted``. ``whole``: the file is what this person signed, with nothing after but further signatures.
    ``reason_words``: the finding in one Vietnamese sentence."""

    part: str
    name: str
    office: str
    organisation: str
    signed_at: datetime | None
    fingerprint: str
    intact: bool
    trusted: bool
    whole: bool
    expired_now: bool
    reason_words: str
    account: str = ""
    issuer: str = ""


@dataclass(frozen=True)
class SignedFile:
    """``fields``: places to sign, signed or not. ``intact``: it is signed, and every signature is ``whole``.
    ``trailing_change``: something follows the last signature. ``readable``: it is a PDF, be it a damaged one whose
    signatures cannot be found."""

    signatures: tuple[SignatureVerdict, ...]
    fields: int
    intact: bool
    trailing_change: bool
    readable: bool


def verify_pdf(
    pdf: bytes, roots: Sequence[str], *, at: datetime, revoked: Mapping[str, datetime] | None = None
) -> SignedFile:
    """The signatures of a file from anywhere, in the order they were made. Never raises for what the file holds.

    `roots`: PEM certificates that are believed. Certificates are judged at the time each signature names; `at` (aware)
    is now. `revoked`: fingerprint -> since when a certificate no longer counts.
    """
    from .judging import signed_file

    return signed_file(pdf, roots, at, revoked or {})
