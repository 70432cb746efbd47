"""Attaching scans: codes read and files stored first, then one short writing transaction."""

import uuid
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from thidua.committing import commit_changes
from thidua.doors.scan import ScanBusy, UnreadableScan, read_scan
from thidua.errors import answering_too_large
from thidua.extensions import db
from thidua.identity import now
from thidua.models import SignedScan
from thidua.models.ink import attach_scan, require_ink
from thidua.models.session_verbs.evidence import StoredFile
from thidua.rules.errors import InvalidEntry, NotAllowed, Refusal
from thidua.rules.page_codes import OTHER, THIS, UNREAD, codes_of_pages, judged
from thidua.rules.vietnamese import clean_line
from thidua.scans.finding import FoundPaper, find_paper, find_paper_for_change
from thidua.scans.forms import ScanForm
from thidua.scans.page import again
from thidua.scans.routes import scans
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation
from thidua.session_pages.storing import Busy, store

MOST_AT_ONCE = 30
NOTHING_CHOSEN = "Xin chụp hoặc chọn bản quét trước khi gửi."
TOO_HEAVY = "Các tệp gửi cùng lúc nặng quá 60 MB nên chưa được nhận. Xin gửi từng trang một, hoặc quét ở 200 dpi."
TOLD = {THIS: "đúng văn bản này", OTHER: "của văn bản khác", UNREAD: "chưa rõ của văn bản nào"}
CROWDED = "Máy chủ đang đọc nhiều bản quét cùng lúc. Xin chờ vài giây rồi gửi lại; chưa có gì bị mất."


@dataclass(frozen=True, slots=True)
class Read:
    """A file that is stored, with the codes of its pages; ``found``: the paper that most pages name."""

    stored: StoredFile
    codes: list[str]
    found: str


@scans.post("/<int:paper_id>/scans")
def attach(paper_id: int) -> ResponseReturnValue:
    """Attach the posted ``files``, all or none."""
    found = find_paper(paper_id)
    found.found.allow("attach_scan")
    form, op_id = ScanForm(), posted_operation()
    try:
        read = _attach(found, form, op_id)
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.op_id.data = new_operation()
        form.form_errors = [refusal.message]
        return again(paper_id, refusal.status, form=form)
    flash(_said(found, read), "success")
    return redirect(url_for("scans.show", paper_id=paper_id), 303)


@scans.errorhandler(RequestEntityTooLarge)
@answering_too_large
def too_heavy(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """More than thirty photographs weigh: nothing was read."""
    form = ScanForm(formdata=None, op_id=new_operation())
    form.form_errors = [TOO_HEAVY]
    return again((request.view_args or {})["paper_id"], 413, form=form)


def _attach(found: FoundPaper, form: ScanForm, op_id: str) -> list[Read]:
    """What was attached now; nothing for an operation that was done before. Raises a ``Refusal``."""
    require_ink(found.paper)
    posted = [one for one in request.files.getlist("files") if one.filename]
    form.validate()
    for messages in form.errors.values():
        raise InvalidEntry(str(messages[0]))
    if is_repeated(found.found, op_id, "scan.attached"):
        return []
    if not posted:
        raise InvalidEntry(NOTHING_CHOSEN)
    if len(posted) > MOST_AT_ONCE:
        raise InvalidEntry(f"Mỗi lần gửi nhiều nhất {MOST_AT_ONCE} tệp. Xin gửi làm nhiều lần.")
    paper_id, sha256 = found.paper.id, found.paper.sha256
    db.session.rollback()  # nobody's connection is held while pages are drawn
    read = [_read(one, sha256) for one in posted]
    found = find_paper_for_change(paper_id)
    found.found.allow("attach_scan")
    if is_repeated(found.found, op_id, "scan.attached"):
        db.session.rollback()
        return []
    at, by = now(), found.found.person
    entries = []
    for place, one in enumerate(read):
        scan = SignedScan(
            sha256=one.stored.digest,
            size=one.stored.size,
            media_type=one.stored.media_type,
            file_name=one.stored.name,
            pages=len(one.codes),
            found=one.found,
            page_codes=one.codes,
            note=form.note.data or "",
            by_id=by.id,
            by_name=by.name,
            at=at,
        )
        operation = op_id if place == 0 else str(uuid.uuid5(uuid.UUID(op_id), str(place)))
        entries.append(attach_scan(found.paper, scan, by=by, at=at, op_id=operation))
    commit_changes(entries)
    return read


def _read(posted: FileStorage, sha256: str) -> Read:
    """The codes are read from the file as it came; a photograph is kept drawn anew. Raises a ``Refusal``."""
    content = posted.stream.read()
    posted.stream.seek(0)
    try:
        pages = read_scan(content).pages
    except UnreadableScan as problem:
        raise InvalidEntry(f"Tệp “{clean_line(posted.filename or '')[:60]}” {problem}") from None
    except ScanBusy:
        raise Busy(CROWDED) from None
    codes = codes_of_pages(pages, sha256)
    named = [one.code.digest for one in judged(codes, sha256) if one.code]
    return Read(store(posted), codes, max(named, key=named.count, default=""))


def _said(found: FoundPaper, read: list[Read]) -> str:
    """How many pages, and of what; which is which stands on the page."""
    pages = [page.verdict for each in read for page in judged(each.codes, found.paper.sha256)]
    told = [f"{pages.count(verdict)} trang {words}" for verdict, words in TOLD.items() if verdict in pages]
    return f"Đã đính kèm: {', '.join(told)}." if told else "Đã đính kèm."
