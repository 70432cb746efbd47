"""Which of our minutes a file or a printed code belongs to; no more than number, unit, day and who signed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from thidua.extensions import db
from thidua.models import Paper, PaperRevision
from thidua.rules.signing import LABELS
from thidua.rules.words import day_of
from thidua.verification.reading import Fingerprint


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed for which part, and when."""

    name: str
    part: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a file or a code.

    `kind`: "whole" the latest, signed by all; "waiting" the latest, but signatures are missing; "earlier"
    ours, signed further since; "appended" begins with ours and goes on otherwise; "known" a code of ours;
    "unknown".
    """

    kind: str
    title: str
    text: str
    number: str = ""
    unit: str = ""
    day: date | None = None
    signers: tuple[Signer, ...] = ()

    @property
    def tone(self) -> str:
        return {"whole": "ok", "known": "info", "waiting": "warn", "earlier": "warn"}.get(self.kind, "bad")


UNKNOWN_FILE = Verdict(
    "unknown",
    "Không phải văn bản nguyên vẹn do Hội phát hành",
    "Hệ thống này chưa phát hành tệp nào giống hệt tệp này. Có thể tệp do nơi khác lập, được in lại, "
    "quét lại, hoặc đã bị sửa.",
)
UNKNOWN_CODE = Verdict(
    "unknown",
    "Không có văn bản nào mang mã này",
    "Xin so lại từng ký tự với mã in ở chân trang, hoặc gửi tệp PDF để kiểm tra.",
)
TITLES = {
    "whole": ("Đúng văn bản do Hội phát hành, không bị thay đổi", "Tệp giống hệt bản đã ký đủ đang lưu."),
    "waiting": (
        "Đúng văn bản do Hội phát hành, chưa đủ chữ ký",
        "Tệp giống hệt bản đang lưu. Còn chờ chữ ký của {missing}.",
    ),
    "earlier": (
        "Đúng văn bản do Hội phát hành, nhưng chưa phải bản cuối",
        "Tệp không bị thay đổi, nhưng sau đó văn bản còn được ký thêm. Xin lấy bản mới nhất.",
    ),
    "appended": (
        "Đã bị thêm vào sau khi ký",
        "Phần đầu của tệp là văn bản do Hội phát hành, nhưng phần sau đã bị thêm hoặc sửa. "
        "Không dùng tệp này; xin lấy lại bản gốc.",
    ),
    "known": (
        "Có văn bản mang mã này",
        "Xin so số, đơn vị, ngày và chữ ký dưới đây với bản đang cầm. "
        "Muốn biết chắc tệp không bị sửa, xin gửi tệp PDF.",
    ),
}


def stored_sizes() -> list[int]:
    """Sizes in bytes of every PDF we have issued."""
    return list(db.session.scalars(select(PaperRevision.size).distinct()))


def verdict_on_file(read: Fingerprint) -> Verdict:
    """Compare a file with every stored state of our PDFs, and its beginnings with them too."""
    same = _revision([read.sha256])
    if same:
        minutes = _paper(same.paper_id)
        if same.number < len(minutes.revisions) - 1:
            return _verdict("earlier", minutes, signed=same.number)
        return _verdict("whole" if minutes.is_signed else "waiting", minutes, signed=same.number)
    begun = _revision(list(read.beginnings.values()))
    return _verdict("appended", _paper(begun.paper_id), signed=begun.number) if begun else UNKNOWN_FILE


def verdict_on_code(code: str) -> Verdict:
    """`code` begins the SHA-256 of frozen minutes, as printed on each page, or of a stored PDF."""
    frozen = select(Paper.id).where(Paper.sha256.startswith(code))
    stored = select(PaperRevision.paper_id).where(PaperRevision.sha256.startswith(code))
    ids = db.session.scalars(frozen.union(stored).limit(2)).all()
    if len(ids) != 1:
        return UNKNOWN_CODE
    minutes = _paper(ids[0])
    return _verdict("known", minutes, signed=len(minutes.signatures))


def _revision(digests: Sequence[str]) -> PaperRevision | None:
    """The longest stored PDF with one of these SHA-256."""
    found: list[PaperRevision] = []
    for start in range(0, len(digests), 500):
        found += db.session.scalars(select(PaperRevision).where(PaperRevision.sha256.in_(digests[start : start + 500])))
    return max(found, key=lambda revision: revision.size, default=None)


def _paper(paper_id: int) -> Paper:
    return db.session.scalars(
        select(Paper).where(Paper.id == paper_id).options(selectinload(Paper.revisions), selectinload(Paper.signatures))
    ).one()


def _verdict(kind: str, paper: Paper, *, signed: int) -> Verdict:
    """`signed` is how many signatures the file carries: each revision after the first adds one."""
    title, text = TITLES[kind]
    missing = ", ".join(LABELS[part].lower() for part in paper.missing_parts)
    signers = tuple(Signer(one.name, LABELS[one.part], one.at) for one in paper.signatures[:signed])
    return Verdict(
        kind,
        title,
        text.format(missing=missing),
        number=paper.number_label,
        unit=json.loads(paper.frozen).get("unit", ""),
        day=day_of(paper.frozen_at),
        signers=signers,
    )
