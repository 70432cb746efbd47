"""Reading the minutes to the room: pages for the wall, controls, objections with their outcome."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import SelectChoice

from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.issuing.drafting import compose_draft
from thidua.minutes.finding import FoundMinutes, find_minutes, find_minutes_for_change
from thidua.minutes.forms import ObjectionForm, OutcomeForm
from thidua.minutes.page import room_values
from thidua.minutes.routes import minutes
from thidua.minutes.written import address_of, label_of
from thidua.models import Attendance, JournalEntry, Objection
from thidua.models.manuscript import edited_document
from thidua.models.reading_aloud import OUTCOMES, ReadingAloud, page_on_the_wall, reading_of
from thidua.rules.document_edits import editable_text
from thidua.rules.documents import Document, Heading
from thidua.rules.errors import Refusal
from thidua.rules.reading_pages import ReadingPage, reading_pages
from thidua.rules.writing_gaps import shortened
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation

Verb = Callable[[ReadingAloud, FoundMinutes, str], JournalEntry]
WHOLE = ("", "Toàn bộ biên bản")


@minutes.get("/<int:conclusion_id>/reading")
def reading(conclusion_id: int) -> ResponseReturnValue:
    """The page being read, and what was objected to; head and secretary turn the pages."""
    found = find_minutes(conclusion_id)
    return _page(found)


@minutes.get("/<int:conclusion_id>/reading/page")
def reading_part(conclusion_id: int) -> ResponseReturnValue:
    """The live part of it: what is read now, the controls, the objections."""
    found = find_minutes(conclusion_id)
    if not found.is_readable:
        return Response(status=204)
    values = _values(found) | room_values(found)
    return "\n".join(render_template(f"minutes/_{name}.html", **values) for name in ("reading", "objections"))


@minutes.post("/<int:conclusion_id>/reading/page")
def show_page(conclusion_id: int) -> ResponseReturnValue:
    """Put a page on the wall (field ``page``)."""
    found = find_minutes_for_change(conclusion_id)
    found.found.allow("read_aloud")
    op_id = posted_operation()
    if not is_repeated(found.found, op_id, "reading.shown"):
        last = len(reading_pages(edited(found)))
        page = request.form.get("page", 0, type=int)
        aloud = reading_of(db.session(), found.conclusion)
        commit_change(aloud.show_page(page, last=last, by=found.found.person, at=now(), op_id=op_id))
    return _back(conclusion_id)


@minutes.post("/<int:conclusion_id>/reading/end")
def end_reading(conclusion_id: int) -> ResponseReturnValue:
    """The wall goes back to the scores; field ``through`` when all was read and agreed."""
    found = find_minutes_for_change(conclusion_id)
    found.found.allow("read_aloud")
    op_id, through = posted_operation(), bool(request.form.get("through"))
    if not is_repeated(found.found, op_id, "reading.finished" if through else "reading.stopped"):
        aloud = reading_of(db.session(), found.conclusion)
        verb = aloud.finish if through else aloud.stop
        commit_change(verb(by=found.found.person, at=now(), op_id=op_id))
        flash("Biên bản đã được đọc cho mọi người cùng nghe." if through else "Đã dừng đọc biên bản.", "success")
    return _back(conclusion_id)


@minutes.post("/<int:conclusion_id>/objections")
def object_to(conclusion_id: int) -> ResponseReturnValue:
    """Somebody does not agree; who, with what, and why."""
    found = find_minutes_for_change(conclusion_id)
    found.found.allow("record_objections")
    form = ObjectionForm()
    form.block_id.choices = _choices(edited(found), None)
    try:
        if form.validate() and not is_repeated(
            found.found, op_id := posted_operation(), "objection.added", text=form.text.data
        ):
            said = {"speaker": form.speaker.data, "text": form.text.data, "block_id": form.block_id.data}
            aloud = reading_of(db.session(), found.conclusion)
            commit_change(aloud.object(**said, by=found.found.person, at=now(), op_id=op_id))
        status = 422
    except Refusal as refusal:
        db.session.rollback()
        form.form_errors.append(refusal.message)
        status = refusal.status
    if form.errors:
        db.session.rollback()
        return _page(find_minutes(conclusion_id), form, status=status)
    flash("Đã ghi ý kiến.", "success")
    return _back(conclusion_id, "#objections")


@minutes.post("/<int:conclusion_id>/objections/<int:objection_id>/outcome")
def settle_objection(conclusion_id: int, objection_id: int) -> ResponseReturnValue:
    """Accepted, and the text mended; or the text stays, and the objection is printed."""

    def settle(aloud: ReadingAloud, found: FoundMinutes, op_id: str) -> JournalEntry:
        form = OutcomeForm()
        return aloud.settle(
            _objection(aloud, objection_id),
            form.outcome.data or "",
            (form.answer.data or "")[:4_000],
            base_version=form.base_version.data or 0,
            by=found.found.person,
            at=now(),
            op_id=op_id,
        )

    return _change(conclusion_id, objection_id, "objection.settled", settle)


@minutes.post("/<int:conclusion_id>/objections/<int:objection_id>/withdrawal")
def withdraw_objection(conclusion_id: int, objection_id: int) -> ResponseReturnValue:
    """Taken back by who had it, or written down by mistake."""

    def withdraw(aloud: ReadingAloud, found: FoundMinutes, op_id: str) -> JournalEntry:
        version = OutcomeForm().base_version.data or 0
        one = _objection(aloud, objection_id)
        return aloud.withdraw(one, base_version=version, by=found.found.person, at=now(), op_id=op_id)

    return _change(conclusion_id, objection_id, "objection.withdrawn", withdraw)


def _change(conclusion_id: int, objection_id: int, kind: str, verb: Verb) -> ResponseReturnValue:
    found = find_minutes_for_change(conclusion_id)
    found.found.allow("record_objections")
    op_id = posted_operation()
    if not is_repeated(found.found, op_id, kind, objection_id=objection_id):
        commit_change(verb(reading_of(db.session(), found.conclusion), found, op_id))
    return _back(conclusion_id, f"#objection-{objection_id}")


def edited(found: FoundMinutes) -> Document:
    """The draft with people's wording in it, as the whole room may hear it."""
    draft = compose_draft(db.session(), found.conclusion, open_book=False)
    return edited_document(db.session(), found.conclusion.id, draft.document)[0]


def _page(found: FoundMinutes, form: ObjectionForm | None = None, *, status: int = 200) -> ResponseReturnValue:
    values = _values(found) if found.is_readable else {"objections": [], "page": None}
    form = form or ObjectionForm(formdata=None, block_id="")
    form.op_id.data = new_operation()
    form.block_id.choices = values.get("choices", [SelectChoice(*WHOLE)])
    return render_template(
        "minutes/reading.html", form=form, speakers=_speakers(found), **values, **room_values(found)
    ), status


def _values(found: FoundMinutes) -> dict[str, Any]:
    """What is read now (``page`` None: nothing), all pages by title, the objections with their paragraphs."""
    document = edited(found)
    pages = reading_pages(document)
    at = page_on_the_wall(db.session(), found.conclusion.checklist_session_id)
    number = min(at, len(pages)) if at and found.may_follow else None
    page = pages[number - 1] if number else None
    aloud = reading_of(db.session(), found.conclusion)
    return {
        "number": number,
        "last": len(pages),
        "page": page,
        "pages": [(place, one.title) for place, one in enumerate(pages, start=1)],
        "objections": [
            (one, _about(document, one), address_of(found.conclusion.id, one.block_id)) for one in aloud.objections
        ],
        "unsettled": len(aloud.unsettled),
        "outcomes": OUTCOMES,
        "new_operation": new_operation,
        "choices": _choices(document, page),
    }


def _about(document: Document, one: Objection) -> str:
    return label_of(document, one.block_id) if one.block_id else WHOLE[1]


def _choices(document: Document, page: ReadingPage | None) -> list[SelectChoice]:
    """What an objection can be about: the paragraphs on this page first, then all others."""
    here = page.block_ids if page else ()
    named = [
        (block.id, f"{label_of(document, block.id)}: {shortened(editable_text(block) or 'bảng số liệu')}")
        for block in document.blocks
        if not isinstance(block, Heading) and block.id != "letterhead"
    ]
    read = [SelectChoice(*one, optgroup="Trang đang đọc") for one in named if one[0] in here]
    others = [SelectChoice(*one, optgroup="Đoạn khác" if read else None) for one in named if one[0] not in here]
    return [SelectChoice(*WHOLE), *read, *others]


def _speakers(found: FoundMinutes) -> list[str]:
    """Who is here, to be chosen from while typing."""
    return list(
        db.session.scalars(
            select(Attendance.name)
            .where(
                Attendance.checklist_session_id == found.conclusion.checklist_session_id,
                Attendance.presence == "present",
            )
            .order_by(Attendance.position, Attendance.id)
        )
    )


def _objection(aloud: ReadingAloud, objection_id: int) -> Objection:
    one = next((one for one in aloud.objections if one.id == objection_id), None)
    if one is None:
        abort(404)
    return one


def _back(conclusion_id: int, place: str = "") -> ResponseReturnValue:
    return redirect(f"/conclusions/{conclusion_id}/reading{place}", 303)
