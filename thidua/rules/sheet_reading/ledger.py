"""What is noted down while reading: doubts, what was left out, sums. The one mutable thing of this room."""

from collections.abc import Sequence

from thidua.rules.points import Points
from thidua.rules.sheet_reading.values import Choice, Doubt, Skipped, Total

KEEP = Choice("Giữ như đã đọc")
MOST_SKIPPED = 500
LONGEST_SHOWN = 200


class Ledger:
    """Doubts are numbered in the order they are raised; at one place there is one doubt of a kind."""

    def __init__(self) -> None:
        self.doubts: list[Doubt] = []
        self.skipped: list[Skipped] = []
        self.totals: list[Total] = []
        self._seen: set[tuple[str, int, str]] = set()

    def doubt(self, at: str, row: int, field: str, read: str, why: str, choices: Sequence[Choice] = ()) -> None:
        """Note that something is not sure; "keep what was read" is always one of the choices."""
        if (at, row, field) in self._seen:
            return
        self._seen.add((at, row, field))
        offered = tuple(choices) if any(not one.edits for one in choices) else (KEEP, *choices)
        self.doubts.append(Doubt(len(self.doubts) + 1, at, row, field, shown(read), why, offered))

    def skip(self, at: str, text: str, reason: str) -> None:
        """Note what is no criterion; beyond very many the last line counts the rest."""
        if len(self.skipped) < MOST_SKIPPED:
            self.skipped.append(Skipped(at, shown(text), reason))
        else:
            before = self.skipped[-1]
            more = int(before.text.split()[1]) + 1 if before.text.startswith("Và ") else 2
            self.skipped[-1] = Skipped(at, f"Và {more} hàng nữa, đến ô này", reason)

    def total(self, at: str, label: str, points: Points, row: int = 0) -> None:
        """Note a printed sum."""
        self.totals.append(Total(at, shown(label), points, row))


def shown(text: str) -> str:
    """A text cut to what a notice can hold."""
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
