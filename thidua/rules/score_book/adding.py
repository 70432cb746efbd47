"""The formulas that add a score sheet up, the same way as ``rules.scoring`` does, in whole hundredths of a point.

Not scored, 0 and not applicable stay three things: an empty box adds nothing, "k" leaves the maximum or counts full.
"""

from collections.abc import Iterator

from thidua.rules.entries import Entry, entry_points
from thidua.rules.points import Points
from thidua.rules.score_book.choosing import rivals
from thidua.rules.score_book.places import Rows, Working, call, nested, ranges
from thidua.rules.sheet import Criterion, Sheet, group_maximum

LEFT_OUT = ("k", "x", "không xét")
COUNTS = ("scored", "left_out", "live")


def working_formulas(sheet: Sheet, rows: Rows, columns: Working) -> Iterator[tuple[str, str]]:
    """(address on the working page, formula) of every criterion and section; the later of two for one place holds."""
    for criterion in sheet.all:
        row = rows[criterion.id]
        if criterion.is_section:
            formulas = _section(criterion, rows, columns, is_full_marks=sheet.not_applicable == "full_marks")
        else:
            formulas = _leaf(criterion, sheet, row, columns)
        for part, formula in formulas.items():
            yield columns.at(part, row), formula
        yield columns.at("owed", row), columns.at("missing", row)
    for criterion in sheet.all:
        if criterion.is_choice:
            yield from rivals(criterion, rows, columns)


def _leaf(criterion: Criterion, sheet: Sheet, row: int, columns: Working) -> dict[str, str]:
    if not criterion.carries_points:
        return dict.fromkeys(("base", "bonus", "maximum", *COUNTS, "missing", "stands", "zero"), "0")
    typed, scored, left_out = columns.typed(row), columns.at("scored", row), columns.at("left_out", row)
    marks = criterion.declared_marks
    kept = marks if sheet.not_applicable == "full_marks" else 0
    brings = f"IF({scored}=1,{_points(criterion, typed)},"
    is_bonus = criterion.polarity == "bonus"
    is_given = f'OR(ISNUMBER({typed}),LEFT({typed},1)="m")' if criterion.kind == "levels" else f"ISNUMBER({typed})"
    words = ",".join(f'{typed}="{word}"' for word in LEFT_OUT)
    return {
        "base": "0" if is_bonus else f"{brings}IF({left_out}=1,{kept},0))",
        "bonus": f"{brings}0)" if is_bonus else "0",
        "maximum": f"IF({left_out}=1,{kept},{marks})",
        "scored": f"IF({is_given},1,0)",
        "left_out": f"IF(OR({words}),1,0)",
        "missing": f"1-{scored}-{left_out}",
        "live": f"1-{left_out}",
        "stands": "0" if criterion.polarity == "penalty" else f"{scored}+{left_out}",
        "zero": f"IF(AND({scored}=1,{columns.at('base', row)}+{columns.at('bonus', row)}<=0),1,0)",
    }


def _points(criterion: Criterion, typed: str) -> str:
    """What the number in the box brings, held within the criterion's limits (``entries.entry_points``)."""
    number = f"ROUND({typed}*100,0)"
    if criterion.kind == "count":
        each = criterion.points_per_count or 0
        if criterion.polarity == "penalty":
            number = f"{-abs(each)}*ROUND({typed},0)"
        elif each < 0 and criterion.polarity == "base":
            number = f"{criterion.maximum or 0}{each}*ROUND({typed},0)"
        else:
            number = f"{each}*ROUND({typed},0)"
    held = _within(criterion, number)
    if criterion.kind != "levels":
        return held
    named = nested("SUM", [f'({typed}="m{place}")*{points}' for place, points in enumerate(_levels(criterion), 1)])
    return f"IF(ISNUMBER({typed}),{held},{named})"


def _levels(criterion: Criterion) -> list[Points]:
    return [entry_points(criterion, Entry(level=index)) or 0 for index in range(len(criterion.levels))]


def _within(criterion: Criterion, number: str) -> str:
    low, high = criterion.lowest, criterion.highest
    if criterion.polarity == "penalty":
        number = f"-ABS({number})"
    if criterion.polarity == "base" and criterion.maximum is not None:
        high = criterion.declared_marks
    if high is not None:
        number = f"MIN({number},{high})"
    return number if low is None else f"MAX({number},{low})"


def _section(section: Criterion, rows: Rows, columns: Working, *, is_full_marks: bool) -> dict[str, str]:
    row, below = rows[section.id], [rows[child.id] for child in section.children]
    at = {part: columns.at(part, row) for part in ("base", "raw_base", "raw_bonus", "live", "left_out")}
    if section.is_choice:
        raw = {part: _taken(part, below, columns) for part in ("base", "bonus")}
        most = call("MAX", columns["most"], below)
    else:
        raw = {part: call("SUM", columns[part], below) for part in ("base", "bonus")}
        most = call("SUM", columns["maximum"], below)
    base, bonus, least = at["raw_base"], at["raw_bonus"], min(section.minimum, 0)
    stands = f"IF({call('SUM', columns['stands'], below)}>0,1,0)"
    if section.starts_full:
        most, least = str(group_maximum(section, [])), min(section.minimum, group_maximum(section, []))
        applies = f"OR({at['live']}>0,{at['left_out']}=0)"
        base = f"MIN({most}+IF({applies},{base},0),{most})"
    elif section.cap is not None:
        most = f"MIN({most},{section.cap})"
    if section.starts_full or section.polarity != "penalty" or least < 0:
        base, bonus = f"MAX({base},{least})", f"MAX({bonus}-MAX({least}-{base},0),0)"
    if section.starts_full and not is_full_marks:
        base, bonus = f"IF({applies},{base},0)", f"IF({applies},{bonus},{at['raw_bonus']})"
        most = f"IF({applies},{most},0)"
        stands = f"IF({applies},1,{stands})"
    elif section.starts_full:
        stands = "1"
    if section.cap is not None:
        base, bonus = f"MIN({base},{section.cap})", f"MIN({bonus},{section.cap}-{at['base']})"
    return {
        "base": base,
        "bonus": bonus,
        "maximum": most,
        **{part: call("SUM", columns[part], below) for part in COUNTS},
        "missing": call("SUM", columns["owed"], below),
        "stands": stands,
        "raw_base": raw["base"],
        "raw_bonus": raw["bonus"],
        "zero": _nothing_got(row, columns),
    }


def _nothing_got(row: int, columns: Working) -> str:
    base, bonus, most, missing = (columns.at(part, row) for part in ("base", "bonus", "maximum", "missing"))
    return f"IF(AND({missing}=0,{most}>0,{base}+{bonus}<=0),1,0)"


def _taken(part: str, below: list[int], columns: Working) -> str:
    pairs = zip(ranges(columns["taken"], below), ranges(columns[part], below), strict=True)
    return nested("SUM", [f"SUMPRODUCT({taken},{points})" for taken, points in pairs])
