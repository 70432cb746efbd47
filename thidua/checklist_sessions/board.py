"""The head of team's board: all criteria with self, proposals, agreed and difference; disagreements first."""

from typing import Any

from thidua.checklist_sessions.frames import grade_label
from thidua.checklist_sessions.queries import session_scores, standings_of, team_of
from thidua.checklist_sessions.score_page import last_saved, may_enter
from thidua.checklist_sessions.view import BoardRow, agreed_in, facts_of, row_of, summary_of, totals_line
from thidua.extensions import db
from thidua.models.finders import blind_round_of, sheet_of
from thidua.models.last_time import last_times_of
from thidua.rules.scoring import compute_totals
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found
from thidua.session_pages.header import room_of


def board_page(found: Found, sort: str) -> dict[str, Any]:
    """Everything ``board.html`` needs; ``sort`` is "disagreement" or "number"."""
    checklist_session = found.checklist_session
    sheet = sheet_of(db.session(), checklist_session.checklist_id)
    scores = session_scores(db.session(), checklist_session.id)
    standing = standings_of(db.session(), checklist_session.id)
    team = team_of(db.session(), checklist_session.plan_unit_id)
    blind = blind_round_of(db.session(), checklist_session)
    rows = [
        row_of(leaf, facts_of(leaf, scores.get(leaf.id, []), team, shows_proposals=True, blind=blind))
        for leaf in sheet.leaves
    ]
    agreed = agreed_in(standing)
    address = f"/checklist-sessions/{checklist_session.id}"
    return {
        "room": room_of(found, audience_of(found.standing.part), "board")
        | {
            "saved_words": last_saved(scores, found.person.id),
            "readonly_reason": "" if found.may("settle") else may_enter(found)[1],
        },
        "urls": {
            "stream": f"{address}/stream",
            "changes": f"{address}/changes",
            "scores": f"{address}/criteria/0/scores",
        },
        "sort": "number" if sort == "number" else "disagreement",
        "rows": rows if sort == "number" else sorted(rows, key=_urgency),
        "last_times": last_times_of(db.session(), checklist_session, sheet),
        "summary": summary_of(sheet, standing, team, blind),
        "totals": totals_line(compute_totals(sheet, agreed), grade_label(sheet, agreed)),
    }


def _urgency(row: BoardRow) -> int:
    if row.differs:
        return 0
    return 1 if row.facts.agreed is None else 2
