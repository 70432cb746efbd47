"""Plan 72/HTS whole, eleven units and five documents, beside the small plan of the world."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.world import MORNING
from thidua.commands.setup import load_seeds
from thidua.extensions import begin_writing, db
from thidua.models import Plan
from thidua.plans.forms import PlanForm, values_of
from thidua.plans.queries import plan_page


@pytest.fixture
def plan72(app: Flask) -> int:
    """The id of the seeded plan; the world's own plan gives up the number."""
    with app.app_context():
        begin_writing()
        small = db.session.scalars(select(Plan)).one()
        small.number, small.number_line = 71, "Số: 71/HTS"
        plan, _checklist = load_seeds(db.session(), at=MORNING)
        db.session.commit()
        return plan.id


@pytest.fixture
def typed(app: Flask) -> Callable[..., dict]:
    """What a browser would post for a plan as it stands, with changes; units by id, in order."""

    def of_plan(plan_id: int, **changed: object) -> dict:
        with app.test_request_context():
            plan = plan_page(plan_id)
            form = PlanForm(formdata=None, data=values_of(plan))
            posted = {
                field.name: field._value() if hasattr(field, "_value") else field.data
                for field in form
                if field.name != "csrf_token" and not (field.type == "BooleanField" and not field.data)
            }
            return posted | {"unit": [str(one.unit_id) for one in plan.plan_units]} | changed

    return of_plan
