"""The worker's side of ``apart.py``: plain values and bytes in and out (``doors/pdf/jobs.py`` lists them)."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import wraps
from typing import Any

from . import signing, verifying
from .failures import SigningFailure
from .keys import LocalKey
from .marks import Mark

Answer = tuple[dict[str, Any], list[bytes]]
Job = Callable[[dict[str, Any], Sequence[bytes]], Answer]


def refusing(job: Job) -> Job:
    """A refusal travels as its name and its sentence."""

    @wraps(job)
    def answered(words: dict[str, Any], pieces: Sequence[bytes]) -> Answer:
        try:
            return job(words, pieces)
        except SigningFailure as failure:
            return {"refused": type(failure).__name__, "sentence": failure.sentence}, []

    return answered


@refusing
def sign(words: dict[str, Any], pieces: Sequence[bytes]) -> Answer:
    mark = Mark(tuple(words["lines"]), pieces[1] or None, words["colour"], words["frame"])
    return {}, [
        signing.sign_pdf(
            pieces[0], words["part"], LocalKey(**words["key"]), mark, at=_moment(words["at"]), **words["said"]
        )
    ]


def verify(words: dict[str, Any], pieces: Sequence[bytes]) -> Answer:
    revoked = {fingerprint: _moment(since) for fingerprint, since in words["revoked"].items()}
    found = asdict(verifying.verify_pdf(pieces[0], words["roots"], at=_moment(words["at"]), revoked=revoked))
    for one in found["signatures"]:
        one["signed_at"] = one["signed_at"].isoformat() if one["signed_at"] else None
    return {"found": found}, []


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
