"""``flask setup``: brings the database to the present schema and fills an empty instance with plan 72/HTS.

A second run changes nothing.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from thidua.commands.create_account import create_account
from thidua.commands.load_plan import load_plan
from thidua.extensions import begin_writing, db
from thidua.models import Account, Checklist, Plan
from thidua.rules.sheet import Sheet
from thidua.rules.sheet_plain import sheet_from_plain

SEEDS = Path(__file__).parent.parent / "seeds"


@click.command("setup")
@with_appcontext
def command() -> None:
    """Chuẩn bị cơ sở dữ liệu; nạp Kế hoạch 72/HTS nếu còn trống."""
    for line in prepare(current_app._get_current_object()):  # type: ignore[attr-defined]
        click.echo(line)


def prepare(app: Flask, *, demo: bool = False) -> list[str]:
    """Migrate, fill an empty instance, and return the lines a person must read (the one-time password)."""
    with app.app_context():
        upgrade()
        db.session.remove()
        if demo:
            from thidua.commands.demo import build_demo

            return build_demo(app)
        return _first_load()


def load_seeds(session: Session, *, at: datetime) -> tuple[Plan, Checklist]:
    """Plan 72/HTS with its units and documents, and the proposed checklist made from its part II."""
    source = json.loads((SEEDS / "plan72.json").read_text(encoding="utf-8"))
    plan = load_plan(session, source, at=at)
    checklist = Checklist.from_sheet(proposed_sheet(source), at=at, is_proposal=True)
    checklist.publish(at=at)
    session.add(checklist)
    session.flush()
    return plan, checklist


def proposed_sheet(source: dict[str, Any]) -> Sheet:
    """The proposed checklist; each criterion carries the plan's full wording as guidance."""
    plain = json.loads((SEEDS / "checklist72.json").read_text(encoding="utf-8"))
    contents = next(part for part in source["sections"] if part["number"] == "II")["items"]
    for section, content in zip(plain["sections"], contents, strict=True):
        focus = {point["n"]: point["text"] for point in content.get("focus", ())}
        for criterion in section["criteria"]:
            criterion["guidance"] = focus.get(criterion.get("focus"), content["text"])
    return sheet_from_plain(plain)


def _first_load() -> list[str]:
    if db.session.scalar(select(func.count()).select_from(Account)):
        db.session.rollback()
        return []
    begin_writing()
    now = datetime.now(UTC)
    password = create_account(db.session(), "quan-tri", "administrator", name="Quản trị", at=now)
    if not db.session.scalar(select(func.count()).select_from(Plan)):
        load_seeds(db.session(), at=now)
    db.session.commit()
    return [
        "Tài khoản quản trị: quan-tri",
        f"Mật khẩu dùng một lần: {password}",
        "Xin ghi lại; mật khẩu này chỉ hiện một lần và phải đổi khi đăng nhập lần đầu.",
    ]
