"""What a workbook says beside the sheet itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from thidua.rules.entries import Entry
from thidua.rules.score_book.marks import Marks
from thidua.rules.score_book.places import SELF, TEAM


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What stands in the workbook beside the sheet.

    ``lines``: whose half-day and which plan, above the table. ``writes``: the columns of scores one may write to.
    ``own`` and ``team``: the scores that stand in the two columns; ``reasons`` and ``remarks`` by criterion as well.
    ``signers``: who signs below, left to right. ``title``: what the workbook is when it is not to be filled in; then
    ``writes`` is empty, and nothing tells how to fill it in.
    """

    marks: Marks
    issuer: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    writes: str = SELF + TEAM
    team_title: str = "Đoàn chấm"
    own: Mapping[int, Entry] = field(default_factory=dict)
    team: Mapping[int, Entry] = field(default_factory=dict)
    reasons: Mapping[int, str] = field(default_factory=dict)
    remarks: Mapping[int, str] = field(default_factory=dict)
    signers: tuple[str, ...] = ()
    title: str = ""
