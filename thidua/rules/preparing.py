"""How far the unit itself is with each thing it prepares: Kế hoạch 72/HTS, mục III.1. Days: ``rules.readiness``."""

from collections.abc import Iterable
from dataclasses import dataclass

NONE, PARTIAL, FULL = "none", "partial", "full"
STATE_LABELS = {NONE: "Chưa có", PARTIAL: "Đang làm", FULL: "Đủ"}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing asked of the unit. ``asked``: sending without it is asked about; ``words`` is how far it is."""

    key: str
    title: str
    state: str
    words: str
    asked: bool = False

    @property
    def state_label(self) -> str:
        """ "Chưa có", "Đang làm", "Đủ"."""
        return STATE_LABELS[self.state]


def share_state(done: int, count: int) -> str:
    """None of them, some, all."""
    if done <= 0:
        return NONE
    return FULL if done >= count else PARTIAL


def report_state(summary: str, files: int) -> str:
    """The report is a file; its summary alone is a beginning."""
    return FULL if files else PARTIAL if summary.strip() else NONE


def figures_state(this_year: Iterable[str], files: int) -> str:
    """Every row has this year's figure; an appendix sent as a file without any row filled in is a beginning."""
    rows = list(this_year)
    filled = sum(bool(one) for one in rows)
    if not filled:
        return PARTIAL if files else NONE
    return share_state(filled, len(rows))
