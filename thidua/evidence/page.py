"""The pages of evidence: the list with its form, and one piece with its neighbours."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from markupsafe import Markup

from thidua.evidence.forms import CaptionForm, EvidenceForm, criterion_choices
from thidua.evidence.parts import list_part, shown_to
from thidua.evidence.queries import may_add_to, side_of
from thidua.extensions import db
from thidua.models import Evidence
from thidua.rules.errors import Refusal, Refused
from thidua.rules.lifecycle import require_can_add_evidence, require_can_withdraw_evidence
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found
from thidua.session_pages.header import room_of
from thidua.session_pages.operations import new_operation

PICTURES = ("image/jpeg", "image/png", "image/webp")


def show_list(
    found: Found, *, form: EvidenceForm | None = None, only: int | None = None, status: int = 200
) -> ResponseReturnValue:
    """Thumbnails by criterion, and the form to add."""
    room, audience = found.checklist_session, audience_of(found.standing.part)
    shown = shown_to(db.session(), room.id, audience)
    form = form or EvidenceForm(formdata=None, criterion_id=only or 0)
    form.op_id.data = form.op_id.data or new_operation()
    form.criterion_id.choices = criterion_choices(shown.sheet)
    groups = [group for group in shown.groups if group.pieces]
    only = only if any(group.criterion_id == only for group in groups) else None
    header = room_of(found, audience, "evidence")
    return render_template(
        "evidence/index.html",
        room=header,
        tabs=header["links"],
        form=form,
        groups=groups,
        only=only,
        evidence=Markup(list_part(shown, only)),
        may_add=may_add_to(found),
    ), status


def show_piece(
    found: Found, one: Evidence, *, form: CaptionForm | None = None, status: int = 200
) -> ResponseReturnValue:
    """One piece, large."""
    room, audience = found.checklist_session, audience_of(found.standing.part)
    shown = shown_to(db.session(), room.id, audience)
    standing = [each for group in shown.groups for each in group.pieces]
    place = next((place for place, each in enumerate(standing) if each.id == one.id), None)
    criterion = next((leaf for leaf in shown.sheet.leaves if leaf.id == one.criterion_id), None)
    form = form or CaptionForm(formdata=None, caption=one.caption, base_caption=one.caption)
    form.op_id.data = form.op_id.data or new_operation()
    header = room_of(found, audience, "evidence")
    return render_template(
        "evidence/piece.html",
        room=header,
        tabs=header["links"],
        one=one,
        is_picture=one.media_type in PICTURES,
        criterion=criterion,
        previous_id=standing[place - 1].id if place else None,
        next_id=standing[place + 1].id if place is not None and place + 1 < len(standing) else None,
        place=place,
        count=len(standing),
        form=form,
        may_describe=may_change(found, one.by_id) and not one.withdrawn_at and _allows(found, one, is_caption=True),
        may_withdraw=may_change(found, one.by_id) and not one.withdrawn_at and _allows(found, one, is_caption=False),
        withdrawal_op=new_operation(),
    ), status


def may_change(found: Found, by_id: int) -> bool:
    """One's own, and for head of team and secretary any."""
    return found.may("add_evidence") and (by_id == found.person.id or found.may("withdraw_any"))


def blame(form: FlaskForm, refusal: Refusal) -> int:
    """Put a refusal at the field it names, or above the form, and give the status; sent again it is a new operation."""
    db.session.rollback()
    form.op_id.data = new_operation()
    if refusal.field and refusal.field in form:
        form[refusal.field].errors = [refusal.message]
    else:
        form.form_errors.append(refusal.message)
    return refusal.status


def _allows(found: Found, one: Evidence, *, is_caption: bool) -> bool:
    state = found.checklist_session.state
    try:
        if is_caption:
            require_can_add_evidence(state, one.side)
        else:
            require_can_withdraw_evidence(state, side_of(found))
    except Refused:
        return False
    return True
