"""What the pages about versions load: one sheet to change, its family, what it is compared with."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import selectinload

from thidua.extensions import begin_writing, db
from thidua.models import Checklist, ChecklistImport, ChecklistSession, Criterion
from thidua.models.checklist import DRAFT, PUBLISHED
from thidua.models.finders import sheet_of
from thidua.models.unit import UNIT_KINDS
from thidua.rules.sheet_changes import SheetChanges, compare


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a sheet: how many half-days use it, and what it changed of the version it began as (if any)."""

    checklist: Checklist
    sessions: int
    before: Checklist | None
    changes: SheetChanges | None


def found(checklist_id: int) -> Checklist:
    """The checklist to look at, without its rows; 404 when there is none."""
    return db.session.get(Checklist, checklist_id) or abort(404)


def for_change(checklist_id: int) -> Checklist:
    """The checklist with its rows inside a writing transaction, its row locked; 404 when there is none."""
    begin_writing()
    statement = select(Checklist).where(Checklist.id == checklist_id).options(selectinload(Checklist.criteria))
    return db.session.scalar(
        statement.with_for_update(of=Checklist).execution_options(populate_existing=True)
    ) or abort(404)


def family_of(checklist: Checklist) -> list[Checklist]:
    """Every version of the sheet, the newest first."""
    return list(
        db.session.scalars(
            select(Checklist)
            .where(or_(Checklist.id == checklist.family, Checklist.family_id == checklist.family))
            .order_by(Checklist.version.desc(), Checklist.id.desc())
        )
    )


def versions_of(checklist: Checklist) -> list[Version]:
    """The family with the use and the changes of each."""
    family = family_of(checklist)
    counted = db.session.execute(
        select(ChecklistSession.checklist_id, func.count().label("times"))
        .where(ChecklistSession.checklist_id.in_([one.id for one in family]))
        .group_by(ChecklistSession.checklist_id)
    )
    used = {row.checklist_id: row.times for row in counted}
    return [_version(one, used.get(one.id, 0)) for one in family]


def compared_with(checklist: Checklist) -> Checklist | None:
    """What a sheet is compared with unless somebody chooses: what it began as, else the version before it."""
    origin = db.session.get(Checklist, checklist.copied_from_id) if checklist.copied_from_id else None
    older = (one for one in family_of(checklist) if one.version < checklist.version)
    return origin or next(older, None)


def changes_between(before: Checklist, after: Checklist) -> SheetChanges:
    """What ``after`` changed."""
    old, new = sheet_of(db.session(), before.id), sheet_of(db.session(), after.id)
    return compare(old, new, kind_names=UNIT_KINDS)


def in_use_beside(checklist: Checklist) -> list[Checklist]:
    """The other versions that a plan may still choose."""
    return [one for one in family_of(checklist) if one.state == PUBLISHED and one.id != checklist.id]


def draft_beside(checklist: Checklist) -> Checklist | None:
    """The draft of the family that is being written already, if any."""
    return next((one for one in family_of(checklist) if one.state == DRAFT), None)


def other_sheets(checklist: Checklist) -> list[Checklist]:
    """Everything it may be compared with: its family first, then all others, newest first."""
    others = db.session.scalars(select(Checklist).where(Checklist.id != checklist.id).order_by(Checklist.id.desc()))
    return sorted(others, key=lambda one: one.family != checklist.family)


def throw_away(checklist: Checklist) -> None:
    """Delete a draft with all its rows, also those taken out of it; the file it was read from is kept."""
    checklist.require_disposable()
    imports = update(ChecklistImport).where(ChecklistImport.checklist_id == checklist.id)
    db.session.execute(imports.values(checklist_id=None))
    db.session.execute(delete(Criterion).where(Criterion.checklist_id == checklist.id))
    db.session.execute(delete(Checklist).where(Checklist.id == checklist.id))


def _version(checklist: Checklist, sessions: int) -> Version:
    before = compared_with(checklist)
    return Version(checklist, sessions, before, changes_between(before, checklist) if before else None)
