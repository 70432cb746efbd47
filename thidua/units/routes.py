"""Units: list and search, the page with the history, create, edit, order."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from thidua.committing import commit_changes
from thidua.extensions import begin_writing, db
from thidua.hx import is_fragment_wanted, make_response
from thidua.identity import now, require_person
from thidua.models import Unit
from thidua.models.finders import planned_sessions
from thidua.models.planning import all_follow_plan
from thidua.models.unit import move
from thidua.permissions import allow, may
from thidua.rules.vietnamese import clean_line
from thidua.units import queries
from thidua.units.forms import UnitForm
from thidua.units.history import history

units = Blueprint("units", __name__, url_prefix="/units")

STEPS = {"up": -1, "down": 1}


@units.get("")
def index() -> ResponseReturnValue:
    """Every unit, or those that answer ``?q=``."""
    allow("see_units", require_person())
    return render_template(
        "units/index.html", found=_searched(), orders=queries.ORDERS, may_edit=may("edit_units", require_person())
    )


@units.get("/list")
def list_part() -> ResponseReturnValue:
    """The list alone, while somebody types; the address bar gets the page with the same search."""
    allow("see_units", require_person())
    found = _searched()
    asked = {name: value for name, value in (("q", found.q), ("order", found.order)) if value not in ("", "plan")}
    return make_response(
        render_template("units/_list.html", found=found, may_edit=may("edit_units", require_person())),
        replace_url=url_for("units.index", **asked),
    )


@units.get("/<int:unit_id>")
def show(unit_id: int) -> ResponseReturnValue:
    """A unit: what is known of it, and every inspection it had."""
    person = require_person()
    allow("see_units", person)
    unit = _unit(unit_id)
    return render_template(
        "units/unit.html", unit=unit, inspections=history(unit.id, person), may_edit=may("edit_units", person)
    )


@units.route("/new", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """A new unit, at the end of the order."""
    allow("edit_units", require_person())
    form = UnitForm()
    if not form.is_submitted():
        return render_template("units/edit.html", form=form, unit=None)
    if not form.validate() or _name_is_taken(form, None):
        return render_template("units/edit.html", form=form, unit=None), 422
    begin_writing()
    unit = Unit(position=queries.next_position())
    unit.change(**form.values)
    db.session.add(unit)
    db.session.commit()
    flash(f"Đã thêm {unit.name}.", "success")
    return redirect(url_for("units.show", unit_id=unit.id), 303)


@units.route("/<int:unit_id>/edit", methods=["GET", "POST"])
def edit(unit_id: int) -> ResponseReturnValue:
    """Correct what is known of a unit; half-days not yet begun then expect its present leader."""
    person = require_person()
    unit = _unit(unit_id)
    allow("edit_units", person)
    form = UnitForm(obj=unit)
    if not form.is_submitted():
        return render_template("units/edit.html", form=form, unit=unit)
    if not form.validate() or _name_is_taken(form, unit):
        return render_template("units/edit.html", form=form, unit=unit), 422
    begin_writing()
    unit = _unit(unit_id)
    unit.change(**form.values)
    db.session.flush()
    planned = planned_sessions(db.session(), unit_id=unit_id)
    commit_changes(all_follow_plan(planned, by=person, at=now(), op_id=uuid.uuid4()))
    flash(f"Đã lưu {unit.name}.", "success")
    return redirect(url_for("units.show", unit_id=unit.id), 303)


@units.get("/order")
def order() -> ResponseReturnValue:
    """The federation's own order, to be changed by buttons."""
    allow("edit_units", require_person())
    return render_template("units/order.html", units=queries.units_in_order())


@units.post("/<int:unit_id>/place")
def place(unit_id: int) -> ResponseReturnValue:
    """One step up or down in the order."""
    unit = _unit(unit_id)
    allow("edit_units", require_person())
    steps = STEPS.get(request.form.get("move", ""))
    if steps is None:
        abort(422)
    begin_writing()
    everything = queries.units_in_order()
    unit = next((one for one in everything if one.id == unit_id), None) or abort(404)
    move(everything, unit, steps)
    db.session.commit()
    if is_fragment_wanted():
        return render_template("units/_order.html", units=everything)
    return redirect(url_for("units.order", _anchor=f"unit-{unit_id}"), 303)


def _unit(unit_id: int) -> Unit:
    return db.session.get(Unit, unit_id) or abort(404)


def _searched() -> queries.UnitList:
    return queries.unit_list(clean_line(request.args.get("q", ""))[:100], request.args.get("order", "plan"))


def _name_is_taken(form: UnitForm, unit: Unit | None) -> bool:
    other = queries.named(form.name.data)
    if other is None or other is unit:
        return False
    form.name.errors = [f"Đã có đơn vị tên “{other.name}”. Xin ghi tên khác, hoặc mở đơn vị đó để sửa."]
    return True
