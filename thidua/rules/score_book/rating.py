"""The formulas below the table: total with its caps, percent, points on the scale of the bands, rating with its gates.

What a gate needs the head of team for stays in words; a section under its threshold counts once everything is scored.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from thidua.rules.grading import NOT_RATED
from thidua.rules.score_book.places import LONGEST_FORMULA, Rows, Working, call, nested
from thidua.rules.sheet import Band, Criterion, Gate, Sheet

MOST_SECTIONS = 100


@dataclass(frozen=True, slots=True)
class Result:
    """Rows of the table's end: ``total``, and ``gates`` by their place in the sheet."""

    total: int
    gates: dict[int, int]


def total_formulas(sheet: Sheet, rows: Rows, total: int, columns: Working) -> dict[str, str]:
    """The last line of the working page (``scoring.compute_totals``)."""
    roots = [rows[root.id] for root in sheet.roots]
    raw_base, raw_bonus = columns.at("raw_base", total), columns.at("raw_bonus", total)
    least = sum(min(root.minimum, 0) for root in sheet.roots if root.is_section and root.polarity != "penalty")
    bonus = f"MAX({raw_bonus}-MAX({least}-{raw_base},0),0)"
    if sheet.bonus_cap is not None:
        bonus = f"MIN({bonus},{sheet.bonus_cap})"
    cap = sheet.total_cap
    base = f"MAX({raw_base},{least})"
    most = call("SUM", columns["maximum"], roots)
    whole = {"base": base, "bonus": bonus, "maximum": most}
    if cap is not None:
        whole = {
            "base": f"MIN({base},{cap})",
            "bonus": f"MIN({bonus},{cap}-{columns.at('base', total)})",
            "maximum": f"MIN({most},{cap})",
        }
    return {
        "raw_base": call("SUM", columns["base"], roots),
        "raw_bonus": call("SUM", columns["bonus"], roots),
        **whole,
        **{part: call("SUM", columns[part], roots) for part in ("scored", "left_out", "stands")},
        "missing": call("SUM", columns["owed"], roots),
        "rank": _scaled(sheet, bonus, total, columns),
    }


def shown(columns: Working, row: int) -> str:
    """The points of a section or of the whole sheet; nothing while nothing in it is scored."""
    return f'IF({_answered(columns, row)}=0,"",({columns.seen("base", row)}+{columns.seen("bonus", row)})/100)'


def percent_shown(columns: Working, row: int) -> str:
    """The percent of the maximum that applies, rounded half up to hundredths."""
    points = f"({columns.seen('base', row)}+{columns.seen('bonus', row)})"
    most, answered = columns.seen("maximum", row), _answered(columns, row)
    return f'IF(OR({most}<=0,{answered}=0),"",INT((2*{points}*10000+{most})/(2*{most}))/100)'


def scaled_shown(columns: Working, row: int) -> str:
    """The points that the bands are compared with: on the scale of the whole sheet."""
    return f'IF({_answered(columns, row)}=0,"",{columns.seen("rank", row)}/100)'


def rating_shown(sheet: Sheet, columns: Working, result: Result, labels: str) -> str:
    """The rating's formula, "" when there is none; ``labels`` is the name of the list of ratings, best first.

    Bands first, then gates (``grading.grade``): those that lower by one, then the ceilings.
    """
    bands = ordered(sheet)
    if not bands:
        return ""
    most, missing = columns.seen("maximum", result.total), columns.seen("missing", result.total)
    answered = _answered(columns, result.total)
    below = nested("SUM", [f"({columns.seen('rank', result.total)}<{band.minimum})*1" for band in bands])
    by_total = f"IF({most}<=0,{len(bands)},{below})"
    place = _lowered(sheet, bands, by_total, columns, result)
    label = f'IF({place}>={len(bands)},"{NOT_RATED}",INDEX({labels},{place}+1))'
    formula = f'IF({answered}=0,"",{label}&IF({missing}>0," (tạm tính)",""))'
    return formula if len(formula) <= LONGEST_FORMULA else ""


def gate_formula(sheet: Sheet, gate: Gate, rows: Rows, columns: Working) -> str:
    """1 when a gate that ``is_worked_out`` strikes. A section is asked once nothing of it is missing."""
    if gate.kind == "critical_zero":
        watched = [rows[one.id] for one in _watched(sheet, gate) if one.is_section or one.carries_points]
        return f"IF({call('SUM', columns['zero'], watched)}>0,1,0)"
    watched = [rows[one.id] for one in _watched(sheet, gate) if one.is_section]
    causes = nested("SUM", [_below(columns, row, gate.threshold or 0) for row in watched])
    return f"IF({causes}>0,1,0)"


def is_worked_out(sheet: Sheet, gate: Gate) -> bool:
    """Whether a formula tells it; the others stand in words: those a person declares, and of too wide sheets."""
    return gate.kind != "manual" and (gate.kind == "critical_zero" or len(sheet.roots) <= MOST_SECTIONS)


def ordered(sheet: Sheet) -> Sequence[Band]:
    """The bands, best first."""
    return sorted(sheet.bands, key=lambda band: -band.minimum)


def _lowered(sheet: Sheet, bands: Sequence[Band], by_total: str, columns: Working, result: Result) -> str:
    labels = [band.label for band in bands]
    struck = {place: columns.seen("zero", row) for place, row in result.gates.items()}
    by_effect = {
        effect: [box for place, box in struck.items() if sheet.gates[place].effect == effect]
        for effect in ("lower_one", "not_rated")
    }
    ceilings = [
        f"{box}*{labels.index(label)}"
        for place, box in struck.items()
        if (label := sheet.gates[place].label) in labels and sheet.gates[place].effect == "at_most"
    ]
    if not struck:
        return by_total
    lowered = f"{by_total}+{nested('SUM', by_effect['lower_one'])}"
    lowered = f"MIN({nested('MAX', [lowered, *ceilings])},{len(bands) - 1})"
    never = f"{nested('SUM', by_effect['not_rated'])}>0"
    return f"IF(OR({by_total}>={len(bands)},{never}),{len(bands)},{lowered})"


def _below(columns: Working, row: int, threshold: int) -> str:
    points, most = f"({columns.at('base', row)}+{columns.at('bonus', row)})", columns.at("maximum", row)
    return f"({columns.at('missing', row)}=0)*({most}>0)*({points}*100<{threshold}*{most})"


def _watched(sheet: Sheet, gate: Gate) -> Sequence[Criterion]:
    """What the gate looks at; nothing where the criterion it names is not on this sheet."""
    if gate.criterion is None:
        return [one for one in sheet.all if one.critical] if gate.kind == "critical_zero" else sheet.roots
    try:
        return [sheet.numbered(gate.criterion)]
    except KeyError:
        return []


def _scaled(sheet: Sheet, bonus: str, row: int, columns: Working) -> str:
    """When what does not apply has left the maximum, all but the bonus is brought back to the scale of the bands."""
    base, most, full = columns.at("base", row), columns.at("maximum", row), sheet.maximum
    on_scale = f"INT((2*{base}*{full}+{most})/(2*{most}))"
    scaled = f"IF(OR({most}={full},{most}<=0),{base},{on_scale})+{bonus}"
    return scaled if sheet.total_cap is None else f"MIN({scaled},{sheet.total_cap})"


def _answered(columns: Working, row: int) -> str:
    """Whether there is anything to show: scores, "không xét", or a group that is full from the beginning."""
    return f"({'+'.join(columns.seen(part, row) for part in ('scored', 'left_out', 'stands'))})"
