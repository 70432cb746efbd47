"""Signing elsewhere: bytes go out, the raw signature comes back, as a file or pasted, perhaps after a restart."""

import base64
import io
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.conftest import new_op
from tests.issuing.signers import sign, the_paper
from tests.issuing.test_signing import verdict
from tests.signatures.elsewhere import Elsewhere
from thidua.extensions import begin_writing, db
from thidua.models import SigningKey, SigningRequest, TeamMember


@pytest.fixture
def elsewhere(app, world, frozen, client_of) -> Elsewhere:
    """The secretary signs with a service."""
    service = Elsewhere("Phạm Tiến Ích")
    assert service.register(client_of("quan-tri"), world.thu_ky.id).status_code == 303
    return service


def begin(app, client, **fields) -> str:
    """The address of the request."""
    with app.app_context():
        key_id = db.session.scalars(select(SigningKey.id).where(SigningKey.means == "remote")).one()
    sent = {"key_id": str(key_id), "op_id": new_op()} | fields
    answer = client.post(f"/signatures/papers/{the_paper(app).id}/requests", data=sent)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


@pytest.mark.parametrize("way", ["base64", "hex", "file"])
def test_a_signature_made_elsewhere_comes_back(app, frozen, client_of, elsewhere, way) -> None:
    secretary = client_of("thu-ky")
    assert "Lấy dữ liệu để ký" in secretary.get(f"/conclusions/{frozen}").text
    address = begin(app, secretary)
    assert "Làm tiếp việc ký" in secretary.get(f"/conclusions/{frozen}").text
    to_sign = secretary.get(f"{address}/to-sign").data
    assert base64.b64encode(to_sign).decode() in secretary.get(address).text
    raw = elsewhere.sign(to_sign)
    sent = {
        "base64": {"signature": base64.b64encode(raw).decode()[:40] + "\n" + base64.b64encode(raw).decode()[40:]},
        "hex": {"signature": raw.hex(" ")},
        "file": {"file": (io.BytesIO(raw), "chu-ky.bin")},
    }[way]
    assert secretary.post(address, data=sent).status_code == 303
    assert secretary.post(address, data={"signature": raw.hex()}).status_code == 303, "sent twice it is one"
    signed = verdict(app)
    assert signed.intact and [(one.part, one.name) for one in signed.signatures] == [("secretary", "Phạm Tiến Ích")]
    assert the_paper(app).signatures[0].means == "remote"
    assert sign(client_of("don-vi"), frozen).status_code == 303 and verdict(app).intact


@pytest.mark.parametrize("bad", ["", "khong phai", "00" * 64, "A" * 20_000])
def test_what_is_no_such_signature_changes_nothing_and_the_request_stays_open(app, client_of, elsewhere, bad) -> None:
    secretary = client_of("thu-ky")
    address = begin(app, secretary)
    answer = secretary.post(address, data={"signature": bad})
    assert answer.status_code == 422 and the_paper(app).signatures == []
    to_sign = secretary.get(f"{address}/to-sign").data
    assert secretary.post(address, data={"signature": elsewhere.sign(to_sign).hex()}).status_code == 303


def test_whoever_signs_meanwhile_makes_it_begin_anew(app, frozen, client_of, elsewhere) -> None:
    secretary = client_of("thu-ky")
    address = begin(app, secretary)
    raw = elsewhere.sign(secretary.get(f"{address}/to-sign").data).hex()
    sign(client_of("don-vi"), frozen)
    assert "không dùng được nữa" in secretary.get(address).text
    late = secretary.post(address, data={"signature": raw})
    assert late.status_code == 409 and "Lấy dữ liệu để ký" in late.text
    address = begin(app, secretary)
    raw = elsewhere.sign(secretary.get(f"{address}/to-sign").data).hex()
    assert secretary.post(address, data={"signature": raw}).status_code == 303
    assert [one.part for one in verdict(app).signatures] == ["unit", "secretary"]


def test_it_may_be_cancelled_and_runs_out(app, client_of, elsewhere) -> None:
    secretary = client_of("thu-ky")
    address = begin(app, secretary)
    assert secretary.post(f"{address}/cancellation").status_code == 303
    assert "đã bị hủy" in secretary.get(address).text
    address = begin(app, secretary)
    with app.app_context():
        begin_writing()
        db.session.execute(update(SigningRequest).values(expires_at=datetime.now(UTC) - timedelta(hours=1)))
        db.session.commit()
    raw = elsewhere.sign(secretary.get(f"{address}/to-sign").data).hex()
    assert secretary.post(address, data={"signature": raw}).status_code == 409
    assert the_paper(app).signatures == []


def test_the_same_tap_gives_the_same_request_and_nobody_elses(app, client_of, elsewhere) -> None:
    op_id = new_op()
    first, second = (begin(app, client_of("thu-ky"), op_id=op_id) for _ in range(2))
    assert first == second
    for username in ("truong-doan", "don-vi", "quan-tri"):
        assert client_of(username).get(first).status_code == 404, username
        assert client_of(username).post(first, data={"signature": "00"}).status_code == 404, username


def test_a_revoked_certificate_finishes_nothing(app, client_of, elsewhere) -> None:
    secretary = client_of("thu-ky")
    address = begin(app, secretary)
    raw = elsewhere.sign(secretary.get(f"{address}/to-sign").data).hex()
    with app.app_context():
        begin_writing()
        db.session.execute(update(SigningKey).values(revoked_at=datetime.now(UTC)))
        db.session.commit()
    assert secretary.post(address, data={"signature": raw}).status_code == 409
    assert the_paper(app).signatures == []


def test_who_left_the_part_meanwhile_finishes_nothing(app, world, client_of, elsewhere) -> None:
    secretary = client_of("thu-ky")
    address = begin(app, secretary)
    raw = elsewhere.sign(secretary.get(f"{address}/to-sign").data).hex()
    with app.app_context():
        begin_writing()
        db.session.execute(update(TeamMember).where(TeamMember.account_id == world.thu_ky.id).values(role="member"))
        db.session.commit()
    assert secretary.post(address, data={"signature": raw}).status_code == 403
    assert the_paper(app).signatures == []
