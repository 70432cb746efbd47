"""``flask check``, preparations: when they are due and what was returned stand as the journal says."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from thidua.commands.check_sessions import Told, journal_of
from thidua.models import Preparation


def return_damages(session: Session) -> Iterator[str]:
    """A sentence for each damage."""
    for preparation in session.scalars(
        select(Preparation).options(selectinload(Preparation.returns)).order_by(Preparation.id)
    ):
        told = journal_of(session, preparation.checklist_session_id)
        for damage in (*_due(preparation, told), *_returns(preparation, told)):
            yield f"Buổi kiểm tra {preparation.checklist_session_id}: {damage}."


def _due(preparation: Preparation, told: Told) -> Iterator[str]:
    """The due day is the last that the journal has; nobody set one otherwise."""
    set_days = [content.get("due_on") for entry, content in told if entry.kind == "preparation.due_set"]
    standing = preparation.due_on.isoformat() if preparation.due_on else None
    if standing != (set_days or [None])[-1]:
        yield "hạn gửi hồ sơ chuẩn bị không khớp với nhật ký"


def _returns(preparation: Preparation, told: Told) -> Iterator[str]:
    """What was returned and not withdrawn, and when it was answered; rows in the order in which they were made."""
    expected: Counter[tuple[object, ...]] = Counter()
    waiting: dict[int, tuple[object, ...]] = {}
    for entry, content in told:
        if entry.kind == "preparation.returned":
            for item in content.get("items", ()):
                row = (item.get("criterion_id"), item.get("remark"), content.get("due_on"), entry.actor_id, entry.at)
                waiting[item.get("criterion_id")] = row
                expected[*row, None] += 1
        elif entry.kind in ("preparation.return_withdrawn", "preparation.answered"):
            named = content.get("criteria", [content.get("criterion_id")])
            for row in [waiting.pop(one) for one in named if one in waiting]:
                expected[*row, None] -= 1
                if entry.kind == "preparation.answered":
                    expected[*row, entry.at] += 1
    standing = Counter(
        (
            one.criterion_id,
            one.remark,
            one.due_on.isoformat() if one.due_on else None,
            one.by_id,
            one.at,
            one.answered_at,
        )
        for one in preparation.returns
    )
    if +expected != standing:
        yield "các tiêu chí đã trả lại không khớp với nhật ký"
