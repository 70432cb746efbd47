"""``flask create-account USERNAME --role ROLE``: an account with a one-time password, printed once."""

from datetime import UTC, datetime

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.extensions import begin_writing, db
from thidua.models import Account
from thidua.models.account import ROLES
from thidua.passwords import hasher, one_time_password


@click.command("create-account")
@click.argument("username")
@click.option("--role", required=True, type=click.Choice(tuple(ROLES)))
@click.option("--name", default="", help="Họ và tên")
@with_appcontext
def command(username: str, role: str, name: str) -> None:
    """Tạo tài khoản; in mật khẩu dùng một lần."""
    begin_writing()
    if db.session.scalar(select(Account.id).where(Account.username == username)):
        db.session.rollback()
        raise click.ClickException(f"Đã có tài khoản {username}. Xin chọn tên khác.")
    password = create_account(db.session(), username, role, name=name or username, at=datetime.now(UTC))
    db.session.commit()
    click.echo(f"Tài khoản {username}, mật khẩu dùng một lần: {password}")


def create_account(session: Session, username: str, role: str, *, name: str, at: datetime) -> str:
    """Add the account and return its one-time password, which must be changed at the first login."""
    password = one_time_password()
    account = Account(username=username, name=name, role=role, created_at=at)
    account.set_password(password, hasher=hasher(), must_change=True)
    session.add(account)
    session.flush()
    return password
