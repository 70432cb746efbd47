"""The check by two people: the secretary reads back, a member confirms, and only the score they heard counts."""

import pytest
from sqlalchemy import update

from tests.checklist_sessions.rooms import here, kinds, rows
from tests.checklist_sessions.test_scores import close, criterion_id, send  # noqa: F401
from tests.commands.test_check import alter, check
from tests.conftest import new_op
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession
from thidua.models.criterion_round import CriterionRound


@pytest.fixture
def two_persons(app, world) -> None:
    with app.app_context():
        begin_writing()
        db.session.execute(
            update(ChecklistSession).where(ChecklistSession.id == world.open_id).values(two_person_check=True)
        )
        db.session.commit()


@pytest.fixture
def settled(two_persons, send) -> int:  # noqa: F811
    """The version of an agreed score for criterion 1.4."""
    return int(send("truong-doan", perspective="agreed", points="8").headers["X-Revision"])


@pytest.fixture
def press(app, world, client_of):
    def post(username: str, what: str, version: int | str, **fields: str):
        address = here(world.open_id, f"/criteria/{criterion_id(app, world, '1.4')}/{what}")
        return client_of(username).post(address, data={"version": str(version), "op_id": new_op()} | fields)

    return post


def standing(app, world) -> list[tuple[int, str, str]]:
    found = rows(app, CriterionRound, world.open_id)
    return [(one.read_back_version, one.read_back_by_name, one.confirmed_by_name) for one in found]


def test_the_secretary_reads_back_and_a_member_confirms(app, world, client_of, settled, press) -> None:
    assert press("thu-ky", "reading-back", settled).status_code == 303
    assert "Đã đọc lại" in client_of("thanh-vien-1").get(here(world.open_id, "/board")).text
    assert press("thanh-vien-2", "confirmation", settled).status_code == 303
    assert standing(app, world) == [(settled, "Phạm Tiến Ích", "Lê Đức Thắng")]
    assert kinds(app, world.open_id)[-2:] == ["check.read_back", "check.confirmed"]
    told = client_of("thanh-vien-1").get(here(world.open_id)).text
    assert "Lê Đức Thắng xác nhận lúc" in told
    assert check(app).exit_code == 0


def test_another_value_is_to_be_read_and_confirmed_anew(app, world, client_of, settled, press, send) -> None:  # noqa: F811
    press("thu-ky", "reading-back", settled)
    answer = send("truong-doan", perspective="agreed", points="7", base_version=str(settled))
    assert "Chưa đọc lại" in answer.text
    late = press("thanh-vien-1", "confirmation", settled)
    assert late.status_code == 409 and "vừa thay đổi" in late.text
    assert press("thanh-vien-1", "confirmation", settled + 2).status_code == 409
    assert press("thu-ky", "reading-back", settled + 2).status_code == 303
    assert press("thanh-vien-1", "confirmation", settled + 2).status_code == 303


def test_nobody_confirms_what_nobody_has_read(app, world, settled, press) -> None:
    answer = press("thanh-vien-1", "confirmation", settled)
    assert answer.status_code == 409 and "chưa được Thư ký đọc lại" in answer.text
    assert standing(app, world) == []


@pytest.mark.parametrize("what", ["reading-back", "confirmation"])
def test_the_same_press_twice_counts_once(app, world, settled, press, what) -> None:
    if what == "confirmation":
        press("thu-ky", "reading-back", settled)
    op_id, who = new_op(), "thu-ky" if what == "reading-back" else "thanh-vien-1"
    before = len(kinds(app, world.open_id))
    assert [press(who, what, settled, op_id=op_id).status_code for _ in range(2)] == [303, 303]
    assert len(kinds(app, world.open_id)) == before + 1
    assert press(who, what, settled).status_code == 409


@pytest.mark.parametrize("username", ["truong-doan", "thanh-vien-1", "don-vi", "can-bo", "nguoi-ngoai"])
def test_only_the_secretary_reads_back(settled, press, username) -> None:
    assert press(username, "reading-back", settled).status_code == 403


@pytest.mark.parametrize("username", ["truong-doan", "thu-ky", "don-vi", "can-bo", "nguoi-ngoai"])
def test_only_a_member_confirms(settled, press, username) -> None:
    press("thu-ky", "reading-back", settled)
    assert press(username, "confirmation", settled).status_code == 403


def test_without_the_setting_nothing_is_read_back(world, client_of, send, press) -> None:  # noqa: F811
    version = send("truong-doan", perspective="agreed", points="8").headers["X-Revision"]
    assert press("thu-ky", "reading-back", version).status_code == 409
    assert "không yêu cầu đọc lại" in client_of("thu-ky").get(here(world.open_id, "/reading")).text
    assert 'class="check"' not in client_of("thu-ky").get(here(world.open_id, "/board")).text


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_a_broken_version_is_refused(settled, press, version) -> None:
    assert press("thu-ky", "reading-back", version).status_code == 422


def test_what_is_not_settled_is_not_read(two_persons, press) -> None:
    answer = press("thu-ky", "reading-back", 1)
    assert answer.status_code == 409 and "chưa có điểm thống nhất" in answer.text


def test_reading_goes_on_after_closing(app, world, settled, press) -> None:
    close(app, world)
    assert press("thu-ky", "reading-back", settled).status_code == 303


def test_the_page_shows_every_settled_score_large(world, client_of, settled) -> None:
    page = client_of("thu-ky").get(here(world.open_id, "/reading")).text
    assert page.count("data-reading ") == 1 and "<b>8</b> <span>/ 10</span>" in page
    assert 'data-may-check="read"' in page and 'name="csrf_token"' in page.split('id="check-')[1]
    assert 'data-may-check="confirm"' in client_of("thanh-vien-1").get(here(world.open_id, "/reading")).text
    assert client_of("don-vi").get(here(world.open_id, "/reading")).status_code == 403


def test_the_unit_is_told_nothing_of_it(world, client_of, settled, press) -> None:
    press("thu-ky", "reading-back", settled)
    unit = client_of("don-vi")
    for path in ("", "/changes?last=1"):
        assert "đọc lại" not in unit.get(here(world.open_id, path)).text


def test_the_conclusion_names_what_is_not_read_back_or_confirmed(
    app,
    world,
    client_of,
    settled,
    press,
    send,  # noqa: F811
) -> None:
    send("truong-doan", perspective="agreed", number="1.1", points="4")
    press("thu-ky", "reading-back", settled)
    close(app, world)
    page = client_of("thu-ky").get(f"/conclusions/{world.conclusion_id}").text
    assert "Thư ký chưa đọc lại điểm thống nhất của tiêu chí 1.1." in page
    assert "Chưa có thành viên xác nhận điểm thống nhất của tiêu chí 1.4." in page
    assert f'href="/checklist-sessions/{world.open_id}/reading"' in page


def test_a_check_changed_behind_the_journal_is_found(app, settled, press) -> None:
    press("thu-ky", "reading-back", settled)
    alter(app, "UPDATE criterion_round SET confirmed_by_name = 'Ai đó'")
    assert "việc đọc lại điểm" in check(app).output


def test_the_outbox_is_answered_with_the_part(app, world, client_of, settled) -> None:
    op_id = new_op()
    answer = client_of("thu-ky").post(
        here(world.open_id, f"/criteria/{criterion_id(app, world, '1.4')}/reading-back"),
        data={"version": str(settled), "op_id": op_id},
        headers={"X-Requested-With": "outbox"},
    )
    assert (answer.status_code, answer.headers["X-Op-Id"]) == (200, op_id)
    assert 'data-check-state="read"' in answer.text
