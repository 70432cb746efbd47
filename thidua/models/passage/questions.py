"""From what was typed to the passages: parse, ask, and try again within a unit named among the words."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from thidua.models.office_settings import office_of
from thidua.models.passage.search import Found, find_passages
from thidua.models.passage.sight import Sight
from thidua.models.passage.unit_names import unit_named_in
from thidua.models.unit import Unit
from thidua.rules.abbreviations import with_own
from thidua.rules.search_query import Query, parse_query


@dataclass(frozen=True, slots=True)
class Reply:
    """What was found for `query`; ``within`` is the unit named in the question when only that gave hits."""

    query: Query
    found: Found
    within: Unit | None = None


def reply_to(
    session: Session,
    typed: str,
    units: Sequence[Unit],
    *,
    visible: Sight,
    unit_id: int | None = None,
    year: int | None = None,
    kind: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Reply:
    """Answer a question typed by somebody who sees `visible`; `units` are those whose names are known."""

    def ask(query: Query, unit_id: int | None) -> Reply:
        found = find_passages(
            session, query, visible=visible, unit_id=unit_id, year=year, kind=kind, limit=limit, offset=offset
        )
        return Reply(query, found)

    abbreviations = with_own(office_of(session).abbreviations)
    reply = ask(parse_query(typed, abbreviations), unit_id)
    if reply.found.total or reply.query.is_empty or unit_id is not None:
        return reply
    named = unit_named_in(reply.query.typed, units)
    if named is None:
        return reply
    there = ask(parse_query(named.rest, abbreviations), named.unit.id)
    return Reply(there.query, there.found, named.unit) if there.found.total else reply
