"""``/api/search``: the hits of the search page, as plain values."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from sqlalchemy import select

from thidua.api.routes import api
from thidua.converters import LARGEST_ID
from thidua.extensions import db
from thidua.identity import require_person
from thidua.models import Unit
from thidua.models.passage import KIND_LABELS, Found, Hit, Place, Sight, places_of, reply_to
from thidua.permissions import allow, may
from thidua.rules.highlight import Segments, snippet
from thidua.rules.search_query import Query

MOST_HITS = 100
DEEPEST = 10_000


@api.get("/search")
def search() -> ResponseReturnValue:
    """``?q=`` with ``unit``, ``year``, ``kind``, ``limit`` (at most 100), ``offset``; any words will do.

    ``snippet`` is escaped HTML with ``<mark>`` around what was asked for, ``text`` the same without.
    """
    person = require_person()
    allow("search", person)
    kind = request.args.get("kind")
    units = db.session.scalars(select(Unit).order_by(Unit.id)).all()
    reply = reply_to(
        db.session(),
        request.args.get("q", ""),
        units,
        visible=Sight.of(person, everything=may("see_conclusion", person)),
        unit_id=_number("unit"),
        year=_number("year"),
        kind=kind if kind in KIND_LABELS else None,
        limit=min(_number("limit") or 20, MOST_HITS),
        offset=min(_number("offset") or 0, DEEPEST),
    )
    found = reply.found
    places = places_of(db.session(), found.hits)
    return {
        "hits": [_hit(hit, places[hit.passage.checklist_session_id], reply.query) for hit in found.hits],
        "total": found.total,
        "more": found.is_more,
        "facets": _facets(found, {unit.id: unit.name for unit in units}),
    }


def _hit(hit: Hit, place: Place, query: Query) -> dict[str, Any]:
    passage = hit.passage
    segments = snippet(passage.body, query)
    return {
        "id": passage.id,
        "title": passage.title,
        "unit": place.unit,
        "year": passage.year,
        "snippet": str(_marked(segments)),
        "text": "".join(text for text, _found in segments),
        "kind": passage.kind,
        "plan": place.plan,
        "rating": passage.rating,
        "unit_id": passage.unit_id,
        "date": passage.occurred_on.isoformat(),
        "tier": hit.tier,
        "draft": passage.is_draft,
        "checklist_session_id": passage.checklist_session_id,
        "url": place.address_of(passage),
        "addenda": [{"number": one.number_label, "url": one.address} for one in place.addenda],
    }


def _marked(segments: Segments) -> Markup:
    mark = Markup("<mark>{}</mark>")
    return Markup("").join(mark.format(text) if found else escape(text) for text, found in segments)


def _facets(found: Found, names: dict[int, str]) -> dict[str, list[dict[str, Any]]]:
    return {
        "units": [{"id": id, "name": names[id], "count": count} for id, count in found.by_unit],
        "years": [{"year": year, "count": count} for year, count in found.by_year],
        "kinds": [{"kind": kind, "name": KIND_LABELS[kind], "count": count} for kind, count in found.by_kind],
    }


def _number(name: str) -> int | None:
    """A whole number of the query string; None for anything else."""
    typed = request.args.get(name, "").strip()
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 12 else 0
    return number if 0 < number <= LARGEST_ID else None
