"""The demo's draft: the next version of the proposed checklist, begun by somebody of the office."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from thidua.models import Checklist
from thidua.models.checklist_verbs import CRITERION_FIELDS
from thidua.models.criterion import Criterion

WORTH = 200
NEW_TEXT = "Ứng dụng công nghệ thông tin trong quản lý hồ sơ thi đua, khen thưởng"


def begin_next_version(session: Session, checklist: Checklist, *, at: datetime) -> Checklist:
    """A draft of version 2 with two visible changes: one criterion worth less, a new one for the difference."""
    draft = checklist.start_new_version(version=checklist.version + 1, at=at)
    session.add(draft)
    session.flush()
    draft = session.scalars(
        select(Checklist)
        .where(Checklist.id == draft.id)
        .options(selectinload(Checklist.criteria))
        .execution_options(populate_existing=True)
    ).one()
    worth_less, last = _numbered(draft, "1.1"), _numbered(draft, "1.6")
    draft.change_criterion(
        worth_less, _values(worth_less) | {"maximum": (worth_less.maximum or 0) - WORTH}, number=None
    )
    added = draft.add_criterion(last, inside=False, revision=draft.revision)
    session.flush()
    values = _values(added) | {"kind": "points", "text": NEW_TEXT, "maximum": WORTH, "levels": []}
    draft.change_criterion(added, values, number=None)
    return draft


def _numbered(draft: Checklist, number: str) -> Criterion:
    return next(row for row in draft.criteria if row.number == number)


def _values(row: Criterion) -> dict[str, Any]:
    return {name: getattr(row, name) for name in CRITERION_FIELDS}
