"""The head of team's board: all criteria with self, proposals, agreed and difference; disagreements first."""

from typing import Any

from thidua.checklist_sessions.cards import settling_forms
from thidua.checklist_sessions.checks import check_parts
from thidua.checklist_sessions.frames import grade_label
from thidua.checklist_sessions.meeting_page import token_field, with_token
from thidua.checklist_sessions.outline import spared_in
from thidua.checklist_sessions.past_scores import cleared_scores
from thidua.checklist_sessions.queries import session_scores, standings_of, team_of
from thidua.checklist_sessions.score_page import last_saved, may_check, may_enter
from thidua.checklist_sessions.taken import last_taken, taken_part
from thidua.checklist_sessions.view import BoardRow, agreed_in, facts_of, row_of, summary_of, totals_line
from thidua.extensions import db
from thidua.models.finders import blind_round_of, session_sheet
from thidua.models.last_time import last_times_of
from thidua.models.preparation_reading import proofs_of
from thidua.rules import lifecycle
from thidua.rules.scoring import compute_totals
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found
from thidua.session_pages.header import room_of


def board_page(found: Found, sort: str, show: str) -> dict[str, Any]:
    """Everything ``board.html`` needs; ``sort`` is "disagreement" or "number", ``show`` a key of ``SHOWN``.

    Order and choice stay as loaded: a row that somebody settles does not move away under a finger.
    """
    checklist_session = found.checklist_session
    sheet = session_sheet(db.session(), checklist_session)
    scores = session_scores(db.session(), checklist_session.id)
    standing = standings_of(db.session(), checklist_session.id)
    team = team_of(db.session(), checklist_session.plan_unit_id)
    blind = blind_round_of(db.session(), checklist_session)
    spared = spared_in(sheet, scores)
    rows = [
        row_of(leaf, facts_of(leaf, scores.get(leaf.id, []), team, shows_proposals=True, blind=blind), spared)
        for leaf in sheet.leaves
    ]
    sort, show = sort if sort in SORTS else "disagreement", show if show in SHOWN else "all"
    agreed, audience = agreed_in(standing), audience_of(found.standing.part)
    may_settle = found.may("settle") and checklist_session.state == lifecycle.OPEN
    everything = [score for each in scores.values() for score in each]
    checks = check_parts(db.session(), checklist_session, sheet, scores)
    chosen = [row for row in rows if _is_shown(row, show)]
    address = f"/checklist-sessions/{checklist_session.id}"
    return {
        "room": room_of(found, audience, "board")
        | {
            "saved_words": last_saved(scores, found.person.id),
            "readonly_reason": "" if found.may("settle") else may_enter(found)[1],
        },
        "urls": {
            "stream": f"{address}/stream",
            "changes": f"{address}/changes",
            "scores": f"{address}/criteria/0/scores",
        },
        "show": show,
        "filters": [(label, f"?show={key}&sort={sort}", key == show) for key, label in SHOWN.items()],
        "sorts": [(label, f"?show={show}&sort={key}", key == sort) for key, label in SORTS.items()],
        "rows": chosen if sort == "number" else sorted(chosen, key=_urgency),
        "entries": settling_forms(sheet, scores, cleared_scores(db.session(), checklist_session.id))
        if may_settle
        else {},
        "checks": {criterion_id: with_token(part) for criterion_id, part in checks.items()},
        "has_check": checklist_session.two_person_check,
        "may_check": may_check(found),
        "token": token_field(),
        "taken": with_token(
            taken_part(
                checklist_session.id,
                checklist_session.state,
                last_taken(db.session(), sheet, checklist_session.id, everything) if may_settle else None,
            )
        ),
        "last_times": last_times_of(db.session(), checklist_session, sheet),
        "proofs": proofs_of(db.session(), checklist_session.id),
        "summary": summary_of(sheet, standing, team, blind),
        "totals": totals_line(compute_totals(sheet, agreed), grade_label(sheet, agreed)),
    }


SHOWN = {"all": "Tất cả", "unsettled": "Chưa thống nhất", "differing": "Còn khác nhau"}
SORTS = {"disagreement": "Khác nhau trước", "number": "Theo thứ tự"}


def _is_shown(row: BoardRow, show: str) -> bool:
    if show == "differing":
        return row.differs
    return show == "all" or (row.facts.agreed is None and not row.spared)


def _urgency(row: BoardRow) -> int:
    if row.differs:
        return 0
    return 1 if row.facts.agreed is None and not row.spared else 2
