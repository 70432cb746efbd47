"""The minutes are read to the room page by page, with objections and what came of them."""

import pytest

from tests.checklist_sessions.rooms import here, kinds
from tests.conclusions.test_minutes import write
from tests.conftest import new_op


def post(client, conclusion_id, path, **fields):
    return client.post(f"/conclusions/{conclusion_id}{path}", data={"op_id": new_op()} | fields)


def turn(client, conclusion_id, page=1):
    return post(client, conclusion_id, "/reading/page", page=str(page))


@pytest.fixture
def secretary(client_of):
    return client_of("thu-ky")


def wall(client, world):
    return client.get(here(world.open_id, "/projector")).text


def test_the_wall_follows_the_page_and_goes_back_to_the_scores(closed, world, client_of, secretary) -> None:
    assert "aloud" not in wall(secretary, world).partition("<body")[2]
    assert turn(secretary, closed).status_code == 303
    first = wall(secretary, world)
    assert "Trang <b>1</b>" in first and "Căn cứ Kế hoạch" in first
    turn(secretary, closed, 2)
    assert "Trang <b>2</b>" in wall(secretary, world) and "Đoàn kiểm tra" in wall(secretary, world)
    assert "Trang 2/" in client_of("don-vi").get(f"/conclusions/{closed}/reading").text
    post(secretary, closed, "/reading/end")
    assert "Trang <b>" not in wall(secretary, world)


def test_the_wall_gets_the_page_by_its_stream(closed, world, secretary) -> None:
    turn(secretary, closed)
    changes = secretary.get(here(world.open_id, "/changes?screen=projector&last=0")).text
    assert 'id="projector-body"' in changes and "Căn cứ Kế hoạch" in changes


def test_pages_there_are_not_and_people_who_may_not(closed, client_of, secretary) -> None:
    assert turn(secretary, closed, 0).status_code == 422
    assert turn(secretary, closed, 999).status_code == 422
    assert post(secretary, closed, "/reading/page", page="nửa").status_code == 422
    for username in ("thanh-vien-1", "don-vi", "can-bo", "nguoi-ngoai"):
        assert turn(client_of(username), closed).status_code == 403, username
        assert post(client_of(username), closed, "/objections", speaker="A", text="B").status_code == 403, username
        assert post(client_of(username), closed, "/reading/end").status_code == 403, username


def test_nothing_is_read_while_scores_still_change_or_the_total_is_kept_back(
    world, closed, client_of, secretary
) -> None:
    head = client_of("truong-doan")
    head.post(here(world.open_id, "/total/hiding"), data={"op_id": new_op()})
    answer = turn(secretary, closed)
    assert answer.status_code == 409 and "công bố tổng điểm" in answer.text
    head.post(here(world.open_id, "/total/announcement"), data={"op_id": new_op()})
    assert turn(secretary, closed).status_code == 303
    head.post(here(world.open_id, "/reopening"), data={"op_id": new_op()})
    assert "Trang <b>" not in wall(secretary, world)
    assert turn(secretary, closed).status_code == 409
    head.post(here(world.open_id, "/closure"), data={"op_id": new_op()})
    assert "Trang <b>" not in wall(secretary, world)  # what was read before is not read again by itself


def test_an_objection_has_to_be_settled_before_all_agree(app, closed, world, client_of, secretary) -> None:
    write(client_of("truong-doan"), closed)
    turn(secretary, closed)
    said = {"speaker": "Hoàng Văn Bắc", "text": "Quỹ đã lập từ tháng 3.", "block_id": "shortcomings"}
    assert post(secretary, closed, "/objections", **said).status_code == 303
    page = secretary.get(f"/conclusions/{closed}/reading").text
    assert "Quỹ đã lập từ tháng 3." in page and f"/conclusions/{closed}/minutes/blocks/shortcomings" in page
    answer = post(secretary, closed, "/reading/end", through="y")
    assert answer.status_code == 409 and "Hoàng Văn Bắc" in answer.text
    assert "chưa được giải quyết" in secretary.get(f"/conclusions/{closed}").text
    settled = {"outcome": "noted", "answer": "Chưa có quyết định lập quỹ.", "base_version": "99"}
    assert post(secretary, closed, "/objections/1/outcome", **settled).status_code == 303
    finish = {"through": "y", "op_id": new_op()}
    answers = [post(secretary, closed, "/reading/end", **finish) for _ in range(2)]
    assert [one.headers.get("X-Op-Id") for one in answers] == [finish["op_id"]] * 2
    assert kinds(app, world.open_id)[-3:] == ["objection.added", "objection.settled", "reading.finished"]
    assert "đã được đọc cho mọi người" in secretary.get(f"/conclusions/{closed}/reading").text
    assert "chưa được đọc lại" not in secretary.get(f"/conclusions/{closed}").text
    document = secretary.get(f"/conclusions/{closed}/minutes").text
    assert "Quỹ đã lập từ tháng 3" in document  # what is only noted is printed


def test_an_objection_of_nobody_about_nothing_is_refused_and_kept_on_the_screen(closed, secretary) -> None:
    answer = post(secretary, closed, "/objections", speaker="", text="Tôi không đồng ý.")
    assert answer.status_code == 422 and "Tôi không đồng ý." in answer.text and "Xin ghi người" in answer.text
    answer = post(secretary, closed, "/objections", speaker="A", text="B", block_id="khong-co")
    assert answer.status_code == 422 and "không còn trong biên bản" in answer.text
    assert post(secretary, closed, "/objections/99/outcome", outcome="noted").status_code == 404


def test_a_settled_objection_is_not_settled_otherwise_by_somebody_who_has_not_seen_it(
    closed, client_of, secretary
) -> None:
    post(secretary, closed, "/objections", speaker="Hoàng Văn Bắc", text="Quỹ đã lập.")
    assert post(secretary, closed, "/objections/1/outcome", outcome="accepted", base_version="99").status_code == 303
    head = client_of("truong-doan")
    assert post(head, closed, "/objections/1/outcome", outcome="noted", base_version="1").status_code == 409
    assert post(head, closed, "/objections/1/outcome", outcome="khác", base_version="99").status_code == 422
    assert post(head, closed, "/objections/1/withdrawal", base_version="99").status_code == 303
    assert "Đã rút." in head.get(f"/conclusions/{closed}/reading").text
