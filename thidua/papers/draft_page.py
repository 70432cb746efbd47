"""What the page of a draft shows."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from thidua.extensions import db
from thidua.form_fields import read_day
from thidua.issuing.storing import frozen_document
from thidua.models.paper import ADDENDUM, NOTICE, ROLE_NAMES
from thidua.papers.composing import composed, signed_addenda
from thidua.papers.finding import FoundDraft
from thidua.papers.forms import AddendumForm, IssueForm, NoticeForm
from thidua.rules.document_edits import editable_text
from thidua.rules.documents import Block, Document, Heading, canonical_json, digest, to_plain
from thidua.rules.paper_content import MOST_CORRECTIONS, Correction
from thidua.rules.paper_places import place_with
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.header import room_of
from thidua.session_pages.operations import new_operation


def draft_page(found: FoundDraft, *, status: int = 200, conflict: str = "", **forms: Any) -> ResponseReturnValue:
    """Render it; ``forms`` are those that came back with errors, keeping what was typed."""
    document, stale = composed(db.session(), found)
    room = room_of(found.found, audience_of(found.found.standing.part), "conclusion")
    page = {
        "room": room,
        "tabs": room["links"],
        "draft": found.draft,
        "role_name": ROLE_NAMES[found.draft.role],
        "minutes": found.minutes,
        "document": document,
        "blocks": [(block, is_reworded_here(found, block)) for block in document.blocks],
        "edits": found.manuscript.edits,
        "stale": stale,
        "addenda": signed_addenda(db.session(), found) if found.draft.role == NOTICE else [],
        "may_write": found.may_write,
        "may_issue": found.may_issue,
        "lacks_password": found.draft.is_open and found.found.lacks_only_password(f"issue_{found.draft.role}"),
        "conflict": conflict,
        "new_operation": new_operation,
        "content_form": fresh_form(found),
        "issue_form": IssueForm(
            formdata=None, means=found.minutes.means, seen=seen_of(document), op_id=new_operation()
        ),
    }
    return render_template("papers/draft.html", **(page | forms)), status


def fresh_form(found: FoundDraft) -> AddendumForm | NoticeForm:
    """What was saved; for an addendum with the picked place, or an empty row, below it."""
    content, version = found.draft.content, str(found.draft.version)
    if found.draft.role != ADDENDUM:
        typed = content | {"report_by": read_day(content.get("report_by", ""))}
        return NoticeForm(formdata=None, data=typed, op_id=new_operation(), base_version=version)
    rows = [dict(one) for one in content.get("corrections", ())]
    picked = _picked(found, request.args.get("pick", "")[:120])
    if picked:
        rows.append(picked)
    elif not rows or request.args.get("more"):
        rows.append({})
    typed = content | {"corrections": rows[:MOST_CORRECTIONS]}
    return AddendumForm(formdata=None, data=typed, op_id=new_operation(), base_version=version)


def is_reworded_here(found: FoundDraft, block: Block) -> bool:
    """Headings keep their words; what the form above holds is changed there."""
    if isinstance(block, Heading) or editable_text(block) is None:
        return False
    return found.draft.role != ADDENDUM or not block.id.startswith(("reason", "corrections"))


def seen_of(document: Document) -> str:
    """Names the document as shown, so that nothing else than what was read is frozen."""
    return digest(canonical_json(to_plain(document)))[:32]


def _picked(found: FoundDraft, key: str) -> dict[str, str] | None:
    place = place_with(frozen_document(found.minutes), key) if key else None
    if place is None:
        return None
    one = Correction(place.name, place.text, "", place.key)
    return {name: getattr(one, name) for name in Correction.__slots__}
