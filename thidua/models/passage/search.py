"""Finding passages: tier after tier, newest first in each, and how many there are by unit, year and kind."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from thidua.models.passage.engines import Engine, engine_of
from thidua.models.passage.row import Passage
from thidua.models.passage.sight import Sight
from thidua.rules.search_query import Query
from thidua.rules.search_tiers import Kind

FEW = 20
"""With fewer hits than these the folded tier is asked too; the others only when nothing was found."""
MOST_COUNTED = 10_000
"""Beyond these, counts are those of the newest."""


Value = TypeVar("Value")
Counted = tuple[tuple[Value, int], ...]
"""Values of a facet, each with its number of hits."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the person narrowed the search to."""

    unit_id: int | None = None
    year: int | None = None
    kind: str | None = None

    @property
    def is_set(self) -> bool:
        return self != Filters()

    def lets(self, cell: "_Cell") -> bool:
        """Whether passages of this cell are wanted."""
        wanted = (self.unit_id, self.year, self.kind)
        return all(want is None or want == have for want, have in zip(wanted, cell.place, strict=True))

    def conditions(self) -> list[ColumnElement[bool]]:
        columns = ((Passage.unit_id, self.unit_id), (Passage.year, self.year), (Passage.kind, self.kind))
        return [column == wanted for column, wanted in columns if wanted is not None]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, how exactly it answers, and its place among all hits, from 0."""

    passage: Passage
    tier: Kind
    place: int
    begins_tier: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits. ``total`` and the counts are of all hits the person may see.

    A count leaves the filter of its own kind out. ``is_more`` when there are more than were counted.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_more: bool = False
    by_unit: Counted[int] = ()
    by_year: Counted[int] = ()
    by_kind: Counted[str] = ()


@dataclass(frozen=True, slots=True)
class _Cell:
    place: tuple[int, int, str]
    count: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """A tier that was asked: ``match`` leaves out what the tiers before have found."""

    kind: Kind
    match: str
    start: int
    count: int


def find_passages(
    session: Session,
    query: Query,
    *,
    visible: Sight,
    unit_id: int | None = None,
    year: int | None = None,
    kind: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """The hits from ``offset`` on: exact accents first, then "không phân biệt dấu", prefix, most words."""
    return _Search(session, visible, Filters(unit_id, year, kind)).find(query, limit, offset)


@dataclass(frozen=True, slots=True)
class _Search:
    session: Session
    sight: Sight
    filters: Filters

    @property
    def engine(self) -> Engine:
        return engine_of(self.session)

    def find(self, query: Query, limit: int, offset: int) -> Found:
        engine, asked, total = self.engine, list[_Asked](), 0
        cells: list[_Cell] = []
        so_far = ""
        for tier in engine.tiers(query):
            if asked and total >= (FEW if tier.kind == "folded" else 1):
                continue
            match = engine.without(tier.match, so_far) if so_far else tier.match
            so_far = engine.either(so_far, tier.match) if so_far else tier.match
            cells = self._cells(so_far)
            reached = self._total(cells, so_far)
            asked.append(_Asked(tier.kind, match, total, reached - total))
            total = reached
        return Found(
            tuple(self._page(asked, limit, offset)),
            min(total, MOST_COUNTED),
            total > MOST_COUNTED,
            *self._facets(cells),
        )

    def _cells(self, match: str) -> list[_Cell]:
        """How many hits of each unit, year and kind, whatever the filters; one query."""
        newest = (
            select(Passage.unit_id, Passage.year, Passage.kind)
            .where(self.engine.matching(match), self.sight.condition())
            .order_by(self.engine.newest.desc())
            .limit(MOST_COUNTED + 1)
            .subquery()
        )
        place = (newest.c.unit_id, newest.c.year, newest.c.kind)
        counted = self.session.execute(select(*place, func.count()).group_by(*place))
        return [_Cell((unit, year, kind), count) for unit, year, kind, count in counted]

    def _total(self, cells: list[_Cell], match: str) -> int:
        if self.filters.is_set and sum(cell.count for cell in cells) > MOST_COUNTED:
            wanted = (
                select(Passage.id)
                .where(self.engine.matching(match), self.sight.condition(), *self.filters.conditions())
                .limit(MOST_COUNTED + 1)
                .subquery()
            )
            return self.session.scalar(select(func.count()).select_from(wanted)) or 0
        return sum(cell.count for cell in cells if self.filters.lets(cell))

    def _page(self, asked: list[_Asked], limit: int, offset: int) -> Iterable[Hit]:
        for tier in asked:
            skipped = max(0, offset - tier.start)
            if limit > 0 and skipped < tier.count:
                rows = self.session.scalars(
                    select(Passage)
                    .where(self.engine.matching(tier.match), self.sight.condition(), *self.filters.conditions())
                    .order_by(self.engine.newest.desc())
                    .limit(limit)
                    .offset(skipped)
                ).all()
                limit -= len(rows)
                for place, row in enumerate(rows, start=tier.start + skipped):
                    yield Hit(row, tier.kind, place, begins_tier=place == tier.start)

    def _facets(self, cells: list[_Cell]) -> tuple[Counted[int], Counted[int], Counted[str]]:
        units, years, kinds = Counter[int](), Counter[int](), Counter[str]()
        for cell in cells:
            unit, year, kind = cell.place
            if replace(self.filters, unit_id=None).lets(cell):
                units[unit] += cell.count
            if replace(self.filters, year=None).lets(cell):
                years[year] += cell.count
            if replace(self.filters, kind=None).lets(cell):
                kinds[kind] += cell.count
        newest_first = sorted(years.items(), reverse=True)
        return tuple(units.most_common()), tuple(newest_first), tuple(kinds.most_common())
