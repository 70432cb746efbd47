"""The list, one piece, the files; describing and taking back; who sees what and when."""

import pytest
from flask import Flask

from tests.checklist_sessions.rooms import Client, close, here, kinds, rows
from tests.conftest import new_op
from tests.evidence.drawn import pdf, photo, png
from tests.evidence.posting import OUTBOX, send
from tests.evidence.test_adding import leaf
from tests.world import World
from thidua.checklist_sessions.frames import change_html
from thidua.models import Evidence
from thidua.session_pages.storing import file_store


def added(app: Flask, world: World, client_of: Client, username: str = "thanh-vien-1", **fields: object) -> Evidence:
    """One piece of this person's."""
    assert send(client_of(username), world.open_id, **fields).status_code == 303
    return rows(app, Evidence, world.open_id)[-1]


def frame(app: Flask, world: World, audience: str, kind: str = "evidence.added") -> str:
    with app.app_context():
        return change_html(world.open_id, kind, {}, audience)


def test_the_page_shows_evidence_by_criterion_and_can_show_one_only(
    app: Flask, world: World, client_of: Client
) -> None:
    criterion, head = leaf(app, world, 3), client_of("truong-doan")
    assert "Chưa có minh chứng nào" in head.get(here(world.open_id, "/evidence")).text
    added(app, world, client_of, caption="Toàn cảnh hội trường")
    added(app, world, client_of, caption="Sổ khen thưởng", criterion_id=criterion)
    page = head.get(here(world.open_id, "/evidence")).text
    assert page.index('id="evidence-title-0"') < page.index("Toàn cảnh hội trường") < page.index("Sổ khen thưởng")
    assert 'loading="lazy"' in page and 'width="240" height="180"' in page
    only = head.get(here(world.open_id, f"/evidence?criterion={criterion}")).text
    assert 'data-group="0" data-count="1" aria-labelledby="evidence-title-0" hidden' in only
    assert f'<option value="{criterion}" selected>' in only


def test_a_card_has_a_strip_and_buttons_for_who_may_add(app: Flask, world: World, client_of: Client) -> None:
    criterion = leaf(app, world)
    one = added(app, world, client_of, criterion_id=criterion)
    member = client_of("thanh-vien-2").get(here(world.open_id)).text
    assert f'id="evidence-{criterion}"' in member and f"/evidence/{one.id}/thumbnail" in member
    assert 'capture="environment"' in member
    onlooker = client_of("can-bo").get(here(world.open_id)).text
    assert f"/evidence/{one.id}/thumbnail" in onlooker and 'capture="environment"' not in onlooker


def test_a_change_brings_the_list_and_the_strip_to_every_screen(app: Flask, world: World, client_of: Client) -> None:
    criterion = leaf(app, world)
    one = added(app, world, client_of, criterion_id=criterion)
    for audience in ("head", "secretary", "team"):
        html = frame(app, world, audience)
        assert 'id="evidence"' in html and f'id="evidence-{criterion}"' in html and f"/evidence/{one.id}" in html
    client_of("thu-ky").post(here(world.open_id, f"/evidence/{one.id}/withdrawal"), data={"op_id": new_op()})
    after = frame(app, world, "team", "evidence.withdrawn")
    strip = after[after.index(f'id="evidence-{criterion}"') :]
    assert "chưa có" in strip and "Đã rút (1)" in after


def test_until_scoring_is_closed_the_unit_sees_only_its_own(app: Flask, world: World, client_of: Client) -> None:
    teams, units = added(app, world, client_of), added(app, world, client_of, "don-vi")
    unit = client_of("don-vi")
    for path in ("", "/file", "/thumbnail"):
        assert unit.get(here(world.open_id, f"/evidence/{teams.id}{path}")).status_code == 404
        assert unit.get(here(world.open_id, f"/evidence/{units.id}{path}")).status_code == 200
    for html in (frame(app, world, "unit"), unit.get(here(world.open_id, "/evidence")).text):
        assert f"/evidence/{teams.id}" not in html and f"/evidence/{units.id}" in html
    close(client_of("truong-doan"), world.open_id)
    assert unit.get(here(world.open_id, f"/evidence/{teams.id}/file")).status_code == 200


def test_a_picture_is_shown_and_kept_by_the_browser_a_document_is_downloaded(
    app: Flask, world: World, client_of: Client
) -> None:
    member = client_of("thanh-vien-1")
    send(member, world.open_id, (photo(), "Ảnh sổ.jpg"), (pdf(), "Báo cáo số 15.pdf"))
    picture, document = rows(app, Evidence, world.open_id)
    shown = member.get(here(world.open_id, f"/evidence/{picture.id}/file"))
    assert shown.mimetype == "image/jpeg" and shown.headers["Content-Disposition"].startswith("inline")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        shown.headers["Cache-Control"].startswith("private, max-age=") and "immutable" in shown.headers["Cache-Control"]
    )
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    again = member.get(
        here(world.open_id, f"/evidence/{picture.id}/file"), headers={"If-None-Match": shown.headers["ETag"]}
    )
    assert again.status_code == 304
    loaded = member.get(here(world.open_id, f"/evidence/{document.id}/file"))
    assert loaded.data == pdf() and loaded.mimetype == "application/pdf"
    assert loaded.headers["Content-Disposition"].startswith("attachment")
    assert "filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20s%E1%BB%91%2015.pdf" in loaded.headers["Content-Disposition"]
    assert member.get(here(world.open_id, f"/evidence/{document.id}/thumbnail")).status_code == 404


def test_a_damaged_file_is_told_in_words(app: Flask, world: World, client_of: Client) -> None:
    one = added(app, world, client_of)
    with app.app_context():
        path = file_store().path(one.digest)
    path.chmod(0o600)
    path.write_bytes(b"\xff\xd8\xff other")
    answer = client_of("thu-ky").get(here(world.open_id, f"/evidence/{one.id}/file"))
    assert answer.status_code == 500 and "đã bị thay đổi hoặc hỏng" in answer.text


def test_evidence_of_another_session_is_not_found_here(app: Flask, world: World, client_of: Client) -> None:
    one, head = added(app, world, client_of), client_of("truong-doan")
    for path in ("", "/file", "/thumbnail"):
        assert head.get(here(world.planned_id, f"/evidence/{one.id}{path}")).status_code == 404
    assert client_of("don-vi-khac").get(here(world.open_id, f"/evidence/{one.id}/file")).status_code == 403
    post = head.post(here(world.planned_id, f"/evidence/{one.id}/withdrawal"), data={"op_id": new_op()})
    assert post.status_code == 404


def test_neighbours_are_linked_in_the_order_of_the_page(app: Flask, world: World, client_of: Client) -> None:
    last = added(app, world, client_of, criterion_id=leaf(app, world, 2))
    first = added(app, world, client_of)
    page = client_of("thu-ky").get(here(world.open_id, f"/evidence/{first.id}")).text
    assert f'rel="next" href="{here(world.open_id, f"/evidence/{last.id}")}"' in page and "1 trên 2" in page


@pytest.mark.parametrize(
    ("username", "status"), [("thanh-vien-1", 303), ("thu-ky", 303), ("truong-doan", 303), ("thanh-vien-2", 403)]
)
def test_one_takes_back_ones_own_head_and_secretary_any(
    app: Flask, world: World, client_of: Client, username: str, status: int
) -> None:
    one, client = added(app, world, client_of), client_of(username)
    address, op_id = here(world.open_id, f"/evidence/{one.id}/withdrawal"), new_op()
    assert client.post(address, data={"op_id": op_id}).status_code == status
    [now] = rows(app, Evidence, world.open_id)
    assert bool(now.withdrawn_at) == (status == 303)
    if status == 303:
        assert client.post(address, data={"op_id": op_id}).status_code == 303, "the same press again"
        assert client.post(address, data={"op_id": new_op()}).status_code == 409
        assert kinds(app, world.open_id).count("evidence.withdrawn") == 1
        assert client.get(here(world.open_id, f"/evidence/{one.id}/file")).status_code == 200, "the team still sees it"


def test_what_the_unit_took_back_it_sees_no_more_and_the_team_does(app: Flask, world: World, client_of: Client) -> None:
    one, unit = added(app, world, client_of, "don-vi"), client_of("don-vi")
    assert unit.post(here(world.open_id, f"/evidence/{one.id}/withdrawal")).status_code == 303
    assert unit.get(here(world.open_id, f"/evidence/{one.id}/file")).status_code == 404
    assert client_of("thanh-vien-1").get(here(world.open_id, f"/evidence/{one.id}/file")).status_code == 200


def test_a_stranger_changes_nothing(app: Flask, world: World, client_of: Client) -> None:
    one = added(app, world, client_of)
    for username, status in (("nguoi-ngoai", 403), ("can-bo", 403), ("don-vi-khac", 403), ("", 401)):
        for path in ("withdrawal", "caption"):
            assert client_of(username).post(here(world.open_id, f"/evidence/{one.id}/{path}")).status_code == status
    assert kinds(app, world.open_id)[-1] == "evidence.added"


def test_a_caption_is_written_afterwards_and_a_stale_one_shows_both(
    app: Flask, world: World, client_of: Client
) -> None:
    one = added(app, world, client_of, caption="Sổ")
    member, address = client_of("thanh-vien-1"), here(world.open_id, f"/evidence/{one.id}/caption")
    good = {"op_id": new_op(), "caption": "Sổ khen thưởng 2019", "base_caption": "Sổ"}
    assert member.post(address, data=good).status_code == 303
    assert member.post(address, data=good).status_code == 303, "the same press again"
    assert rows(app, Evidence, world.open_id)[0].caption == "Sổ khen thưởng 2019"
    assert kinds(app, world.open_id).count("evidence.described") == 1
    stale = client_of("thu-ky").post(address, data={"op_id": new_op(), "caption": "Sổ khác", "base_caption": "Sổ"})
    assert stale.status_code == 409 and "vừa được người khác sửa" in stale.text
    assert "Sổ khác" in stale.text and 'name="base_caption" value="Sổ khen thưởng 2019"' in stale.text
    long = member.post(address, data={"op_id": new_op(), "caption": "dài " * 90, "base_caption": ""})
    assert long.status_code == 422 and "dài dài" in long.text
    other = client_of("thanh-vien-2").post(address, data={"op_id": new_op(), "caption": "x"})
    assert other.status_code == 403


def test_the_journal_tells_it_in_words(app: Flask, world: World, client_of: Client) -> None:
    criterion = leaf(app, world)
    one = added(app, world, client_of, criterion_id=criterion, caption="Sổ theo dõi")
    client_of("thanh-vien-1").post(
        here(world.open_id, f"/evidence/{one.id}/caption"), data={"caption": "Sổ mới", "base_caption": "Sổ theo dõi"}
    )
    client_of("thu-ky").post(here(world.open_id, f"/evidence/{one.id}/withdrawal"))
    page = client_of("truong-doan").get(here(world.open_id, "/history")).text
    assert "Thêm minh chứng, tiêu chí 1.1: anh.jpg" in page and "Sổ theo dõi" in page
    assert "Chú thích minh chứng: anh.jpg" in page and "Rút minh chứng: anh.jpg" in page
    about = client_of("truong-doan").get(here(world.open_id, f"/history?criterion={criterion}")).text
    assert "Thêm minh chứng" in about


def test_pictures_of_other_kinds_are_kept_as_they_are(app: Flask, world: World, client_of: Client) -> None:
    send(client_of("thanh-vien-1"), world.open_id, (png(), "so-do.png"))
    [one] = rows(app, Evidence, world.open_id)
    assert client_of("thu-ky").get(here(world.open_id, f"/evidence/{one.id}/file")).mimetype == "image/png"


def test_a_change_sends_the_group_it_touches_and_not_the_whole_list(
    app: Flask, world: World, client_of: Client
) -> None:
    other, criterion = added(app, world, client_of, criterion_id=leaf(app, world)), leaf(app, world, 1)
    answer = send(client_of("thanh-vien-1"), world.open_id, headers=OUTBOX, criterion_id=criterion)
    assert f'id="evidence-group-{criterion}"' in answer.text and f'id="evidence-{criterion}"' in answer.text
    assert f"/evidence/{other.id}/" not in answer.text and 'id="evidence"' not in answer.text


def test_a_change_brings_each_screen_only_what_it_may_see(app: Flask, world: World, client_of: Client) -> None:
    changes = here(world.open_id, "/changes?last=1")
    readers = {username: client_of(username) for username in ("thu-ky", "don-vi")}
    assert readers["thu-ky"].get(changes).status_code == 204
    one = added(app, world, client_of)
    assert f"/evidence/{one.id}" in readers["thu-ky"].get(changes).text
    assert f"/evidence/{one.id}" not in readers["don-vi"].get(changes).text
    assert f"/evidence/{one.id}" not in readers["thu-ky"].get(f"{changes}&screen=projector").text
