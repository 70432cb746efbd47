"""``flask load-plan FILE.json``: a plan with its units and reference documents, in one transaction."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from thidua.extensions import begin_writing, db
from thidua.models import Plan, PlanDocument, PlanUnit, ReferenceDocument, Team, Unit
from thidua.models.plan_text import content_of
from thidua.rules.errors import Refused
from thidua.rules.plan_facts import plan_facts_from_plain
from thidua.rules.vietnamese import clean_line


@click.command("load-plan")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def command(file: Path) -> None:
    """Nạp một kế hoạch kiểm tra từ tệp JSON."""
    try:
        source = json.loads(file.read_text(encoding="utf-8"))
        begin_writing()
        plan = load_plan(db.session(), source, at=datetime.now(UTC))
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        raise click.ClickException(refusal.message) from refusal
    except (AttributeError, KeyError, IndexError, StopIteration, TypeError, ValueError) as error:
        db.session.rollback()
        raise click.ClickException(
            f"Tệp {file.name} không đúng dạng kế hoạch ({error}). Chưa có gì được ghi."
        ) from error
    click.echo(f"Đã nạp {plan.label}: {len(plan.plan_units)} đơn vị, {len(plan.documents)} văn bản căn cứ.")


def load_plan(session: Session, source: Mapping[str, Any], *, at: datetime) -> Plan:
    """The plan of ``source`` (the shape of ``seeds/plan72.json``); known units and documents are used again.

    Raises ``Refused`` when the plan is there already; KeyError, TypeError or ValueError when the shape
    is another one.
    """
    header = source["header"]
    issued_on = date.fromisoformat(header["date"])
    plan = Plan(
        number=header["number"],
        symbol=header["symbol"],
        number_line=header["number_as_printed"],
        issued_on=issued_on,
        year=issued_on.year,
        subject=source["title"]["subject"],
        content=content_of(plan_facts_from_plain(source)),
        created_at=at,
    )
    _refuse_known(session, plan)
    before = session.scalar(select(func.max(Unit.position))) or 0
    plan.teams = [Team(name="Đoàn kiểm tra", position=1, members=[])]
    plan.documents = [
        PlanDocument(reference_document=_document(session, one), cited_in=one.get("cited_in", ""), position=position)
        for position, one in enumerate(source["legal_documents"], start=1)
    ]
    plan.plan_units = [
        PlanUnit(
            unit=_unit(session, one, before + one["n"]), position=one["n"], team=plan.teams[0], half="morning", place=""
        )
        for one in source["units"]
    ]
    session.add(plan)
    session.flush()
    return plan


def _refuse_known(session: Session, plan: Plan) -> None:
    known = select(Plan.id).where(Plan.number == plan.number, Plan.symbol == plan.symbol, Plan.year == plan.year)
    if session.scalar(known):
        raise Refused(f"{plan.label} năm {plan.year} đã có. Chưa có gì được ghi.")


def _document(session: Session, one: Mapping[str, Any]) -> ReferenceDocument:
    printed = clean_line(one["number_as_printed"])
    known = session.scalar(select(ReferenceDocument).where(ReferenceDocument.number_as_printed == printed))
    return known or ReferenceDocument(
        number_as_printed=printed,
        number=one.get("normalized"),
        kind=one.get("kind", ""),
        title=one["title"],
        issued_on=date.fromisoformat(one["date"]),
        note=one.get("note", ""),
        suspect=one.get("suspect", ""),
    )


def _unit(session: Session, one: Mapping[str, Any], position: int) -> Unit:
    name = clean_line(one["name"])
    known = session.scalar(select(Unit).where(Unit.name == name))
    return known or Unit(
        name=name, kind=one["kind"], kind_label=one.get("kind_label", ""), area=one.get("area") or "", position=position
    )
