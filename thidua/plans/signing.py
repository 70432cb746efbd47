"""How the minutes of a plan are signed: in which order, by whom of a group, with or without the seal."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectChoice, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from thidua.extensions import db
from thidua.identity import require_person
from thidua.models import Plan
from thidua.permissions import allow
from thidua.plans import queries
from thidua.plans.page import render_plan
from thidua.rules.errors import InvalidEntry
from thidua.rules.signing import DEFAULT_ORDER, HEAD, LABELS, SECRETARY, UNIT, require_order

PARTS = (SECRETARY, UNIT, HEAD)
TURNS = [SelectChoice(str(one), f"Lượt {one}") for one in (1, 2, 3)]


class SigningForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """The turn of each part, the groups, the seal."""

    groups = SelectMultipleField(
        "Ai cũng ký được trong nhóm",
        choices=[
            SelectChoice(SECRETARY, "Chỗ của Thư ký: bất kỳ ai trong Đoàn"),
            SelectChoice(UNIT, "Chỗ của đơn vị: bất kỳ tài khoản nào của đơn vị"),
            SelectChoice(HEAD, "Chỗ của Trưởng đoàn: bất kỳ ai trong Đoàn, ghi rõ ký thay mặt"),
        ],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )
    seal = BooleanField("Đóng dấu của Hội sau khi mọi người đã ký")


for _part in PARTS:
    setattr(SigningForm, _part, SelectField(f"{LABELS[_part]} ký", choices=TURNS, validate_choice=False))


def signing(plan_id: int) -> ResponseReturnValue:
    """Who signs in which turn."""
    plan = queries.plan_page(plan_id)
    allow("see_plans", require_person())
    return _page(plan, SigningForm(formdata=None, **_shown(plan.signing)))


def save_signing(plan_id: int) -> ResponseReturnValue:
    """Save it; minutes frozen from now on follow it."""
    plan = queries.plan_for_change(plan_id)
    allow("edit_plans", require_person())
    form = SigningForm()
    try:
        plan.signing = _typed(form)
    except InvalidEntry as error:
        db.session.rollback()
        form[SECRETARY].errors = [error.message]
        return _page(queries.plan_page(plan_id), form), 422
    db.session.commit()
    flash("Đã lưu cách ký biên bản. Các biên bản chốt từ nay theo cách này.", "success")
    return redirect(url_for("plans.signing", plan_id=plan_id), 303)


def _page(plan: Plan, form: SigningForm) -> str:
    order = plan.signing.get("order") or DEFAULT_ORDER
    return render_plan("plans/signing.html", plan, form=form, parts=PARTS, order=[_names(step) for step in order])


def _shown(settings: dict[str, Any]) -> dict[str, Any]:
    order = settings.get("order") or DEFAULT_ORDER
    turns = {part: str(turn) for turn, step in enumerate(order, start=1) for part in step}
    return turns | {"groups": settings.get("groups", []), "seal": settings.get("seal", False)}


def _typed(form: SigningForm) -> dict[str, Any]:
    """Raises ``InvalidEntry`` for turns and groups that are none."""
    known = {one.value for one in TURNS}
    turns = {part: form[part].data for part in PARTS}
    groups = form.groups.data or []
    if not set(turns.values()) <= known or not set(groups) <= set(PARTS):
        raise InvalidEntry("Xin chọn lại lượt ký.")
    used = sorted(set(turns.values()))
    order = [[part for part in PARTS if turns[part] == turn] for turn in used]
    require_order(order)
    return {"order": order, "groups": [part for part in PARTS if part in groups], "seal": bool(form.seal.data)}


def _names(step: Sequence[str]) -> str:
    return " và ".join(LABELS[part] for part in step)
