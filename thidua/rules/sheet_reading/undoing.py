"""Taking back a correction: what the rows, doubts and head were before it, as plain values."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from thidua.rules.sheet import Sheet
from thidua.rules.sheet_reading.plain import from_plain, to_plain
from thidua.rules.sheet_reading.values import Doubt, Reading, ReadRow


def way_back(before: Reading, after: Reading) -> dict[str, Any]:
    """Only what changed, as it was."""
    rows = {row.id: row for row in after.rows}
    doubts = {doubt.id: doubt for doubt in after.doubts}
    plain: dict[str, Any] = {
        "rows": [to_plain(row) for row in before.rows if rows.get(row.id) != row],
        "doubts": [to_plain(doubt) for doubt in before.doubts if doubts.get(doubt.id) != doubt],
    }
    if before.head != after.head:
        plain["head"] = to_plain(before.head)
    return plain


def taken_back(reading: Reading, way: Mapping[str, Any]) -> Reading:
    """The reading before the change that left ``way``."""
    rows = {row.id: row for row in (from_plain(ReadRow, one) for one in way["rows"])}
    doubts = {doubt.id: doubt for doubt in (from_plain(Doubt, one) for one in way["doubts"])}
    return replace(
        reading,
        head=from_plain(Sheet, way["head"]) if "head" in way else reading.head,
        rows=tuple(rows.get(row.id, row) for row in reading.rows),
        doubts=tuple(doubts.get(doubt.id, doubt) for doubt in reading.doubts),
    )
