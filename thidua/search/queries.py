"""What the search page shows: hits with their sentences, counts, and units and plans found by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import load_only

from thidua.extensions import db
from thidua.models import Actor, Plan, Unit
from thidua.models.passage import KIND_LABELS, Found, Hit, Place, Sight, places_of, reply_to
from thidua.models.passage.search import MOST_COUNTED
from thidua.permissions import may
from thidua.rules.highlight import Segments, highlight, snippet
from thidua.rules.search_query import Query, parse_query
from thidua.rules.vietnamese import collate_key, fold, matches_search, words_of
from thidua.search.asking import PAGE, Asked

TIER_HEADINGS = {
    "exact": "",
    "folded": "Không phân biệt dấu",
    "prefix": "Từ cuối chưa gõ xong",
    "most": "Thiếu một từ trong câu hỏi",
}
MOST_SHORTCUTS = 4


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit as shown: title and sentence in pieces, True where they answer the question."""

    hit: Hit
    place: Place
    title: Segments
    sentence: Segments

    @property
    def heading(self) -> str:
        """The words above the first hit of a less exact tier."""
        return TIER_HEADINGS[self.hit.tier] if self.hit.begins_tier else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter with its number of hits."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """All below the search box. ``words`` are those looked for, ``within`` the unit named beside them."""

    asked: Asked
    hits: list[ShownHit]
    words: str
    within: Unit | None
    total: int
    is_more: bool
    units: list[Choice]
    years: list[Choice]
    kinds: list[Choice]
    named_units: list[Unit]
    named_plans: list[Plan]

    @property
    def total_words(self) -> str:
        """How many hits there are: "12 đoạn", "hơn 10.000 đoạn"."""
        return f"hơn {MOST_COUNTED:,} đoạn".replace(",", ".") if self.is_more else f"{self.total} đoạn"

    @property
    def has_further(self) -> bool:
        return self.asked.offset + PAGE < self.total


def answer(asked: Asked, person: Actor) -> Answer | None:
    """What the person may see of the answer; None while nothing is asked."""
    if parse_query(asked.q).is_empty:
        return None
    units = _all_units()
    reply = reply_to(
        db.session(),
        asked.q,
        units,
        limit=PAGE,
        offset=asked.offset,
        unit_id=asked.unit,
        visible=Sight.of(person, everything=may("see_conclusion", person)),
        year=asked.year,
        kind=asked.kind,
    )
    found = reply.found
    in_order = sorted(units, key=lambda unit: collate_key(unit.name))
    return Answer(
        asked=asked,
        hits=_shown(found, reply.query),
        words=reply.query.typed,
        within=reply.within,
        total=found.total,
        is_more=found.is_more,
        units=_choices([(unit.id, unit.name) for unit in in_order], found.by_unit, asked.unit),
        years=_choices([(year, f"Năm {year}") for year, _count in found.by_year], found.by_year, asked.year),
        kinds=_choices(list(KIND_LABELS.items()), found.by_kind, asked.kind),
        named_units=[] if asked.offset else _units(asked.q, units),
        named_plans=[] if asked.offset else _plans(asked.q),
    )


def _shown(found: Found, query: Query) -> list[ShownHit]:
    places = places_of(db.session(), found.hits)
    return [
        ShownHit(
            hit,
            places[hit.passage.checklist_session_id],
            highlight(hit.passage.title, query),
            snippet(hit.passage.body, query),
        )
        for hit in found.hits
    ]


def _choices(
    labels: Sequence[tuple[int | str, str]], counted: Sequence[tuple[int | str, int]], chosen: int | str | None
) -> list[Choice]:
    """Those with hits, and the chosen one even without."""
    counts = dict(counted)
    return [
        Choice(str(value), label, counts.get(value, 0), value == chosen)
        for value, label in labels
        if value in counts or value == chosen
    ]


def _all_units() -> list[Unit]:
    columns = load_only(Unit.id, Unit.name, Unit.area, Unit.kind_label)
    return list(db.session.scalars(select(Unit).options(columns).order_by(Unit.position, Unit.id)))


def _units(q: str, units: Sequence[Unit]) -> list[Unit]:
    """Units whose name has each typed word; the last one may be unfinished."""
    typed = [word.folded for word in words_of(q)]
    if not typed or len(typed[-1]) < (3 if len(typed) == 1 else 2):
        return []
    return [unit for unit in units if matches_search(unit.name, q) and _whole_words(unit.name) >= set(typed[:-1])][
        :MOST_SHORTCUTS
    ]


def _whole_words(text: str) -> set[str]:
    return {word.folded for word in words_of(text)}


def _plans(q: str) -> list[Plan]:
    """Plans with the number typed, alone ("72") or as one writes it ("kế hoạch số 72/HTS")."""
    typed = [word.folded for word in words_of(fold(q))]
    figures = {word for word in typed if word.isdecimal()}
    if not figures or len(typed) > 12:
        return []
    plans = db.session.scalars(
        select(Plan)
        .options(load_only(Plan.number, Plan.symbol, Plan.number_line, Plan.subject, Plan.year))
        .where(Plan.number.in_([int(one) for one in figures if len(one) < 7]))
        .order_by(Plan.year.desc(), Plan.id.desc())
    )
    return [plan for plan in plans if set(typed) <= _words_for(plan)][:MOST_SHORTCUTS]


def _words_for(plan: Plan) -> set[str]:
    written = f"kế hoạch kiểm tra số năm KH {plan.number} {plan.year} {plan.symbol} {plan.number_label}"
    return {word.folded for word in words_of(fold(written))}
