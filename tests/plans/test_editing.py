"""A plan is written in one form; nothing typed is lost, and units are ordered by buttons."""

from sqlalchemy import select

from thidua.extensions import begin_writing, db
from thidua.models import Plan, PlanUnit
from thidua.plans.queries import plan_page


def unit_names(plan_id):
    return [one.unit.name for one in plan_page(plan_id).plan_units]


def test_saving_plan_72_unchanged_changes_nothing(app, client_of, plan72, typed):
    with app.app_context():
        before = plan_page(plan72)
        kept = (before.content, before.number_line, before.issued_on, [one.id for one in before.plan_units])
    answer = client_of("can-bo").post(f"/plans/{plan72}/edit", data=typed(plan72))
    assert answer.status_code == 303
    with app.app_context():
        after = plan_page(plan72)
        assert (after.content, after.number_line, after.issued_on, [one.id for one in after.plan_units]) == kept


def test_a_new_plan_begins_with_the_text_of_the_latest(client_of, plan72):
    page = client_of("can-bo").get("/plans/new").text
    assert "Nắm thực chất việc quán triệt" in page
    assert "Công tác tuyên truyền, vận động hội viên" in page
    assert 'value="72"' not in page
    assert "THỘI" not in page and "HỘI TRUYỀN THỐNG TRƯỜNG SƠN" in page  # the misprint of 2020 is not written again


def test_a_new_plan_gets_its_number_line_units_and_a_team(app, client_of, world, typed):
    data = typed(
        world.plan_id,
        number="5",
        symbol="HTS",
        number_line="",
        issued_on="01/02/2021",
        year="2021",
        purposes="- Nắm tình hình\n\n Phát hiện điển hình ",
        unit=[str(world.other_unit_id), str(world.unit_id)],
    )
    answer = client_of("quan-tri").post("/plans/new", data=data)
    assert answer.status_code == 303
    with app.app_context():
        plan = plan_page(int(answer.location.rsplit("/", 1)[1]))
        assert plan.number_line == "Số: 05/KH-HTS"
        assert plan.label == "Kế hoạch 05/KH-HTS"
        assert plan.content["purposes"] == ["Nắm tình hình", "Phát hiện điển hình"]
        assert [one.unit_id for one in plan.plan_units] == [world.other_unit_id, world.unit_id]
        assert [one.team.name for one in plan.plan_units] == ["Đoàn kiểm tra"] * 2


def test_wrong_fields_are_named_and_everything_typed_stays(client_of, plan72, typed):
    data = typed(plan72, subject="", issued_on="31/02/2020", number="bảy hai", purposes="Mục đích vừa gõ\nvà nữa")
    data["unit"] = list(reversed(data["unit"]))
    answer = client_of("can-bo").post(f"/plans/{plan72}/edit", data=data)
    assert answer.status_code == 422
    for words in (
        "Xin ghi trích yếu",
        "“31/02/2020” không phải là ngày",
        "Số kế hoạch: xin ghi một số từ 1",
        "bảy hai",
        "Mục đích vừa gõ\nvà nữa",
    ):
        assert words in answer.text
    assert answer.text.index("Hội Nữ CSTS tỉnh Thái Bình") < answer.text.index("Hội Trường Sơn thành phố Hà Nội")


def test_a_number_already_given_in_the_year_is_refused(client_of, world, plan72, typed):
    answer = client_of("can-bo").post(f"/plans/{world.plan_id}/edit", data=typed(world.plan_id, number="72"))
    assert answer.status_code == 422
    assert "Kế hoạch 72/HTS năm 2020 đã có" in answer.text


def test_the_smallest_team_is_not_larger_than_the_largest(client_of, plan72, typed):
    answer = client_of("can-bo").post(f"/plans/{plan72}/edit", data=typed(plan72, team_min="6", team_max="5"))
    assert answer.status_code == 422
    assert "nhỏ hơn số ít nhất" in answer.text


def test_buttons_reorder_units_without_saving_and_without_scripts(app, client_of, plan72, typed):
    data = typed(plan72, subject="Đang gõ dở")
    last = data["unit"][-1]
    answer = client_of("can-bo").post(f"/plans/{plan72}/edit", data=data | {"units_move": f"up-{last}"})
    assert answer.status_code == 200
    assert "Đang gõ dở" in answer.text
    assert answer.text.index("Hội Nữ CSTS tỉnh Thái Bình") < answer.text.index("Hội Nữ CSTSVN")
    with app.app_context():
        assert unit_names(plan72)[-1] == "Hội Nữ CSTS tỉnh Thái Bình"
        assert plan_page(plan72).subject != "Đang gõ dở"


def test_with_htmx_only_the_list_of_units_comes_back(client_of, plan72, typed):
    data = typed(plan72)
    dropped = data["unit"][0]
    answer = client_of("can-bo").post(f"/plans/{plan72}/units-choice", data=data | {"units_move": f"drop-{dropped}"})
    assert "<form" not in answer.text
    assert "Đã chọn 10 đơn vị" in answer.text
    assert f'id="other-{dropped}"' in answer.text
    answer = client_of("can-bo").post(
        "/plans/units-choice", data={"units_move": f"add-{dropped}", "unit": data["unit"][1]}
    )
    assert "Đã chọn 2 đơn vị" in answer.text


def test_the_new_order_is_saved_and_half_days_are_kept(app, client_of, world, typed):
    data = typed(world.plan_id)
    data["unit"].reverse()
    client_of("can-bo").post(f"/plans/{world.plan_id}/edit", data=data)
    with app.app_context():
        plan = plan_page(world.plan_id)
        assert [one.unit_id for one in plan.plan_units] == [world.other_unit_id, world.unit_id]
        assert plan.plan_units[1].place == "Hội trường tỉnh Bắc Giang"


def test_a_unit_with_a_checklist_session_cannot_be_left_out(app, client_of, world, typed):
    answer = client_of("can-bo").post(
        f"/plans/{world.plan_id}/edit", data=typed(world.plan_id, unit=[str(world.unit_id)])
    )
    assert answer.status_code == 422
    assert "Hội Trường Sơn tỉnh Hải Dương đã có buổi kiểm tra nên không bỏ khỏi kế hoạch được" in answer.text
    with app.app_context():
        assert len(unit_names(world.plan_id)) == 2


def test_changing_the_number_makes_the_printed_line_anew(app, client_of, plan72, typed):
    client_of("can-bo").post(f"/plans/{plan72}/edit", data=typed(plan72, number="7"))
    with app.app_context():
        assert db.session.get(Plan, plan72).number_line == "Số: 07/KH-HTS"


def test_inspectors_and_units_may_not_write_plans(app, client_of, plan72, typed):
    for username in ("truong-doan", "don-vi", "nguoi-ngoai"):
        client = client_of(username)
        assert client.get("/plans/new").status_code == 403
        assert client.post("/plans/new", data=typed(plan72)).status_code == 403
        assert client.post(f"/plans/{plan72}/edit", data=typed(plan72)).status_code == 403
        assert client.post("/plans/units-choice").status_code == 403
        assert "Sửa kế hoạch" not in client.get(f"/plans/{plan72}").text
    assert client_of("").post("/plans/new").status_code == 401


def test_a_unit_joining_later_goes_with_the_only_team(app, client_of, plan72, typed):
    data = typed(plan72)
    left_out = data["unit"].pop()
    client_of("can-bo").post(f"/plans/{plan72}/edit", data=data)
    client_of("can-bo").post(f"/plans/{plan72}/edit", data=data | {"unit": [*data["unit"], left_out]})
    with app.app_context():
        begin_writing()
        joined = db.session.scalars(select(PlanUnit).where(PlanUnit.plan_id == plan72, PlanUnit.position == 11)).one()
        assert (joined.unit_id, joined.team_id is not None, joined.on_date) == (int(left_out), True, None)
        db.session.rollback()


def test_what_has_just_been_added_or_left_out_gets_the_focus(client_of, plan72, typed):
    data = typed(plan72)
    first = data["unit"][0]
    page = client_of("can-bo").post(f"/plans/{plan72}/units-choice", data=data | {"units_move": f"drop-{first}"}).text
    assert f'id="other-{first}" tabindex="-1" data-focus' in page
    page = client_of("can-bo").post(f"/plans/{plan72}/units-choice", data=data | {"units_move": f"down-{first}"}).text
    assert "data-focus" not in page
