"""Tables for tests: rows of text become cells with the addresses of a worksheet; reading shown as a short outline."""

from thidua.rules.points import format_points
from thidua.rules.sheet_reading.cells import Cell, Grid
from thidua.rules.sheet_reading.reading import read_tables
from thidua.rules.sheet_reading.values import Reading

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def grid(*rows: list[str], name: str = "Trang 1", bold: tuple[str, ...] = (), **more: object) -> Grid:
    """``bold`` names the addresses of bold cells."""
    made = []
    for place, row in enumerate(rows, start=1):
        at = [f"{LETTERS[index]}{place}" for index in range(len(row))]
        made.append(tuple(Cell(text, one, is_bold=one in bold) for text, one in zip(row, at, strict=True)))
    return Grid(name, tuple(made), **more)  # type: ignore[arg-type]


def read(*rows: list[str], **more: object) -> Reading:
    """A table with the usual three titles above these rows."""
    return read_tables([grid(["TT", "Nội dung", "Điểm tối đa"], *rows, **more)])


def outline(reading: Reading) -> list[str]:
    """One line a taken row: two spaces a level, number, text, points, and what kind it is unless plain points."""
    return [_line(row.depth, row.criterion) for row in reading.rows if row.is_taken]


def _line(depth: int, one) -> str:  # type: ignore[no-untyped-def]
    words = [f"{'  ' * (depth - 1)}{one.number} {one.text}"]
    if one.polarity == "penalty":
        words.append(f"[{format_points(one.minimum)}]" if one.minimum else "[trừ]")
    elif one.maximum is not None:
        sign = "+" if one.polarity == "bonus" else ""
        words.append(f"[{sign}{format_points(one.maximum)}]")
    if one.kind == "levels":
        words.append("/".join(f"{level.text} {format_points(level.points)}" for level in one.levels))
    elif one.kind == "count":
        words.append(f"x {format_points(one.points_per_count)}")
    elif one.kind == "note":
        words.append("(ghi nhận xét)")
    return " ".join(words)


def doubts(reading: Reading) -> list[tuple[str, str]]:
    """(cell, field) of each open doubt."""
    return [(doubt.at, doubt.field) for doubt in reading.open_doubts]


def reasons(reading: Reading) -> dict[str, str]:
    """Cell -> why what stands there is no criterion."""
    return {one.at: one.reason for one in reading.skipped}
