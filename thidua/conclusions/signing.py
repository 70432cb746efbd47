"""Signing the minutes on the page of their conclusion, and choosing before they are frozen who signs them."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.conclusions.finding import FoundConclusion, find_conclusion, find_conclusion_for_change
from thidua.conclusions.page import show_conclusion
from thidua.conclusions.routes import _version, conclusions
from thidua.conclusions.signers import SignersForm, candidates, means_of, typed_signers
from thidua.extensions import db
from thidua.identity import now
from thidua.issuing.card import Card
from thidua.issuing.posting import take_signature
from thidua.rules import lifecycle
from thidua.rules.errors import Conflict, InvalidEntry
from thidua.session_pages.operations import is_repeated, posted_operation


@conclusions.post("/<int:conclusion_id>/signatures")
def sign(conclusion_id: int) -> ResponseReturnValue:
    """Sign off for one's own part of the minutes."""
    found = find_conclusion(conclusion_id)
    if found.minutes is None:
        lifecycle.require_can_sign(found.conclusion.checklist_session.state)
        abort(404)
    paper_id = found.minutes.id

    def show(card: Card, status: int) -> ResponseReturnValue:
        db.session.rollback()
        return show_conclusion(find_conclusion(conclusion_id), status=status, forms={"card": card})

    return take_signature(paper_id, show)


@conclusions.post("/<int:conclusion_id>/signers")
def choose_signers(conclusion_id: int) -> ResponseReturnValue:
    """Save who signs, and whether in the program or on paper."""
    found = find_conclusion_for_change(conclusion_id)
    found.found.allow("set_signers")
    op_id = posted_operation()
    if is_repeated(found.found, op_id, "signers.chosen"):
        return _to_signers(conclusion_id)
    form = SignersForm()
    try:
        signers = typed_signers(form, candidates(db.session(), found.conclusion.checklist_session_id))
        entry = found.conclusion.choose_signers(
            signers,
            means_of(form),
            base_version=_version(form.base_version.data),
            by=found.found.person,
            at=now(),
            op_id=op_id,
        )
    except InvalidEntry as error:
        return _again(found, form, error, 422)
    except Conflict as conflict:
        form.base_version.data = str(found.conclusion.version)
        return _again(found, form, InvalidEntry(conflict.message, "means"), 409)
    commit_change(entry)
    flash("Đã lưu người ký và cách ký.", "success")
    return _to_signers(conclusion_id)


def _again(found: FoundConclusion, form: SignersForm, error: InvalidEntry, status: int) -> ResponseReturnValue:
    """The page again with what was chosen; nothing has been changed."""
    identity = found.conclusion.id
    db.session.rollback()
    fresh = find_conclusion(identity)
    form[error.field if error.field in form else "means"].errors = [error.message]
    return show_conclusion(fresh, status=status, forms={"signers_form": form})


def _to_signers(conclusion_id: int) -> ResponseReturnValue:
    return redirect(url_for("conclusions.conclusion", conclusion_id=conclusion_id) + "#signers", 303)
