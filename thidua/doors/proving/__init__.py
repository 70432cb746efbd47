"""What the signatures of a PDF from anybody prove, told by a process that ends with the file."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from thidua.doors.one_shot import ChildBusy, ChildDied, ChildSlow, ask_child
from thidua.doors.signing import SignatureVerdict, SignedFile

__all__ = ["ChildBusy", "has_signature", "verify_apart"]

CHILD = Path(__file__).with_name("child.py")
UNREADABLE = SignedFile((), 0, intact=False, trailing_change=False, readable=False)


def has_signature(pdf: bytes) -> bool:
    """Whether it holds anything that claims to be a signature; a file without needs no proving."""
    return b"/ByteRange" in pdf


def verify_apart(pdf: bytes, roots: Sequence[str], *, at: datetime, revoked: Mapping[str, datetime]) -> SignedFile:
    """``verify_pdf`` in a process of its own, about a second: for files that did not come from our own store.

    A file that breaks or stops that process is not readable. Raises ``ChildBusy``.
    """
    words = {
        "roots": list(roots),
        "at": at.isoformat(),
        "revoked": {mark: since.isoformat() for mark, since in revoked.items()},
    }
    try:
        plain = ask_child(CHILD, words, pdf)
    except (ChildDied, ChildSlow):
        return UNREADABLE
    return SignedFile(**plain | {"signatures": tuple(map(_signature, plain["signatures"]))})


def _signature(plain: dict[str, Any]) -> SignatureVerdict:
    signed_at = plain["signed_at"]
    return SignatureVerdict(**plain | {"signed_at": datetime.fromisoformat(signed_at) if signed_at else None})
