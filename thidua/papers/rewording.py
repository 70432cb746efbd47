"""A person's wording of one paragraph of a draft, kept when the paper is composed anew, and taken back."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.models.manuscript import fingerprint
from thidua.papers.composing import plain
from thidua.papers.draft_page import is_reworded_here
from thidua.papers.drafting import version_of
from thidua.papers.finding import WRITE, FoundDraft, find_draft, find_draft_for_change
from thidua.papers.forms import WordsForm
from thidua.papers.routes import papers
from thidua.rules.document_edits import editable_text
from thidua.rules.errors import Refusal
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.header import room_of
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation


@papers.get("/drafts/<int:paper_draft_id>/blocks/<block_id>")
def words(paper_draft_id: int, block_id: str) -> ResponseReturnValue:
    """One paragraph: the composed words, and those of people."""
    found = find_draft(paper_draft_id)
    found.found.allow(WRITE[found.draft.role])
    _require_reworded_here(found, block_id)
    return _page(found, block_id)


@papers.post("/drafts/<int:paper_draft_id>/blocks/<block_id>")
def reword(paper_draft_id: int, block_id: str) -> ResponseReturnValue:
    """Save the wording; the composed words themselves take it back."""
    found, form = find_draft_for_change(paper_draft_id), WordsForm()
    _require_reworded_here(found, block_id)
    op_id = posted_operation()
    if not form.validate_on_submit():
        return _again(found, block_id, 422, form)
    try:
        if not is_repeated(found.found, op_id, "text.edited", block_id=block_id):
            found.draft.require_open()
            entry = found.manuscript.write(
                plain(db.session(), found),
                block_id,
                form.text.data or "",
                seen=form.seen.data or "",
                base_version=version_of(form.base_version.data),
                by=found.found.person,
                at=now(),
                op_id=op_id,
            )
            if entry:
                commit_change(entry)
            flash("Đã lưu câu chữ của đoạn.", "success")
    except Refusal as refusal:
        form.op_id.data = new_operation()
        form.text.errors = [refusal.message]
        return _again(found, block_id, refusal.status, form)
    return _back(paper_draft_id, block_id)


@papers.post("/drafts/<int:paper_draft_id>/blocks/<block_id>/keeping")
def keep_words(paper_draft_id: int, block_id: str) -> ResponseReturnValue:
    """The composed words have changed, and people's own stay all the same."""
    found, form = find_draft_for_change(paper_draft_id), WordsForm()
    op_id = posted_operation()
    if not is_repeated(found.found, op_id, "text.kept", block_id=block_id):
        found.draft.require_open()
        entry = found.manuscript.keep(
            plain(db.session(), found),
            block_id,
            seen=form.seen.data or "",
            base_version=version_of(form.base_version.data),
            by=found.found.person,
            at=now(),
            op_id=op_id,
        )
        if entry:
            commit_change(entry)
        flash("Giữ câu chữ đã sửa.", "success")
    return _back(paper_draft_id, block_id)


@papers.post("/drafts/<int:paper_draft_id>/blocks/<block_id>/restoring")
def restore_words(paper_draft_id: int, block_id: str) -> ResponseReturnValue:
    """Back to the composed words."""
    found, form = find_draft_for_change(paper_draft_id), WordsForm()
    op_id = posted_operation()
    if not is_repeated(found.found, op_id, "text.restored", block_id=block_id):
        found.draft.require_open()
        entry = found.manuscript.take_back(
            block_id, base_version=version_of(form.base_version.data), by=found.found.person, at=now(), op_id=op_id
        )
        commit_change(entry)
        flash("Đã lấy lại bản máy soạn. Nhật ký vẫn giữ câu chữ đã sửa.", "success")
    return _back(paper_draft_id, block_id)


def _require_reworded_here(found: FoundDraft, block_id: str) -> None:
    """404 for headings, tables, and what the form of the draft holds; an edit whose block is gone can be read."""
    blocks = {block.id: block for block in plain(db.session(), found).blocks}
    if block_id in blocks and not is_reworded_here(found, blocks[block_id]):
        abort(404)


def _page(found: FoundDraft, block_id: str, *, status: int = 200, form: WordsForm | None = None) -> ResponseReturnValue:
    edit = found.manuscript.edits.get(block_id)
    try:
        generated = editable_text(plain(db.session(), found).block(block_id))
    except KeyError:
        generated = None
    if generated is None and edit is None:
        abort(404)
    fresh = WordsForm(
        formdata=None,
        text=edit.text if edit else generated,
        seen=fingerprint(generated or ""),
        op_id=new_operation(),
        base_version=str(edit.version if edit else 0),
    )
    if form is not None:  # what was typed stays; what it was measured by is read anew
        form.seen.data, form.base_version.data = fresh.seen.data, fresh.base_version.data
    room = room_of(found.found, audience_of(found.found.standing.part), "conclusion")
    return render_template(
        "papers/words.html",
        room=room,
        tabs=room["links"],
        draft=found.draft,
        block_id=block_id,
        edit=edit,
        generated=generated,
        is_stale=bool(edit) and edit.generated != generated,
        form=form or fresh,
        new_operation=new_operation,
    ), status


def _again(found: FoundDraft, block_id: str, status: int, form: WordsForm) -> ResponseReturnValue:
    identity = found.draft.id
    db.session.rollback()
    return _page(find_draft(identity), block_id, status=status, form=form)


def _back(paper_draft_id: int, block_id: str) -> ResponseReturnValue:
    return redirect(url_for("papers.draft", paper_draft_id=paper_draft_id, _anchor=f"block-{block_id}"), 303)
