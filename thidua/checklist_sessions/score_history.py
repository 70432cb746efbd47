"""Every value one criterion ever had: who gave it and when; head and secretary let an earlier one hold again."""

from dataclasses import dataclass

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from thidua.checklist_sessions.frames import change_html
from thidua.checklist_sessions.meeting_page import show_page, with_token
from thidua.checklist_sessions.past_scores import PastScore, RowKey, past_scores
from thidua.checklist_sessions.queries import load_scores_of_criterion
from thidua.checklist_sessions.rendering import render_part
from thidua.checklist_sessions.routes import checklist_sessions
from thidua.checklist_sessions.scores import leaf_or_404, posted_version
from thidua.checklist_sessions.view import display_of
from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.models import JournalEntry
from thidua.models.finders import hidden_of, operation, session_sheet
from thidua.models.score import PERSPECTIVES
from thidua.models.session_verbs.scoring import REQUIRED, Clearing, Holder
from thidua.rules.errors import Conflict, InvalidEntry, Refused
from thidua.rules.sheet import Criterion
from thidua.rules.vietnamese import clean_text
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found, find, find_for_change
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation
from thidua.session_pages.scribing import head_holder, team_holders, unit_holder


@dataclass(frozen=True, slots=True)
class PastLine:
    """One value as the page shows it; ``version`` is what its row is at now, ``is_standing`` that it holds."""

    past: PastScore
    perspective_label: str
    holder_label: str
    display: str
    is_standing: bool
    is_hidden: bool
    may_restore: bool
    version: int
    op_id: str


@checklist_sessions.get("/<int:checklist_session_id>/criteria/<int:criterion_id>/history")
def score_history(checklist_session_id: int, criterion_id: int) -> ResponseReturnValue:
    """The values of one criterion, the newest first."""
    found = find(checklist_session_id)
    found.allow("see_history")
    criterion = leaf_or_404(session_sheet(db.session(), found.checklist_session), criterion_id)
    return show_page("score_history", found, "score", criterion=criterion, part=with_token(_part(found, criterion)))


@checklist_sessions.post("/<int:checklist_session_id>/criteria/<int:criterion_id>/restoring")
def restore_score(checklist_session_id: int, criterion_id: int) -> ResponseReturnValue:
    """Let an earlier value hold again (fields ``revision`` of its journal entry, ``base_version``, ``op_id``)."""
    found = find_for_change(checklist_session_id)
    found.allow("restore_score")
    criterion = leaf_or_404(session_sheet(db.session(), found.checklist_session), criterion_id)
    op_id, past = posted_operation(), _posted_past(found, criterion)
    kind = f"score.{past.perspective}"
    if not is_repeated(found, op_id, kind, criterion_id=criterion_id, restored_from=past.revision):
        commit_change(_restore(found, criterion, past, op_id))
    db.session.rollback()
    if request.headers.get("X-Requested-With") != "outbox":
        flash(f"Đã khôi phục: {PERSPECTIVES[past.perspective].lower()} {_display(criterion, past)}.", "success")
        return redirect(f"/checklist-sessions/{checklist_session_id}/criteria/{criterion_id}/history", 303)
    entry = operation(db.session(), op_id)
    assert entry is not None
    html = change_html(checklist_session_id, kind, entry.content, audience_of(found.standing.part))
    return html + str(with_token(_part(found, criterion))), 200, {"X-Revision": str(entry.revision)}


def _posted_past(found: Found, criterion: Criterion) -> PastScore:
    typed = request.form.get("revision", "")
    past = past_scores(db.session(), found.checklist_session.id, criterion.id)
    chosen = next((one for one in past if str(one.revision) == typed), None)
    if chosen is None:
        raise InvalidEntry("Không tìm thấy lần chấm này trong nhật ký. Xin mở lại trang.", field="revision")
    hidden = hidden_of(db.session(), found.checklist_session)
    if chosen.perspective == "proposed" and chosen.key[2] != found.person.id and hidden.hides(criterion.id):
        raise Refused("Đang chấm kín nên chưa khôi phục được đề xuất của người khác.")
    return chosen


def _restore(found: Found, criterion: Criterion, past: PastScore, op_id: str) -> JournalEntry:
    load_scores_of_criterion(db.session(), found.checklist_session, criterion.id)
    latest = _latest(past_scores(db.session(), found.checklist_session.id, criterion.id), past.key)
    try:
        return found.checklist_session.restore_score(
            criterion,
            past.perspective,
            past.entry,
            reason=clean_text(past.reason),
            from_revision=past.revision,
            base_version=posted_version(request.form.get("base_version", "0")),
            label=found.standing.label,
            held_by=_holder(found, past),
            cleared=Clearing(latest.revision, latest.by_name, latest.at) if latest and latest.entry is None else None,
            by=found.person,
            at=now(),
            op_id=op_id,
        )
    except Conflict:
        raise Refused(
            "Điểm này vừa được thay đổi trong lúc đồng chí xem nên chưa khôi phục. Xin mở lại trang để xem điểm mới."
        ) from None


def _holder(found: Found, past: PastScore) -> Holder | None:
    """Whose score it stays; None when it is the restoring person's own."""
    if past.perspective == "self":
        return unit_holder(found)
    team = team_holders(db.session(), found.checklist_session.plan_unit_id)
    if past.perspective == "agreed":
        return head_holder(found, team)
    if past.key[2] == found.person.id:
        return None
    known = next((holder for holder, _role in team if holder.id == past.key[2]), None)
    return known or Holder(past.key[2], past.by_name, past.by_name)


def _latest(past: list[PastScore], key: RowKey) -> PastScore | None:
    return next((one for one in reversed(past) if one.key == key and not one.is_late), None)


def _part(found: Found, criterion: Criterion) -> str:
    checklist_session = found.checklist_session
    past = past_scores(db.session(), checklist_session.id, criterion.id)
    labels = {holder.id: holder.label for holder, _ in team_holders(db.session(), checklist_session.plan_unit_id)}
    hidden = hidden_of(db.session(), checklist_session).hides(criterion.id)
    lines = [
        _line(found, criterion, one, past, labels, hidden and one.perspective == "proposed") for one in reversed(past)
    ]
    return render_part("_score_history", room_id=checklist_session.id, criterion=criterion, lines=lines)


def _line(
    found: Found,
    criterion: Criterion,
    one: PastScore,
    past: list[PastScore],
    labels: dict[int | None, str],
    is_blind: bool,
) -> PastLine:
    latest = _latest(past, one.key)
    is_standing = latest is one
    is_hidden = is_blind and one.key[2] != found.person.id
    same = latest is not None and (latest.entry, latest.reason) == (one.entry, one.reason)
    never_taken = latest is None and one.entry is None
    return PastLine(
        past=one,
        perspective_label=PERSPECTIVES[one.perspective],
        holder_label=labels.get(one.key[2], "") if one.perspective == "proposed" else "",
        display="" if is_hidden else _display(criterion, one),
        is_standing=is_standing,
        is_hidden=is_hidden,
        may_restore=found.may("restore_score") and _takes(found, one) and not (same or never_taken or is_hidden),
        version=latest.revision if latest else 0,
        op_id=new_operation(),
    )


def _takes(found: Found, one: PastScore) -> bool:
    try:
        REQUIRED[one.perspective](found.checklist_session.state)
    except Refused:
        return False
    return True


def _display(criterion: Criterion, past: PastScore) -> str:
    return display_of(criterion, past.entry) if past.entry else "chưa chấm"
