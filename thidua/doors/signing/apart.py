"""Signing in the worker process that prints: a signature takes a quarter of a second of somebody's processor, and ten
at once must not take it from those who score. The key travels encrypted, with its PIN, to a process of ours."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from thidua.doors.pdf import ask_worker
from thidua.doors.print_failures import RenderFailure

from . import failures
from .failures import SigningFailure
from .keys import LocalKey
from .marks import Mark
from .verifying import SignatureVerdict, SignedFile

BUSY = "Máy chủ đang in và ký nhiều văn bản cùng lúc. Chưa ký gì cả; xin ký lại sau ít giây."


def sign_apart(
    pdf: bytes, part: str, key: LocalKey, mark: Mark, *, at: datetime, reason: str, location: str, certify: bool
) -> bytes:
    """``sign_pdf`` with a key of ours. Raises as it does, and ``SigningFailure`` when the worker is busy or broken."""
    words = {
        "job": "sign",
        "part": part,
        "key": asdict(key),
        "lines": mark.lines,
        "colour": mark.colour,
        "frame": mark.frame,
        "at": at.isoformat(),
        "said": {"reason": reason, "location": location, "certify": certify},
    }
    return _asked(words, [pdf, mark.picture or b""])[1][0]


def prove_apart(
    pdf: bytes, roots: Sequence[str], *, at: datetime, revoked: Mapping[str, datetime] | None = None
) -> SignedFile:
    """``verify_pdf`` of a file of our own making; those of strangers go to ``doors.proving``. Raises as above."""
    since = {fingerprint: moment.isoformat() for fingerprint, moment in (revoked or {}).items()}
    words = {"job": "verify", "roots": list(roots), "at": at.isoformat(), "revoked": since}
    found = _asked(words, [pdf])[0]["found"]
    return SignedFile(**found | {"signatures": tuple(map(_verdict, found["signatures"]))})


def _verdict(plain: dict[str, Any]) -> SignatureVerdict:
    signed_at = plain["signed_at"]
    return SignatureVerdict(**plain | {"signed_at": datetime.fromisoformat(signed_at) if signed_at else None})


def _asked(words: dict[str, Any], pieces: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    try:
        answer, given = ask_worker(words, pieces)
    except RenderFailure as failure:
        raise SigningFailure(BUSY) from failure
    if "refused" in answer:
        kind = getattr(failures, answer["refused"], SigningFailure)
        raise kind(answer["sentence"])
    return answer, given
