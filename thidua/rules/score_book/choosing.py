"""The formulas of a group in which one of several counts: only the highest, or either … or."""

from collections.abc import Iterator

from thidua.rules.score_book.places import Rows, Working, call
from thidua.rules.sheet import Criterion

FAR = 10**9


def rivals(section: Criterion, rows: Rows, columns: Working) -> Iterator[tuple[str, str]]:
    """Of base, bonus and penalties one counts: the highest, for penalties the heaviest, the first among equals."""
    below = [rows[child.id] for child in section.children]
    nobody = f"{call('SUM', columns['live'], below)}=0"
    for child in section.children:
        row = rows[child.id]
        alike = [rows[one.id] for one in section.children if one.polarity == child.polarity]
        yield from _compared(child, row, alike, columns)
        live, most = columns.at("live", row), columns.at("maximum", row)
        yield columns.at("most", row), f"IF(OR({live}>0,{nobody}),{most},0)"
        if section.either_or:
            yield from _spared(row, below, columns)


def _compared(child: Criterion, row: int, alike: list[int], columns: Working) -> Iterator[tuple[str, str]]:
    competes, rank = columns.at("competes", row), columns.at("rank", row)
    points = f"{columns.at('base', row)}+{columns.at('bonus', row)}"
    is_penalty = child.polarity == "penalty"
    pick, worst = ("MIN", FAR) if is_penalty else ("MAX", -FAR)
    applies = f"OR({columns.at('live', row)}>0,{call('SUM', columns['live'], alike)}=0)"
    yield competes, "1" if is_penalty else f"IF(AND({columns.at('stands', row)}>0,{applies}),1,0)"
    yield rank, f"IF({competes}=1,{points},{worst})"
    is_first = f"{call('SUM', columns['taken'], [one for one in alike if one < row])}=0"
    is_best = f"{rank}={call(pick, columns['rank'], alike)}"
    yield columns.at("taken", row), f"IF(AND({competes}=1,{is_best},{is_first}),1,0)"


def _spared(row: int, below: list[int], columns: Working) -> Iterator[tuple[str, str]]:
    """Nothing is owed any more once one alternative begun is whole; before that, nothing by those not begun."""
    scored, missing = columns.at("scored", row), columns.at("missing", row)
    begun, whole = call("SUM", columns["scored"], below), call("SUM", columns["whole"], below)
    yield columns.at("whole", row), f"IF(AND({scored}>0,{missing}=0),1,0)"
    yield columns.at("owed", row), f"IF(AND({begun}>0,OR({whole}>0,{scored}=0)),0,{missing})"
