"""Freezing a draft into a paper: the number, the canonical bytes, the hash; then its PDF and the signatures."""

from datetime import datetime
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.issuing.freezing import Composed, freeze_paper
from thidua.issuing.storing import ensure_rendered
from thidua.models import Paper
from thidua.models.paper import ADDENDUM, ROLE_NAMES
from thidua.papers.composing import KINDS, composed, signer_of
from thidua.papers.draft_page import draft_page, fresh_form, seen_of
from thidua.papers.finding import ISSUE, FoundDraft, find_draft, find_draft_for_change
from thidua.papers.forms import IssueForm
from thidua.papers.routes import papers
from thidua.papers.signers import parts_of_draft
from thidua.rules.errors import Conflict, InvalidEntry, Refused
from thidua.rules.paper_content import (
    corrections_from_plain,
    require_corrections,
    require_numbered,
    require_signed,
    require_signer,
)
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation


@papers.post("/drafts/<int:paper_draft_id>/paper")
def freeze(paper_draft_id: int) -> ResponseReturnValue:
    """From now on nothing of it changes; people sign it on its own page."""
    found = find_draft_for_change(paper_draft_id)
    found.found.allow(ISSUE[found.draft.role])
    form, op_id = IssueForm(), posted_operation()
    if found.draft.paper_id is None and not is_repeated(found.found, op_id, "paper.frozen", draft_id=paper_draft_id):
        if not form.validate_on_submit():
            return _again(found, 422, issue_form=_again_form(form))
        try:
            _require_ready(found, form.seen.data or "")
            paper = _freeze(found, form.means.data, op_id)
        except InvalidEntry as error:
            return _refuse_content(found, error)
        except (Conflict, Refused) as refused:
            return _again(found, refused.status, conflict=refused.message)
        flash(f"Đã chốt {ROLE_NAMES[paper.role].lower()} {paper.number_label}. Xin lần lượt ký.", "success")
    frozen = find_draft(paper_draft_id).draft.paper_id
    assert frozen is not None
    db.session.rollback()
    ensure_rendered(frozen)
    return redirect(url_for("papers.show", paper_id=frozen), 303)


def _require_ready(found: FoundDraft, seen: str) -> None:
    """Raises a ``Refusal`` unless everything is there, and it is what the person has read."""
    draft, minutes = found.draft, found.minutes
    draft.require_open()
    require_numbered(minutes.number)
    if draft.role == ADDENDUM:
        content = draft.content
        require_corrections(content.get("reason", ""), corrections_from_plain(content.get("corrections", ())))
    else:
        require_signed(minutes.missing_parts)
        require_signer(signer_of(draft.content))
    if seen_of(composed(db.session(), found)[0]) != seen:
        raise Conflict("Bản dự thảo vừa được sửa. Xin đọc lại bản dưới đây rồi chốt.")


def _freeze(found: FoundDraft, means: str, op_id: str) -> Paper:
    draft, person, at = found.draft, found.found.person, now()
    paper = freeze_paper(
        db.session(),
        draft.conclusion,
        lambda code: _composed(found, code, at),
        role=draft.role,
        kind=KINDS[draft.role],
        parts=parts_of_draft(db.session(), found, means),
        by_name=person.name,
        at=at,
        means=means,
        amends=found.minutes if draft.role == ADDENDUM else None,
        reason=draft.content.get("reason", ""),
    )
    db.session.add(paper)
    db.session.flush()
    commit_change(draft.freeze(paper, by=person, at=at, op_id=op_id))
    return paper


def _composed(found: FoundDraft, code: str, at: datetime) -> Composed:
    """The document, and beside it what was corrected, so that it can be told at its place."""
    document, _ = composed(db.session(), found, code=code, at=at)
    minutes = {"number": found.minutes.number_label, "year": found.minutes.year}
    return document, {"unit": found.found.unit_name, "minutes": minutes, "content": found.draft.content}


def _refuse_content(found: FoundDraft, error: InvalidEntry) -> ResponseReturnValue:
    """The sentence stands at the field that lacks something."""
    identity = found.draft.id
    db.session.rollback()
    found = find_draft(identity)
    form = fresh_form(found)
    field, _, rest = (error.field or "").partition("-")
    target: Any = getattr(form, field, None)
    if target is not None and rest:
        number, _, name = rest.partition("-")
        target = target[int(number)].form[name]
    if target is not None:
        target.errors = [error.message]
    return draft_page(found, status=422, conflict="" if target is not None else error.message, content_form=form)


def _again_form(form: IssueForm) -> IssueForm:
    form.op_id.data = new_operation()
    return form


def _again(found: FoundDraft, status: int, **shown: object) -> ResponseReturnValue:
    identity = found.draft.id
    db.session.rollback()
    return draft_page(find_draft(identity), status=status, **shown)  # type: ignore[arg-type]
