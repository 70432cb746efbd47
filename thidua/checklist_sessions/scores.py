"""POST of one score: find, allow, validate, one verb, commit; the same partial for me and every other screen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from thidua.checklist_sessions.frames import score_frames
from thidua.checklist_sessions.queries import last_clearing, load_scores_of_criterion, standings_of, team_of
from thidua.checklist_sessions.standings import keep_standings, standings_after
from thidua.checklist_sessions.view import Value, display_of, token_of, value_of
from thidua.committing import commit_change
from thidua.extensions import db, wait_until_on_disk
from thidua.identity import now
from thidua.models import JournalEntry, Score
from thidua.models.finders import hidden_of, operation, session_sheet
from thidua.models.journal import payload_text
from thidua.models.score import PERSPECTIVES
from thidua.models.session_verbs.scoring import Clearing, Holder, holder_of, score_payload
from thidua.rules.entries import Entry, check_entry
from thidua.rules.errors import Conflict, InvalidEntry, NotAllowed, Refusal
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.vietnamese import clean_text
from thidua.rules.words import clock
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found, find_for_change
from thidua.session_pages.scribing import holder_meant

ACTIONS = {"self": "score_self", "proposed": "propose", "agreed": "settle"}
VALUES = ("points", "level", "count", "not_applicable", "text")
FIELDS = ("perspective", *VALUES, "cleared", "reason", "op_id", "base_version", "for")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LONGEST_REASON = 2000
NOT_SCORED = "chưa chấm"
HIDDEN = "đang kín"


@dataclass(frozen=True, slots=True)
class ScoreForm:
    """One score as it was sent, cleaned. ``entry`` None: back to "not scored"; ``held_by``: whose, if not mine."""

    perspective: str
    entry: Entry | None
    reason: str
    op_id: str
    base_version: int
    held_by: Holder | None


def post_score(checklist_session_id: int, criterion_id: int) -> ResponseReturnValue:
    """Record one score (fields: see ``FIELDS``); the same ``op_id`` again: same answer, no second effect."""
    found = find_for_change(checklist_session_id)
    sheet = session_sheet(db.session(), found.checklist_session)
    criterion = leaf_or_404(sheet, criterion_id)
    perspective = request.form.get("perspective", "")
    found.allow("see_session")
    try:
        held_by = holder_meant(found, perspective, request.form.get("for", ""))
        if held_by is None:
            found.allow(ACTIONS.get(perspective, "see_session"))
        form = read_form(criterion, held_by)
        repeated = _repeated(found, form, criterion)
        entry = repeated or _score(found, form, criterion)
        return _answer(found, sheet, criterion, form, entry, is_new=repeated is None)
    except NotAllowed:
        raise
    except Conflict as conflict:
        return _conflict(conflict, found, criterion, form)
    except Refusal as refusal:
        return _refused(refusal, criterion, perspective)


def leaf_or_404(sheet: Sheet, criterion_id: int) -> Criterion:
    """The criterion, if this checklist has it."""
    try:
        return sheet.leaf(criterion_id)
    except KeyError:
        abort(404)


def read_form(criterion: Criterion, held_by: Holder | None = None) -> ScoreForm:
    """The posted form; raises ``InvalidEntry`` that names the field."""
    sent = {name: request.form.getlist(name) for name in FIELDS}
    twice = [name for name, values in sent.items() if len(values) > 1]
    if twice:
        raise InvalidEntry("Mỗi mục chỉ gửi một lần. Xin chấm lại tiêu chí này.", field=twice[0])
    given = {name: values[0] for name, values in sent.items() if values}
    if given.get("perspective") not in PERSPECTIVES:
        raise InvalidEntry("Thiếu loại điểm (tự chấm, đề xuất hoặc thống nhất).", field="perspective")
    op_id = given.get("op_id", "").lower()
    if not UUID.fullmatch(op_id):
        raise InvalidEntry("Thiếu mã thao tác. Xin mở lại trang rồi chấm lại.", field="op_id")
    reason = clean_text(given.get("reason", ""))
    if len(reason) > LONGEST_REASON:
        raise InvalidEntry(f"Lý do dài quá {LONGEST_REASON} chữ. Xin viết ngắn lại.", field="reason")
    entry = None if given.get("cleared") == "1" else _entry(criterion, given)
    if entry is None and any(given.get(name) for name in VALUES):
        raise InvalidEntry(f"Tiêu chí {criterion.number}: chỉ được chọn một: cho điểm hoặc bỏ điểm.", field="cleared")
    version = posted_version(given.get("base_version", "0"))
    return ScoreForm(given["perspective"], entry, reason, op_id, version, held_by)


def _entry(criterion: Criterion, given: Mapping[str, str]) -> Entry:
    return check_entry(
        criterion,
        points=given.get("points"),
        level=given.get("level"),
        count=given.get("count"),
        not_applicable=given.get("not_applicable") == "1",
        text=clean_text(given.get("text", "")),
    )


def posted_version(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 9):
        raise InvalidEntry("Số phiên bản không đúng. Xin mở lại trang rồi chấm lại.", field="base_version")
    return int(typed)


def _repeated(found: Found, form: ScoreForm, criterion: Criterion) -> JournalEntry | None:
    """The entry this operation made before; a ``Refusal`` when the id was used for something else."""
    entry = operation(db.session(), form.op_id)
    if entry is None:
        return None
    same = (
        entry.checklist_session_id == found.checklist_session.id
        and entry.actor_id == found.person.id
        and entry.payload == payload_text(score_payload(criterion.id, form.entry, form.reason, form.held_by))
    )
    if same and entry.kind == f"score.{form.perspective}":
        wait_until_on_disk()
        return entry
    if same and entry.kind == f"conflict.{form.perspective}":
        load_scores_of_criterion(db.session(), found.checklist_session, criterion.id)
        raise found.checklist_session.conflict_on(
            criterion,
            form.perspective,
            by=found.person,
            held_by=form.held_by,
            cleared=_clearing(found, form, criterion),
        )
    raise Refusal("Mã thao tác này đã dùng cho một điểm khác. Xin chấm lại tiêu chí này.", field="op_id")


def _score(found: Found, form: ScoreForm, criterion: Criterion) -> JournalEntry:
    checklist_session = found.checklist_session
    load_scores_of_criterion(db.session(), checklist_session, criterion.id)
    common: dict[str, Any] = {
        "base_version": form.base_version,
        "held_by": form.held_by,
        "cleared": _clearing(found, form, criterion),
        "by": found.person,
        "at": now(),
        "op_id": form.op_id,
    }
    if form.entry is None:
        return checklist_session.clear_score(criterion, form.perspective, **common)
    common["reason"] = form.reason
    if form.perspective == "self":
        return checklist_session.score_self(criterion, form.entry, **common)
    if form.perspective == "proposed":
        return checklist_session.propose(criterion, form.entry, label=found.standing.label, **common)
    return checklist_session.settle(criterion, form.entry, **common)


def _clearing(found: Found, form: ScoreForm, criterion: Criterion) -> Clearing | None:
    """Asked for only when the screen had seen a score that no longer stands."""
    holder = holder_of(form.perspective, found.person, form.held_by)
    if not form.base_version or found.checklist_session.score_of(criterion.id, form.perspective, holder):
        return None
    return last_clearing(db.session(), found.checklist_session.id, criterion.id, form.perspective, holder)


def _answer(
    found: Found, sheet: Sheet, criterion: Criterion, form: ScoreForm, entry: JournalEntry, *, is_new: bool
) -> ResponseReturnValue:
    session, checklist_session = db.session(), found.checklist_session
    if is_new:
        session.flush()
        standings = standings_after(session, checklist_session, criterion.id)
    else:
        load_scores_of_criterion(session, checklist_session, criterion.id)
        standings = standings_of(session, checklist_session.id)
    frames = score_frames(
        checklist_session,
        sheet,
        criterion,
        form.perspective,
        team_of(session, checklist_session.plan_unit_id),
        standings,
    )
    audience = audience_of(found.standing.part)
    event = commit_change(entry, frames) if is_new else None
    if is_new:
        keep_standings(session, checklist_session, standings)
    html = (event.frame(audience) if event else None) or frames(audience)
    return html, 200, {"X-Op-Id": form.op_id, "X-Revision": str(entry.revision)}


def _conflict(conflict: Conflict, found: Found, criterion: Criterion, form: ScoreForm) -> ResponseReturnValue:
    theirs = theirs_of(criterion, conflict.theirs)
    is_hidden = form.perspective == "proposed" and bool(form.held_by) and _is_hidden(found, criterion)
    if theirs and is_hidden:
        theirs = replace(theirs, display=HIDDEN, value="", reason="")
    if operation(db.session(), form.op_id) is None:
        commit_change(
            found.checklist_session.note_conflict(
                criterion,
                form.perspective,
                form.entry,
                reason=form.reason,
                held_by=form.held_by,
                by=found.person,
                at=now(),
                op_id=form.op_id,
            )
        )
    db.session.rollback()
    mine = {
        "display": display_of(criterion, form.entry) if form.entry else NOT_SCORED,
        "value": token_of(criterion, form.entry) if form.entry else "",
        "reason": form.reason,
        "for_name": form.held_by.name if form.held_by else "",
    }
    return render_template(
        "checklist_sessions/_conflict.html",
        card=criterion,
        perspective=form.perspective,
        mine=mine,
        theirs=theirs,
        is_hidden=is_hidden,
    ), 409


def _is_hidden(found: Found, criterion: Criterion) -> bool:
    """Whether a blind round hides what the person I enter for has proposed."""
    return hidden_of(db.session(), found.checklist_session).hides(criterion.id)


def theirs_of(criterion: Criterion, theirs: object) -> Value | None:
    """The other side of a conflict as shown: a standing score, or that somebody took it back."""
    if isinstance(theirs, Clearing):
        return Value(NOT_SCORED, "", "", theirs.by_name, clock(theirs.at), theirs.version)
    return value_of(criterion, theirs) if isinstance(theirs, Score) else None


def _refused(refusal: Refusal, criterion: Criterion, perspective: str) -> ResponseReturnValue:
    db.session.rollback()
    typed = next((request.form[name] for name in ("points", "level", "count") if request.form.get(name)), "")
    message = f"{refusal.message} (Đã nhập: {typed[:40]})" if typed else refusal.message
    return render_template(
        "checklist_sessions/_refusal.html", card=criterion, perspective=perspective, message=message
    ), refusal.status
