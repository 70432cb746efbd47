"""Who is here, as the pages and the stream say it: to whom, how, and that nothing of it is stored."""

import json

import pytest

from tests.checklist_sessions.rooms import here, kinds
from thidua.extensions import db
from thidua.live.sse import presence as presence_event
from thidua.models.finders import sheet_of
from thidua.session_pages.presence import presence_part


@pytest.fixture
def hub(app):
    return app.extensions["live_hub"]


@pytest.fixture
def criterion(app, world):
    with app.app_context():
        return sheet_of(db.session(), world.checklist_id).numbered("1.4")


def tell(client, world, **fields):
    return client.post(here(world.open_id, "/presence"), data=fields)


def poll(client, world, presence="0"):
    return client.get(here(world.open_id, f"/changes?last=1&presence={presence}"))


def seen(hub, world):
    return [(one.who.label, one.who.name, one.place[0]) for one in hub.presence.here(world.open_id)]


def test_a_screen_that_polls_and_says_where_it_is_is_here(client_of, world, hub, criterion) -> None:
    member = client_of("thanh-vien-2")
    assert poll(member, world).status_code == 200
    answer = tell(member, world, criterion=str(criterion.id))
    assert (answer.status_code, answer.data) == (204, b"")
    assert seen(hub, world) == [("TV 2", "Lê Đức Thắng", "1.4")]
    tell(member, world)
    assert seen(hub, world) == [("TV 2", "Lê Đức Thắng", "1.4")]
    tell(member, world, criterion="")
    assert seen(hub, world) == [("TV 2", "Lê Đức Thắng", "")]


def test_a_place_that_is_no_criterion_is_no_place(client_of, world, hub) -> None:
    member = client_of("thanh-vien-2")
    poll(member, world)
    for nonsense in ("999999", "x", "-1", "1" * 40, "<b>"):
        assert tell(member, world, criterion=nonsense).status_code == 204
        assert seen(hub, world) == [("TV 2", "Lê Đức Thắng", "")]


def test_nothing_of_it_is_written_down(app, client_of, world, criterion) -> None:
    for username in ("thanh-vien-1", "don-vi", "can-bo"):
        tell(client_of(username), world, criterion=str(criterion.id))
    assert kinds(app, world.open_id) == ["opened"]


def test_a_stranger_and_the_signed_out_are_refused_and_not_here(app, client_of, world, hub) -> None:
    assert tell(client_of("nguoi-ngoai"), world).status_code == 403
    assert tell(client_of("don-vi-khac"), world).status_code == 403
    assert tell(app.test_client(), world).status_code == 401
    assert client_of("thu-ky").post(here(999_999, "/presence")).status_code == 404
    assert seen(hub, world) == []


def test_everybody_has_a_short_name(client_of, world, hub) -> None:
    for username in ("can-bo", "don-vi", "thanh-vien-1", "thu-ky", "truong-doan", "quan-tri"):
        poll(client_of(username), world)
    assert [label for label, _, _ in seen(hub, world)] == ["TĐ", "TK", "TV 1", "ĐV", "Cán bộ", "Quản trị"]


def test_the_header_names_who_is_here_and_where_and_counts_its_reader(client_of, world, criterion) -> None:
    secretary = client_of("thu-ky")
    poll(secretary, world)
    tell(secretary, world, criterion=str(criterion.id))
    page = client_of("truong-doan").get(here(world.open_id, "/board")).text
    header = page.split('id="presence"')[1].split("</details>")[0]
    assert "2 người đang ở đây: TK, TĐ" in header or "2 người đang ở đây: TĐ, TK" in header
    assert (
        "Phạm Tiến Ích" in header
        and "đang ở tiêu chí 1.4" in header
        and f'data-here-criterion="{criterion.id}"' in header
    )


@pytest.mark.parametrize("path", ["", "/meeting", "/remarks", "/exchanges", "/board", "/history"])
def test_every_page_of_the_session_has_it(client_of, world, path) -> None:
    assert client_of("thu-ky").get(here(world.open_id, path)).text.count('id="presence"') == 1


def test_the_unit_learns_how_many_are_here_and_of_its_own_people_who(client_of, world, hub, criterion) -> None:
    for username in ("truong-doan", "thanh-vien-1", "don-vi"):
        client = client_of(username)
        poll(client, world)
        tell(client, world, criterion=str(criterion.id))
    page = client_of("don-vi").get(here(world.open_id)).text
    header = page.split('id="presence"')[1].split("</details>")[0]
    assert "3 người đang ở đây" in header and "Hoàng Văn Bắc" in header and "và 2 người của Đoàn" in header
    people = hub.presence.here(world.open_id)
    for audience, names in (("unit", False), ("team", True), ("head", True), ("secretary", True)):
        with client.application.app_context():
            assert ("Trần Thị Hòa" in presence_part(world.open_id, people, audience)) is names
            assert ("TV 1" in presence_part(world.open_id, people, audience)) is names
    assert "Trần Thị Hòa" not in poll(client_of("don-vi"), world).text


def test_the_wall_shows_nobody_and_is_nobody(client_of, world, hub) -> None:
    answer = client_of("thu-ky").get(here(world.open_id, "/changes?screen=projector&last=1&presence=0"))
    assert answer.status_code == 204 and seen(hub, world) == []


def test_a_poller_is_told_once_and_again_when_somebody_came(client_of, world) -> None:
    secretary = client_of("thu-ky")
    first = poll(secretary, world)
    assert first.headers["X-Revision"] == "1" and 'id="presence"' in first.text
    known = first.headers["X-Presence"]
    assert poll(secretary, world, known).status_code == 204
    poll(client_of("thanh-vien-1"), world)
    second = poll(secretary, world, known)
    assert second.status_code == 200 and "Trần Thị Hòa" in second.text and second.headers["X-Presence"] != known


def test_a_stream_is_told_in_an_event_of_its_own_that_is_no_revision(app, client_of, world, hub) -> None:
    answer = client_of("thu-ky").get(here(world.open_id, "/stream?last=1"), buffered=False)
    chunks, read = iter(answer.response), b""
    while b"event: presence" not in read:
        read += next(chunks)
    event = read[read.index(b"event: presence") :].split(b"\n\n")[0]
    assert b"id:" not in event and "Phạm Tiến Ích".encode() in event
    assert seen(hub, world)[0][0] == "TK"
    answer.close()
    assert hub.screens == 0


def test_the_event_keeps_every_line_of_its_html() -> None:
    assert presence_event("<p>\n a</p>") == b"event: presence\ndata: <p>\ndata:  a</p>\n\n"


def test_names_pass_through_a_header_of_the_handshake(client_of, world, hub) -> None:
    answer = client_of("thanh-vien-1").get(
        here(world.open_id, "/stream"), headers={"X-Stream-Handshake": hub.handshake}
    )
    assert answer.status_code == 204
    assert json.loads(answer.headers["X-Who"])[1:] == ["TV 1", "Trần Thị Hòa", "team"]
