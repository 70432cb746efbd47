"""Drafts: written by the unit alone, piece by piece, never over somebody else's words, never twice."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.checklist_sessions.rooms import kinds
from tests.preparation.rooms import UNIT, area, count, folder, post
from tests.world import World

Clients = Callable[[str], FlaskClient]


@pytest.fixture
def unit(client_of: Clients, world: World) -> FlaskClient:
    client = client_of(UNIT)
    client.post(area(world.planned_id, "/start"))
    return client


def test_the_page_proposes_to_begin_and_beginning_twice_makes_one_folder(
    app: Flask, client_of: Clients, world: World
) -> None:
    unit = client_of(UNIT)
    assert "Bắt đầu chuẩn bị" in unit.get(area(world.planned_id)).text
    for _ in range(2):
        assert unit.post(area(world.planned_id, "/start")).status_code == 303
    assert count(app) == 1
    page = unit.get(area(world.planned_id)).text
    assert "Tổng số hội viên" in page and "Xem lại và gửi" in page


def test_a_draft_is_kept_and_leaves_no_entry_in_the_journal(app: Flask, unit: FlaskClient, world: World) -> None:
    room = world.planned_id
    before = kinds(app, room)
    answer = post(unit, room, "/texts", outbox=True, report_summary="Hội có 24 chi hội.", before_report_summary="")
    assert answer.status_code == 200 and answer.headers["X-Op-Id"]
    assert 'id="prep-state-report"' in answer.text and "Đang làm" in answer.text
    assert folder(app, room).report_summary == "Hội có 24 chi hội."
    assert kinds(app, room) == before


def test_a_plain_form_saves_as_well_and_comes_back_to_its_place(app: Flask, unit: FlaskClient, world: World) -> None:
    answer = post(unit, world.planned_id, "/texts", visit_place="Xưởng gỗ Bố Hạ")
    assert (answer.status_code, answer.headers["Location"]) == (303, area(world.planned_id, "#visit"))
    assert folder(app, world.planned_id).visit_place == "Xưởng gỗ Bố Hạ"


def test_figures_are_read_as_vietnamese_people_write_them_and_compared(
    app: Flask, unit: FlaskClient, world: World
) -> None:
    room = world.planned_id
    row = folder(app, room).figures[0]
    answer = post(
        unit, room, f"/figures/{row.id}", outbox=True, label=row.label, last_year="1.200", this_year="1.234,5"
    )
    assert "tăng 34,5 (2,9%)" in answer.text
    kept = folder(app, room).figures[0]
    assert (kept.last_year, kept.this_year, kept.measure) == ("1200", "1234.5", row.measure)


def test_a_figure_that_is_none_is_refused_and_what_was_typed_is_shown(
    app: Flask, unit: FlaskClient, world: World
) -> None:
    room = world.planned_id
    row = folder(app, room).figures[0]
    answer = post(unit, room, f"/figures/{row.id}", label=row.label, this_year="khoảng trăm")
    assert answer.status_code == 422
    assert "không phải là số" in answer.text and "khoảng trăm" in answer.text
    assert folder(app, room).figures[0].this_year == ""
    by_outbox = post(unit, room, f"/figures/{row.id}", outbox=True, label=row.label, this_year="khoảng trăm")
    assert by_outbox.status_code == 422 and "X-Op-Id" not in by_outbox.headers


def test_two_phones_do_not_overwrite_each_other_unseen(app: Flask, unit: FlaskClient, world: World) -> None:
    room = world.planned_id
    row = folder(app, room).figures[0]
    fields = {"label": row.label, "before_label": row.label, "before_this_year": ""}
    assert post(unit, room, f"/figures/{row.id}", outbox=True, this_year="210", **fields).status_code == 200
    late = post(unit, room, f"/figures/{row.id}", this_year="200", **fields)
    assert late.status_code == 409
    assert "vừa được sửa trên máy khác" in late.text and "200" in late.text and "Dùng bản của tôi" in late.text
    assert folder(app, room).figures[0].this_year == "210"
    mine = post(unit, room, f"/figures/{row.id}", this_year="200", label=row.label)
    assert mine.status_code == 303 and folder(app, room).figures[0].this_year == "200"


def test_another_field_of_the_same_row_is_no_conflict(app: Flask, unit: FlaskClient, world: World) -> None:
    room = world.planned_id
    row = folder(app, room).figures[0]
    post(unit, room, f"/figures/{row.id}", label=row.label, this_year="210", before_this_year="")
    later = post(unit, room, f"/figures/{row.id}", label=row.label, last_year="190", before_last_year="")
    assert later.status_code == 303
    kept = folder(app, room).figures[0]
    assert (kept.last_year, kept.this_year) == ("190", "210")


def test_a_row_sent_twice_stands_once(app: Flask, unit: FlaskClient, world: World) -> None:
    room = world.planned_id
    rows = (
        ("/documents", {"number": "12/QĐ-HTS", "issued_on": "03/02/2020", "title": "Quy chế thi đua"}, "documents"),
        ("/people", {"kind": "attendee", "name": "Trần Văn Bình", "office": "Phó Chủ tịch Hội"}, "people"),
        ("/figures", {"label": "Số chi hội nữ", "measure": "chi hội"}, "figures"),
    )
    for path, fields, name in rows:
        before = len(getattr(folder(app, room), name))
        for _ in range(2):
            assert post(unit, room, path, outbox=True, **fields).headers.get("X-Op-Id")
        assert len(getattr(folder(app, room), name)) == before + 1


def test_rows_move_and_go_and_going_twice_is_gone(app: Flask, unit: FlaskClient, world: World) -> None:
    room = world.planned_id
    first, second, *rest = folder(app, room).figures
    assert post(unit, room, f"/figures/{second.id}/place?to=1", outbox=True).status_code == 200
    assert [one.id for one in folder(app, room).figures] == [second.id, first.id, *(one.id for one in rest)]
    for _ in range(2):
        assert post(unit, room, f"/figures/{first.id}/removal", outbox=True).headers.get("X-Op-Id")
    left = folder(app, room).figures
    assert [one.id for one in left] == [second.id, *(one.id for one in rest)]
    assert [one.position for one in left] == list(range(1, len(left) + 1))


def test_a_bad_date_and_a_missing_name_say_what_to_do(unit: FlaskClient, world: World) -> None:
    room = world.planned_id
    bad = post(unit, room, "/documents", number="12", issued_on="31/02/2020", title="Quy chế")
    assert bad.status_code == 422 and "không phải là ngày" in bad.text
    assert "Xin ghi trích yếu" in post(unit, room, "/documents", number="12", title=" ").text
    assert "Xin ghi họ tên" in post(unit, room, "/people", kind="attendee", name="").text
    assert post(unit, room, "/people", kind="king", name="A").status_code == 422
    assert post(unit, room, "/figures", label="").status_code == 422


def test_proofs_are_documents_or_notes_and_go_with_their_document(
    app: Flask, unit: FlaskClient, world: World, criterion_id: int
) -> None:
    room = world.planned_id
    post(unit, room, "/documents", number="12/QĐ-HTS", issued_on="03/02/2020", title="Quy chế thi đua")
    document = folder(app, room).documents[0]
    answer = post(unit, room, "/proofs", outbox=True, criterion_id=criterion_id, document_id=document.id, note="")
    assert "Số 12/QĐ-HTS ngày 03/02/2020" in answer.text
    post(unit, room, "/proofs", criterion_id=criterion_id, document_id=0, note="Sổ theo dõi, trang 4")
    assert len(folder(app, room).proofs) == 2
    assert post(unit, room, "/proofs", criterion_id=criterion_id, note="").status_code == 422
    assert post(unit, room, "/proofs", criterion_id=criterion_id, document_id=999999, note="").status_code == 422
    assert post(unit, room, "/proofs", criterion_id=999999, note="x").status_code == 404
    post(unit, room, f"/documents/{document.id}/removal", outbox=True)
    (left,) = folder(app, room).proofs
    assert left.note == "Sổ theo dõi, trang 4"
    for _ in range(2):
        assert post(unit, room, f"/proofs/{left.id}/removal", outbox=True).headers.get("X-Op-Id")
    assert folder(app, room).proofs == []


POSTS = (
    ("/start", {}),
    ("/texts", {"report_summary": "x"}),
    ("/figures", {"label": "x"}),
    ("/documents", {"title": "x"}),
    ("/people", {"kind": "attendee", "name": "x"}),
    ("/proofs", {"note": "x"}),
    ("/files/report", {}),
    ("/sending", {"accept_missing": "y"}),
    ("/answers", {}),
    ("/schedule", {}),
)


@pytest.mark.parametrize(("path", "fields"), POSTS)
def test_nobody_but_the_unit_itself_prepares(
    app: Flask, client_of: Clients, world: World, path: str, fields: dict[str, str]
) -> None:
    for stranger in ("don-vi", "nguoi-ngoai", "thu-ky", "truong-doan", "can-bo"):
        assert post(client_of(stranger), world.planned_id, path, **fields).status_code == 403, stranger
    assert post(client_of(""), world.planned_id, path, **fields).status_code == 401
    assert count(app) == 0


def test_rows_of_another_folder_are_not_there(app: Flask, client_of: Clients, unit: FlaskClient, world: World) -> None:
    row = folder(app, world.planned_id).figures[0]
    other = client_of("don-vi")
    assert post(other, world.open_id, f"/figures/{row.id}", label="x").status_code == 404
    post(other, world.open_id, f"/figures/{row.id}/removal")
    assert folder(app, world.planned_id).figures[0].label == row.label


def test_team_and_office_read_what_the_unit_writes(unit: FlaskClient, client_of: Clients, world: World) -> None:
    post(unit, world.planned_id, "/texts", report_summary="Phong trào sâu rộng.")
    for username in ("thu-ky", "can-bo"):
        page = client_of(username).get(area(world.planned_id)).text
        assert "Phong trào sâu rộng." in page and "đang soạn" in page
        assert "data-autosave" not in page and "Xem lại và gửi" not in page
