"""What does not add up, and numbers that repeat or are missing: told as doubts, never mended unasked."""

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from thidua.rules.points import Points, format_points
from thidua.rules.sheet import Criterion, full_marks
from thidua.rules.sheet_reading.cells import key_of
from thidua.rules.sheet_reading.ledger import Ledger
from thidua.rules.sheet_reading.numbering import Number, read_number, skips_only_d
from thidua.rules.sheet_reading.values import Choice, ReadRow


def check_numbers(rows: Sequence[ReadRow], printed: Container[int], ledger: Ledger) -> None:
    """Among the rows of one parent: the same number twice, or one left out. ``printed``: rows that had a number."""
    for family in _families(rows):
        siblings = [row for row in family if row.id in printed]
        for before, after in pairwise(siblings):
            first = read_number(before.criterion.number, alone=True)
            second = read_number(after.criterion.number, alone=True)
            if first is None or second is None or first.style != second.style or not first.parts:
                continue
            _check_pair(before, after, first, second, ledger)


def _check_pair(before: ReadRow, after: ReadRow, first: Number, second: Number, ledger: Ledger) -> None:
    if first.label == second.label:
        why = f"Số thứ tự {first.label} đã có ở hàng trên ({before.at})"
    elif first.parts[:-1] == second.parts[:-1] and second.last > first.last + 1 and not skips_only_d(first, second):
        why = f"Từ số {first.label} sang số {second.label}: có thể thiếu một hàng ở giữa"
    elif first.parts[:-1] == second.parts[:-1] and second.last < first.last:
        why = f"Số {second.label} đứng sau số {first.label}"
    else:
        return
    expected = first.label[: len(first.label) - len(str(first.last))] + str(first.last + 1)
    choices = (Choice(f"Giữ số {second.label}"), Choice(f"Sửa thành {expected}", ((after.id, "number", expected),)))
    ledger.doubt(after.at, after.id, "number", second.label, why, choices if first.label[-1].isdecimal() else ())


def check_sums(rows: Sequence[ReadRow], roots: Sequence[Criterion], ledger: Ledger) -> None:
    """Printed maxima of sections against what stands below them."""
    at = {row.id: row.at for row in rows}
    for section in _sections(roots):
        declared, real = section.maximum, full_marks(section)
        if declared is None:
            continue
        shown, told = format_points(declared), format_points(real)
        if section.polarity == "base" and declared != real:
            choices = [Choice(f"Giữ {shown}"), Choice(f"Sửa thành {told}", ((section.id, "maximum", told),))]
            if real > declared:
                choices.append(Choice(f"Cả mục không quá {shown} điểm", ((section.id, "cap", shown),)))
            ledger.doubt(
                at[section.id],
                section.id,
                "sum",
                shown,
                f"Mục {section.number} ghi {shown} điểm nhưng cộng các tiêu chí được {told}",
                choices,
            )


def check_total(declared: Points, declared_at: str, roots: Sequence[Criterion], ledger: Ledger) -> None:
    """The printed total against the sum of the tops, by what they declare."""
    real = sum(full_marks(root) for root in roots)
    printed = sum(root.maximum if root.maximum is not None else full_marks(root) for root in base_of(roots))
    if declared in (real, printed):
        return
    shown, told = format_points(declared), format_points(printed)
    choices = (Choice(f"Giữ {shown}"), Choice(f"Lấy {told}", ((0, "declared_max", told),)))
    why = f"Hàng tổng ghi {shown} điểm nhưng cộng các mục được {told}"
    ledger.doubt(declared_at, 0, "declared_max", shown, why, choices)


def summed_row(what: str, rows: Sequence[ReadRow], before: int) -> int:
    """The section that "Cộng mục II" sums: the last row above it with that number; 0 when there is none."""
    for row in reversed([row for row in rows if row.id <= before]):
        if key_of(row.criterion.number) == what:
            return row.id
    return 0


def check_section_total(section: Criterion, at: str, points: Points, ledger: Ledger) -> None:
    """A printed "Cộng mục I" against its section."""
    declared = section.maximum if section.maximum is not None else full_marks(section)
    if points in (declared, full_marks(section)):
        return
    shown, told = format_points(declared), format_points(points)
    choices = (Choice(f"Giữ {shown}"), Choice(f"Lấy {told}", ((section.id, "maximum", told),)))
    why = f"Hàng cộng của mục {section.number} ghi {told} điểm, mục này ghi {shown}"
    ledger.doubt(at, section.id, "sum", told, why, choices)


def base_of(roots: Sequence[Criterion]) -> list[Criterion]:
    return [root for root in roots if root.polarity == "base"]


def _families(rows: Sequence[ReadRow]) -> Iterator[list[ReadRow]]:
    """Rows with the same parent, in order."""
    open_families: list[list[ReadRow]] = []
    for row in rows:
        if not row.is_taken:
            continue
        while len(open_families) > row.depth:
            yield open_families.pop()
        while len(open_families) < row.depth:
            open_families.append([])
        open_families[-1].append(row)
    yield from open_families


def _sections(criteria: Sequence[Criterion]) -> Iterator[Criterion]:
    for criterion in criteria:
        if criterion.children:
            yield criterion
            yield from _sections(criterion.children)
