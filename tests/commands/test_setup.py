"""``flask setup`` fills an empty instance with plan 72/HTS, once."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from thidua.extensions import db
from thidua.models import Account, Checklist, Criterion, Plan, PlanDocument, PlanUnit, ReferenceDocument, Team, Unit
from thidua.models.finders import sheet_of


@pytest.fixture
def prepared(empty_app):
    answer = empty_app.test_cli_runner().invoke(args=["setup"])
    assert answer.exit_code == 0, answer.output
    return empty_app, answer.output


def test_the_password_is_printed_once_and_must_be_changed(prepared):
    app, output = prepared
    assert "quan-tri" in output
    assert "Mật khẩu dùng một lần:" in output
    with app.app_context():
        administrator = db.session.scalars(select(Account)).one()
        assert administrator.role == "administrator"
        assert administrator.must_change_password


def test_a_second_run_changes_nothing(prepared):
    app, _output = prepared
    again = app.test_cli_runner().invoke(args=["setup"])
    assert (again.exit_code, again.output) == (0, "")
    with app.app_context():
        for model, count in ((Account, 1), (Plan, 1), (Unit, 11), (ReferenceDocument, 5), (Checklist, 1)):
            assert db.session.scalar(select(func.count()).select_from(model)) == count


def test_all_of_plan_72_is_there(prepared):
    app, _output = prepared
    with app.app_context():
        plan = db.session.scalars(
            select(Plan).options(
                selectinload(Plan.plan_units).selectinload(PlanUnit.unit),
                selectinload(Plan.teams).selectinload(Team.members),
                selectinload(Plan.documents).selectinload(PlanDocument.reference_document),
            )
        ).one()
        assert plan.label == "Kế hoạch 72/HTS"
        assert [one.unit.position for one in plan.plan_units] == list(range(1, 12))
        assert plan.plan_units[9].unit.name == "Hội Nữ CSTSVN"
        assert plan.plan_units[9].unit.kind == "hoi_nu"
        assert len(plan.content["purposes"]) == 3
        assert [len(one["focus"]) for one in plan.content["contents"]] == [6, 0, 0]
        assert len(plan.content["duties"]) == 3
        assert len(plan.content["steps"]) == 4
        assert (plan.content["team_min"], plan.content["team_max"]) == (4, 5)
        assert len(plan.content["contacts"]) == 2
        assert len(plan.content["recipients"]) == 2
        assert plan.content["signer"]["name"] == "Võ Sở"


def test_the_doubtful_number_is_kept_as_printed_and_flagged(prepared):
    app, _output = prepared
    with app.app_context():
        doubtful = db.session.scalars(select(ReferenceDocument).where(ReferenceDocument.suspect != "")).one()
        assert doubtful.number_as_printed == "2020/QC-HTSVN"
        assert doubtful.number is None
        assert "gõ nhầm số" in doubtful.suspect


def test_the_proposed_checklist_carries_the_wording_of_the_plan(prepared):
    app, _output = prepared
    with app.app_context():
        checklist = db.session.scalars(select(Checklist)).one()
        assert checklist.is_proposal
        assert checklist.state == "published"
        sheet = sheet_of(db.session(), checklist.id)
        assert sheet.maximum == sheet.declared_max == 100_00
        assert sheet.numbered("1.5").guidance.startswith("Chủ động mua các ấn phẩm văn hóa")
        assert sheet.numbered("2.1").guidance.startswith("Việc thành lập Hội đồng")
        assert (
            db.session.scalar(
                select(func.count()).select_from(Criterion).where(Criterion.guidance == "", Criterion.kind != "section")
            )
            == 0
        )
