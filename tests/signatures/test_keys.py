"""The administrator's list: locked keys opened, lost ones revoked, the seal's key, certificates from elsewhere."""

import io
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.issuing.signers import FIRST, change_key, give_key
from tests.signatures.elsewhere import Elsewhere
from tests.world import PASSWORD
from thidua.extensions import db
from thidua.models import SigningKey


def test_a_locked_key_stands_first_and_is_opened(app, world, client_of) -> None:
    give_key(app, world.don_vi.id)
    key_id = give_key(app, world.thu_ky.id)
    change_key(app, key_id, locked_at=datetime.now(UTC), wrong_pins=5)
    page = client_of("quan-tri").get("/signatures/keys").text
    assert page.index("Phạm Tiến Ích") < page.index("Hoàng Văn Bắc") and "Bị khóa vì sai mã PIN" in page
    assert client_of("quan-tri").post(f"/signatures/keys/{key_id}/unlocking").status_code == 303
    assert "Bị khóa vì sai mã PIN" not in client_of("quan-tri").get("/signatures/keys").text


def test_a_lost_key_is_revoked_with_a_reason(app, world, client_of) -> None:
    key_id = give_key(app, world.thu_ky.id)
    revoke = f"/signatures/keys/{key_id}/revocation"
    assert client_of("quan-tri").post(revoke, data={"reason": " "}).status_code == 422
    assert client_of("quan-tri").post(revoke, data={"reason": "Quên mã PIN"}).status_code == 303
    assert "Chưa có khóa ký" in client_of("thu-ky").get("/signatures").text
    assert "Quên mã PIN" in client_of("quan-tri").get("/signatures/keys").text
    assert client_of("quan-tri").post(f"/signatures/keys/{key_id}/unlocking").status_code == 409


def test_nobody_else_keeps_keys(app, world, client_of) -> None:
    key_id = give_key(app, world.thu_ky.id)
    for username in ("can-bo", "truong-doan", "thu-ky", "don-vi"):
        client = client_of(username)
        assert client.get("/signatures/keys").status_code == 403, username
        for path in (f"keys/{key_id}/revocation", f"keys/{key_id}/unlocking", "seal", "seal/picture", "keys/outside"):
            assert client.post(f"/signatures/{path}", data={"reason": "x"}).status_code == 403, (username, path)


def test_the_seal_has_one_key(app, client_of) -> None:
    administrator = client_of("quan-tri")
    assert administrator.post("/signatures/seal", data=FIRST | {"password": "sai"}).status_code == 422
    assert administrator.post("/signatures/seal", data=FIRST).status_code == 303
    assert administrator.post("/signatures/seal", data=FIRST).status_code == 409
    assert PASSWORD not in administrator.get("/signatures/keys").text


@pytest.mark.parametrize("form", ["pem", "der"])
def test_a_certificate_from_elsewhere_is_accepted(app, world, client_of, form) -> None:
    elsewhere = Elsewhere("Phạm Tiến Ích")
    answer = elsewhere.register(client_of("quan-tri"), world.thu_ky.id, form)
    assert answer.status_code == 303
    with app.app_context():
        key = db.session.scalars(select(SigningKey)).one()
        assert (key.account_id, key.means, key.name, key.key) == (world.thu_ky.id, "remote", "Phạm Tiến Ích", "")
    assert elsewhere.register(client_of("quan-tri"), world.thu_ky.id, form).status_code == 409


@pytest.mark.parametrize(
    ("fields", "content", "words"),
    [
        ({}, b"khong phai chung thu", "không đọc được"),
        ({}, b"", "Xin chọn tệp chứng thư"),
        ({"account_id": "9999"}, b"x", "chứng thư này của ai"),
        ({"means": "own"}, b"x", "khóa ở đâu"),
        ({"means": "token"}, b"x", "tên thẻ"),
    ],
)
def test_what_is_no_certificate_is_refused_in_words(app, world, client_of, fields, content, words) -> None:
    sent = {"account_id": str(world.thu_ky.id), "means": "remote"} | fields
    sent["certificate"] = (io.BytesIO(content), "chung-thu.cer" if content else "")
    answer = client_of("quan-tri").post("/signatures/keys/outside", data=sent)
    assert answer.status_code == 422 and words in answer.text
