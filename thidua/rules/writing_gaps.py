"""What is still open in the wording of the minutes before they freeze: edits whose ground has moved, objections."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from thidua.rules.document_edits import Stale
from thidua.rules.minutes_gaps import Missing

SHORT = 60
TEXT, OBJECTIONS, READING = "text-", "objections", "reading-aloud"
"""Anchors: a paragraph by its block's id ("text-strengths"), the objections, the reading itself."""


def writing_gaps(stale: Iterable[Stale], unsettled: Iterable[str]) -> Iterator[Missing]:
    """``unsettled``: the speakers whose objections have no answer yet."""
    for one in stale:
        if one.now is None:
            sentence = f"Đoạn đã sửa không còn chỗ trong biên bản: “{shortened(one.text)}”."
        else:
            sentence = f"Số liệu đã đổi sau khi sửa đoạn: “{shortened(one.text or one.now)}”."
        yield Missing("stale_edit", sentence, f"{TEXT}{one.block_id}")
    for speaker in unsettled:
        yield Missing(
            "objection_open", f"Ý kiến của {speaker} khi thông qua biên bản chưa được giải quyết.", OBJECTIONS
        )


def reading_advice(
    read_through_at: datetime | None, closed_at: datetime | None, changed_at: datetime | None
) -> Iterator[Missing]:
    """What is good custom and stops nobody: the minutes are read to the room, again when they were changed since."""
    if read_through_at is None or (closed_at and read_through_at < closed_at):
        yield Missing("not_read_through", "Biên bản chưa được đọc lại cho mọi người cùng nghe.", READING)
    elif changed_at and changed_at > read_through_at:
        yield Missing("changed_since_reading", "Biên bản đã được sửa sau khi đọc cho mọi người nghe.", READING)


def shortened(text: str) -> str:
    """One line that names a paragraph."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[:SHORT].rsplit(' ', 1)[0]}…"
