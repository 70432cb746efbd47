"""What each audience is to see of a change: the live partials, rendered once per change and audience.

A frame is a pure function of the state and the audience: no request, no person.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import select

from thidua.checklist_sessions import parts
from thidua.checklist_sessions.attendance_part import attendance_part
from thidua.checklist_sessions.checks import check_of, check_part, fresh_check_part, rounds_of
from thidua.checklist_sessions.outline import outline_mark, section_counts
from thidua.checklist_sessions.projector import projector_part
from thidua.checklist_sessions.queries import load_scores_of_criterion, session_scores, standings_of, team_of
from thidua.checklist_sessions.rendering import facts_part, render_part
from thidua.checklist_sessions.view import (
    Standings,
    agreed_in,
    facts_of,
    leaves_below,
    proposals_in,
    row_of,
    summary_of,
    totals_line,
    unit_totals,
)
from thidua.extensions import db
from thidua.live import Event
from thidua.models import ChecklistSession, JournalEntry
from thidua.models.finders import blind_round_of, session_sheet
from thidua.rules import lifecycle
from thidua.rules.blind import BlindRound
from thidua.rules.entries import Entry
from thidua.rules.grading import grade
from thidua.rules.scoring import compute_totals
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.unscored import unscored
from thidua.session_pages.audiences import PROJECTOR, sees_proposals
from thidua.session_pages.live_parts import register_part, registered_part

Frames = Callable[[str], str]


def grade_label(sheet: Sheet, agreed: Mapping[int, Entry]) -> str:
    """The rating by the rules once everything is scored, otherwise nothing."""
    totals = compute_totals(sheet, agreed)
    return grade(sheet, agreed, totals).label if totals.is_complete else ""


def score_frames(
    checklist_session: ChecklistSession,
    sheet: Sheet,
    criterion: Criterion,
    perspective: str,
    team: Mapping[int, str],
    standing: Standings,
) -> Frames:
    """The frames of a changed score: facts, board row and summary, mark in the outline, new totals if agreed.

    The session's loaded scores are all of this criterion, ``standing`` the bare values of the whole session.
    """
    room, state, scores = checklist_session.id, checklist_session.state, checklist_session.scores
    agreed, blind = agreed_in(standing), blind_round_of(db.session(), checklist_session)
    spared = unscored(sheet, agreed).spared

    @cache
    def render(audience: str) -> str:
        if audience == PROJECTOR:
            return NOTHING if perspective == "proposed" else projector_part(db.session(), room)
        if audience == "secretary":
            return render("team")  # of a score both see the same; only the head's partials have keys to settle with
        if audience == "unit" and perspective == "proposed":
            return NOTHING
        open_book = sees_proposals(audience)
        facts = facts_of(criterion, scores, team, shows_proposals=open_book, blind=blind)
        html = [
            facts_part(criterion.id, criterion.number, facts, audience, state),
            render_part(
                "_outline_mark", one=outline_mark(criterion, scores, spared, shows_proposals=open_book, blind=blind)
            ),
        ]
        if perspective == "agreed":
            html += _alternatives(checklist_session, sheet, criterion, spared, team, blind, audience)
            html += [
                render_part("_outline_count", section=section)
                for section in section_counts(sheet, agreed)
                if criterion.id in section.ids
            ]
            totals = compute_totals(sheet, agreed)
            line = (
                totals_line(totals, grade_label(sheet, agreed))
                if open_book
                else unit_totals(totals, is_kept_back=checklist_session.keeps_total_back)
            )
            html.append(render_part("_totals", totals=line))
            if open_book and checklist_session.two_person_check:
                html.append(fresh_check_part(checklist_session, criterion))
        if open_book:
            html.append(
                render_part(
                    "_row", row=row_of(criterion, facts, spared), room={"id": room}, audience=audience, state=state
                )
            )
            html.append(
                render_part(
                    "_summary", summary=summary_of(sheet, standing, team, blind), audience=audience, state=state
                )
            )
        return "\n".join(html)

    return render


def _alternatives(
    checklist_session: ChecklistSession,
    sheet: Sheet,
    criterion: Criterion,
    spared: Collection[int],
    team: Mapping[int, str],
    blind: BlindRound,
    audience: str,
) -> list[str]:
    """The marks and rows of the other criteria in an either/or group: its score decides whether they need one."""
    group = next((one for one in sheet.sections_above[criterion.id] if one.either_or), None)
    if group is None:
        return []
    scores, open_book = session_scores(db.session(), checklist_session.id), sees_proposals(audience)
    html = []
    for leaf in leaves_below(group):
        each = scores.get(leaf.id, [])
        mark = outline_mark(leaf, each, spared, shows_proposals=open_book, blind=blind)
        if leaf.id == criterion.id:
            continue
        html.append(render_part("_outline_mark", one=mark))
        if open_book:
            row = row_of(leaf, facts_of(leaf, each, team, shows_proposals=True, blind=blind), spared)
            room, state = {"id": checklist_session.id}, checklist_session.state
            html.append(render_part("_row", row=row, room=room, audience=audience, state=state))
    return html


def head_revision(room: int) -> int:
    """The revision of the checklist session in the database."""
    return db.session.scalar(select(ChecklistSession.revision).where(ChecklistSession.id == room)) or 0


def load_events(room: int, after: int) -> list[Event]:
    """The changes after a revision, oldest first, each rendered from the present state when somebody needs it.

    What a later one of them renders again in the same words stays empty: who slept for long is not told one criterion
    ten times over.
    """
    entries = db.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.checklist_session_id == room, JournalEntry.revision > after)
        .order_by(JournalEntry.revision)
    ).all()
    told = [(entry, entry.content) for entry in entries]
    last = {_shown_by(entry, content): entry.revision for entry, content in told}
    return [
        Event(
            room,
            entry.revision,
            _later(room, entry.kind, content)
            if last[_shown_by(entry, content)] == entry.revision
            else lambda audience: NOTHING,
        )
        for entry, content in told
    ]


def _shown_by(entry: JournalEntry, content: Mapping[str, Any]) -> tuple[Any, ...]:
    """What of the state a change renders, whoever looks: equal for two changes that would be rendered alike now."""
    family = entry.kind.partition(".")[0]
    if family in ("score", "check"):
        return entry.kind, content["criterion_id"]
    if entry.kind != "round.revealed" and registered_part(family):
        return (family,)
    return entry.kind, entry.revision


def _later(room: int, kind: str, content: dict[str, Any]) -> Frames:
    return lambda audience: change_html(room, kind, content, audience)


def change_html(room: int, kind: str, content: Mapping[str, Any], audience: str) -> str:
    """The partials that a change of this kind touches, from the present state of the database."""
    session = db.session()
    family = kind.partition(".")[0]
    if audience == PROJECTOR:
        return NOTHING if kind == "score.proposed" or family in OFF_THE_WALL else projector_part(session, room)
    if family == "score":
        return _score_html(room, content["criterion_id"], kind.partition(".")[2], audience)
    if family == "check":
        return _check_html(room, content["criterion_id"]) if sees_proposals(audience) else NOTHING
    if kind == "round.revealed":
        return _opened_html(room, content["criteria"], audience)
    part = registered_part(family)
    if part:
        html = part(session, room, "head" if audience == "secretary" else audience)
        return f"{html}\n{_opened_html(room, None, audience)}" if family == "attendance" else html
    if kind in STATE_CHANGES:
        state = session.scalars(select(ChecklistSession.state).where(ChecklistSession.id == room)).one()
        return render_part("_state", room={"state": state, "state_label": lifecycle.LABELS[state]})
    return NOTHING


NOTHING = "<!---->"  # a frame must not be empty: the screen's cursor moves with it
register_part("attendance", attendance_part)
register_part("step", parts.step_part)
register_part("remark", parts.remarks_part)
register_part("exchange", parts.exchanges_part)
OFF_THE_WALL = frozenset(
    {"attendance", "remark", "exchange", "evidence", "review", "conflict", "room", "round", "check", "preparation"}
)
STATE_CHANGES = frozenset({"opened", "closed", "reopened", "minutes.frozen", "minutes.signed", "minutes.registered"})


def _score_html(room: int, criterion_id: int, perspective: str, audience: str) -> str:
    session = db.session()
    checklist_session = session.scalars(select(ChecklistSession).where(ChecklistSession.id == room)).one()
    sheet = session_sheet(session, checklist_session)
    load_scores_of_criterion(session, checklist_session, criterion_id)
    return score_frames(
        checklist_session,
        sheet,
        sheet.leaf(criterion_id),
        perspective,
        team_of(session, checklist_session.plan_unit_id),
        standings_of(session, room),
    )(audience)


def _check_html(room: int, criterion_id: int) -> str:
    session = db.session()
    checklist_session = session.scalars(select(ChecklistSession).where(ChecklistSession.id == room)).one()
    criterion = session_sheet(session, checklist_session).leaf(criterion_id)
    load_scores_of_criterion(session, checklist_session, criterion_id)
    agreed = checklist_session.score_of(criterion_id, "agreed")
    check = check_of(criterion, agreed, rounds_of(session, room).get(criterion_id))
    return check_part(room, checklist_session.state, check)


def _opened_html(room: int, criterion_ids: Iterable[int] | None, audience: str) -> str:
    """What a blind round lets be seen now of these criteria; None: of all with proposals, as a person came or went."""
    session = db.session()
    checklist_session = session.scalars(select(ChecklistSession).where(ChecklistSession.id == room)).one()
    if not sees_proposals(audience) or not checklist_session.blind_first_round:
        return NOTHING
    sheet, state = session_sheet(session, checklist_session), checklist_session.state
    team, standing = team_of(session, checklist_session.plan_unit_id), standings_of(session, room)
    blind, scores = blind_round_of(session, checklist_session), session_scores(session, room)
    if criterion_ids is None:
        criterion_ids = [leaf.id for leaf in sheet.leaves if proposals_in(standing, leaf.id)]
    html, spared = [], unscored(sheet, agreed_in(standing)).spared
    for criterion in map(sheet.leaf, criterion_ids):
        each = scores.get(criterion.id, [])
        facts = facts_of(criterion, each, team, shows_proposals=True, blind=blind)
        html += [
            facts_part(criterion.id, criterion.number, facts, audience, state),
            render_part("_outline_mark", one=outline_mark(criterion, each, spared, shows_proposals=True, blind=blind)),
            render_part(
                "_row", row=row_of(criterion, facts, spared), room={"id": room}, audience=audience, state=state
            ),
        ]
    summary = summary_of(sheet, standing, team, blind)
    return "\n".join([*html, render_part("_summary", summary=summary, audience=audience, state=state)])
