"""The reference documents of a plan: cite one that is known or a new one, correct it, stop citing it."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from thidua import form_fields as fields
from thidua.extensions import db
from thidua.identity import require_person
from thidua.models import Plan, PlanDocument, ReferenceDocument
from thidua.models.plan_text import citation
from thidua.permissions import allow
from thidua.plans import queries
from thidua.plans.page import render_plan
from thidua.rules.vietnamese import clean_line

COLUMNS = ("number_as_printed", "kind", "issued_on", "title", "note", "suspect")


class DocumentForm(FlaskForm):
    """A reference document and the part of the plan that cites it."""

    number_as_printed = fields.line("Số, ký hiệu", 80, required="Xin ghi số, ký hiệu đúng như in trên văn bản.")
    kind = fields.line("Loại văn bản", 80, required="Xin ghi loại văn bản, ví dụ Quy chế.")
    issued_on = fields.DayField("Ngày ban hành")
    title = fields.line("Trích yếu", 600, required="Xin ghi trích yếu.")
    cited_in = fields.line("Dẫn ở mục", 40)
    note = fields.text("Ghi chú", 1000)
    suspect = fields.text("Điều còn nghi vấn", 1000)


def documents(plan_id: int) -> ResponseReturnValue:
    """What the plan rests on; doubtful numbers are flagged."""
    plan = queries.plan_page(plan_id)
    allow("see_plans", require_person())
    return render_plan("plans/documents.html", plan, others=queries.other_documents(plan), citation=citation)


def cite_known(plan_id: int) -> ResponseReturnValue:
    """Cite a document that is known already."""
    plan = queries.plan_for_change(plan_id)
    allow("edit_plans", require_person())
    chosen = request.form.get("document_id", type=int)
    document = next((one for one in queries.other_documents(plan) if one.id == chosen), None)
    if document is None:
        db.session.rollback()
        flash("Xin chọn một văn bản trong danh sách, rồi bấm lại.", "error")
        return _back(plan_id)
    _cite(plan, document, clean_line(request.form.get("cited_in", ""))[:40])
    db.session.commit()
    flash(f"Đã thêm văn bản {document.label}.", "success")
    return _back(plan_id)


def cite_new(plan_id: int) -> ResponseReturnValue:
    """Write down a document and cite it."""
    plan = queries.plan_page(plan_id)
    allow("edit_plans", require_person())
    form = DocumentForm()
    if not form.is_submitted():
        return render_plan("plans/document.html", plan, form=form, cited=None)
    if not form.validate() or _number_is_taken(form, None):
        return render_plan("plans/document.html", plan, form=form, cited=None), 422
    plan = queries.plan_for_change(plan_id)
    document = ReferenceDocument()
    _write(document, form)
    _cite(plan, document, form.cited_in.data)
    db.session.commit()
    flash(f"Đã thêm văn bản {document.label}.", "success")
    return _back(plan_id)


def edit_document(plan_id: int, citation_id: int) -> ResponseReturnValue:
    """Correct a document; every plan that cites it shows the correction."""
    plan = queries.plan_page(plan_id)
    allow("edit_plans", require_person())
    cited = _cited(plan, citation_id)
    form = DocumentForm(obj=cited.reference_document, data={"cited_in": cited.cited_in})
    if not form.is_submitted():
        return render_plan("plans/document.html", plan, form=form, cited=cited)
    if not form.validate() or _number_is_taken(form, cited.reference_document):
        return render_plan("plans/document.html", plan, form=form, cited=cited), 422
    cited = _cited(queries.plan_for_change(plan_id), citation_id)
    _write(cited.reference_document, form)
    cited.cited_in = form.cited_in.data
    db.session.commit()
    flash(f"Đã lưu văn bản {cited.reference_document.label}.", "success")
    return _back(plan_id)


def stop_citing(plan_id: int, citation_id: int) -> ResponseReturnValue:
    """The plan no longer cites it; the document itself stays known."""
    plan = queries.plan_for_change(plan_id)
    allow("edit_plans", require_person())
    cited = _cited(plan, citation_id)
    plan.documents.remove(cited)
    db.session.commit()
    flash(f"Kế hoạch không còn dẫn văn bản {cited.reference_document.label}.", "success")
    return _back(plan_id)


def _cite(plan: Plan, document: ReferenceDocument, part: str) -> None:
    position = max((one.position for one in plan.documents), default=0) + 1
    plan.documents.append(PlanDocument(reference_document=document, cited_in=part, position=position))


def _write(document: ReferenceDocument, form: DocumentForm) -> None:
    if form.number_as_printed.data != document.number_as_printed or bool(form.suspect.data) != bool(document.suspect):
        document.number = None if form.suspect.data else form.number_as_printed.data
    for name in COLUMNS:
        setattr(document, name, form[name].data)


def _number_is_taken(form: DocumentForm, document: ReferenceDocument | None) -> bool:
    other = queries.document_printed(form.number_as_printed.data)
    if other is None or other is document:
        return False
    form.number_as_printed.errors = [f"Văn bản {other.number_as_printed} đã có. Xin chọn ở ô “Văn bản đã có”."]
    return True


def _cited(plan: Plan, citation_id: int) -> PlanDocument:
    return next((one for one in plan.documents if one.id == citation_id), None) or abort(404)


def _back(plan_id: int) -> ResponseReturnValue:
    return redirect(url_for("plans.documents", plan_id=plan_id), 303)
