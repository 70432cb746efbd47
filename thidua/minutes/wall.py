"""The wall while the minutes are read aloud: the page that head or secretary has turned to, in place of the scores."""

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from thidua.issuing.drafting import compose_draft
from thidua.models import ChecklistSession, Conclusion
from thidua.models.manuscript import edited_document
from thidua.models.reading_aloud import page_on_the_wall
from thidua.rules import lifecycle
from thidua.rules.reading_pages import reading_pages
from thidua.session_pages.wall import register_wall


def reading_wall(session: Session, room: int) -> str:
    """The live part ``projector-body`` while something is read, else "". A pure function of the state: no request."""
    at = page_on_the_wall(session, room)
    if at is None:
        return ""
    conclusion = session.scalars(
        select(Conclusion)
        .where(Conclusion.checklist_session_id == room)
        .options(joinedload(Conclusion.checklist_session).joinedload(ChecklistSession.unit))
    ).one()
    checklist_session = conclusion.checklist_session
    if checklist_session.state != lifecycle.CLOSED or checklist_session.keeps_total_back:
        return ""
    draft = compose_draft(session, conclusion, open_book=False)
    pages = reading_pages(edited_document(session, conclusion.id, draft.document)[0])
    number = min(at, len(pages))
    template = current_app.jinja_env.get_template("minutes/_wall.html")
    return template.render(
        unit=draft.facts.unit, page=pages[number - 1], number=number, last=len(pages), facts=draft.facts
    )


register_wall("minutes", reading_wall)
