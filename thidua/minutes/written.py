"""The minutes as the page shows them: every block with where it is reworded, and who reworded it when."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from thidua.models import TextEdit
from thidua.rules.document_edits import Stale, editable_text
from thidua.rules.documents import Block, Document, Heading, Recipients, Signatures, Title
from thidua.rules.writing_gaps import shortened

_CONCLUSION = re.compile(r"conclusion(-\d+)?")
_MORE = re.compile(r"-more-\d+$")


@dataclass(frozen=True, slots=True)
class Row:
    """A block on the page. ``address``: where it is reworded, "" when it is not; ``is_stale``: to be decided."""

    block: Block
    address: str = ""
    edit: TextEdit | None = None
    is_stale: bool = False

    @property
    def is_conclusion(self) -> bool:
        return is_conclusion(self.block.id)


@dataclass(frozen=True, slots=True)
class EditLine:
    """One edit in the list of all of them; ``is_left_out``: the paragraph is not printed."""

    block_id: str
    label: str
    words: str
    edit: TextEdit
    stale: Stale | None
    is_left_out: bool


def is_conclusion(block_id: str) -> bool:
    """The head of team's words have their own form, on the conclusion's page."""
    return bool(_CONCLUSION.fullmatch(block_id))


def rows_of(
    document: Document,
    edits: Mapping[str, TextEdit],
    stale: Iterable[Stale],
    *,
    conclusion_id: int,
    may_write: bool,
    may_conclude: bool,
) -> Iterator[Row]:
    """The edited document, block by block. Headings are reworded from the page of what stands below them, the head of
    team's words on the conclusion's page once scoring is closed (``may_conclude``)."""
    moved = {one.block_id for one in stale}
    for block in document.blocks:
        edit = edits.get(block.id)
        address = ""
        has_form = editable_text(block) is not None and not _MORE.search(block.id)
        if may_write and has_form and (edit or not isinstance(block, Heading)):
            address = address_of(conclusion_id, block.id) if may_conclude or not is_conclusion(block.id) else ""
        yield Row(block, address, edit, block.id in moved)


def edit_lines(document: Document, edits: Mapping[str, TextEdit], stale: Iterable[Stale]) -> list[EditLine]:
    """All edits in the order of the minutes, those without a place last. ``document`` as composed."""
    by_block = {one.block_id: one for one in stale}
    order = {block.id: at for at, block in enumerate(document.blocks)}
    return [
        EditLine(
            block_id,
            label_of(document, block_id),
            shortened(edit.text or edit.generated),
            edit,
            by_block.get(block_id),
            not edit.text,
        )
        for block_id, edit in sorted(edits.items(), key=lambda item: order.get(item[0], len(order)))
    ]


def address_of(conclusion_id: int, block_id: str) -> str:
    """The page where this block is reworded."""
    if is_conclusion(block_id):
        return f"/conclusions/{conclusion_id}#conclusion"
    return f"/conclusions/{conclusion_id}/minutes/blocks/{block_id}"


def label_of(document: Document, block_id: str) -> str:
    """How people name a paragraph: the heading it stands under."""
    label = "Mở đầu"
    for block in document.blocks:
        if isinstance(block, Heading):
            label = editable_text(block) or label
        if block.id == block_id:
            own = {Title: "Tên biên bản", Signatures: "Lời kết", Recipients: "Nơi nhận"}.get(type(block))
            if isinstance(block, Heading):
                return f"Tiêu đề “{label}”"
            return own or ("Căn cứ" if block.id.startswith("basis") else label)
    return "Đoạn không còn trong biên bản"


def heading_above(document: Document, block_id: str) -> Heading | None:
    """The heading right above a block, to be reworded along with it."""
    above = None
    for block in document.blocks:
        if block.id == block_id:
            return above if isinstance(above, Heading) and not isinstance(block, Heading) else None
        above = block
    return None


def editable_ids(document: Document) -> list[str]:
    """The blocks with a page of their own, in order: for going on to the next."""
    return [
        block.id
        for block in document.blocks
        if editable_text(block) is not None and not isinstance(block, Heading) and not is_conclusion(block.id)
    ]
