"""Finding a checklist session and the part the asking person has in it: one query, to read or to change."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from flask import abort
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import QueryableAttribute

from thidua import permissions
from thidua.extensions import begin_writing, db
from thidua.identity import require_person
from thidua.models import Account, Actor, ChecklistSession, LoginSession, Plan, Unit
from thidua.models.finders import part_label, session_with_part
from thidua.models.plan import plan_label
from thidua.permissions import Standing, standing_in


@dataclass(frozen=True, slots=True)
class Found:
    """A checklist session, who asks for it, and that person's part in it."""

    checklist_session: ChecklistSession
    standing: Standing
    person: Actor
    unit_name: str
    plan_label: str

    def may(self, action: str) -> bool:
        """Whether the table of permissions allows this person the action here."""
        return permissions.may(action, self.person, self.standing)

    def lacks_only_password(self, action: str) -> bool:
        """Whether this person, in by a room's number, might do it after signing in with the password."""
        return permissions.lacks_only_password(action, self.person, self.standing)

    def allow(self, action: str) -> None:
        """Raise ``NotAllowed`` (403) unless the table allows it."""
        permissions.allow(action, self.person, self.standing)


def find(checklist_session_id: int, *loaded: QueryableAttribute[Any]) -> Found:
    """The session for reading, with the relations in ``loaded``; 404 when there is none, 403 to strangers."""
    found = _found(_statement(loaded), checklist_session_id)
    found.allow("see_session")
    return found


def find_for_change(checklist_session_id: int, *loaded: QueryableAttribute[Any]) -> Found:
    """The session inside a writing transaction, its row locked, so that its revisions follow without a gap.

    404 when there is none. What the person may change is for the route to ``allow``.
    """
    begin_writing()
    return _found(_locking(loaded), checklist_session_id)


def find_as(person: Actor, checklist_session_id: int) -> Found:
    """The session as this person stands to it, perhaps without any right; 404 when there is none."""
    return _found(_statement(()), checklist_session_id, person)


def find_for_change_as(person: Actor, checklist_session_id: int) -> Found:
    """``find_for_change`` for somebody who is just coming in and not signed in yet."""
    begin_writing()
    return _found(_locking(()), checklist_session_id, person)


def may_still_watch(checklist_session_id: int, person: Actor) -> bool:
    """Whether a reader of the stream is still signed in and allowed; asked outside any request."""
    signed_in = db.session.scalar(
        select(LoginSession.id)
        .join(Account, Account.id == LoginSession.account_id)
        .where(
            LoginSession.id == person.login_session_id,
            LoginSession.ended_at.is_(None),
            LoginSession.expires_at > datetime.now(UTC),
            Account.disabled_at.is_(None),
        )
    )
    allowed = bool(signed_in) and find_as(person, checklist_session_id).may("see_session")
    db.session.rollback()
    return allowed


def _found(statement: Select[Any], checklist_session_id: int, person: Actor | None = None) -> Found:
    person = person or require_person()
    asked = {"checklist_session_id": checklist_session_id, "account_id": person.id}
    row = db.session.execute(statement, asked).one_or_none()
    if row is None:
        abort(404)
    checklist_session, role, place, unit_name, number, symbol, number_line = row
    label = part_label(role, place)
    standing = standing_in(
        person,
        team_role=role,
        label=label,
        unit_id=checklist_session.unit_id,
        checklist_session_id=checklist_session_id,
    )
    return Found(checklist_session, standing, person, unit_name, plan_label(number, symbol, number_line))


# Building the statement costs more than running it, so each shape of it is built once.
@cache
def _statement(loaded: tuple[QueryableAttribute[Any], ...]) -> Select[Any]:
    asked: Any = bindparam("checklist_session_id")
    person: Any = bindparam("account_id")
    return (
        session_with_part(asked, person)
        .add_columns(Unit.name, Plan.number, Plan.symbol, Plan.number_line)
        .join(Unit, Unit.id == ChecklistSession.unit_id)
        .join(Plan, Plan.id == ChecklistSession.plan_id)
        .options(*map(selectinload, loaded))
    )


@cache
def _locking(loaded: tuple[QueryableAttribute[Any], ...]) -> Select[Any]:
    return _statement(loaded).with_for_update(of=ChecklistSession).execution_options(populate_existing=True)
