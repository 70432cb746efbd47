"""Every score's bare value, kept from one change of a session to the next, so that each reads only what it touched."""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from thidua.checklist_sessions.queries import standings_of
from thidua.models import ChecklistSession
from thidua.rules.entries import Entry

Standings = Mapping[int, Mapping[tuple[str, int], Entry]]
Kept = OrderedDict[int, tuple[int, Standings]]  # checklist session's id -> its revision and values
MOST_KEPT = 256  # about 40 KB each

_databases: WeakKeyDictionary[Engine, Kept] = WeakKeyDictionary()
_lock = Lock()


def standings_after(session: Session, checklist_session: ChecklistSession, criterion_id: int) -> Standings:
    """The bare values as of the session's revision, which changed nothing but this criterion's loaded scores.

    What was kept is used only if it is of the revision just before: the journal is gapless, so then nothing else
    can have changed. Otherwise everything is read. Call it inside the writing transaction.
    """
    with _lock:
        revision, known = _kept_of(session).get(checklist_session.id, (-1, {}))
    if revision != checklist_session.revision - 1:
        return standings_of(session, checklist_session.id)
    here = {(score.perspective, score.holder): score.entry for score in checklist_session.scores}
    return {**known, criterion_id: here}


def keep_standings(session: Session, checklist_session: ChecklistSession, standings: Standings) -> None:
    """Remember them for the next change; only after the commit that made this revision."""
    with _lock:
        kept = _kept_of(session)
        kept[checklist_session.id] = (checklist_session.revision, standings)
        kept.move_to_end(checklist_session.id)
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)


def _kept_of(session: Session) -> Kept:
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    return _databases.setdefault(engine, OrderedDict())
