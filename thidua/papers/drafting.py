"""The page of a draft: what is typed, what comes of it on paper, and the places of the minutes to pick from."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.doors.pdf import render_apart
from thidua.extensions import db
from thidua.identity import now
from thidua.issuing.storing import frozen_document
from thidua.models.paper import ADDENDUM
from thidua.papers.composing import composed
from thidua.papers.draft_page import draft_page
from thidua.papers.finding import FoundDraft, find_draft, find_draft_for_change
from thidua.papers.forms import AddendumForm, NoticeForm
from thidua.papers.routes import papers
from thidua.rules.errors import Conflict, Refused
from thidua.rules.paper_places import places_in
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.header import room_of
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation


@papers.get("/drafts/<int:paper_draft_id>")
def draft(paper_draft_id: int) -> ResponseReturnValue:
    """What is typed, and the paper as it would be; ``?pick=`` begins a correction at that place of the minutes."""
    found = find_draft(paper_draft_id)
    if found.draft.paper_id is not None:
        return redirect(url_for("papers.show", paper_id=found.draft.paper_id), 303)
    return draft_page(found)


@papers.post("/drafts/<int:paper_draft_id>")
def write_draft(paper_draft_id: int) -> ResponseReturnValue:
    """Save what is typed; ``more`` asks for one more empty row."""
    found = find_draft_for_change(paper_draft_id)
    form: Any = AddendumForm() if found.draft.role == ADDENDUM else NoticeForm()
    op_id = posted_operation()
    if not form.validate_on_submit():
        return _again(found, 422, content_form=form)
    content = form.content
    try:
        if not is_repeated(found.found, op_id, "draft.written", content=content):
            _write(found, content, form.base_version.data, op_id)
    except Conflict as conflict:
        form.base_version.data = str(found.draft.version)
        return _again(found, conflict.status, conflict=conflict.message, content_form=form)
    except Refused as refused:
        form.op_id.data = new_operation()
        return _again(found, refused.status, conflict=refused.message, content_form=form)
    flash("Đã lưu bản dự thảo.", "success")
    more = {"more": 1, "_anchor": "corrections"} if request.form.get("more") else {}
    return redirect(url_for("papers.draft", paper_draft_id=paper_draft_id, **more), 303)


@papers.get("/drafts/<int:paper_draft_id>/places")
def places(paper_draft_id: int) -> ResponseReturnValue:
    """The issued minutes, place by place: pick the one that is wrong."""
    found = find_draft(paper_draft_id)
    return render_template(
        "papers/places.html",
        room=(room := room_of(found.found, audience_of(found.found.standing.part), "conclusion")),
        tabs=room["links"],
        draft=found.draft,
        minutes=found.minutes,
        places=places_in(frozen_document(found.minutes)),
        may_write=found.may_write,
    )


@papers.get("/drafts/<int:paper_draft_id>.pdf")
def draft_pdf(paper_draft_id: int) -> ResponseReturnValue:
    """The draft on paper, with its watermark."""
    found = find_draft(paper_draft_id)
    document, _ = composed(db.session(), found)
    headers = {"Content-Disposition": f'inline; filename="du-thao-{found.draft.role}-{paper_draft_id}.pdf"'}
    db.session.rollback()  # rendering takes a second; no transaction waits for it
    return Response(render_apart(document).pdf, mimetype="application/pdf", headers=headers)


@papers.post("/drafts/<int:paper_draft_id>/discarding")
def discard_draft(paper_draft_id: int) -> ResponseReturnValue:
    """Not wanted after all; the journal keeps what was written."""
    found = find_draft_for_change(paper_draft_id)
    op_id = posted_operation()
    if not is_repeated(found.found, op_id, "draft.discarded", draft_id=paper_draft_id):
        commit_change(found.draft.discard(by=found.found.person, at=now(), op_id=op_id))
        flash("Đã bỏ bản dự thảo. Nhật ký vẫn giữ nội dung đã viết.", "success")
    return redirect(url_for("papers.show", paper_id=found.minutes.id), 303)


def _write(found: FoundDraft, content: dict[str, Any], base_version: str | None, op_id: str) -> None:
    found.draft.require_open()
    if content == found.draft.content:
        db.session.rollback()
        return
    entry = found.draft.write(
        content, base_version=version_of(base_version), by=found.found.person, at=now(), op_id=op_id
    )
    commit_change(entry)


def _again(found: FoundDraft, status: int, *, conflict: str = "", **forms: Any) -> ResponseReturnValue:
    """The page again with what was typed; nothing has been changed."""
    identity = found.draft.id
    db.session.rollback()
    return draft_page(find_draft(identity), status=status, conflict=conflict, **forms)


def version_of(typed: str | None) -> int:
    """A version that came back in a hidden field."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
