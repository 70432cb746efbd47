"""The conclusion page: result, the head's words, what is missing, the minutes, the signatures."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from thidua.conclusions.facts import HalfDay
from thidua.conclusions.finding import FoundConclusion
from thidua.conclusions.forms import ConclusionForm, FreezeForm, GatesForm, GradeForm
from thidua.conclusions.freezing import read_draft
from thidua.conclusions.signers import signers_form, with_candidates
from thidua.extensions import db
from thidua.issuing.card import signing_card
from thidua.issuing.finding import FoundPaper
from thidua.issuing.gaps import check_list
from thidua.issuing.storing import frozen_document
from thidua.models.paper_links import papers_beside
from thidua.rules import lifecycle, sheet_words
from thidua.rules.grading import NOT_RATED, manual_gates
from thidua.rules.wording import draft_conclusion
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.header import room_of
from thidua.session_pages.operations import new_operation


def show_conclusion(
    found: FoundConclusion, *, status: int = 200, forms: dict[str, Any] | None = None, conflict: str = ""
) -> ResponseReturnValue:
    """Render the page; ``forms`` are those that came back with errors, keeping what was typed."""
    checklist_session = found.conclusion.checklist_session
    state, open_book = checklist_session.state, found.found.may("see_proposals")
    draft = read_draft(db.session(), found.conclusion, open_book=open_book)
    read, document = draft.read, draft.document
    if found.minutes:
        document = frozen_document(found.minutes)
    room = room_of(found.found, audience_of(found.found.standing.part), "conclusion")
    may_write = state == lifecycle.CLOSED
    page = {
        "room": room,
        "tabs": room["links"],
        "conclusion": found.conclusion,
        "minutes": found.minutes,
        "read": read,
        "document": document,
        "state": state,
        "is_readable": open_book
        or (state not in (lifecycle.PLANNED, lifecycle.OPEN) and not checklist_session.keeps_total_back),
        "has_pdf": bool(found.minutes) or open_book,
        "conflict": conflict,
        "check_list": check_list(db.session(), found.conclusion, read.facts, draft.stale),
        "may_reopen": found.found.may("reopen_session"),
        "may_edit_minutes": found.found.may("edit_minutes"),
        "may_write": may_write and found.found.may("write_conclusion"),
        "may_override": may_write and found.found.may("override_grade"),
        "may_freeze": may_write and found.found.may("freeze_minutes"),
        "card": signing_card(FoundPaper(found.minutes, found.found)) if found.minutes else None,
        "linked": papers_beside(db.session(), found.minutes, public=not open_book) if found.minutes else [],
        "needs_password": found.found.lacks_only_password("freeze_minutes"),
        "parts": read.facts.parts,
        "may_choose_signers": may_write and found.found.may("set_signers"),
        "op_id": new_operation(),
        "conclusion_form": fresh_conclusion_form(found, read),
        "grade_form": fresh_grade_form(found, read),
        "gates_form": fresh_gates_form(found, read),
        "freeze_form": FreezeForm(formdata=None, op_id=new_operation()),
    }
    page |= forms or {}
    if page["may_choose_signers"]:
        form = page.get("signers_form") or signers_form(found.conclusion)
        page["signers_form"] = with_candidates(form, db.session(), found.conclusion, read.facts.parts)
    return render_template("conclusions/conclusion.html", **page), status


def fresh_conclusion_form(found: FoundConclusion, read: HalfDay) -> ConclusionForm:
    """The head's words, or the draft to begin from."""
    return ConclusionForm(
        formdata=None,
        text=found.conclusion.text or draft_conclusion(read.facts),
        op_id=new_operation(),
        base_version=str(found.conclusion.version),
    )


def fresh_grade_form(found: FoundConclusion, read: HalfDay) -> GradeForm:
    """The rating that holds now."""
    form = GradeForm(
        formdata=None,
        label=found.conclusion.grade_override,
        reason=found.conclusion.override_reason,
        op_id=new_operation(),
        base_version=str(found.conclusion.version),
    )
    return with_labels(form, read)


def fresh_gates_form(found: FoundConclusion, read: HalfDay) -> GatesForm:
    """The gates that are declared now."""
    form = GatesForm(
        formdata=None,
        gates=found.conclusion.declared_gates,
        op_id=new_operation(),
        base_version=str(found.conclusion.version),
    )
    return with_gates(form, read)


def with_gates(form: GatesForm, read: HalfDay) -> GatesForm:
    """One box for each gate of the sheet that cannot be computed."""
    manual = manual_gates(read.sheet)
    form.gates.choices = [(place, sheet_words.gate_words(gate, read.sheet)) for place, gate in manual.items()]
    return form


def with_labels(form: GradeForm, read: HalfDay) -> GradeForm:
    """The choices of the rating form: as computed, or any band."""
    by_rule = read.grade.by_rule if read.totals.scored else "chưa xếp loại"
    computed = ("", f"Theo kết quả tính: {by_rule}")
    form.label.choices = [computed, *((label, label) for label in (*read.grade.labels, NOT_RATED))]
    return form
