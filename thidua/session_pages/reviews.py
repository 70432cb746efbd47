"""Earlier recommendations as the pages of a checklist session show them, and what a change of an answer touches."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.models import ChecklistSession
from thidua.models.follow_up import Answer, Reviewable, reviewables
from thidua.models.recommendation_review import REVIEW_ANSWERS
from thidua.rules import lifecycle
from thidua.rules.follow_up import deadline_words, overdue_words
from thidua.rules.words import date_screen, day_of

WRITABLE = (lifecycle.PLANNED, lifecycle.OPEN, lifecycle.CLOSED)


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One recommendation in words; ``answer`` is the value of the answer given here, "" before it."""

    id: int
    text: str
    duty: str
    overdue: str
    source: str
    before: str
    answer: str
    answered: str
    note: str
    by: str
    at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Reviews:
    """All of one checklist session. ``writable``: its state still takes answers."""

    lines: tuple[ReviewLine, ...]
    writable: bool

    @property
    def unanswered(self) -> tuple[ReviewLine, ...]:
        """Those nobody has answered yet."""
        return tuple(line for line in self.lines if not line.answer)


def reviews_of(session: Session, checklist_session: ChecklistSession) -> Reviews:
    """The recommendations this half-day comes back to; overdue as of its own day."""
    on = day_of(checklist_session.opened_at or datetime.now(UTC))
    found = reviewables(session, checklist_session)
    return Reviews(tuple(_line(one, on) for one in found), checklist_session.state in WRITABLE)


def review_part(session: Session, checklist_session_id: int, audience: str) -> str:
    """LIVE, of every entry of kind "review.…": the state of each recommendation, their count, and the panel."""
    checklist_session = session.scalars(
        select(ChecklistSession).where(ChecklistSession.id == checklist_session_id)
    ).one()
    return "\n".join(review_parts(checklist_session, reviews_of(session, checklist_session), audience))


def review_parts(checklist_session: ChecklistSession, reviews: Reviews, audience: str) -> Iterator[str]:
    """The same from what is loaded already."""
    writable = reviews.writable and audience == "head"
    for line in reviews.lines:
        yield _render("_answer", line=line, writable=writable, answers=REVIEW_ANSWERS)
    yield _render("_count", reviews=reviews, id=checklist_session.id)
    yield link_part(checklist_session, reviews)
    yield panel_part(checklist_session, reviews, audience)


def link_part(checklist_session: ChecklistSession, reviews: Reviews) -> str:
    """LIVE ``reviews-link``: how far the answers are, for the page of the meeting; empty without recommendations."""
    return _render("_link", id=checklist_session.id, reviews=reviews)


def panel_part(checklist_session: ChecklistSession, reviews: Reviews, audience: str, *, is_open: bool = False) -> str:
    """LIVE ``reviews-panel``: what stands before the cards while recommendations are unanswered.

    ``is_open``: shown unfolded when the page is loaded; afterwards each screen folds it as it likes.
    """
    may_answer = audience in ("head", "secretary")
    return _render(
        "_panel",
        id=checklist_session.id,
        state=checklist_session.state,
        reviews=reviews,
        may_answer=may_answer,
        is_open=is_open and may_answer,
    )


def _line(one: Reviewable, on: date) -> ReviewLine:
    here, before = one.here, one.before
    return ReviewLine(
        id=one.id,
        text=one.text,
        duty=" · ".join((f"Giao {one.owner}" if one.owner else "Không ghi ai thực hiện", deadline_words(one.due_on))),
        overdue=overdue_words(one.due_on, on),
        source=f"Biên bản {one.minutes}, ngày {date_screen(one.inspected_on)}",
        before=_before(before) if before else "",
        answer=here.answer if here else "",
        answered=REVIEW_ANSWERS[here.answer] if here else "",
        note=here.note if here else "",
        by=here.by if here else "",
        at=here.at if here else None,
        version=here.version if here else 0,
    )


def _before(answer: Answer) -> str:
    told = f"Lần trước nữa ({date_screen(answer.at)}): {REVIEW_ANSWERS[answer.answer].lower()}"
    return f"{told} – {answer.note}" if answer.note else told


def _render(name: str, **values: object) -> str:
    return current_app.jinja_env.get_template(f"follow_up/{name}.html").render(**values)
