"""From a file or a code to the verdict: first the record, then the signatures, then the codes on its pages."""

from collections import Counter
from datetime import datetime

from thidua.doors.files import FileProblem
from thidua.doors.proving import has_signature, verify_apart
from thidua.doors.scan import UnreadableScan, read_scan
from thidua.doors.signing import SignedFile, verify_pdf
from thidua.extensions import db
from thidua.issuing.keys import trusted_roots
from thidua.issuing.storing import file_store
from thidua.models import Paper, PaperRevision
from thidua.models.paper import ON_PAPER
from thidua.rules.page_codes import PageCode, codes_of_pages, kept_code
from thidua.rules.signing import LABELS
from thidua.verification import records
from thidua.verification.reading import Fingerprint
from thidua.verification.verdicts import Seen, Verdict, kind_of_signed, proved_signers, recorded_signers, seen, verdict

MOST_TOLD = 5  # papers that the pages of one file name


def verdict_on_pdf(content: bytes, read: Fingerprint, *, at: datetime) -> Verdict:
    """A PDF: one of ours to the last byte, or not. Raises ``ChildBusy`` and ``ScanBusy``."""
    same = records.revision_with([read.sha256])
    if same:
        return _on_stored(records.paper_of(same.paper_id), same, at)
    scan = records.scan_with(read.sha256)
    if scan:
        paper = records.paper_of(scan.paper_id)
        return verdict("scan", paper=_seen(paper), signers=recorded_signers(paper.signatures))
    begun = records.revision_with(list(read.beginnings.values()))
    paper = records.paper_of(begun.paper_id) if begun else None
    if not has_signature(content):
        return _on_beginning(paper, begun) if paper and begun else _on_copy(content, is_picture=False)
    return _on_signed(content, paper, at)


def verdict_on_picture(content: bytes) -> Verdict:
    """A photograph or a scanned page. Raises ``UnreadableScan`` and ``ScanBusy``."""
    return _on_copy(content, is_picture=True)


def verdict_on_code(code: str, page: int = 0) -> Verdict:
    """``code`` begins the SHA-256 of a frozen paper, as printed on each page, or of a stored PDF."""
    paper = records.paper_with_code(code)
    if paper is None:
        return verdict("unknown_code")
    notes = [f"Mã QR được đọc từ trang {page} của văn bản."] if page else []
    return verdict("known", paper=_seen(paper), signers=recorded_signers(paper.signatures), notes=notes)


def _on_stored(paper: Paper, revision: PaperRevision, at: datetime) -> Verdict:
    """Our own bytes: the record says who signed, and the signatures in the file are tried once more."""
    told, signatures = _seen(paper), paper.signatures
    if paper.means == ON_PAPER:
        kept = sum(not one.withdrawn_at for one in paper.scans)
        kind = "ink" if paper.number is not None else "ink_waiting"
        return verdict(kind, paper=told, signers=recorded_signers(signatures), scans=f"{kept:02d}")
    carried = signatures[: revision.number]
    proved = _proved(revision.sha256, at) if any(one.certificate for one in carried) else None
    signers = recorded_signers(carried, proved.signatures if proved else ())
    if proved and not proved.intact:
        return verdict("doubted", paper=told, signers=signers)
    if revision.number < len(paper.revisions) - 1:
        return verdict("earlier", paper=told, signers=signers)
    missing = ", ".join(LABELS[part].lower() for part in paper.missing_parts)
    notes = [f"{LABELS[part]} không ký; lý do ghi trong hồ sơ." for part in sorted(paper.refused_parts)]
    return verdict("waiting" if missing else "whole", paper=told, signers=signers, notes=notes, missing=missing)


def _proved(sha256: str, at: datetime) -> SignedFile | None:
    """None when the stored file is gone or damaged: what was sent has proved itself by its hash."""
    try:
        content = file_store().get(sha256)
    except FileProblem:
        return None
    return verify_pdf(content, trusted_roots(db.session()), at=at, revoked=records.revoked_since())


def _on_beginning(paper: Paper, begun: PaperRevision) -> Verdict:
    """Nothing in it is signed by a certificate, but it begins with a file of ours."""
    return verdict("appended", paper=_seen(paper), signers=recorded_signers(paper.signatures[: begun.number]))


def _on_signed(content: bytes, begun: Paper | None, at: datetime) -> Verdict:
    """The signatures decide, whatever became of the record."""
    roots, revoked = trusted_roots(db.session()), records.revoked_since()
    db.session.rollback()  # nobody's connection is held while the file is read
    file = verify_apart(content, roots, at=at, revoked=revoked)
    claimed = begun or _claimed(content)
    kind = kind_of_signed(file, is_begun=claimed is not None)
    return verdict(kind, signers=proved_signers(file.signatures), claimed=_seen(claimed) if claimed else None)


def _claimed(content: bytes) -> Paper | None:
    """The paper whose code most pages carry."""
    try:
        codes = _codes(content)
    except UnreadableScan:
        return None
    named = Counter(code.digest for code in codes if code)
    return records.paper_with_code(named.most_common(1)[0][0]) if named else None


def _on_copy(content: bytes, *, is_picture: bool) -> Verdict:
    """Nothing but the codes on its pages tells what it is."""
    db.session.rollback()
    try:
        codes = _codes(content)
    except UnreadableScan:
        if is_picture:
            raise
        return verdict("unknown")
    named = Counter(code.digest for code in codes if code)
    known = {digest: records.paper_with_code(digest) for digest, _ in named.most_common(MOST_TOLD)}
    papers = [paper for paper in known.values() if paper]
    if not papers:
        told = [f"Trang mang mã {digest[:12]}, nhưng hệ thống này không có văn bản nào mang mã đó." for digest in known]
        return verdict("no_code" if is_picture and not named else "unknown", notes=told)
    notes = _notes(codes, known, papers[0])
    return verdict("copy", paper=_seen(papers[0]), signers=recorded_signers(papers[0].signatures), notes=notes)


def _notes(codes: list[PageCode | None], known: dict[str, Paper | None], paper: Paper) -> list[str]:
    """Which pages of the paper were recognised, and what stands on the others."""
    mine = sorted({code.page for code in codes if code and known.get(code.digest) is paper and code.page})
    notes = [f"Nhận ra trang {', '.join(map(str, mine))} của văn bản."] if mine else []
    for number, code in enumerate(codes, start=1):
        other = known.get(code.digest) if code else None
        if code is None:
            notes.append(f"Trang {number} của tệp: không đọc được mã QR.")
        elif other is None:
            notes.append(f"Trang {number} của tệp: mã {code.digest[:12]} không có trong hệ thống này.")
        elif other is not paper:
            notes.append(f"Trang {number} của tệp: mang mã của {other.title}.")
    return notes


def _codes(content: bytes) -> list[PageCode | None]:
    return [kept_code(text) for text in codes_of_pages(read_scan(content).pages)]


def _seen(paper: Paper) -> Seen:
    return seen(paper, records.addenda_of(paper))
