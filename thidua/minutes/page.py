"""The page of the minutes: the preview that follows the room, what was reworded by whom, the check list."""

from hashlib import sha256
from typing import Any

from flask import render_template

from thidua.extensions import db
from thidua.issuing.drafting import compose_draft
from thidua.issuing.gaps import check_list
from thidua.issuing.storing import frozen_document
from thidua.minutes.finding import FoundMinutes
from thidua.minutes.written import edit_lines, rows_of
from thidua.models.manuscript import manuscript_of
from thidua.rules import lifecycle
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.header import room_of


def room_values(found: FoundMinutes) -> dict[str, Any]:
    """What every page of this room needs: header, tabs, the conclusion."""
    room = room_of(found.found, audience_of(found.found.standing.part), "minutes")
    return {
        "room": room,
        "tabs": room["links"],
        "conclusion": found.conclusion,
        "paper": found.paper,
        "state": found.state,
        "is_readable": found.is_readable,
        "may_write": found.may_write,
        "may_read_aloud": found.may_read_aloud,
    }


def written_values(found: FoundMinutes) -> dict[str, Any]:
    """The document with its edits, for the page and for its live part. Once frozen: as frozen, with the same marks."""
    manuscript = manuscript_of(db.session(), found.conclusion)
    draft = compose_draft(db.session(), found.conclusion, open_book=found.found.may("see_proposals"))
    document, stale = manuscript.applied(draft.document)
    if found.paper:
        document, stale = frozen_document(found.paper), ()
    return {
        "document": document,
        "rows": list(
            rows_of(
                document,
                manuscript.edits,
                stale,
                conclusion_id=found.conclusion.id,
                may_write=found.may_write,
                may_conclude=found.state == lifecycle.CLOSED,
            )
        ),
        "edits": edit_lines(draft.document, manuscript.edits, stale),
        "check_list": check_list(db.session(), found.conclusion, draft.facts, stale)
        if found.state == lifecycle.CLOSED
        else None,
        "may_reopen": found.found.may("reopen_session"),
    }


def written_part(found: FoundMinutes, values: dict[str, Any]) -> tuple[str, str]:
    """The live part and its fingerprint, by which a screen tells what it shows already."""
    html = render_template("minutes/_written.html", **values, **_marks(found))
    return html, sha256(html.encode()).hexdigest()[:16]


def _marks(found: FoundMinutes) -> dict[str, Any]:
    return {
        "conclusion": found.conclusion,
        "state": found.state,
        "may_write": found.may_write,
        "room": {"id": found.conclusion.checklist_session_id},
    }
