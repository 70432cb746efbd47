"""The page of evidence of one paper, read from the database, the store of files and the files' own signatures."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.doors.files import FileStore
from thidua.doors.signing import SignatureVerdict, SigningFailure, describe
from thidua.models import Paper, PaperDraft, Signature, SigningKey
from thidua.models.journal import chain_damages
from thidua.models.paper import ADDENDUM, NOTICE
from thidua.models.paper_links import PaperLine, papers_beside
from thidua.models.signing import INK, MEANS
from thidua.papers.proof import Asked, Check, Trust, asked_of, checks_of, journal_read
from thidua.rules.devices import UNKNOWN, device_words
from thidua.rules.paper_content import Correction, corrections_from_plain
from thidua.rules.signing import LABELS

UNSIGNED_MEANS = "Đã xác nhận bằng mật khẩu"
"""How papers were signed before there were certificates."""


@dataclass(frozen=True, slots=True)
class SignedBy:
    """A signature with all that is known of it. ``certificate`` [(term, text)] as it describes itself; ``verdict`` what
    the file proves, None where it carries no electronic signature."""

    signature: Signature
    label: str
    means: str
    certificate: list[tuple[str, str]]
    verdict: SignatureVerdict | None

    @property
    def is_ink(self) -> bool:
        return self.signature.means == INK

    @property
    def device(self) -> str:
        """In words; what is no browser's own name stands as it was kept."""
        words = device_words(self.signature.device)
        return self.signature.device if words == UNKNOWN else words


@dataclass(frozen=True, slots=True)
class Evidence:
    """``checks`` were made just now; ``others`` are the papers of the same half-day; ``corrected``: of minutes, each
    addendum with what it changes."""

    checks: list[Check]
    signed: list[SignedBy]
    steps: int
    head_hash: str
    others: list[PaperLine]
    drafts: list[PaperDraft]
    corrected: list[tuple[PaperLine, tuple[Correction, ...]]]

    @property
    def is_whole(self) -> bool:
        return not any(check.faults for check in self.checks)


def evidence_of(session: Session, paper: Paper, store: FileStore, at: datetime, *, public: bool) -> Evidence:
    """Everything is tried anew: text, numbers, files, signatures, and the chain of the whole journal.

    ``public``: for the unit, which reads neither drafts nor unsigned notices.
    """
    assert paper.conclusion is not None
    checklist_session = paper.conclusion.checklist_session
    told = journal_read(session, checklist_session.id)
    asked = asked_of(session, paper, told, store, Trust.now(session, at))
    chain = chain_damages(
        (entry for entry, _ in told), revision=checklist_session.revision, head_hash=checklist_session.head_hash
    )
    checks = [*checks_of(asked), Check(f"Nhật ký của buổi kiểm tra liền mạch, {len(told)} bước", tuple(chain))]
    others = papers_beside(session, paper, public=public)
    return Evidence(
        checks=checks,
        signed=_signed(session, asked),
        steps=len(told),
        head_hash=checklist_session.head_hash,
        others=others,
        drafts=[] if public else _drafts(session, paper.conclusion.id),
        corrected=_corrected(session, [one for one in others if one.amends_id == paper.id]),
    )


def _corrected(session: Session, addenda: list[PaperLine]) -> list[tuple[PaperLine, tuple[Correction, ...]]]:
    """Read from the frozen addenda: what was typed into a draft may have been reworded, what is frozen holds."""
    ids = [one.id for one in addenda]
    frozen = {row.id: row.frozen for row in session.execute(select(Paper.id, Paper.frozen).where(Paper.id.in_(ids)))}
    typed = {id: json.loads(text).get("content", {}).get("corrections", ()) for id, text in frozen.items()}
    return [(one, corrections_from_plain(typed[one.id])) for one in addenda]


def _drafts(session: Session, conclusion_id: int) -> list[PaperDraft]:
    return list(
        session.scalars(
            select(PaperDraft)
            .where(
                PaperDraft.conclusion_id == conclusion_id,
                PaperDraft.role.in_((ADDENDUM, NOTICE)),
                PaperDraft.paper_id.is_(None),
                PaperDraft.discarded_at.is_(None),
            )
            .order_by(PaperDraft.id)
        )
    )


def _signed(session: Session, asked: Asked) -> list[SignedBy]:
    signatures = asked.paper.signatures
    ids = {one.key_id for one in signatures if one.key_id}
    keys = {key.id: key for key in session.scalars(select(SigningKey).where(SigningKey.id.in_(ids)))} if ids else {}
    verdicts = {one.part: one for one in asked.read.signatures} if asked.read else {}
    return [
        SignedBy(
            one,
            LABELS[one.part],
            MEANS.get(one.means, UNSIGNED_MEANS),
            _certificate(keys.get(one.key_id or 0)),
            verdicts.get(one.part),
        )
        for one in signatures
    ]


def _certificate(key: SigningKey | None) -> list[tuple[str, str]]:
    if key is None:
        return []
    try:
        told = describe(key.certificate)
    except SigningFailure as failure:
        return [("Chứng thư", failure.sentence)]
    return [
        ("Chứng thư cấp cho", ", ".join(filter(None, (told["name"], told["office"], told["organisation"])))),
        ("Nơi cấp", told["issuer"]),
        ("Số chứng thư", told["serial"]),
        ("Hiệu lực", f"từ {told['not_before']:%d/%m/%Y} đến {told['not_after']:%d/%m/%Y}"),
        ("Loại khóa", told["key"]),
        ("Dấu chứng thư (SHA-256)", told["fingerprint"]),
        ("Thu hồi", f"{key.revoked_at:%d/%m/%Y}, {key.revoked_reason}" if key.revoked_at else ""),
    ]
