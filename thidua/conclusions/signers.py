"""Who signs the minutes, and with what: chosen before they are frozen, the usual people unless somebody says else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from wtforms import HiddenField, RadioField, SelectChoice, SelectField

from thidua import form_fields as fields
from thidua.models import Account, ChecklistSession, Conclusion, PlanUnit, TeamMember
from thidua.models.office_settings import office_of
from thidua.models.paper import ELECTRONIC, ON_PAPER
from thidua.permissions import OFFICE
from thidua.rules.errors import InvalidEntry
from thidua.rules.signing import FORMULAS, HEAD, SECRETARY, UNIT, SigningPart
from thidua.session_pages.operations import new_operation

PARTS = {SECRETARY: "Thư ký", UNIT: "Đại diện đơn vị", HEAD: "Trưởng đoàn"}
USUAL, GROUP, OTHER = "", "group", "other"
GROUP_WORDS = {
    SECRETARY: "Bất kỳ ai trong Đoàn, ghi tên khi ký",
    UNIT: "Bất kỳ ai của đơn vị, ghi tên khi ký",
    HEAD: "Bất kỳ ai trong Đoàn, ghi tên khi ký",
}
MEANS = {
    ELECTRONIC: "Ký ngay trong chương trình, mỗi người một mã PIN",
    ON_PAPER: "In ra ký tay, đóng dấu, rồi chụp hoặc quét để đính kèm",
}


class SignersForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """For each part who signs, the name of somebody without an account, the office above it and the formula."""

    means = RadioField("Cách ký", choices=[SelectChoice(*one) for one in MEANS.items()], validate_choice=False)
    op_id = HiddenField()
    base_version = HiddenField()


_FORMULAS = [SelectChoice(*one) for one in FORMULAS.items()]
for _part, _label in PARTS.items():
    setattr(SignersForm, f"{_part}_who", SelectField(f"{_label}: ai ký", validate_choice=False))
    setattr(SignersForm, f"{_part}_name", fields.line("Họ và tên người ký", 120))
    setattr(SignersForm, f"{_part}_formula", SelectField("Ký với tư cách", choices=_FORMULAS))
    setattr(SignersForm, f"{_part}_office", fields.line("Chức vụ in trên tên", 160))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody with an account who may sign for a part; ``name`` as it is printed."""

    id: int
    name: str
    office: str


def signers_form(conclusion: Conclusion) -> SignersForm:
    """The form as things stand; its choices come from ``with_candidates``."""
    shown = {"means": conclusion.signing_means, "base_version": str(conclusion.version), "op_id": new_operation()}
    for part in PARTS:
        chosen = conclusion.signers.get(part, {})
        shown |= {
            f"{part}_who": _who(chosen),
            f"{part}_name": "" if chosen.get("account") else chosen.get("name", ""),
            f"{part}_formula": chosen.get("formula", ""),
            f"{part}_office": chosen.get("office", ""),
        }
    return SignersForm(formdata=None, **shown)


def with_candidates(
    form: SignersForm, session: Session, conclusion: Conclusion, parts: tuple[SigningPart, ...]
) -> SignersForm:
    """Give the form its choices; ``parts`` name the usual people."""
    usual = {one.part: one.person for one in parts if not conclusion.signers.get(one.part)}
    for part, people in candidates(session, conclusion.checklist_session_id).items():
        name = usual.get(part, "")
        form[f"{part}_who"].choices = [
            SelectChoice(USUAL, f"Như thường lệ{f': {name}' if name else ''}"),
            *(
                SelectChoice(str(one.id), f"{one.name}{f', {one.office}' if one.office else ''}")
                for one in people.values()
            ),
            SelectChoice(GROUP, GROUP_WORDS[part]),
            SelectChoice(OTHER, "Người khác, chỉ khi ký tay (ghi tên bên dưới)"),
        ]
    return form


def candidates(session: Session, checklist_session_id: int) -> dict[str, dict[int, Candidate]]:
    """Part -> account id -> who may be named: the team and the office for our places, the unit's people for its own."""
    ranks = office_of(session).prints_ranks
    room = (
        select(PlanUnit.team_id, ChecklistSession.unit_id)
        .join(PlanUnit, PlanUnit.id == ChecklistSession.plan_unit_id)
        .where(ChecklistSession.id == checklist_session_id)
        .subquery()
    )
    team = select(TeamMember.account_id).join(room, room.c.team_id == TeamMember.team_id)
    unit = select(room.c.unit_id).scalar_subquery()
    ours: dict[int, Candidate] = {}
    theirs: dict[int, Candidate] = {}
    for account in session.scalars(
        select(Account)
        .where(Account.disabled_at.is_(None))
        .where(or_(Account.id.in_(team), Account.role.in_(OFFICE), Account.unit_id == unit))
        .order_by(Account.name)
    ):
        name = " ".join(filter(None, (account.rank if ranks else "", account.name)))
        side = theirs if account.role == "unit" else ours
        side[account.id] = Candidate(account.id, name, account.office)
    return {SECRETARY: ours, UNIT: theirs, HEAD: ours}


def typed_signers(form: SignersForm, known: Mapping[str, Mapping[int, Candidate]]) -> dict[str, dict[str, Any]]:
    """What was chosen, the usual people left out. Raises ``InvalidEntry`` naming the field."""
    chosen: dict[str, dict[str, Any]] = {}
    for part in PARTS:
        who, office = form[f"{part}_who"].data or USUAL, form[f"{part}_office"].data or ""
        formula = form[f"{part}_formula"].data or ""
        if formula not in FORMULAS:
            raise InvalidEntry("Xin chọn lại tư cách ký.", f"{part}_formula")
        if who == USUAL:
            if formula or office:
                chosen[part] = {"formula": formula, "office": office}
        elif who == GROUP:
            chosen[part] = {"group": True, "formula": formula, "office": office}
        elif who == OTHER:
            chosen[part] = {"name": _other_name(form, part), "formula": formula, "office": office}
        else:
            candidate = known[part].get(int(who)) if who.isascii() and who.isdigit() and len(who) < 10 else None
            if candidate is None:
                raise InvalidEntry("Xin chọn lại người ký trong danh sách.", f"{part}_who")
            words = {"name": candidate.name, "office": office or candidate.office, "formula": formula}
            chosen[part] = words | {"account": candidate.id}
    return chosen


def _other_name(form: SignersForm, part: str) -> str:
    name = form[f"{part}_name"].data or ""
    if not name:
        raise InvalidEntry("Xin ghi họ và tên người ký.", f"{part}_name")
    if means_of(form) != ON_PAPER:
        raise InvalidEntry(
            "Người ký trong chương trình cần có tài khoản. Xin chọn người trong danh sách, hoặc chọn ký tay trên giấy.",
            f"{part}_who",
        )
    return str(name)


def means_of(form: SignersForm) -> str:
    if form.means.data not in MEANS:
        raise InvalidEntry("Xin chọn cách ký.", "means")
    return str(form.means.data)


def _who(chosen: Mapping[str, Any]) -> str:
    if chosen.get("account"):
        return str(chosen["account"])
    if chosen.get("group"):
        return GROUP
    return OTHER if chosen.get("name") else USUAL
