"""``flask check``, the wording of papers: every edit, objection and the page being read stand as the journal says."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.commands.check_sessions import Told, journal_of
from thidua.models import Conclusion, Objection, TextEdit


def writing_damages(session: Session) -> Iterator[str]:
    """A sentence for each damage."""
    for conclusion in session.scalars(select(Conclusion).order_by(Conclusion.id)):
        told = journal_of(session, conclusion.checklist_session_id)
        edits = session.scalars(select(TextEdit).where(TextEdit.conclusion_id == conclusion.id)).all()
        objections = session.scalars(
            select(Objection).where(Objection.conclusion_id == conclusion.id).order_by(Objection.id)
        ).all()
        for damage in (*_edits(edits, told), *_objections(objections, told), *_reading(conclusion, told)):
            yield f"Buổi kiểm tra {conclusion.checklist_session_id}: {damage}."


def _edits(edits: Any, told: Told) -> Iterator[str]:
    """An edit is the last that the journal has of its paragraph; none is gone but those taken back."""
    expected: dict[tuple[str, str], tuple[Any, ...]] = {}
    for entry, content in told:
        key = (content.get("scope", ""), content.get("block_id", ""))
        if entry.kind == "text.edited":
            expected[key] = (content.get("text"), content.get("generated"), entry.actor_name, entry.revision)
        elif entry.kind == "text.kept" and key in expected:
            expected[key] = (expected[key][0], content.get("generated"), expected[key][2], entry.revision)
        elif entry.kind == "text.restored":
            expected.pop(key, None)
    standing = {(one.scope, one.block_id): (one.text, one.generated, one.by_name, one.version) for one in edits}
    for key in sorted(expected.keys() | standing.keys()):
        if expected.get(key) != standing.get(key):
            yield f"đoạn đã sửa “{key[1]}” không khớp với nhật ký"


def _objections(objections: Any, told: Told) -> Iterator[str]:
    """Objections are numbered in the order in which the journal has them."""
    added = [content for entry, content in told if entry.kind == "objection.added"]
    if len(objections) != len(added):
        yield f"có {len(objections)} ý kiến khi thông qua biên bản, nhật ký ghi {len(added)}"
        return
    settled = {
        c.get("objection_id"): (c.get("outcome"), c.get("answer")) for e, c in told if e.kind == "objection.settled"
    }
    withdrawn = {content.get("objection_id") for entry, content in told if entry.kind == "objection.withdrawn"}
    for one, content in zip(objections, added, strict=True):
        said = all(getattr(one, name) == content.get(name) for name in ("speaker", "text", "block_id"))
        outcome = (one.outcome, one.answer) == settled.get(one.id, ("", ""))
        if not (said and outcome and bool(one.withdrawn_at) == (one.id in withdrawn)):
            yield f"ý kiến {one.id} khi thông qua biên bản không khớp với nhật ký"


def _reading(conclusion: Conclusion, told: Told) -> Iterator[str]:
    page, through = None, None
    for entry, content in told:
        if entry.kind == "reading.shown":
            page, through = content.get("page"), None
        elif entry.kind == "reading.stopped":
            page = None
        elif entry.kind == "reading.finished":
            page, through = None, entry.at
    if (conclusion.reading_page, conclusion.read_through_at) != (page, through):
        yield "việc đọc biên bản không khớp với nhật ký"
