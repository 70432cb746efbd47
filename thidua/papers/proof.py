"""What can be proved of a paper now: its text, its number, its files, its signatures, its place in the journal.

The page of evidence shows every check with its result; ``flask check`` prints what does not hold.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.doors.files import FileProblem, FileStore
from thidua.doors.signing import SignedFile, verify_pdf
from thidua.issuing.keys import trusted_roots
from thidua.models import JournalEntry, Paper, RegisterEntry, SigningKey
from thidua.models.finders import session_sheet
from thidua.models.paper import MINUTES, ON_PAPER
from thidua.models.score import plain_entry
from thidua.models.signing import INK
from thidua.rules.points import api_points
from thidua.rules.scoring import compute_totals

Told = Sequence[tuple[JournalEntry, dict[str, Any]]]
"""The journal of the half-day in order, each entry with what it says."""
Faults = Iterator[str]
REGISTERED = ("minutes.registered", "paper.registered")


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was tried just now. Without ``faults`` it holds."""

    what: str
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper with all that belongs to it loaded, the journal of its half-day, the stored files, whom we trust.

    ``read``: what the signatures inside the latest file prove; None when it carries none of ours, or is not there.
    """

    session: Session
    paper: Paper
    told: Told
    store: FileStore
    read: SignedFile | None


def asked_of(session: Session, paper: Paper, told: Told, store: FileStore, trust: "Trust") -> Asked:
    """With the signatures of its file verified."""
    return Asked(session, paper, told, store, _signatures_read(paper, store, trust))


@dataclass(frozen=True, slots=True)
class Trust:
    """PEM certificates that are believed, and fingerprints of those that no longer count, since when; ``at`` is now."""

    roots: Sequence[str]
    revoked: Mapping[str, datetime]
    at: datetime

    @classmethod
    def now(cls, session: Session, at: datetime) -> "Trust":
        """Whom we trust now."""
        rows = session.execute(
            select(SigningKey.fingerprint, SigningKey.revoked_at).where(SigningKey.revoked_at.is_not(None))
        )
        return cls(trusted_roots(session), {one.fingerprint: one.revoked_at for one in rows}, at)


def journal_read(session: Session, checklist_session_id: int) -> Told:
    """The whole journal; an entry damaged beyond reading says nothing (its hash tells that)."""
    entries = session.scalars(
        select(JournalEntry)
        .where(JournalEntry.checklist_session_id == checklist_session_id)
        .order_by(JournalEntry.revision)
    )
    return [(entry, _content(entry)) for entry in entries]


def checks_of(asked: Asked) -> list[Check]:
    """Every check that such a paper can be put to, in the order in which one would doubt."""
    return [Check(what, tuple(faults(asked))) for what, faults, applies in CHECKS if applies(asked)]


def _text_faults(asked: Asked) -> Faults:
    if hashlib.sha256(asked.paper.frozen.encode()).hexdigest() != asked.paper.sha256:
        yield "nội dung đã chốt bị sửa"


def _journal_faults(asked: Asked) -> Faults:
    """What was frozen is what the journal says was frozen, under the number it says."""
    paper = asked.paper
    kind, key = ("minutes.frozen", "minutes") if paper.role == MINUTES else ("paper.frozen", "paper")
    frozen = [said for entry, said in asked.told if entry.kind == kind and said.get(key) == paper.sha256]
    numbers = [said.get("number") for said in frozen]
    numbers += [
        said.get("number")
        for entry, said in asked.told
        if entry.kind in REGISTERED and said.get("minutes") == paper.sha256
    ]
    alone = paper.role != MINUTES or sum(entry.kind == kind for entry, _ in asked.told) == 1
    if not frozen or not alone or numbers[-1] != paper.number_label:
        yield "nội dung hoặc số không phải là nội dung, số đã chốt trong nhật ký"


def _head_faults(asked: Asked) -> Faults:
    paper = asked.paper
    hashes = {entry.revision: entry.hash for entry, _ in asked.told}
    head = {"revision": paper.journal_revision, "hash": paper.journal_hash}
    if _frozen(paper).get("journal") != head or hashes.get(paper.journal_revision) != paper.journal_hash:
        yield "dấu nhật ký in trong văn bản không còn trong nhật ký"


def _total_faults(asked: Asked) -> Faults:
    frozen = _frozen(asked.paper)
    if "scores" not in frozen or asked.paper.conclusion is None:
        return
    sheet = session_sheet(asked.session, asked.paper.conclusion.checklist_session)
    entries = {one["criterion"]: plain_entry(one) for one in frozen["scores"] if one["perspective"] == "agreed"}
    if api_points(compute_totals(sheet, entries).points) != frozen["total"]:
        yield "tổng điểm tính lại khác tổng điểm đã chốt"


def _file_faults(asked: Asked) -> Faults:
    before = b""
    for revision in asked.paper.revisions:
        try:
            content = asked.store.get(revision.sha256)
        except FileProblem as problem:
            yield f"bản {revision.number}: {problem}"
            continue
        if not content.startswith(before):
            yield f"bản {revision.number} không nối tiếp bản trước"
        before = content


def _signing_faults(asked: Asked) -> Faults:
    """Who signed what, and the file that came of it, are those of the journal, in its order."""
    paper = asked.paper
    files = [revision.sha256 for revision in paper.revisions]
    kept = [(one.account_id, one.name, one.part, one.signed_sha256) for one in paper.signatures if one.means != INK]
    signed = [
        (entry, said)
        for entry, said in asked.told
        if entry.kind in ("minutes.signed", "paper.signed") and said.get("minutes") == paper.sha256
    ]
    if kept != [(entry.actor_id, entry.actor_name, said.get("part"), said.get("pdf_before")) for entry, said in signed]:
        yield "chữ ký không khớp với nhật ký"
    chain = [said.get("pdf_before") for _, said in signed[:1]] + [said.get("pdf_after") for _, said in signed]
    if (chain or files[:1]) != files:
        yield "các bản lưu không phải là các bản đã ký"
    by_hand = [(one.part, one.name, one.office) for one in paper.signatures if one.means == INK]
    if by_hand != [
        (one["part"], one["name"], one["office"]) for said in _said(asked, *REGISTERED) for one in said["signers"]
    ]:
        yield "người ký tay không khớp với nhật ký"
    refused = [(one.account_id, one.name, one.part, one.reason) for one in paper.refusals]
    if refused != [
        (entry.actor_id, entry.actor_name, said.get("part"), said.get("reason"))
        for entry, said in asked.told
        if entry.kind == "paper.refused" and said.get("minutes") == paper.sha256
    ]:
        yield "việc không ký không khớp với nhật ký"
    if _frozen(paper).get("parts", paper.parts) != paper.parts:
        yield "những người phải ký không còn như lúc chốt"


def _signatures_read(paper: Paper, store: FileStore, trust: Trust) -> SignedFile | None:
    if not paper.revisions or not any(one.certificate for one in paper.signatures):
        return None
    try:
        content = store.get(paper.revisions[-1].sha256)
    except FileProblem:
        return None  # told by the check of the files
    return verify_pdf(content, trust.roots, at=trust.at, revoked=trust.revoked)


def _digital_faults(asked: Asked) -> Faults:
    """The signatures inside the file are those we recorded, made with the certificates we recorded."""
    if asked.read is None:
        return
    expected = {one.part: one for one in asked.paper.signatures if one.certificate}
    found = {one.part: one for one in asked.read.signatures}
    for part, signature in expected.items():
        verdict = found.pop(part, None)
        if verdict is None or verdict.fingerprint != signature.certificate:
            yield f"chữ ký số của {signature.name} không có trong tệp"
        elif not verdict.whole:
            yield f"chữ ký số của {signature.name}: {verdict.reason_words}"
    if found or asked.read.trailing_change:
        yield "tệp có chữ ký hoặc phần thêm vào không do chương trình ghi"


def _register_faults(asked: Asked) -> Faults:
    paper = asked.paper
    entry = asked.session.scalar(select(RegisterEntry).where(RegisterEntry.paper_id == paper.id))
    if paper.number is None:
        if paper.means != ON_PAPER or entry is not None:
            yield "chưa có số nhưng sổ đăng ký lại có"
    elif entry is None or entry.number_label != paper.number_label or entry.year != paper.year:
        yield "số không khớp với sổ đăng ký văn bản"


def _scan_faults(asked: Asked) -> Faults:
    scans = asked.paper.scans
    attached = [(said["scan"], said["codes"]) for said in _said(asked, "scan.attached")]
    withdrawn = [said["scan"] for said in _said(asked, "scan.withdrawn")]
    if attached != [(one.sha256, one.page_codes) for one in scans] or sorted(withdrawn) != sorted(
        one.sha256 for one in scans if one.withdrawn_at
    ):
        yield "các bản quét không khớp với nhật ký"
    for scan in scans:
        try:
            asked.store.get(scan.sha256)
        except FileProblem as problem:
            yield f"bản quét “{scan.file_name}”: {problem}"


def _always(_asked: Asked) -> bool:
    return True


def _has_scans(asked: Asked) -> bool:
    return bool(asked.paper.scans or _said(asked, "scan.attached"))


def _said(asked: Asked, *kinds: str) -> list[dict[str, Any]]:
    """What the journal says of this paper under these kinds."""
    return [said for entry, said in asked.told if entry.kind in kinds and said.get("minutes") == asked.paper.sha256]


CHECKS: tuple[tuple[str, Callable[[Asked], Faults], Callable[[Asked], bool]], ...] = (
    ("Nội dung đã chốt còn nguyên từng chữ", _text_faults, _always),
    ("Số và mã văn bản đúng như nhật ký đã ghi", _journal_faults, _always),
    ("Dấu nhật ký ghi trong văn bản vẫn nằm trong nhật ký", _head_faults, _always),
    ("Điểm cộng lại đúng bằng tổng điểm đã chốt", _total_faults, lambda asked: asked.paper.role == MINUTES),
    ("Các bản tệp PDF còn nguyên, bản sau nối tiếp bản trước", _file_faults, _always),
    ("Người ký và bản đã ký đúng như nhật ký", _signing_faults, _always),
    ("Chữ ký số trong tệp còn hiệu lực với tệp này", _digital_faults, lambda asked: asked.read is not None),
    ("Số văn bản đúng như sổ đăng ký", _register_faults, _always),
    ("Các bản quét đã đính kèm còn nguyên", _scan_faults, _has_scans),
)


def _frozen(paper: Paper) -> dict[str, Any]:
    try:
        read = json.loads(paper.frozen)
    except json.JSONDecodeError:
        return {}
    return read if isinstance(read, dict) else {}


def _content(entry: JournalEntry) -> dict[str, Any]:
    try:
        return entry.content
    except json.JSONDecodeError:
        return {}
