"""``flask create-account USERNAME --role ROLE``: an account with a one-time password, printed once."""

from datetime import UTC, datetime

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.extensions import begin_writing, db
from thidua.models import Account, Unit
from thidua.models.account import ROLES
from thidua.passwords import hasher, one_time_password
from thidua.rules.accounts import require_username, username_key
from thidua.rules.errors import Refusal
from thidua.rules.vietnamese import clean_line


@click.command("create-account")
@click.argument("username")
@click.option("--role", required=True, type=click.Choice(tuple(ROLES)))
@click.option("--name", default="", help="Họ và tên")
@click.option("--unit", default="", help="Tên đơn vị, chỉ cho vai trò unit")
@with_appcontext
def command(username: str, role: str, name: str, unit: str) -> None:
    """Tạo tài khoản; in mật khẩu dùng một lần."""
    username = username_key(username)
    begin_writing()
    try:
        require_username(username)
        unit_id = _unit_id(role, clean_line(unit))
        if db.session.scalar(select(Account.id).where(Account.username == username)):
            raise Refusal(f"Đã có tài khoản {username}. Xin chọn tên khác.")
    except Refusal as refusal:
        db.session.rollback()
        raise click.ClickException(refusal.message) from refusal
    password = create_account(
        db.session(), username, role, name=clean_line(name) or username, unit_id=unit_id, at=datetime.now(UTC)
    )
    db.session.commit()
    click.echo(f"Tài khoản {username}, mật khẩu dùng một lần: {password}")


def create_account(
    session: Session, username: str, role: str, *, name: str, at: datetime, unit_id: int | None = None
) -> str:
    """Add the account and return its one-time password, which must be changed at the first login."""
    password = one_time_password()
    account = Account(username=username, name=name, role=role, unit_id=unit_id, created_at=at)
    account.set_password(password, hasher=hasher(), must_change=True)
    session.add(account)
    session.flush()
    return password


def _unit_id(role: str, unit: str) -> int | None:
    if role != "unit":
        return None
    unit_id = db.session.scalar(select(Unit.id).where(Unit.name == unit))
    if unit_id is None:
        raise Refusal("Tài khoản của đơn vị cần đơn vị: thêm --unit “tên đơn vị”, ghi đúng như trong danh sách.")
    return unit_id
