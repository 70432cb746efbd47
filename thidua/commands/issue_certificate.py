"""``flask issue-certificate USERNAME``: a signing key from the federation's own authority, its PIN printed once."""

import secrets
from datetime import UTC, datetime

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from thidua.extensions import begin_writing, db
from thidua.issuing.keys import YEARS, issue_own_key, organisation_name, retire_authorities, standing_keys
from thidua.models import Account
from thidua.models.signing import OWN
from thidua.rules.accounts import username_key
from thidua.rules.errors import InvalidEntry, Refusal
from thidua.rules.pins import require_pin

BY = "Quản trị, dòng lệnh"


@click.command("issue-certificate")
@click.argument("username", required=False, default="")
@click.option("--organisation", is_flag=True, help="Khóa của con dấu, không phải của một người")
@click.option("--years", default=YEARS, show_default=True, type=click.IntRange(1, 15), help="Dùng được bao nhiêu năm")
@click.option("--again", is_flag=True, help="Thu hồi khóa đang dùng rồi cấp khóa mới")
@click.option("--new-authority", is_flag=True, help="Lập nơi cấp chứng thư mới trước (khi tệp secret_key đã mất)")
@with_appcontext
def command(username: str, organisation: bool, years: int, again: bool, new_authority: bool) -> None:
    """Cấp khóa ký; in mã PIN dùng một lần, phải đổi khi ký lần đầu."""
    if bool(username) == organisation:
        raise click.UsageError("Xin ghi tên đăng nhập của người ký, hoặc --organisation cho con dấu.")
    at = datetime.now(UTC)
    try:
        account_id, name = (None, organisation_name(db.session())) if organisation else _person(username)
        if new_authority:
            retire_authorities(at)
        if again:
            _revoke(account_id, at)
        pin = one_time_pin()
        issue_own_key(account_id, pin, by_name=BY, at=at, must_change_pin=True, years=years)
    except Refusal as refusal:
        db.session.rollback()
        raise click.ClickException(refusal.message) from refusal
    click.echo(f"Đã cấp khóa ký cho {name}, dùng {years} năm. Mã PIN dùng một lần: {pin}")


def one_time_pin() -> str:
    """Six digits that are not easily guessed."""
    while True:
        pin = f"{secrets.randbelow(1_000_000):06d}"
        try:
            require_pin(pin, pin)
        except InvalidEntry:
            continue
        return pin


def _person(username: str) -> tuple[int, str]:
    account = db.session.scalars(select(Account).where(Account.username == username_key(username))).one_or_none()
    if account is None:
        raise Refusal(f"Không có tài khoản “{username}”.")
    return account.id, account.name


def _revoke(account_id: int | None, at: datetime) -> None:
    begin_writing()
    for key in standing_keys(db.session(), account_id):
        if key.means == OWN:
            key.revoke("Cấp khóa mới bằng dòng lệnh.", at=at)
    db.session.commit()
