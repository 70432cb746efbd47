"""The journal page: every change, who made it and when, and whether the chain of hashes is whole."""

from dataclasses import dataclass
from datetime import datetime

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from thidua.checklist_sessions.journal_words import told, told_blind
from thidua.checklist_sessions.meeting_page import show_page
from thidua.checklist_sessions.remark_forms import criterion_choices
from thidua.checklist_sessions.routes import checklist_sessions
from thidua.checklist_sessions.telling import Criteria, Told
from thidua.extensions import db
from thidua.models import JournalEntry
from thidua.models.finders import hidden_of, session_sheet
from thidua.models.journal import chain_damages
from thidua.rules.blind import Hidden
from thidua.session_pages.finding import find

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the page."""

    revision: int
    at: datetime
    by: str
    told: Told


@checklist_sessions.get("/<int:checklist_session_id>/history")
def history(checklist_session_id: int) -> ResponseReturnValue:
    """The newest change first; ``?criterion=`` keeps those of one criterion, ``?page=`` turns the page."""
    found = find(checklist_session_id)
    found.allow("see_history")
    checklist_session = found.checklist_session
    sheet = session_sheet(db.session(), checklist_session)
    entries = db.session.scalars(
        select(JournalEntry)
        .where(
            JournalEntry.checklist_session_id == checklist_session_id,
            JournalEntry.revision <= checklist_session.revision,  # what came since is no damage
        )
        .order_by(JournalEntry.revision)
    ).all()
    damages = chain_damages(entries, revision=checklist_session.revision, head_hash=checklist_session.head_hash)
    criterion_id = request.args.get("criterion", 0, type=int)
    chosen = [entry for entry in reversed(entries) if not criterion_id or _is_about(entry, criterion_id)]
    pages = max(1, -(-len(chosen) // PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    criteria = {leaf.id: leaf for leaf in sheet.leaves}
    hidden = hidden_of(db.session(), checklist_session)
    lines = [
        Line(entry.revision, entry.at, entry.actor_name, _told(entry, criteria, hidden, found.person.id))
        for entry in chosen[(page - 1) * PAGE : page * PAGE]
    ]
    return show_page(
        "history",
        found,
        "history",
        lines=lines,
        damages=damages,
        count=len(chosen),
        page=page,
        pages=pages,
        criterion_id=criterion_id,
        criteria=[(0, "Mọi tiêu chí"), *criterion_choices(sheet)[1:]],
    )


def _told(entry: JournalEntry, criteria: Criteria, hidden: Hidden, reader_id: int) -> Told:
    content = entry.content
    if hidden.hides_entry(entry.kind, content, is_mine=entry.actor_id == reader_id):
        return told_blind(content, criteria)
    return told(entry.kind, content, criteria)


def _is_about(entry: JournalEntry, criterion_id: int) -> bool:
    content = entry.content
    return content.get("criterion_id") == criterion_id or criterion_id in content.get("criteria", ())
