"""The paper form of a score sheet that no half-day uses yet: the rows that will be printed, the heading left blank."""

from dataclasses import dataclass, replace

from thidua.rules.documents import Block, CodeBox, Document, Letterhead, Paragraph, Table
from thidua.rules.paper_form import BLANK, FormFacts, compose_form
from thidua.rules.sheet import Criterion, Sheet

ISSUER = ("Đoàn kiểm tra",)


@dataclass(frozen=True, slots=True)
class BlankFacts:
    """What stands above the table. ``mark`` names the version; a draft is printed with the mark of one."""

    mark: str
    is_draft: bool
    for_kind: str = ""


def compose_blank_form(facts: BlankFacts, sheet: Sheet) -> Document:
    """The same blocks as on the form of a half-day; lines to write on instead of the code that leads to one."""
    form = compose_form(FormFacts(ISSUER, "", sheet.name, BLANK, BLANK, facts.mark, ""), sheet)
    blocks = [one for block in form.blocks for one in _blank(block, facts)]
    return replace(form, title=f"Phiếu chấm điểm: {sheet.name}", blocks=tuple(blocks), draft=facts.is_draft)


def rows_of(sheet: Sheet, criterion_id: int) -> Table:
    """The part of the table in which one criterion (or a section with its own) is printed, under its sections."""
    form = compose_blank_form(BlankFacts("", is_draft=False), sheet)
    table = next(block for block in form.blocks if isinstance(block, Table))
    wanted = {one.id for root in sheet.roots for one in _around(root, criterion_id)}
    rows = zip(sheet.all, table.rows, strict=False)  # the last row is the total
    return replace(table, rows=tuple(row for criterion, row in rows if criterion.id in wanted))


def with_criterion(sheet: Sheet, changed: Criterion) -> Sheet:
    """The sheet with this criterion instead of the one with its id."""

    def put(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        return tuple(changed if one.id == changed.id else replace(one, children=put(one.children)) for one in criteria)

    return replace(sheet, roots=put(sheet.roots))


def _blank(block: Block, facts: BlankFacts) -> list[Block]:
    if isinstance(block, Letterhead):
        return [replace(block, number=facts.mark)]
    if isinstance(block, CodeBox):
        lines = [facts.for_kind and f"Dành cho: {facts.for_kind}", *block.lines]
        return [Paragraph(f"line-{place}", line, "lead", indent=False) for place, line in enumerate(lines) if line]
    return [block]


def _around(criterion: Criterion, criterion_id: int) -> list[Criterion]:
    """The criterion with everything below it, and the sections above; nothing when it is elsewhere."""
    if criterion.id == criterion_id:
        return _below(criterion)
    below = [one for child in criterion.children for one in _around(child, criterion_id)]
    return [criterion, *below] if below else []


def _below(criterion: Criterion) -> list[Criterion]:
    return [criterion, *(one for child in criterion.children for one in _below(child))]
