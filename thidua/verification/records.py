"""What we have on record of a file or a code: papers, their stored states, their scans, whom we trust."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from thidua.extensions import db
from thidua.models import Paper, PaperRevision, SignedScan, SigningKey
from thidua.models.paper import ADDENDUM

AT_ONCE = 500  # values in one query


def stored_sizes() -> list[int]:
    """Sizes in bytes of every PDF we have issued."""
    return list(db.session.scalars(select(PaperRevision.size).distinct()))


def revision_with(digests: Sequence[str]) -> PaperRevision | None:
    """The longest stored PDF with one of these SHA-256."""
    found: list[PaperRevision] = []
    for start in range(0, len(digests), AT_ONCE):
        some = digests[start : start + AT_ONCE]
        found += db.session.scalars(select(PaperRevision).where(PaperRevision.sha256.in_(some)))
    return max(found, key=lambda revision: revision.size, default=None)


def scan_with(sha256: str) -> SignedScan | None:
    """The attached scan that is this very file, unless it was taken back."""
    asked = select(SignedScan).where(SignedScan.sha256 == sha256, SignedScan.withdrawn_at.is_(None))
    return db.session.scalars(asked.order_by(SignedScan.id).limit(1)).first()


def paper_with_code(code: str) -> Paper | None:
    """The paper whose frozen text, or one of whose PDFs, has a SHA-256 that begins so; None when there are several."""
    frozen = select(Paper.id).where(Paper.sha256.startswith(code))
    stored = select(PaperRevision.paper_id).where(PaperRevision.sha256.startswith(code))
    ids = db.session.scalars(frozen.union(stored).limit(2)).all()
    return paper_of(ids[0]) if len(ids) == 1 else None


def paper_of(paper_id: int) -> Paper:
    """With all that is told of it."""
    return db.session.scalars(
        select(Paper)
        .where(Paper.id == paper_id)
        .options(
            selectinload(Paper.revisions),
            selectinload(Paper.signatures),
            selectinload(Paper.scans),
            joinedload(Paper.amends),
        )
    ).one()


def addenda_of(paper: Paper) -> list[Paper]:
    """The addenda that correct it, once everybody has signed them; oldest first."""
    asked = select(Paper).where(Paper.amends_id == paper.id, Paper.role == ADDENDUM).order_by(Paper.id)
    return [one for one in db.session.scalars(asked.options(selectinload(Paper.signatures))) if one.is_signed]


def revoked_since() -> dict[str, datetime]:
    """Fingerprint of every certificate that was taken back, and since when."""
    asked = select(SigningKey.fingerprint, SigningKey.revoked_at).where(SigningKey.revoked_at.is_not(None))
    return {fingerprint: at for fingerprint, at in db.session.execute(asked) if at}
