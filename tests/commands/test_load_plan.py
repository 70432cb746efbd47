"""``flask load-plan FILE``: one transaction, units and documents known already are used again."""

import json

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tests.world import SEEDS
from thidua.extensions import db
from thidua.models import Plan, PlanUnit, Unit

SEED = SEEDS / "plan72.json"


def next_year() -> dict:
    source = json.loads(SEED.read_text(encoding="utf-8"))
    source["header"] |= {"number": 15, "number_as_printed": "Số: 15/KH-HTS", "date": "2021-03-01"}
    return source


def load(app, tmp_path, source):
    file = tmp_path / "plan.json"
    file.write_text(source if isinstance(source, str) else json.dumps(source), encoding="utf-8")
    return app.test_cli_runner().invoke(args=["load-plan", str(file)])


def test_a_plan_of_another_year_uses_the_units_that_are_known(app, world, tmp_path):
    answer = load(app, tmp_path, next_year())
    assert answer.exit_code == 0, answer.output
    assert "Đã nạp Kế hoạch 15/KH-HTS: 11 đơn vị, 5 văn bản căn cứ." in answer.output
    with app.app_context():
        plan = db.session.scalars(
            select(Plan).where(Plan.year == 2021).options(selectinload(Plan.plan_units).selectinload(PlanUnit.unit))
        ).one()
        assert plan.plan_units[3].unit.id == world.unit_id
        assert [one.position for one in plan.plan_units] == list(range(1, 12))
        assert db.session.scalar(select(func.count()).select_from(Unit)) == 11
        assert len(set(db.session.scalars(select(Unit.position)))) == 11


def test_the_same_plan_twice_is_refused_and_nothing_is_written(app, world, tmp_path):
    answer = load(app, tmp_path, SEED.read_text(encoding="utf-8"))
    assert answer.exit_code == 1
    assert "Kế hoạch 72/HTS năm 2020 đã có" in answer.output
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Unit)) == 2


def test_a_file_of_another_shape_is_refused_in_one_sentence(app, world, tmp_path):
    for source in (
        "{}",
        "không phải JSON",
        "[1]",
        json.dumps({"header": {}}),
        json.dumps(next_year() | {"sections": []}),
    ):
        answer = load(app, tmp_path, source)
        assert answer.exit_code == 1
        assert "không đúng dạng kế hoạch" in answer.output
        assert "Traceback" not in answer.output
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Plan)) == 1
