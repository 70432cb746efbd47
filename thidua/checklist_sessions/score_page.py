"""The scoring screen: every criterion as a card, and what this person may enter on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thidua.checklist_sessions.frames import grade_label
from thidua.checklist_sessions.queries import agreed_entries, presence_of, session_scores, team_of
from thidua.checklist_sessions.view import (
    Facts,
    choice_rows,
    control_of,
    display_of,
    facts_of,
    leaves_below,
    outline_of,
    token_of,
    totals_line,
)
from thidua.extensions import db
from thidua.models import Score
from thidua.models.finders import sheet_of
from thidua.models.score import NOBODY
from thidua.rules import lifecycle
from thidua.rules.entries import MOST_COUNTED, Entry
from thidua.rules.errors import Refused
from thidua.rules.points import format_points
from thidua.rules.scoring import compute_totals
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.words import clock
from thidua.session_pages.audiences import audience_of, sees_proposals
from thidua.session_pages.finding import Found
from thidua.session_pages.header import room_of

REASONS = ("Thiếu hồ sơ", "Chậm thời hạn", "Chưa có văn bản")
EVIDENCE = ("Báo cáo số", "Quyết định số", "Phụ lục")
MAXIMUM_LABELS = {"base": "điểm tối đa", "bonus": "điểm thưởng tối đa", "penalty": "điểm trừ tối đa"}
TITLES = {
    "self": ("Điểm tự chấm", "Điểm tự chấm", "Minh chứng", EVIDENCE),
    "proposed": ("Điểm của tôi", "Đề xuất của tôi", "Lý do khác điểm tự chấm", REASONS),
    "agreed": ("Điểm thống nhất", "Điểm thống nhất", "Lý do khác điểm tự chấm", REASONS),
}


@dataclass(frozen=True, slots=True)
class EntryForm:
    """What I may enter on one card; values are tokens (see ``view.token_of``)."""

    perspective: str
    title: str
    tab: str
    reason_label: str
    reason_chips: tuple[str, ...]
    holder: int
    value: str
    text: str
    reason: str
    version: int
    previous_value: str
    previous_display: str
    previous_reason: str


@dataclass(frozen=True, slots=True)
class Card:
    """One criterion on the scoring screen; points in hundredths where a name ends in ``_points``."""

    id: int
    number: str
    short: str
    guidance: str
    refs: tuple[str, ...]
    critical: bool
    kind: str
    section_number: str
    section_title: str
    position: int
    count: int
    maximum: str
    maximum_label: str
    maximum_points: int
    step_points: int
    control: str
    choices: list[tuple[str, ...]]
    count_maximum: int | None
    count_words: str
    previous_id: int | None
    next_id: int | None
    facts: Facts
    entries: tuple[EntryForm, ...]


def score_page(found: Found, current_id: int | None) -> dict[str, Any]:
    """Everything ``score.html`` needs."""
    checklist_session = found.checklist_session
    sheet = sheet_of(db.session(), checklist_session.checklist_id)
    scores = session_scores(db.session(), checklist_session.id)
    team = team_of(db.session(), checklist_session.plan_unit_id)
    audience = audience_of(found.standing.part)
    perspectives, readonly_reason = may_enter(found)
    cards = cards_of(sheet, scores, team, perspectives, found.person.id, open_book=sees_proposals(audience))
    agreed = agreed_entries(scores)
    ids = [card.id for card in cards]
    address = f"/checklist-sessions/{checklist_session.id}"
    return {
        "room": room_of(found, audience, "score")
        | {
            "presence": presence_of(db.session(), checklist_session.id),
            "saved_words": last_saved(scores, found.person.id),
            "readonly_reason": readonly_reason,
        },
        "current_id": current_id if current_id in ids else first_open(cards),
        "urls": {
            "stream": f"{address}/stream",
            "changes": f"{address}/changes",
            "scores": f"{address}/criteria/0/scores",
        },
        "cards": cards,
        "totals": totals_line(
            compute_totals(sheet, agreed), grade_label(sheet, agreed) if sees_proposals(audience) else ""
        ),
        "sections": outline_of(sheet, scores, shows_proposals=sees_proposals(audience)),
    }


def may_enter(found: Found) -> tuple[tuple[str, ...], str]:
    """The perspectives this person may enter now, best first; without any, the sentence that says why."""
    state, part = found.checklist_session.state, found.standing.part
    try:
        if part == "inspected":
            lifecycle.require_can_self_score(state)
            return ("self",), ""
        if part in ("secretary", "member"):
            lifecycle.require_can_propose(state)
            return ("proposed",), ""
        if part == "head":
            lifecycle.require_can_settle(state)
            return ("agreed", "proposed"), ""
    except Refused as refused:
        return (), refused.message.split(" Điều đồng chí")[0]
    return (), "Đồng chí đang xem; chỉ Đoàn kiểm tra và đơn vị được ghi điểm."


def cards_of(
    sheet: Sheet,
    scores: Mapping[int, list[Score]],
    team: Mapping[int, str],
    perspectives: tuple[str, ...],
    person_id: int,
    *,
    open_book: bool,
) -> list[Card]:
    """All cards in order."""
    placed = [(root, leaf) for root in sheet.roots for leaf in leaves_below(root)]
    ids: list[int | None] = [None, *(leaf.id for _, leaf in placed), None]
    return [
        _card(root, leaf, position, ids, scores.get(leaf.id, []), team, perspectives, person_id, open_book=open_book)
        for position, (root, leaf) in enumerate(placed, start=1)
    ]


def _card(
    root: Criterion,
    leaf: Criterion,
    position: int,
    ids: list[int | None],
    scores: list[Score],
    team: Mapping[int, str],
    perspectives: tuple[str, ...],
    person_id: int,
    *,
    open_book: bool,
) -> Card:
    most = leaf.highest if leaf.polarity != "penalty" else -(leaf.lowest or 0)
    per_count = abs(leaf.points_per_count or 0)
    return Card(
        id=leaf.id,
        number=leaf.number,
        short=leaf.text,
        guidance=leaf.guidance,
        refs=leaf.refs,
        critical=leaf.critical,
        kind=leaf.kind,
        section_number=root.number,
        section_title=root.text,
        position=position,
        count=len(ids) - 2,
        maximum=format_points(most or 0),
        maximum_label=MAXIMUM_LABELS[leaf.polarity],
        maximum_points=most or 0,
        step_points=leaf.step,
        control=control_of(leaf),
        choices=choice_rows(leaf),
        count_maximum=MOST_COUNTED if leaf.kind == "count" else None,
        count_words=f"mỗi lần {format_points(per_count)} điểm",
        previous_id=ids[position - 1],
        next_id=ids[position + 1],
        facts=facts_of(leaf, scores, team, shows_proposals=open_book),
        entries=tuple(_entry_form(leaf, scores, perspective, person_id) for perspective in perspectives),
    )


def _entry_form(criterion: Criterion, scores: list[Score], perspective: str, person_id: int) -> EntryForm:
    holder = person_id if perspective == "proposed" else NOBODY
    title, tab, reason_label, chips = TITLES[perspective]
    mine = next((s for s in scores if s.perspective == perspective and s.holder == holder), None)
    before = mine.previous_value if mine else None
    entry = plain_entry(before) if before else None
    return EntryForm(
        perspective=perspective,
        title=title,
        tab=tab,
        reason_label=reason_label,
        reason_chips=chips,
        holder=holder,
        value=token_of(criterion, mine.entry) if mine else "",
        text=mine.text if mine else "",
        reason=mine.reason if mine else "",
        version=mine.version if mine else 0,
        previous_value=token_of(criterion, entry) if entry else "",
        previous_display=display_of(criterion, entry) if entry else "",
        previous_reason=before.get("reason", "") if before else "",
    )


def plain_entry(value: Mapping[str, Any]) -> Entry:
    """The inverse of ``models.score.plain_value`` (the reason aside)."""
    return Entry(
        points=value.get("points"),
        level=value.get("level"),
        count=value.get("count"),
        not_applicable=value.get("not_applicable", False),
        text=value.get("text", ""),
    )


def last_saved(scores: Mapping[int, list[Score]], person_id: int) -> str:
    """When this person last saved a score, "9 giờ 05"."""
    moments = [score.at for each in scores.values() for score in each if score.by_id == person_id]
    return clock(max(moments)) if moments else ""


def first_open(cards: list[Card]) -> int | None:
    """The first criterion without an agreed score, else the first."""
    return next((card.id for card in cards if card.facts.agreed is None), cards[0].id if cards else None)
