"""The page of a paper signed with ink: print, sign, attach, register."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from thidua.doors.scan import page_count
from thidua.extensions import db
from thidua.issuing.storing import ensure_rendered, file_store
from thidua.models import Paper, SignedScan
from thidua.models.paper import ON_PAPER
from thidua.rules.page_codes import OTHER, THIS, ScannedPage, judged, missing_pages
from thidua.rules.signing import LABELS
from thidua.rules.words import day_of
from thidua.scans.finding import FoundPaper, find_paper, papers_with_code
from thidua.scans.forms import ScanForm, registration_form, waiting_places
from thidua.session_pages.operations import new_operation


@dataclass(frozen=True, slots=True)
class PageWords:
    """What is said of one page of a scan."""

    number: int
    verdict: str
    words: str

    @property
    def tone(self) -> str:
        return {THIS: "ok", OTHER: "bad"}.get(self.verdict, "warn")


@dataclass(frozen=True, slots=True)
class ShownScan:
    """A scan with its pages, as the page shows it."""

    scan: SignedScan
    pages: tuple[PageWords, ...]
    op_id: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the scans show the whole paper, and nothing else."""

    of: int
    missing: tuple[int, ...]
    has_others: bool
    has_scans: bool

    @property
    def is_whole(self) -> bool:
        """Every page was recognised, and no page of another paper is among them."""
        return self.has_scans and not self.missing and not self.has_others

    @property
    def sentence(self) -> str:
        """In plain words, before the entry into the register."""
        pages = ", ".join(map(str, self.missing))
        if self.has_others:
            return "Có trang mang mã của văn bản khác. Xin rút tệp đó rồi đính kèm đúng bản, hoặc xem lại từng trang."
        if len(self.missing) == self.of:
            return "Chưa đọc được mã QR trên trang nào, nên chương trình không biết chắc bản quét là của văn bản này."
        if self.missing:
            return f"Văn bản có {self.of} trang; chưa thấy mã của trang {pages}."
        return f"Đã đọc được mã của cả {self.of} trang, đúng là văn bản này."


def show_paper(
    found: FoundPaper, *, status: int = 200, form: ScanForm | None = None, registration: Any = None
) -> ResponseReturnValue:
    """The page; forms are those that came back with errors, keeping what was typed."""
    paper = found.paper
    if not paper.revisions:
        ensure_rendered(paper.id)
        found = find_paper(paper.id)
        paper = found.paper
    coverage = coverage_of(paper) if paper.means == ON_PAPER else None
    may_register = found.found.may("register_paper") and paper.means == ON_PAPER and paper.number is None
    return render_template(
        "scans/scans.html",
        paper=paper,
        unit_name=found.found.unit_name,
        checklist_session_id=found.found.checklist_session.id,
        is_ink=paper.means == ON_PAPER,
        scans=[shown(one, paper) for one in paper.scans if not one.withdrawn_at],
        withdrawn=[one for one in paper.scans if one.withdrawn_at],
        coverage=coverage,
        form=form or ScanForm(formdata=None, op_id=new_operation()),
        registration=registration or fresh_registration(paper),
        places=waiting_places(paper),
        signed_rows=[(LABELS[one.part], ", ".join(filter(None, (one.name, one.office)))) for one in paper.signatures],
        may_attach=paper.means == ON_PAPER and found.found.may("attach_scan"),
        may_register=may_register,
        needs_password=found.found.lacks_only_password("attach_scan"),
    ), status


def fresh_registration(paper: Paper) -> Any:
    """The names as they are printed, the day on which it was frozen."""
    return registration_form(paper, formdata=None, op_id=new_operation(), signed_on=day_of(paper.frozen_at))


def coverage_of(paper: Paper) -> Coverage:
    """How far the scans that were not withdrawn show the paper."""
    pages = [judged(one.page_codes, paper.sha256) for one in paper.scans if not one.withdrawn_at]
    of = page_count(file_store().get(paper.revisions[0].sha256))
    has_others = any(page.verdict == OTHER for scan in pages for page in scan)
    return Coverage(of, missing_pages(pages, of), has_others, bool(pages))


def shown(scan: SignedScan, paper: Paper) -> ShownScan:
    """A scan with what is said of each page."""
    return ShownScan(scan, page_words(judged(scan.page_codes, paper.sha256)), new_operation())


def page_words(pages: Sequence[ScannedPage]) -> tuple[PageWords, ...]:
    """This paper, another one, or nothing that could be read."""
    return tuple(PageWords(page.number, page.verdict, _words(page)) for page in pages)


def _words(page: ScannedPage) -> str:
    if page.code is None:
        return "không đọc được mã QR"
    if page.verdict == THIS:
        return f"đúng văn bản này, trang {page.code.page}" if page.code.page else "đúng văn bản này"
    known = papers_with_code(page.code.digest)
    name = known[0].title if len(known) == 1 else "không có trong hệ thống này"
    return f"văn bản khác: {name} (mã {page.code.digest[:12]})"


def again(paper_id: int, status: int, **forms: Any) -> ResponseReturnValue:
    """The page once more after a refusal; nothing has been changed."""
    db.session.rollback()
    return show_paper(find_paper(paper_id), status=status, **forms)
