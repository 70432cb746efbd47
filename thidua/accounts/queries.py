"""What the pages of accounts load."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from thidua.extensions import db
from thidua.models import Account, ChecklistSession, LoginSession, Unit
from thidua.models.account import ROLES
from thidua.rules.devices import device_words
from thidua.rules.vietnamese import given_name_key, matches_search
from thidua.seen import last_seen


@dataclass(frozen=True, slots=True)
class AccountList:
    """The accounts that answer a search, by given name as Vietnamese lists are; ``total`` counts all."""

    accounts: list[Account]
    total: int
    q: str

    @property
    def sentence(self) -> str:
        """How many there are."""
        return f"Tìm thấy {len(self.accounts)} trong {self.total} tài khoản" if self.q else f"{self.total} tài khoản"


def account_list(q: str) -> AccountList:
    """All accounts whose name, username, office, role or unit begins with the words typed."""
    everybody = sorted(
        db.session.scalars(select(Account).options(joinedload(Account.unit))),
        key=lambda account: given_name_key(account.name),
    )
    return AccountList([one for one in everybody if matches_search(_searched(one), q)], len(everybody), q)


def account(account_id: int) -> Account | None:
    """One account with its unit."""
    return db.session.scalar(select(Account).where(Account.id == account_id).options(joinedload(Account.unit)))


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that is signed in; ``unit`` is set when it is in the room of that unit's half-day only."""

    id: int
    words: str
    address: str
    opened_at: datetime
    last_seen_at: datetime | None
    unit: str


def devices(account_id: int, at: datetime) -> list[Device]:
    """The devices on which this account is signed in, the latest first."""
    entered = db.session.execute(
        select(LoginSession.id, Unit.name)
        .join(ChecklistSession, ChecklistSession.id == LoginSession.checklist_session_id)
        .join(Unit, Unit.id == ChecklistSession.unit_id)
        .where(LoginSession.account_id == account_id)
    )
    units: dict[int, str] = dict(entered.all())  # type: ignore[arg-type]
    return [
        Device(one.id, device_words(one.device), one.address, one.opened_at, last_seen(one), units.get(one.id, ""))
        for one in open_login_sessions(account_id, at)
    ]


def open_login_sessions(account_id: int, at: datetime) -> list[LoginSession]:
    """The logins of this account that are good at this moment, the latest first."""
    return list(
        db.session.scalars(
            select(LoginSession)
            .where(LoginSession.account_id == account_id, LoginSession.ended_at.is_(None), LoginSession.expires_at > at)
            .order_by(LoginSession.opened_at.desc())
        )
    )


def is_own_login(login_session_id: int, account_id: int) -> bool:
    """Whether this login, ended or not, is of this account."""
    return bool(
        db.session.scalar(
            select(LoginSession.id).where(LoginSession.id == login_session_id, LoginSession.account_id == account_id)
        )
    )


def is_taken(username: str) -> bool:
    """Whether somebody has this username."""
    return db.session.scalar(select(Account.id).where(Account.username == username)) is not None


def unit_choices() -> list[tuple[str, str]]:
    """The units to choose from, and none."""
    rows = db.session.execute(select(Unit.id, Unit.name).order_by(Unit.position, Unit.id))
    return [("", "Không thuộc đơn vị nào"), *((str(unit_id), name) for unit_id, name in rows)]


def _searched(account: Account) -> str:
    return " ".join(
        (
            account.name,
            account.username,
            account.office,
            ROLES.get(account.role, ""),
            account.unit.name if account.unit else "",
        )
    )
