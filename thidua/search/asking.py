"""What was asked for, read from the address; whatever is no sensible value is as good as not given."""

from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from thidua.converters import LARGEST_ID
from thidua.models.passage import KIND_LABELS
from thidua.rules.search_query import LONGEST_QUERY
from thidua.rules.vietnamese import clean_line

PAGE = 20
DEEPEST = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the words, the filters, and from which hit on."""

    q: str = ""
    unit: int | None = None
    year: int | None = None
    kind: str | None = None
    offset: int = 0

    @classmethod
    def read(cls, args: MultiDict[str, str]) -> "Asked":
        """From the query string of a request."""
        kind = args.get("kind", "")
        return cls(
            q=clean_line(args.get("q", "")[: 4 * LONGEST_QUERY])[:LONGEST_QUERY],
            unit=_number(args.get("unit", ""), LARGEST_ID),
            year=_number(args.get("year", ""), 9999),
            kind=kind if kind in KIND_LABELS else None,
            offset=_number(args.get("offset", ""), DEEPEST) or 0,
        )

    @property
    def is_narrowed(self) -> bool:
        return (self.unit, self.year, self.kind) != (None, None, None)

    @property
    def without_filters(self) -> "Asked":
        return Asked(self.q)

    def further(self) -> "Asked":
        """The same question, the next hits."""
        return replace(self, offset=self.offset + PAGE)

    def narrowed(self, **filters: Any) -> "Asked":
        """The same words with other filters, from the first hit on."""
        return replace(self, offset=0, **filters)

    def address(self, endpoint: str = "search.index") -> str:
        """The address of this question: of the page, or of one of its parts."""
        given = {name: getattr(self, name) for name in ("q", "unit", "year", "kind", "offset")}
        return url_for(endpoint, **{name: value for name, value in given.items() if value})


def _number(typed: str, most: int) -> int | None:
    typed = typed.strip()
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > 12:
        return None
    number = int(typed)
    return number if 0 < number <= most else None
