"""The scoring screen: every criterion as a card, and what this person may enter on it."""

from collections.abc import Mapping
from typing import Any

from thidua.checklist_sessions.cards import Card, Reader, cards_of
from thidua.checklist_sessions.checks import check_parts
from thidua.checklist_sessions.frames import grade_label
from thidua.checklist_sessions.meeting_page import with_token
from thidua.checklist_sessions.outline import outline_of
from thidua.checklist_sessions.past_scores import cleared_scores
from thidua.checklist_sessions.queries import agreed_entries, session_scores, team_of
from thidua.checklist_sessions.shortcuts import score_shortcuts
from thidua.checklist_sessions.view import totals_line, unit_totals
from thidua.extensions import db
from thidua.models import Score
from thidua.models.finders import blind_round_of, session_sheet
from thidua.models.last_time import last_times_of
from thidua.models.preparation_reading import proofs_of
from thidua.rules import lifecycle
from thidua.rules.errors import Refused
from thidua.rules.scoring import compute_totals
from thidua.rules.words import clock
from thidua.session_pages.audiences import audience_of, sees_proposals
from thidua.session_pages.card_parts import card_parts
from thidua.session_pages.finding import Found
from thidua.session_pages.header import room_of
from thidua.session_pages.reviews import panel_part, reviews_of
from thidua.session_pages.score_controls import control_of
from thidua.session_pages.scribing import Choice, scribe_choices, team_holders

SEALED = "Đơn vị đã gửi hồ sơ chuẩn bị nên điểm tự chấm đã khóa."


def score_page(found: Found, current_id: int | None) -> dict[str, Any]:
    """Everything ``score.html`` needs."""
    checklist_session = found.checklist_session
    sheet = session_sheet(db.session(), checklist_session)
    scores = session_scores(db.session(), checklist_session.id)
    team = team_of(db.session(), checklist_session.plan_unit_id)
    audience = audience_of(found.standing.part)
    perspectives, readonly_reason = may_enter(found)
    blind = blind_round_of(db.session(), checklist_session)
    scribes = scribes_of(found)
    cleared = cleared_scores(db.session(), checklist_session.id) if perspectives else {}
    reader = Reader(found.person.id, audience, checklist_session.state, perspectives, blind, scribes, cleared)
    cards = cards_of(sheet, scores, team, reader)
    agreed = agreed_entries(scores)
    ids = [card.id for card in cards]
    address = f"/checklist-sessions/{checklist_session.id}"
    return {
        "room": room_of(found, audience, "score")
        | {"saved_words": last_saved(scores, found.person.id), "readonly_reason": readonly_reason},
        "current_id": current_id if current_id in ids else first_open(cards),
        "urls": {
            "stream": f"{address}/stream",
            "changes": f"{address}/changes",
            "scores": f"{address}/criteria/0/scores",
        },
        "may_show": found.may("show_criterion") and checklist_session.state == lifecycle.OPEN,
        "shown_id": checklist_session.criterion_on_screen_id,
        "reviews_panel": before_scoring(found, audience, scores, current_id),
        "last_times": last_times_of(db.session(), checklist_session, sheet),
        "proofs": proofs_of(db.session(), checklist_session.id),
        "cards": cards,
        "checks": {
            criterion_id: with_token(part)
            for criterion_id, part in check_parts(db.session(), checklist_session, sheet, scores).items()
        }
        if sees_proposals(audience)
        else {},
        "may_check": may_check(found),
        "may_scribe": bool(scribes),
        "may_see_history": found.may("see_history"),
        "beside": card_parts(found, audience),
        "shortcuts": score_shortcuts(map(control_of, sheet.leaves), perspectives),
        "totals": totals_line(compute_totals(sheet, agreed), grade_label(sheet, agreed))
        if sees_proposals(audience)
        else unit_totals(compute_totals(sheet, agreed), is_kept_back=checklist_session.keeps_total_back),
        "sections": outline_of(sheet, scores, shows_proposals=sees_proposals(audience), blind=blind),
    }


def before_scoring(found: Found, audience: str, scores: Mapping[int, list[Score]], current_id: int | None) -> str:
    """Last time's recommendations, unfolded for who answers them until the team has scored something."""
    reviews = reviews_of(db.session(), found.checklist_session)
    has_begun = any(score.perspective != "self" for each in scores.values() for score in each)
    return panel_part(found.checklist_session, reviews, audience, is_open=not has_begun and current_id is None)


def may_check(found: Found) -> str:
    """What this person does in the check by two people: "read", "confirm" or nothing."""
    return "read" if found.may("read_back") else "confirm" if found.may("confirm_score") else ""


def scribes_of(found: Found) -> tuple[Choice, ...]:
    """Whom this person may enter for now; the team is asked for only where somebody may."""
    if not found.may("score_for_others"):
        return ()
    return scribe_choices(found, team_holders(db.session(), found.checklist_session.plan_unit_id))


def may_enter(found: Found) -> tuple[tuple[str, ...], str]:
    """The perspectives this person may enter now, best first; without any, the sentence that says why."""
    state, part = found.checklist_session.state, found.standing.part
    try:
        if part == "inspected":
            lifecycle.require_can_self_score(state)
            sealed = _sealed_whole(found)
            return ((), SEALED) if sealed else (("self",), "")
        if part in ("secretary", "member"):
            lifecycle.require_can_propose(state)
            return ("proposed",), ""
        if part == "head":
            lifecycle.require_can_settle(state)
            return ("agreed", "proposed"), ""
    except Refused as refused:
        return (), refused.message.split(" Điều đồng chí")[0]
    return (), "Đồng chí đang xem; chỉ Đoàn kiểm tra và đơn vị được ghi điểm."


def _sealed_whole(found: Found) -> bool:
    """Before the opening, after the unit has sent its preparation: nothing is its own any more but what came back."""
    room = found.checklist_session
    if room.state != lifecycle.PLANNED or room.preparation is None or room.preparation.submitted_at is None:
        return False
    return all(one.answered_at for one in room.preparation_returns)


def last_saved(scores: Mapping[int, list[Score]], person_id: int) -> str:
    """When this person last saved a score, "9 giờ 05"."""
    own = [score for each in scores.values() for score in each if score.by_id == person_id]
    moments = [score.at for score in own if not score.scribe_name]
    return clock(max(moments)) if moments else ""


def first_open(cards: list[Card]) -> int | None:
    """The first criterion without an agreed score, else the first."""
    return next((card.id for card in cards if not card.is_settled), cards[0].id if cards else None)
