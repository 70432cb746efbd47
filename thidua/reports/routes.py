"""Routes of the summary report (báo cáo tổng hợp, BC) of a plan's round: the list, the draft, its files.

What is shown is always a draft, composed anew from the signed minutes; it is not frozen or signed here yet.
"""

import re

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from thidua.doors.pdf import render_apart
from thidua.extensions import db
from thidua.identity import require_person
from thidua.issuing.word_files import MEDIA_TYPE as WORD_TYPE
from thidua.issuing.word_files import word_file
from thidua.permissions import allow
from thidua.reports.facts import round_facts
from thidua.reports.queries import plan_of, plans_with_progress, signed_addenda
from thidua.rules.documents import Document
from thidua.rules.errors import Refused
from thidua.rules.report_document import compose_report
from thidua.rules.vietnamese import fold

reports = Blueprint("reports", __name__, url_prefix="/reports")

NOTHING_YET = (
    "Kế hoạch này chưa có biên bản nào được ký nên chưa có số liệu để viết báo cáo. "
    "Khi biên bản đầu tiên được ký, xin mở lại."
)


@reports.get("")
def index() -> ResponseReturnValue:
    """Every plan with how far its round has come."""
    allow("see_reports", require_person())
    return render_template("reports/index.html", plans=plans_with_progress())


@reports.get("/<int:plan_id>")
def show(plan_id: int) -> ResponseReturnValue:
    """The drafted report; a calm word while no minutes are signed."""
    plan = plan_of(plan_id)
    allow("see_reports", require_person())
    facts = round_facts(plan)
    document = compose_report(facts, draft=True) if facts.results else None
    return render_template(
        "reports/report.html", plan=plan, facts=facts, document=document, addenda=signed_addenda(plan_id)
    )


@reports.get("/<int:plan_id>.pdf")
def pdf(plan_id: int) -> ResponseReturnValue:
    """The same on paper (Nghị định 30/2020/NĐ-CP), marked as a draft."""
    document, name = _draft(plan_id)
    db.session.rollback()  # rendering takes a second; no transaction waits for it
    return _file(render_apart(document).pdf, "application/pdf", f'inline; filename="{name}.pdf"')


@reports.get("/<int:plan_id>.docx")
def docx(plan_id: int) -> ResponseReturnValue:
    """The same as a Word file by the office's template."""
    document, name = _draft(plan_id)
    return _file(word_file(document), WORD_TYPE, f'attachment; filename="{name}.docx"')


def _draft(plan_id: int) -> tuple[Document, str]:
    """The report and what its file is called. Raises ``Refused`` while no minutes are signed."""
    plan = plan_of(plan_id)
    allow("see_reports", require_person())
    facts = round_facts(plan)
    if not facts.results:
        raise Refused(NOTHING_YET)
    name = "-".join(re.findall("[a-z0-9]+", fold(f"du-thao-bao-cao {plan.label}")))
    return compose_report(facts, draft=True), name


def _file(content: bytes, media_type: str, disposition: str) -> Response:
    return Response(content, mimetype=media_type, headers={"Content-Disposition": disposition})
