"""The wall: what stands on it, and what it is remembered to look like."""

from tests.checklist_sessions.rooms import here, rows
from tests.conftest import new_op
from thidua.checklist_sessions.frames import change_html
from thidua.extensions import db
from thidua.models import AgendaStep
from thidua.models.finders import sheet_of


def test_the_wall_tells_unit_step_criterion_and_points(app, client_of, world) -> None:
    head = client_of("truong-doan")
    with app.app_context():
        leaf = sheet_of(db.session(), world.checklist_id).leaves[3]
    step = rows(app, AgendaStep, world.open_id)[0]
    head.post(here(world.open_id, f"/steps/{step.id}/start"), data={"op_id": new_op()})
    head.post(here(world.open_id, f"/criteria/{leaf.id}/showing"), data={"op_id": new_op()})
    page = client_of("don-vi").get(here(world.open_id, "/projector")).text
    for words in ("Hội Trường Sơn tỉnh Bắc Giang", "Bước 1/5", step.title, leaf.text, "Đã thống nhất", "Tổng điểm"):
        assert words in page


def test_before_the_first_step_the_wall_tells_the_state(client_of, world) -> None:
    page = client_of("thu-ky").get(here(world.planned_id, "/projector")).text
    assert "Chưa bắt đầu" in page and "Kế hoạch 72/HTS" in page and "data-began" not in page


def test_the_wall_has_a_theme_of_its_own(client_of, world) -> None:
    secretary = client_of("thu-ky")
    secretary.set_cookie("appearance", "light.2")
    assert 'data-theme="light" data-size="0"' in secretary.get(here(world.open_id, "/projector")).text
    secretary.set_cookie("wall", "dark.1")
    page = secretary.get(here(world.open_id, "/projector")).text
    assert 'data-theme="dark" data-size="0"' in page and 'data-guidance="on"' in page
    assert 'data-theme="light" data-size="2"' in secretary.get(here(world.open_id, "/meeting")).text
    secretary.set_cookie("wall", "<script>.x")
    assert 'data-theme="light"' in secretary.get(here(world.open_id, "/projector")).text


def test_a_change_of_the_agenda_reaches_the_wall_and_every_header(app, client_of, world) -> None:
    step = rows(app, AgendaStep, world.open_id)[0]
    client_of("thu-ky").post(here(world.open_id, f"/steps/{step.id}/start"), data={"op_id": new_op()})
    with app.app_context():
        content = {"position": 1, "title": step.title}
        wall = change_html(world.open_id, "step.started", content, "projector")
        member = change_html(world.open_id, "step.started", content, "team")
    assert 'id="projector-body"' in wall and "Bước 1/5" in wall
    assert 'id="agenda"' in member and 'id="session-timer"' in member and "data-began" in member


def test_strangers_see_no_wall(client_of, world) -> None:
    assert client_of("nguoi-ngoai").get(here(world.open_id, "/projector")).status_code == 403
    assert client_of("").get(here(world.open_id, "/projector")).status_code == 302
