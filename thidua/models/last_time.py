"""The agreed scores of the unit's last inspection, told beside each criterion of this one."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.models.checklist_session import ChecklistSession
from thidua.models.finders import session_sheet
from thidua.models.follow_up import earlier_inspections
from thidua.models.score import Score
from thidua.rules import lifecycle
from thidua.rules.entries import Entry
from thidua.rules.last_time import LastTime, Settled, last_times
from thidua.rules.sheet import Sheet
from thidua.rules.words import day_of

_SCORE = Score.__table__.c
_VALUE = (_SCORE.points, _SCORE.level, _SCORE.count, _SCORE.not_applicable, _SCORE.text)


def last_times_of(session: Session, checklist_session: ChecklistSession, sheet: Sheet) -> dict[int, LastTime]:
    """Id of a criterion -> what it got in the last signed minutes of the unit; {} when there are none.

    Two queries, one without earlier minutes; a checklist used once more is read once per process.
    """
    last = session.execute(
        earlier_inspections(checklist_session.id, checklist_session.unit_id, checklist_session.opened_at)
        .where(ChecklistSession.state == lifecycle.SIGNED)
        .with_only_columns(
            ChecklistSession.id, ChecklistSession.checklist_id, ChecklistSession.unit_kind, ChecklistSession.opened_at
        )
        .limit(1)
    ).one_or_none()
    if last is None or last.opened_at is None:
        return {}
    agreed = (_SCORE.checklist_session_id == last.id, _SCORE.perspective == "agreed")
    settled = {
        criterion_id: Settled(Entry(*value), reason)
        for criterion_id, reason, *value in session.execute(
            select(_SCORE.criterion_id, _SCORE.reason, *_VALUE).where(*agreed)
        )
    }
    return last_times(sheet, session_sheet(session, last), settled, day_of(last.opened_at).year)
