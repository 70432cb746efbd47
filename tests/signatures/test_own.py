"""One's own page: the PIN chosen, changed, forgotten; the handwriting kept as strokes."""

import base64
import io

import pytest
from sqlalchemy import select

from tests.doors.test_handwriting import encoded, written
from tests.issuing.signers import FIRST, PIN, change_key, give_key
from tests.world import PASSWORD
from thidua.extensions import db
from thidua.models import SigningKey

OTHER = "975310"


def keys_of(app) -> list[SigningKey]:
    with app.app_context():
        return list(db.session.scalars(select(SigningKey).order_by(SigningKey.id)))


def test_a_pin_is_chosen_before_there_is_anything_to_sign(app, world, client_of) -> None:
    member = client_of("thanh-vien-1")
    assert "Chưa có khóa ký" in member.get("/signatures").text
    assert member.post("/signatures/key", data=FIRST | {"password": "sai"}).status_code == 422
    answer = member.post("/signatures/key", data=FIRST | {"next": "/conclusions/1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/conclusions/1")
    assert [one.name for one in keys_of(app)] == ["Trần Thị Hòa"]
    assert "Đã có khóa ký" in member.get("/signatures").text


@pytest.mark.parametrize(
    "address", ["//example.org", "https://example.org/", "/conclusions/\\x", "javascript:alert(1)"]
)
def test_one_is_sent_back_to_papers_only(app, client_of, address) -> None:
    answer = client_of("thanh-vien-1").post("/signatures/key", data=FIRST | {"next": address})
    assert answer.headers["Location"] in ("/signatures", "/conclusions/")


def test_the_pin_is_changed_by_who_knows_it(app, world, client_of) -> None:
    give_key(app, world.thu_ky.id)
    secretary = client_of("thu-ky")
    wrong = secretary.post("/signatures/pin", data={"present": OTHER, "pin": OTHER, "pin_again": OTHER})
    assert wrong.status_code == 422 and "Còn được nhập 4 lần" in wrong.text
    right = secretary.post("/signatures/pin", data={"present": PIN, "pin": OTHER, "pin_again": OTHER})
    assert right.status_code == 303
    again = secretary.post("/signatures/pin", data={"present": PIN, "pin": OTHER, "pin_again": OTHER})
    assert again.status_code == 422


def test_a_forgotten_pin_is_replaced_with_the_password(app, world, client_of) -> None:
    give_key(app, world.thu_ky.id)
    new = {"password": PASSWORD, "pin": OTHER, "pin_again": OTHER}
    assert client_of("thu-ky").post("/signatures/key", data=new).status_code == 303
    assert [one.revoked_at is None for one in keys_of(app)] == [False, True]


def test_a_locked_key_is_replaced_by_the_administrator_only(app, world, client_of) -> None:
    from datetime import UTC, datetime

    change_key(app, give_key(app, world.thu_ky.id), locked_at=datetime.now(UTC))
    answer = client_of("thu-ky").post("/signatures/key", data=FIRST)
    assert answer.status_code == 422 and "Xin gọi quản trị" in answer.text
    assert len(keys_of(app)) == 1


def test_a_photo_of_the_handwriting_is_kept_as_strokes(app, client_of) -> None:
    secretary = client_of("thu-ky")
    photo = (io.BytesIO(encoded(written())), "chu-ky.jpg")
    assert secretary.post("/signatures/mark", data={"picture": photo}).status_code == 303
    picture = secretary.get("/signatures/mark.png")
    assert picture.mimetype == "image/png" and picture.data.startswith(b"\x89PNG")
    assert client_of("don-vi").get("/signatures/mark.png").status_code == 404
    assert secretary.post("/signatures/mark/removal").status_code == 303
    assert secretary.get("/signatures/mark.png").status_code == 404


def test_what_was_drawn_replaces_the_photo(app, client_of) -> None:
    secretary = client_of("thu-ky")
    for picture in (written(), written(ink=(0, 0, 0))):
        drawing = "data:image/png;base64," + base64.b64encode(encoded(picture, "PNG")).decode()
        assert secretary.post("/signatures/mark", data={"drawing": drawing}).status_code == 303


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Xin vẽ chữ ký"),
        ({"drawing": "data:image/png;base64,@@@"}, "không đọc được"),
        ({"drawing": base64.b64encode(b"<svg onload=alert(1)>").decode()}, "không đọc được"),
        ({"picture": (io.BytesIO(b"<html><script>"), "anh.png")}, "không đọc được"),
    ],
    ids=["nothing", "no base64", "svg", "no picture"],
)
def test_what_is_no_picture_is_refused_in_words(app, client_of, sent, words) -> None:
    answer = client_of("thu-ky").post("/signatures/mark", data=sent)
    assert answer.status_code == 422 and words in answer.text
