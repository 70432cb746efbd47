"""Routes of papers signed with ink: the page, scans and their files, the entry into the register."""

import io

from flask import Blueprint, Response, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.identity import now
from thidua.models.ink import withdraw_scan
from thidua.scans.finding import find_paper, find_paper_for_change
from thidua.scans.page import show_paper
from thidua.session_pages.operations import is_repeated, posted_operation
from thidua.session_pages.storing import file_store

scans = Blueprint("scans", __name__, url_prefix="/papers")

ALONE = "default-src 'none'; frame-ancestors 'none'; sandbox"


@scans.get("/<int:paper_id>/scans")
def show(paper_id: int) -> ResponseReturnValue:
    """How a paper signed with ink stands: printed, attached, registered."""
    return show_paper(find_paper(paper_id))


@scans.get("/<int:paper_id>/scans/<int:scan_id>/file")
def file(paper_id: int, scan_id: int) -> ResponseReturnValue:
    """The stored scan: a picture to look at, a PDF to download. Its bytes never change under their address."""
    scan = find_paper(paper_id).scan(scan_id)
    content = file_store().get(scan.sha256)  # raises when a byte has changed
    answer: Response = send_file(
        io.BytesIO(content),
        mimetype=scan.media_type,
        as_attachment=not scan.media_type.startswith("image/"),
        download_name=scan.file_name,
        etag=scan.sha256,
    )
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Security-Policy"] = ALONE
    return answer


@scans.post("/<int:paper_id>/scans/<int:scan_id>/withdrawal")
def withdraw(paper_id: int, scan_id: int) -> ResponseReturnValue:
    """Take back a scan that was the wrong one; the file stays."""
    found = find_paper_for_change(paper_id)
    scan = found.scan(scan_id)
    found.found.allow("attach_scan")
    op_id = posted_operation()
    if not is_repeated(found.found, op_id, "scan.withdrawn"):
        entry = withdraw_scan(found.paper, scan, by=found.found.person, at=now(), op_id=op_id)
        commit_change(entry)
        flash("Đã rút bản quét.", "success")
    return redirect(url_for("scans.show", paper_id=paper_id), 303)


from thidua.scans import attaching, registering  # noqa: E402, F401  # their routes
