"""How far the check by two people has come, as cards, board and the page for reading aloud show it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.checklist_sessions.rendering import render_part
from thidua.checklist_sessions.view import display_of
from thidua.models import ChecklistSession, Score
from thidua.models.criterion_round import CriterionRound
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.sheet_words import maximum_words
from thidua.rules.two_person import check_state
from thidua.rules.words import clock


@dataclass(frozen=True, slots=True)
class Check:
    """One criterion's check. ``state``: "" nothing settled, "unread", "read" or "confirmed"."""

    id: int
    number: str
    state: str
    version: int = 0
    display: str = ""
    maximum: str = ""
    read_words: str = ""
    confirmed_words: str = ""


def check_of(criterion: Criterion, agreed: Score | None, one: CriterionRound | None) -> Check:
    """The check of a criterion's agreed score."""
    if agreed is None:
        return Check(criterion.id, criterion.number, "")
    read_version, confirmed_at = (one.read_back_version, one.confirmed_at) if one else (0, None)
    state = check_state(agreed.version, read_version, is_confirmed=confirmed_at is not None)
    return Check(
        criterion.id,
        criterion.number,
        state,
        agreed.version,
        display_of(criterion, agreed.entry),
        maximum_words(criterion),
        f"{one.read_back_by_name} đọc lại lúc {clock(one.read_back_at)}" if one and one.read_back_at else "",
        f"{one.confirmed_by_name} xác nhận lúc {clock(confirmed_at)}" if one and confirmed_at else "",
    )


def check_part(room_id: int, state: str, check: Check) -> str:
    """The live partial ``check-<criterion id>``."""
    return render_part("_check", room_id=room_id, state=state, check=check)


def fresh_check_part(checklist_session: ChecklistSession, criterion: Criterion) -> str:
    """The partial after a change of the agreed score, which nobody can have read back yet."""
    agreed = checklist_session.score_of(criterion.id, "agreed")
    return check_part(checklist_session.id, checklist_session.state, check_of(criterion, agreed, None))


def check_parts(
    session: Session, checklist_session: ChecklistSession, sheet: Sheet, scores: Mapping[int, list[Score]]
) -> dict[int, str]:
    """Criterion id -> partial, for a whole page; nothing where the plan wants no such check."""
    if not checklist_session.two_person_check:
        return {}
    rounds = rounds_of(session, checklist_session.id)
    found = {}
    for leaf in sheet.leaves:
        agreed = next((score for score in scores.get(leaf.id, []) if score.perspective == "agreed"), None)
        check = check_of(leaf, agreed, rounds.get(leaf.id))
        found[leaf.id] = check_part(checklist_session.id, checklist_session.state, check)
    return found


def rounds_of(session: Session, checklist_session_id: int) -> dict[int, CriterionRound]:
    """Criterion id -> what it has gone through."""
    rows = session.scalars(select(CriterionRound).where(CriterionRound.checklist_session_id == checklist_session_id))
    return {one.criterion_id: one for one in rows}
