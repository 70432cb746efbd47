"""Which blocks stand together in Word: what is left to Word itself (where a page ends) is not asked here."""

from collections.abc import Iterator
from dataclasses import dataclass

from thidua.rules.documents import Block, Document, Paragraph, Recipients, Row, Signatures, Table, Title, block_type


@dataclass(frozen=True, slots=True)
class Part:
    """A block with what is written along with it. ``template`` names its writer."""

    template: str
    block: Block
    appendix: bool = False
    closing: tuple[str, ...] = ()
    indent: bool = True
    recipients: Recipients | None = None


def parts_of(document: Document) -> Iterator[Part]:
    """Signatures with the words before and the recipients after them; a second title begins an appendix."""
    titles = 0
    blocks: tuple[Block | None, ...] = (None, *document.blocks, None)
    for before, block, after in zip(blocks, blocks[1:], blocks[2:], strict=False):
        assert block is not None
        if isinstance(block, Title):
            titles += 1
            yield Part("title", block, appendix=titles > 1)
        elif isinstance(block, Signatures):
            yield _signatures(block, before, after)
        elif not _belongs_to_signatures(before, block, after):
            yield Part(block_type(block), block)


def kept_rows(table: Table) -> frozenset[int]:
    """The rows that stay with the one under them: those of groups, and the last before a total."""
    following = zip(table.rows, table.rows[1:], strict=False)
    return frozenset(at for at, (row, below) in enumerate(following) if row.kind == "group" or below.kind == "total")


def spans(table: Table, row: Row) -> list[tuple[str, str, int]]:
    """The cells of a row as (text, align, columns spanned). Raises ValueError for more cells than columns."""
    missing = len(table.columns) - len(row.cells)
    if missing < 0 or not row.cells:
        raise ValueError(f"table {table.id}: a row of {len(row.cells)} cells for {len(table.columns)} columns")
    first = (row.cells[0], "left" if missing else table.columns[0].align, missing + 1)
    others = zip(row.cells[1:], table.columns[missing + 1 :], strict=True)
    return [first, *((text, column.align, 1) for text, column in others)]


def _belongs_to_signatures(before: Block | None, block: Block, after: Block | None) -> bool:
    if isinstance(block, Recipients):
        return isinstance(before, Signatures)
    return isinstance(block, Paragraph) and isinstance(after, Signatures) and not after.closing


def _signatures(block: Signatures, before: Block | None, after: Block | None) -> Part:
    recipients = after if isinstance(after, Recipients) else None
    if isinstance(before, Paragraph) and not block.closing:
        return Part("signatures", block, closing=(before.text,), indent=before.indent, recipients=recipients)
    return Part("signatures", block, closing=block.closing, recipients=recipients)
