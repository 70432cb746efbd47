"""The blind first round: another's value and reason are nowhere to be read until the criterion opens."""

import pytest
from sqlalchemy import select, update

from tests.checklist_sessions.rooms import here, kinds, rows
from tests.conftest import new_op, signed_in
from tests.places import addresses, furnish
from thidua.checklist_sessions.frames import change_html
from thidua.extensions import begin_writing, db
from thidua.models import Attendance, ChecklistSession, CriterionRound, JournalEntry
from thidua.models.finders import sheet_of
from thidua.session_pages.audiences import PROJECTOR

SECRET = "LY-DO-BI-MAT"
TEAM = ("thu-ky", "thanh-vien-1", "thanh-vien-2", "thanh-vien-3")
READERS = ("truong-doan", "thu-ky", "thanh-vien-2", "thanh-vien-3", "don-vi", "can-bo", "quan-tri")
AUDIENCES = ("head", "secretary", "team", "unit", PROJECTOR)


@pytest.fixture
def blind(app, world):
    """The open half-day is scored blind."""
    with app.app_context():
        begin_writing()
        db.session.execute(
            update(ChecklistSession).where(ChecklistSession.id == world.open_id).values(blind_first_round=True)
        )
        db.session.commit()


@pytest.fixture
def criterion(app, world):
    with app.app_context():
        return sheet_of(db.session(), world.checklist_id).numbered("1.4").id


@pytest.fixture
def propose(app, world, client_of, criterion):
    """``propose("thu-ky", "8")`` for criterion 1.4, or for another."""

    def post(username, points, reason="", criterion_id=None, **fields):
        sent = {"perspective": "proposed", "points": points, "reason": reason, "op_id": new_op(), "base_version": "0"}
        address = here(world.open_id, f"/criteria/{criterion_id or criterion}/scores")
        return client_of(username).post(address, data=sent | fields)

    return post


def reveal(client, world, criterion=None, op_id=""):
    path = f"/criteria/{criterion}/revealing" if criterion else "/revealing"
    return client.post(here(world.open_id, path), data={"op_id": op_id or new_op()})


@pytest.fixture
def places(app, world, criterion):
    """A furnished world: something at every address, and the secret's criterion where an address names one."""
    return furnish(app, world) | {"criterion_id": criterion}


def everything_read(app, world, username, places):
    """Address -> text of every page and address of the API that this person may read."""
    client, found = signed_in(app, world, username), {}
    for _endpoint, address in addresses(app, places, "GET"):
        if address.endswith("/stream"):
            continue
        with client.get(address) as answer:
            if answer.status_code == 200 and answer.mimetype.startswith(("text/", "application/json")):
                found[address] = answer.text
    for address in ("/changes?last=0", "?criterion=1", "/board?sort=number", "/history?page=1"):
        found[address] = client.get(here(world.open_id, address)).text
    return found


def frames(app, world):
    """(revision, audience, html) of every change as the stream brings it to whoever catches up."""
    with app.test_request_context():
        entries = db.session.scalars(
            select(JournalEntry).where(JournalEntry.checklist_session_id == world.open_id)
        ).all()
        return [
            (entry.revision, audience, change_html(world.open_id, entry.kind, entry.content, audience))
            for entry in entries
            for audience in AUDIENCES
        ]


def tells(text):
    return SECRET in text


def test_no_page_no_answer_and_no_frame_tells_a_hidden_reason(app, world, blind, propose, places) -> None:
    assert propose("thanh-vien-1", "7,5", SECRET).status_code == 200
    leaks = [
        f"{username}: {address}"
        for username in READERS
        for address, text in everything_read(app, world, username, places).items()
        if tells(text)
    ]
    leaks += [f"revision {revision}, {audience}" for revision, audience, html in frames(app, world) if tells(html)]
    assert leaks == []
    mine = everything_read(app, world, "thanh-vien-1", places)
    assert {address for address, text in mine.items() if tells(text)} >= {
        here(world.open_id),
        here(world.open_id, "/history"),
    }


def test_this_test_would_see_a_leak(app, world, propose, places) -> None:
    """The same without the setting: the reason stands on page, board, history, API, journal and in the frames."""
    propose("thanh-vien-1", "7,5", SECRET)
    open_book = {
        address.partition("?")[0]
        for address, text in everything_read(app, world, "thanh-vien-2", places).items()
        if tells(text)
    }
    api = f"/api/checklist-sessions/{world.open_id}"
    room = here(world.open_id)
    assert {room, f"{room}/board", f"{room}/history", api, f"{api}/journal"} <= open_book
    assert {audience for _, audience, html in frames(app, world) if tells(html)} == {"head", "secretary", "team"}


def test_a_hidden_value_is_in_no_frame_and_in_nobody_elses_answer(app, world, blind, propose, criterion) -> None:
    """Two who differ: neither the values, nor that they differ, nor what could be taken in common."""
    answer = propose("thanh-vien-1", "7,5")
    assert "đã đề xuất" in answer.text and "7,5" not in answer.text
    answer = propose("thanh-vien-2", "6,5")
    for revision, audience, html in frames(app, world):
        assert "7,5" not in html and "6,5" not in html and "chip--warn" not in html, (revision, audience)
        assert "mark--differs" not in html and "Còn khác nhau" not in html and "data-settle=" not in html
    board = signed_in(app, world, "truong-doan").get(here(world.open_id, "/board")).text
    row = board.split(f'id="row-{criterion}"')[1].split("</article>")[0]
    assert "TV 1 đã đề xuất" in row and "7,5" not in row and "Chưa chấm: Thư ký, TV 3" in row
    assert "Đang chấm kín <b>1</b>" in board and "Còn khác nhau <b>" not in board


def test_my_own_value_stays_in_my_own_form(client_of, world, blind, propose, criterion) -> None:
    propose("thanh-vien-1", "7,5", SECRET)
    page = client_of("thanh-vien-1").get(here(world.open_id)).text
    card = page.split(f'id="criterion-{criterion}"')[1].split("</article>")[0]
    facts, form = card.split("<form", 1)
    assert 'data-value="7,5"' in form and SECRET in form
    assert "7,5" not in facts and SECRET not in facts


def test_with_the_last_awaited_proposal_the_criterion_opens_for_everybody(app, world, blind, propose) -> None:
    for username in TEAM[:3]:
        assert "đã đề xuất" in propose(username, "7,5").text
    answer = propose(TEAM[3], "6,5", SECRET)
    assert "đã đề xuất" not in answer.text and "TV 3 <b>6,5</b>" in answer.text and "chip--warn" in answer.text
    opened = {audience: html for _, audience, html in frames(app, world)}
    assert "Thư ký <b>7,5</b>" in opened["team"] and SECRET in opened["head"] and SECRET not in opened["unit"]
    assert "Còn khác nhau <b>1</b>" in opened["head"] and "Đang chấm kín" not in opened["head"]


def test_only_this_criterion_opens(app, world, blind, propose, criterion) -> None:
    with app.app_context():
        other = sheet_of(db.session(), world.checklist_id).numbered("1.1").id
    propose("thanh-vien-1", "7,5", SECRET, criterion_id=other)
    for username in TEAM:
        propose(username, "7,5")
    board = signed_in(app, world, "thu-ky").get(here(world.open_id, "/board")).text
    assert SECRET not in board and "TV 1 <b>7,5</b>" in board


def test_the_head_does_not_count_as_awaited_and_own_proposals_of_the_head_are_hidden_too(
    app, world, blind, propose
) -> None:
    propose("truong-doan", "7,5", SECRET)
    assert not any(tells(html) for _, _, html in frames(app, world))
    for username in TEAM:
        propose(username, "8")
    assert any(tells(html) for _, _, html in frames(app, world))


def mark(app, world, username, presence):
    with app.app_context():
        return db.session.scalars(
            select(Attendance.id).where(
                Attendance.checklist_session_id == world.open_id, Attendance.account_id == world.people[username].id
            )
        ).one(), presence


def test_marking_the_last_one_absent_opens_the_criterion_on_all_screens(app, world, blind, propose, client_of) -> None:
    for username in TEAM[:3]:
        propose(username, "7,5", SECRET)
    attendance, presence = mark(app, world, TEAM[3], "absent")
    answer = client_of("thu-ky").post(here(world.open_id, f"/attendance/{attendance}"), data={"presence": presence})
    assert answer.status_code in (200, 204, 303)
    newest = {audience: html for _, audience, html in frames(app, world)}  # the last frame of each audience
    assert SECRET in newest["team"] and "Lấy" not in newest["unit"] and SECRET not in newest["unit"]
    assert "TV 1 <b>7,5</b>" in newest["head"] and 'id="attendance"' in newest["head"]


def test_the_head_reveals_one_criterion(app, world, blind, propose, client_of, criterion) -> None:
    propose("thanh-vien-1", "7,5", SECRET)
    head, op_id = client_of("truong-doan"), new_op()
    answer = reveal(head, world, criterion, op_id)
    assert answer.status_code == 200 and answer.headers["X-Op-Id"] == op_id and SECRET in answer.text
    again = reveal(head, world, criterion, op_id)
    assert again.status_code == 200 and kinds(app, world.open_id).count("round.revealed") == 1
    assert reveal(head, world, criterion).status_code == 409
    newest = {audience: html for _, audience, html in frames(app, world)}
    assert SECRET in newest["team"] and SECRET not in newest["unit"]
    history = client_of("thanh-vien-2").get(here(world.open_id, f"/history?criterion={criterion}")).text
    assert "Mở đề xuất đang chấm kín" in history and SECRET in history


def test_the_head_reveals_all_that_is_hidden_now_and_the_rest_stays_blind(
    app, world, blind, propose, client_of, criterion
) -> None:
    with app.app_context():
        other = sheet_of(db.session(), world.checklist_id).numbered("1.1").id
        later = sheet_of(db.session(), world.checklist_id).numbered("2.1").id
    head = client_of("truong-doan")
    assert reveal(head, world).status_code == 409
    propose("thanh-vien-1", "7,5", criterion_id=other)
    propose("thanh-vien-2", "6,5")
    assert reveal(head, world).status_code == 200
    assert {one.criterion_id for one in rows(app, CriterionRound, world.open_id)} == {other, criterion}
    propose("thanh-vien-1", "1", SECRET, criterion_id=later)
    board = client_of("thanh-vien-3").get(here(world.open_id, "/board")).text
    assert "TV 1 <b>7,5</b>" in board and "TV 2 <b>6,5</b>" in board and SECRET not in board


def test_nobody_but_the_head_reveals(app, world, blind, propose, client_of, criterion) -> None:
    propose("thanh-vien-1", "7,5", SECRET)
    for username in ("thu-ky", "thanh-vien-2", "don-vi", "can-bo", "nguoi-ngoai"):
        assert reveal(client_of(username), world, criterion).status_code == 403
        assert reveal(client_of(username), world).status_code == 403
    assert reveal(app.test_client(), world).status_code == 401
    assert reveal(client_of("truong-doan"), world, 999_999).status_code == 404
    assert kinds(app, world.open_id).count("round.revealed") == 0


def test_without_a_blind_round_there_is_nothing_to_reveal(client_of, world, propose, criterion) -> None:
    propose("thanh-vien-1", "7,5")
    answer = reveal(client_of("truong-doan"), world, criterion)
    assert answer.status_code == 409 and "không chấm kín" in answer.text


def test_the_api_says_who_has_proposed_and_gives_no_hash_to_try_values_against(
    client_of, world, blind, propose, criterion
) -> None:
    propose("thanh-vien-1", "7,5", SECRET)
    propose("thanh-vien-2", "6,5")
    address = f"/api/checklist-sessions/{world.open_id}"
    told = client_of("thanh-vien-2").get(address).json["criteria"]
    [proposed] = [one["proposed"] for one in told if one["id"] == criterion]
    assert [(one["label"], one["points"], one.get("hidden", False)) for one in proposed] == [
        ("TV 1", None, True),
        ("TV 2", "6.50", False),
    ]
    journal = client_of("thanh-vien-2").get(f"{address}/journal").json
    assert [(line["kind"], "points" in line["payload"], bool(line["hash"])) for line in journal] == [
        ("opened", False, True),
        ("score.proposed", False, False),
        ("score.proposed", True, False),
    ]
    later = client_of("thanh-vien-2").get(f"{address}/journal?after=2").json
    assert [(line["revision"], line["hash"], line["prev_hash"]) for line in later] == [(3, None, None)]


def test_when_scoring_is_closed_nothing_is_hidden_any_more(client_of, world, blind, propose) -> None:
    propose("thanh-vien-1", "7,5", SECRET)
    assert client_of("truong-doan").post(here(world.open_id, "/closure"), data={"op_id": new_op()}).status_code == 303
    assert SECRET in client_of("thanh-vien-2").get(here(world.open_id, "/board")).text


def test_a_conflict_of_the_scribe_does_not_tell_what_stands(app, world, blind, propose, client_of, criterion) -> None:
    propose("thanh-vien-1", "7,5", SECRET)
    answer = propose("thu-ky", "6", **{"for": str(world.people["thanh-vien-1"].id)})
    assert answer.status_code == 409 and "đang kín" in answer.text
    assert "7,5" not in answer.text and SECRET not in answer.text
    again = propose("thanh-vien-1", "6")
    assert again.status_code == 409 and "7,5" in again.text  # my own value, from my other device
