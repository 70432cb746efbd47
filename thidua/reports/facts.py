"""The facts of a round, read from its signed minutes as they were frozen; nothing of a half-day still under way."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from thidua.extensions import db
from thidua.models import Plan
from thidua.models.finders import session_sheet
from thidua.models.office_settings import office_of
from thidua.reports.queries import half_days_of, last_answers, remarks_of
from thidua.rules import lifecycle
from thidua.rules.follow_up import DONE
from thidua.rules.numbering import shown_number
from thidua.rules.phrases import ended, one_line
from thidua.rules.plan_facts import Signer
from thidua.rules.points import Points
from thidua.rules.report_document import NotInspected, RoundFacts, UnitResult
from thidua.rules.wording import plan_cited
from thidua.rules.words import date_screen, day_of

HOW_FAR = {
    lifecycle.OPEN: "đang kiểm tra",
    lifecycle.CLOSED: "đã chấm điểm, chưa chốt biên bản",
    lifecycle.FROZEN: "biên bản đã chốt, đang chờ ký",
}
NOT_BEGUN = (None, lifecycle.PLANNED)


def round_facts(plan: Plan) -> RoundFacts:
    """Everything the report says; without ``results`` while no minutes of the plan are signed."""
    office = office_of(db.session())
    rows = half_days_of(plan.id)
    signed = [row for row in rows if row.frozen]
    units = {row.id: row.name for row in signed}
    recommended = [one.id for one in remarks_of(units, "recommendation")] if units else []
    answers = last_answers(recommended) if recommended else {}
    body = plan.content.get("issuer_body") or ""
    return RoundFacts(
        issuer=office.issued_by(plan.content.get("issuer_meant") or (), plan.content.get("issuer") or ()),
        parent=office.parent or plan.content.get("parent") or "",
        number_line=f"Số: …/BC-{plan.symbol}",
        code="",
        subject=plan.subject,
        signer=Signer(office.signing_body, office.signing_office, "", office.signing_person),
        results=tuple(_result(row) for row in signed),
        unfinished=tuple(NotInspected(row.name, HOW_FAR[row.state]) for row in rows if row.state in HOW_FAR),
        not_inspected=tuple(NotInspected(row.name, _planned(row)) for row in rows if row.state in NOT_BEGUN),
        labels=_labels(signed),
        place=office.place,
        issuer_body=body or office.short_name,
        plan_reference=plan_cited(plan.number_label, plan.issued_on, body, plan.subject),
        exemplars=_exemplars(units),
        recommended=len(recommended),
        carried_out=sum(answers.get(one) == DONE for one in recommended),
        recipients=office.recipients_for("Các đơn vị được kiểm tra"),
    )


def _result(row: Row[Any]) -> UnitResult:
    """As frozen; minutes without any agreed score have neither points nor a rating."""
    frozen = json.loads(row.frozen)
    is_scored = any(score["perspective"] == "agreed" for score in frozen["scores"])
    return UnitResult(
        unit=frozen["unit"],
        inspected_on=day_of(row.opened_at or row.frozen_at),
        minutes_code=shown_number(row.number, "BB", row.symbol),
        total=_points(frozen["total"]) if is_scored else None,
        maximum=_points(frozen["maximum"]) if is_scored else None,
        label=frozen["grade"] if is_scored else "",
    )


def _points(told: str) -> Points:
    """ "92.50" as frozen."""
    return int(Decimal(told) * 100)


def _planned(row: Row[Any]) -> str:
    return f"lịch kiểm tra ngày {date_screen(row.on_date)}" if row.on_date else "chưa xếp lịch"


def _labels(signed: Sequence[Row[Any]]) -> tuple[str, ...]:
    """The ratings of the sheets that were used, best first."""
    sheets = {(row.checklist_id, row.unit_kind): session_sheet(db.session(), row) for row in signed}
    bands = [band for sheet in sheets.values() for band in sorted(sheet.bands, key=lambda band: -band.minimum)]
    return tuple(dict.fromkeys(band.label for band in bands))


def _exemplars(units: dict[int, str]) -> tuple[str, ...]:
    """Each with its unit, in the order of the plan."""
    standing = remarks_of(units, "exemplar") if units else []
    order = list(units)
    standing.sort(key=lambda remark: order.index(remark.checklist_session_id))
    return tuple(f"{ended(one_line(one.text), '')} ({units[one.checklist_session_id]})" for one in standing)
