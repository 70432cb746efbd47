"""The page of last time's recommendations, and the answer to one of them."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.extensions import db
from thidua.follow_up.forms import ReviewForm
from thidua.hx import is_fragment_wanted
from thidua.identity import now
from thidua.models import ChecklistSession, Remark
from thidua.models.follow_up import reviewables
from thidua.rules import lifecycle
from thidua.rules.errors import Conflict, Refusal
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.header import room_of
from thidua.session_pages.live_parts import register_part
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation
from thidua.session_pages.reviews import review_part, review_parts, reviews_of

follow_up = Blueprint(
    "follow_up", __name__, url_prefix="/checklist-sessions/<int:checklist_session_id>/recommendations"
)
register_part("review", review_part)


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer that was not taken, and why; everything typed is shown again."""

    remark_id: int
    form: ReviewForm
    message: str
    is_conflict: bool = False


@follow_up.get("")
def recommendations(checklist_session_id: int) -> ResponseReturnValue:
    """What earlier inspections recommended, each with its answer."""
    found = find(checklist_session_id)
    found.allow("see_reviews")
    return _page(found)


@follow_up.post("/<int:remark_id>")
def review(checklist_session_id: int, remark_id: int) -> ResponseReturnValue:
    """Answer one (fields: answer, note, base_version, op_id); the same answer again changes nothing."""
    found = find_for_change(checklist_session_id, ChecklistSession.recommendation_reviews)
    found.allow("review_recommendations")
    remark = _asked(found, remark_id)
    form = ReviewForm()
    if not form.validate():
        return _refused(found, Typed(remark_id, form, _first_error(form)), 422)
    try:
        _answer(found, remark, form)
    except Refusal as refusal:
        typed = Typed(remark_id, form, refusal.message, is_conflict=isinstance(refusal, Conflict))
        return _refused(found, typed, refusal.status)
    db.session.rollback()
    if not _is_part_wanted():
        return redirect(f"/checklist-sessions/{checklist_session_id}/recommendations#recommendation-{remark_id}", 303)
    return review_part(db.session(), checklist_session_id, _audience(found))


def _answer(found: Found, remark: Remark, form: ReviewForm) -> None:
    said = {"remark_id": remark.id, "answer": form.answer.data, "note": form.note.data}
    op_id = posted_operation()
    standing = found.checklist_session.review_of(remark.id)
    is_same = standing and (standing.answer, standing.note) == (form.answer.data, form.note.data)
    if is_same or is_repeated(found, op_id, "review.answered", **said):
        return
    commit_change(
        found.checklist_session.review_recommendation(
            remark,
            form.answer.data,
            note=form.note.data,
            base_version=form.base_version.data or 0,
            by=found.person,
            at=now(),
            op_id=op_id,
        )
    )


def _asked(found: Found, remark_id: int) -> Remark:
    """The recommendation, if this half-day is to come back to it; otherwise 404."""
    if remark_id not in {one.id for one in reviewables(db.session(), found.checklist_session)}:
        abort(404)
    return db.session.get_one(Remark, remark_id)


def _refused(found: Found, typed: Typed, status: int) -> ResponseReturnValue:
    db.session.rollback()
    if _is_part_wanted():
        return render_template("follow_up/_refusal.html", message=typed.message), status
    return _page(find(found.checklist_session.id), typed=typed, status=status)


def _page(found: Found, *, typed: Typed | None = None, status: int = 200) -> ResponseReturnValue:
    checklist_session, audience = found.checklist_session, _audience(found)
    reviews = reviews_of(db.session(), checklist_session)
    *answers, count, _link, _panel = review_parts(checklist_session, reviews, audience)
    room = room_of(found, audience, "follow_up")
    html = render_template(
        "follow_up/recommendations.html",
        room=room,
        tabs=room["links"],
        reviews=reviews,
        rows=list(zip(reviews.lines, answers, strict=True)),
        count=count,
        may_answer=reviews.writable and found.may("review_recommendations"),
        typed=typed,
        new_operation=new_operation,
        is_open=checklist_session.state == lifecycle.OPEN,
    )
    return html, status


def _audience(found: Found) -> str:
    """Head and secretary answer, so they see the same."""
    audience = audience_of(found.standing.part)
    return "head" if audience == "secretary" else audience


def _is_part_wanted() -> bool:
    return is_fragment_wanted() or "X-Requested-With" in request.headers


def _first_error(form: ReviewForm) -> str:
    return next(str(message) for messages in form.errors.values() for message in messages)
