"""The entry into the register: who signed on paper, when; the number is given now."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.issuing.completing import complete
from thidua.issuing.freezing import register_title
from thidua.issuing.numbering import register_next
from thidua.issuing.storing import ensure_rendered
from thidua.models.ink import InkSigner, register_signed, require_can_register, require_signers
from thidua.models.office_settings import office_of
from thidua.rules.errors import InvalidEntry, Refusal
from thidua.rules.signing import SEAL
from thidua.rules.words import day_of
from thidua.scans.finding import FoundPaper, find_paper, find_paper_for_change
from thidua.scans.forms import RegistrationForm, registration_form, waiting_places
from thidua.scans.page import again, coverage_of
from thidua.scans.routes import scans
from thidua.session_pages.operations import is_repeated, new_operation, posted_operation

KINDS = {"minutes": "minutes.registered"}
NOT_YET = "Ngày ký chưa đến. Xin ghi ngày ghi trên bản giấy."
TOO_EARLY = "Ngày ký không thể trước ngày chốt văn bản ({day:%d/%m/%Y})."
LOOK = "Xin xem lại từng trang của bản giấy rồi đánh dấu vào ô này."


@scans.post("/<int:paper_id>/registration")
def register(paper_id: int) -> ResponseReturnValue:
    """Give the paper its number and write down who signed it; minutes end their half-day."""
    ensure_rendered_if_needed(paper_id)
    found = find_paper_for_change(paper_id)
    found.found.allow("register_paper")
    form, op_id = registration_form(found.paper), posted_operation()
    if is_repeated(found.found, op_id, KINDS.get(found.paper.role, "paper.registered")):
        db.session.rollback()
        return redirect(url_for("scans.show", paper_id=paper_id), 303)
    try:
        require_can_register(found.paper)
        form.validate()
        signers = _signers(found, form)
        _require_known(found, form, signers)
        if form.errors:
            raise InvalidEntry("")
        label = _register(found, form, signers, op_id)
    except Refusal as refusal:
        form.op_id.data = new_operation()
        form.form_errors = [refusal.message] if refusal.message else []
        return again(paper_id, refusal.status, registration=form)
    flash(f"Đã vào sổ: số {label}. Xin ghi số này vào chỗ trống trên bản giấy.", "success")
    return redirect(url_for("scans.show", paper_id=paper_id), 303)


def ensure_rendered_if_needed(paper_id: int) -> None:
    """Who registers has seen the page, which renders; a crash may have come before."""
    found = find_paper(paper_id)
    if not found.paper.revisions:
        ensure_rendered(paper_id)


def _register(found: FoundPaper, form: RegistrationForm, signers: list[InkSigner], op_id: str) -> str:
    paper, person, at = found.paper, found.found.person, now()
    entry = register_next(
        db.session(),
        paper.kind,
        paper.symbol,
        issued_on=form.signed_on.data,
        title=register_title(paper.role, found.found.unit_name),
        paper=paper,
        by_name=person.name,
        at=at,
    )
    journaled = register_signed(
        paper,
        entry,
        signers,
        signed_on=form.signed_on.data,
        by=person,
        at=at,
        address=request.remote_addr or "",
        device=request.user_agent.string,
        op_id=op_id,
    )
    complete(paper)
    label = paper.number_label
    commit_change(journaled)
    return label


def _require_known(found: FoundPaper, form: RegistrationForm, signers: list[InkSigner]) -> None:
    """What is missing is told beside its field."""
    paper, signed_on = found.paper, form.signed_on.data
    if signed_on and signed_on > day_of(now()):
        form.signed_on.errors = [NOT_YET]
    elif signed_on and signed_on < day_of(paper.frozen_at):
        form.signed_on.errors = [TOO_EARLY.format(day=day_of(paper.frozen_at))]
    try:
        require_signers(paper, signers)
    except InvalidEntry as refusal:
        form[f"name_{refusal.field}"].errors = [refusal.message]
    if not coverage_of(paper).is_whole and not form.accept.data:
        form.accept.errors = [LOOK]


def _signers(found: FoundPaper, form: RegistrationForm) -> list[InkSigner]:
    """Whoever is named, and the seal when it stands on the paper."""
    signers = [
        InkSigner(place.part, form[f"name_{place.part}"].data, form[f"office_{place.part}"].data, place.authority)
        for place in waiting_places(found.paper)
        if form[f"name_{place.part}"].data
    ]
    if "sealed" in form and form["sealed"].data:
        signers.append(InkSigner(SEAL, " ".join(office_of(db.session()).issuer)))
    return signers
