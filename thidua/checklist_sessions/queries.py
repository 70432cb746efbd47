"""What the scoring pages load. One function names all that one page or change needs."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from thidua.models import ChecklistSession, JournalEntry, PlanUnit, Score, TeamMember
from thidua.models.plan import team_label
from thidua.models.session_verbs.scoring import Clearing, told_holder
from thidua.rules.entries import Entry


def team_of(session: Session, plan_unit_id: int) -> dict[int, str]:
    """Account id -> short label of those whose proposals are awaited: secretary and members, in the team's order."""
    members = 0
    team = {}
    for account_id, role in session.execute(_TEAM, {"plan_unit_id": plan_unit_id}):
        members += role == "member"
        if role != "head":
            team[account_id] = team_label(role, members)
    return team


# Plain columns: these two run with every score, and what the ORM adds would be thrown away.
_MEMBER, _PLACE, _SCORE = TeamMember.__table__.c, PlanUnit.__table__.c, Score.__table__.c
_TEAM = (
    select(_MEMBER.account_id, _MEMBER.role)
    .join_from(TeamMember.__table__, PlanUnit.__table__, _PLACE.team_id == _MEMBER.team_id)
    .where(_PLACE.id == bindparam("plan_unit_id"))
    .order_by(_MEMBER.position)
)
_STANDINGS = select(
    _SCORE.criterion_id,
    _SCORE.perspective,
    _SCORE.holder,
    _SCORE.points,
    _SCORE.level,
    _SCORE.count,
    _SCORE.not_applicable,
    _SCORE.text,
).where(_SCORE.checklist_session_id == bindparam("id"))


def load_scores_of_criterion(session: Session, checklist_session: ChecklistSession, criterion_id: int) -> None:
    """Load one criterion's scores into the session's collection, for a verb to change."""
    set_committed_value(
        checklist_session,
        "scores",
        list(session.scalars(_SCORES_OF_CRITERION, {"id": checklist_session.id, "criterion_id": criterion_id})),
    )


_SCORES_OF_CRITERION = (
    select(Score)
    .where(Score.checklist_session_id == bindparam("id"), Score.criterion_id == bindparam("criterion_id"))
    .order_by(Score.id)
)


def standings_of(session: Session, checklist_session_id: int) -> dict[int, dict[tuple[str, int], Entry]]:
    """Every score's bare value: criterion id -> (perspective, holder) -> entry. Light enough for each change."""
    found: dict[int, dict[tuple[str, int], Entry]] = defaultdict(dict)
    for criterion_id, perspective, holder, *value in session.execute(_STANDINGS, {"id": checklist_session_id}):
        found[criterion_id][perspective, holder] = Entry(*value)
    return found


def last_clearing(
    session: Session, checklist_session_id: int, criterion_id: int, perspective: str, holder: int
) -> Clearing | None:
    """When a score that no longer stands was put back to "not scored"; read from the journal."""
    entries = session.scalars(
        select(JournalEntry)
        .where(
            JournalEntry.checklist_session_id == checklist_session_id,
            JournalEntry.kind == f"score.{perspective}",
            JournalEntry.payload.contains('"cleared":true'),
        )
        .order_by(JournalEntry.revision.desc())
    )
    for entry in entries:
        said = entry.content
        if (said["criterion_id"], told_holder(perspective, entry.actor_id, said)) == (criterion_id, holder):
            return Clearing(entry.revision, entry.actor_name, entry.at)
    return None


def session_scores(session: Session, checklist_session_id: int) -> dict[int, list[Score]]:
    """Every score of a session by criterion."""
    found: dict[int, list[Score]] = defaultdict(list)
    rows: Sequence[Score] = session.scalars(
        select(Score).where(Score.checklist_session_id == checklist_session_id).order_by(Score.id)
    ).all()
    for score in rows:
        found[score.criterion_id].append(score)
    return found


def agreed_entries(scores: dict[int, list[Score]]) -> dict[int, Entry]:
    """Criterion id -> agreed entry."""
    return {
        criterion_id: score.entry
        for criterion_id, each in scores.items()
        for score in each
        if score.perspective == "agreed"
    }
