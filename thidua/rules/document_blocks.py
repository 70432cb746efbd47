"""Blocks that every paper is made of: a list of what people recorded, paragraphs of what somebody wrote."""

from collections.abc import Iterable

from thidua.rules.documents import Block, Listing, Marker, Paragraph
from thidua.rules.phrases import ended, enumerated, sentence, upper_first


def item_blocks(block_id: str, items: Iterable[str], *, marker: Marker = "-") -> list[Block]:
    """A list; a single item is a paragraph, as nobody writes a list of one."""
    found = [upper_first(" ".join(item.split())) for item in items if item.strip()]
    if not found:
        return []
    if len(found) == 1:
        return [Paragraph(block_id, sentence(found[0]))]
    return [Listing(block_id, enumerated(found), marker)]


def paragraph_blocks(block_id: str, texts: Iterable[str]) -> list[Block]:
    """One paragraph for each line."""
    found = [sentence(line) for text in texts for line in text.splitlines() if line.strip()]
    return [Paragraph(block_id if at == 1 else f"{block_id}-{at}", text) for at, text in enumerate(found, start=1)]


def basis_blocks(texts: Iterable[str]) -> list[Block]:
    """ "Căn cứ …;" for each, the last with a full stop (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6)."""
    told = [text for text in texts if text.strip()]
    return [
        Paragraph(
            "basis" if at == 1 else f"basis-{at}", f"Căn cứ {ended(text, ';' if at < len(told) else '.')}", "basis"
        )
        for at, text in enumerate(told, start=1)
    ]
