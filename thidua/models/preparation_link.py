"""The personal link: whose account it opens, and what ends when it is made anew."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from thidua.models.account import Account, LoginSession
from thidua.models.checklist_session import ChecklistSession
from thidua.models.unit import Unit
from thidua.rules.errors import Refused

LOCKED = "Tài khoản của đơn vị này đang bị khóa nên chưa làm được đường dẫn. Xin nhờ quản trị mở khóa trước."


def unit_account(session: Session, unit_id: int) -> Account | None:
    """The account that the link of a unit opens: its first that is not locked."""
    return session.scalar(
        select(Account)
        .where(Account.role == "unit", Account.unit_id == unit_id, Account.disabled_at.is_(None))
        .order_by(Account.id)
        .limit(1)
    )


def needs_account(session: Session, unit_id: int) -> bool:
    """Whether the unit has none at all. Raises ``Refused`` when it has, but all are locked: that was meant."""
    if unit_account(session, unit_id):
        return False
    known = select(func.count()).select_from(Account).where(Account.role == "unit", Account.unit_id == unit_id)
    if session.scalar(known):
        raise Refused(LOCKED)
    return True


def limited_account(session: Session, unit: Unit, password_hash: str, *, at: datetime) -> Account:
    """An account of the unit that nobody knows a password of: it is good through the link, and for nothing else."""
    wanted = f"don-vi-{unit.id}"
    taken = set(session.scalars(select(Account.username).where(Account.username.startswith(wanted))))
    username = next(name for name in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if name not in taken)
    return Account(
        username=username,
        name=unit.name[:120],
        office="Đơn vị được kiểm tra",
        role="unit",
        unit_id=unit.id,
        password_hash=password_hash,
        created_at=at,
    )


def end_unit_logins(session: Session, checklist_session: ChecklistSession, *, at: datetime) -> None:
    """The devices of the unit that are in for this half-day alone are out: the old link may have gone astray."""
    opened = session.scalars(
        select(LoginSession)
        .join(Account, Account.id == LoginSession.account_id)
        .where(
            LoginSession.checklist_session_id == checklist_session.id,
            LoginSession.ended_at.is_(None),
            Account.role == "unit",
            Account.unit_id == checklist_session.unit_id,
        )
    )
    for one in opened:
        one.end(at=at)
