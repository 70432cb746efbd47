"""Adding passages to the index and taking them out again, always in the caller's transaction."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from thidua.models.passage.engines import engine_of, keys_of
from thidua.models.passage.row import MOST_PASSAGES, Passage, passage_id
from thidua.rules.search_keys import NORMALISER_VERSION


def index_passages(session: Session, passages: Sequence[Passage]) -> None:
    """Write new passages and their keys. They get their ids here, in the order given within a session.

    Earlier passages of the same checklist sessions must have been forgotten.
    """
    places: Counter[int] = Counter()
    kept: list[Passage] = []
    for passage in passages:
        place = places[passage.checklist_session_id]
        if place == MOST_PASSAGES:
            continue
        places[passage.checklist_session_id] += 1
        passage.id = passage_id(passage.occurred_on, passage.checklist_session_id, NORMALISER_VERSION, place)
        passage.normaliser_version = NORMALISER_VERSION
        kept.append(passage)
    if kept:
        columns = Passage.__table__.columns.keys()
        rows = [{name: getattr(passage, name) for name in columns} for passage in kept]
        engine_of(session).add(session, rows, [keys_of(passage.body, passage.title) for passage in kept])


def forget_passages(session: Session, checklist_session_id: int) -> None:
    """Take every passage of a checklist session out of the index."""
    stored = session.execute(
        select(Passage.id, Passage.title, Passage.body, Passage.normaliser_version).where(
            Passage.checklist_session_id == checklist_session_id
        )
    ).all()
    if stored:
        engine_of(session).forget(session, stored)
        session.execute(
            delete(Passage)
            .where(Passage.checklist_session_id == checklist_session_id)
            .execution_options(synchronize_session=False)
        )


def empty_old_index(session: Session) -> bool:
    """When keys of another normaliser are there: empty the index (not the passages). Whether it was so.

    Only `composing.index_session` of every checklist session makes it whole again.
    """
    old = select(Passage.id).where(Passage.normaliser_version.not_in((0, NORMALISER_VERSION))).limit(1)
    if session.scalar(old) is None:
        return False
    engine_of(session).empty(session)
    session.execute(update(Passage).values(normaliser_version=0).execution_options(synchronize_session=False))
    return True
