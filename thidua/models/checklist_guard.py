"""A published checklist never changes, whoever asks: the last door before the database.

It is no business effect (nothing happens here), only a refusal: half-days under way and signed minutes stand on these
rows, so not even a mistake in the program may write them.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from thidua.models.base import Base
from thidua.models.checklist import Checklist
from thidua.models.checklist_lifecycle import DRAFT, PUBLISHED, RETIRED
from thidua.models.criterion import Criterion
from thidua.rules.errors import Refused

NEVER_CHANGES = (
    "Bảng điểm đã công bố không bao giờ thay đổi, vì các buổi kiểm tra dùng đúng bản đó. Chưa có gì bị sửa; "
    "xin tạo bản mới từ nó."
)
ITS_LIFE = frozenset({"state", "retired_at"})
STEPS = frozenset({(PUBLISHED, RETIRED), (RETIRED, PUBLISHED), (PUBLISHED, PUBLISHED), (RETIRED, RETIRED)})


@event.listens_for(Session, "before_flush")
def _refuse_changes(session: Session, _context: Any, _instances: Any) -> None:
    """Raise ``Refused`` before anything is written when a published checklist or a criterion of it would change."""
    rows = [one for one in session.dirty if isinstance(one, Checklist | Criterion)]
    gone = [one for one in session.deleted if isinstance(one, Checklist | Criterion)]
    come = [one for one in session.new if isinstance(one, Criterion)]
    if any(_is_changed(one) for one in rows if isinstance(one, Checklist)):
        raise Refused(NEVER_CHANGES)
    if any(_before(one, "state") != DRAFT for one in gone if isinstance(one, Checklist)):
        raise Refused(NEVER_CHANGES)
    touched = [one for one in rows if isinstance(one, Criterion) and _is_touched(one)]
    owners = set(_owners([*touched, *come, *(one for one in gone if isinstance(one, Criterion))]))
    if owners and not owners <= _drafts(session, owners):
        raise Refused(NEVER_CHANGES)


def _is_changed(checklist: Checklist) -> bool:
    """Whether more changes than a step of its life; drafts change as they please."""
    before = _before(checklist, "state")
    changed = {attribute.key for attribute in inspect(checklist).attrs if attribute.history.has_changes()}
    if before == DRAFT or not changed:
        return False
    return not changed <= ITS_LIFE or (before, checklist.state) not in STEPS


def _is_touched(criterion: Criterion) -> bool:
    return any(attribute.history.has_changes() for attribute in inspect(criterion).attrs)


def _owners(criteria: Iterable[Criterion]) -> Iterator[int]:
    """The checklists they belong to, and belonged to until now; a new checklist has no id yet and is no matter."""
    for criterion in criteria:
        yield from {one for one in (criterion.checklist_id, _before(criterion, "checklist_id")) if one is not None}


def _drafts(session: Session, owners: Iterable[int]) -> set[int]:
    """Which of them are drafts so far: what is published by this very flush was a draft when it was changed."""
    found = session.execute(select(Checklist.id).where(Checklist.id.in_(owners), Checklist.state == DRAFT))
    return {id for (id,) in found}


def _before(row: Base, name: str) -> Any:
    history = inspect(row).attrs[name].history
    return history.deleted[0] if history.deleted else getattr(row, name)
