"""How every draft is saved: find, allow, one verb, commit, and an answer that touches nothing somebody is typing in."""

from collections.abc import Callable

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from thidua.acknowledging import is_outbox
from thidua.extensions import db
from thidua.hx import is_fragment_wanted
from thidua.models import Preparation
from thidua.models.preparation_verbs import write_texts
from thidua.preparation.forms import TextsForm, before, first_error, posted
from thidua.preparation.page import show_page
from thidua.preparation.queries import preparation_for_change
from thidua.preparation.view import Prepared, prepared_view
from thidua.rules.errors import Conflict, NotAllowed, Refusal
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.operations import new_operation, posted_operation

Change = Callable[[Found, Preparation], object]
Parts = Callable[[Prepared], list[str]]


def texts(checklist_session_id: int) -> ResponseReturnValue:
    """The summary of the report, or the place for the visit: what was posted of them."""
    form, names = TextsForm(), ("report_summary", "visit_place")

    def change(found: Found, preparation: Preparation) -> None:
        require_valid(form)
        write_texts(
            preparation, posted(form, *names), before=before(TextsForm, *names), state=found.checklist_session.state
        )

    place = "report" if "report_summary" in request.form else "visit"
    return save(checklist_session_id, change, place=place)


def start(checklist_session_id: int) -> ResponseReturnValue:
    """The folder with its proposed figures, for who begins without having typed anything."""
    found = find_for_change(checklist_session_id)
    found.allow("prepare")
    preparation_for_change(found)
    db.session.commit()
    return redirect(f"/checklist-sessions/{checklist_session_id}/preparation", 303)


def save(
    checklist_session_id: int, change: Change, *, place: str, parts: Parts = lambda view: []
) -> ResponseReturnValue:
    """Carry out ``change`` and answer: what it touches for a script, the page at ``place`` for a plain form.

    A refusal keeps what was typed: the outbox sets it aside with the words, a plain form gets the page with both.
    """
    found = find_for_change(checklist_session_id)
    found.allow("prepare")
    try:
        posted_operation()
        preparation = preparation_for_change(found)
        change(found, preparation)
        db.session.commit()
    except NotAllowed:
        raise
    except Refusal as refusal:
        return refused(checklist_session_id, refusal, place)
    return saved(found, place, parts)


def saved(found: Found, place: str, parts: Parts = lambda view: []) -> ResponseReturnValue:
    """The answer once it is committed."""
    address = f"/checklist-sessions/{found.checklist_session.id}/preparation#{place}"
    if not is_outbox() and not is_fragment_wanted():
        return redirect(address, 303)
    db.session.rollback()
    view = prepared_view(found)
    return "\n".join([part(view, "states"), part(view, "sending"), *parts(view)]), 200, {"X-Next": address}


def part(view: Prepared, name: str, **values: object) -> str:
    """One partial of the page, as the asking person sees it."""
    return render_template(f"preparation/_{name}.html", view=view, op=new_operation, **values)


def refused(checklist_session_id: int, refusal: Refusal, place: str) -> ResponseReturnValue:
    """Nothing was written; what was typed is shown beside what stands."""
    db.session.rollback()
    if is_outbox():
        raise refusal
    typed = [(name, value) for name, value in request.form.items() if not name.startswith("before-")]
    return show_page(
        find(checklist_session_id),
        refusal=refusal,
        typed=[(name, value) for name, value in typed if name not in ("csrf_token", "op_id") and value],
        again=typed if isinstance(refusal, Conflict) else [],
        place=place,
        status=refusal.status,
    )


def require_valid(form: FlaskForm) -> None:
    """Raise the first thing that is wrong as a refusal."""
    if not form.validate():
        raise first_error(form)
