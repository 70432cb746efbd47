"""Papers signed with ink: the scan beside the frozen paper, and the entry into the register that completes it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from thidua.models.actor import Actor
from thidua.models.checklist_session import ChecklistSession
from thidua.models.journal import JournalEntry
from thidua.models.paper import MINUTES, ON_PAPER, Paper, Signature, SignedScan
from thidua.models.register import RegisterEntry
from thidua.models.signing import INK
from thidua.rules import lifecycle
from thidua.rules.errors import InvalidEntry, Refused
from thidua.rules.signing import LABELS

ELECTRONIC_ONLY = "Văn bản này ký điện tử trong chương trình, không có bản ký tay để đính kèm."
REGISTERED = "Văn bản này đã vào sổ"


@dataclass(frozen=True, slots=True)
class InkSigner:
    """Whose signature stands on the paper, for which part; ``authority``: the formula when for somebody else."""

    part: str
    name: str
    office: str = ""
    authority: str = ""


def require_ink(paper: Paper) -> None:
    """Raise ``Refused`` for a paper that is signed electronically."""
    if paper.means != ON_PAPER:
        raise Refused(ELECTRONIC_ONLY)


def attach_scan(paper: Paper, scan: SignedScan, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
    """Put a stored scan beside its paper, before or after the entry into the register. ``scans`` are loaded."""
    require_ink(paper)
    if any(one.sha256 == scan.sha256 and not one.withdrawn_at for one in paper.scans):
        raise Refused("Tệp này đã được đính kèm rồi.")
    paper.scans.append(scan)
    payload = {
        "minutes": paper.sha256,
        "scan": scan.sha256,
        "file_name": scan.file_name,
        "pages": scan.pages,
        "codes": scan.page_codes,
    }
    return _room(paper).record_paper("scan.attached", payload, by=by, at=at, op_id=op_id)


def withdraw_scan(paper: Paper, scan: SignedScan, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
    """Take back a scan of a wrong or blurred page; the file stays. After the register nothing is taken back."""
    if scan.withdrawn_at:
        raise Refused("Bản quét này đã được rút trước đó.")
    if paper.number is not None and not any(one.id != scan.id and not one.withdrawn_at for one in paper.scans):
        raise Refused(f"{REGISTERED} với bản quét này. Xin đính kèm bản quét khác trước khi rút.")
    scan.withdrawn_at = at
    payload = {"minutes": paper.sha256, "scan": scan.sha256}
    return _room(paper).record_paper("scan.withdrawn", payload, by=by, at=at, op_id=op_id)


def require_can_register(paper: Paper) -> None:
    """Raise ``Refused`` unless it is signed on paper, not in the register yet, and a scan is there."""
    require_ink(paper)
    if paper.number is not None:
        raise Refused(f"{REGISTERED} với số {paper.number_label}.")
    if all(one.withdrawn_at for one in paper.scans):
        raise Refused("Chưa có bản quét hoặc ảnh chụp bản đã ký. Xin đính kèm trước khi vào sổ.")
    if paper.role == MINUTES:
        lifecycle.require_can_sign(_room(paper).state)


def require_signers(paper: Paper, signers: Sequence[InkSigner]) -> None:
    """Raise ``InvalidEntry`` unless everybody who is waited for is named; who refused may have signed after all."""
    named = {one.part for one in signers if one.name.strip()}
    for part in paper.missing_parts:
        if part not in named:
            raise InvalidEntry(f"Xin ghi ai đã ký ở chỗ {LABELS[part].lower()}.", field=part)


def register_signed(
    paper: Paper,
    entry: RegisterEntry,
    signers: Sequence[InkSigner],
    *,
    signed_on: date,
    by: Actor,
    at: datetime,
    address: str,
    device: str,
    op_id: str,
) -> JournalEntry:
    """The paper gets the number of ``entry`` and the signatures that stand on it; minutes end their half-day.

    ``by`` is who read the names from the paper and answers for them: a signature with ink has nobody's account.
    The paper's ``revisions``, ``signatures`` and ``scans`` are loaded. Raises a ``Refusal``.
    """
    require_can_register(paper)
    require_signers(paper, signers)
    original = paper.revisions[-1].sha256
    paper.number, paper.year = entry.number, entry.year
    for one in signers:
        paper.signatures.append(
            Signature(
                part=one.part,
                account_id=by.id,
                name=one.name[:120],
                office=one.office[:160],
                at=at,
                address=address[:64],
                device=device[:300],
                signed_sha256=original,
                means=INK,
                authority=one.authority[:200],
            )
        )
    payload: dict[str, Any] = {
        "minutes": paper.sha256,
        "number": paper.number_label,
        "year": paper.year,
        "signed_on": signed_on.isoformat(),
        "pdf": original,
        "signers": [asdict(one) for one in signers],
        "scans": [one.sha256 for one in paper.scans if not one.withdrawn_at],
    }
    room = _room(paper)
    if paper.role != MINUTES:
        return room.record_paper("paper.registered", payload, by=by, at=at, op_id=op_id)
    return room.record_registration(payload, by=by, at=at, op_id=op_id)


def _room(paper: Paper) -> ChecklistSession:
    assert paper.conclusion is not None  # papers of a plan are signed by issue 6
    return paper.conclusion.checklist_session
