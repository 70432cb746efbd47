"""Signing in tests: everybody's PIN, the posts of the card, and rows that stand for a signature made elsewhere."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.conftest import new_op
from tests.world import PASSWORD, World
from thidua.extensions import begin_writing, db
from thidua.issuing.finding import whole_paper
from thidua.issuing.keys import issue_own_key
from thidua.models import Paper, SigningKey, SigningRequest

PIN = "246810"
FIRST = {"password": PASSWORD, "pin": PIN, "pin_again": PIN}
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nstand-in\n-----END CERTIFICATE-----\n"


def sign(client: FlaskClient, conclusion_id: int, **fields: str) -> TestResponse:
    """Sign the minutes, with everything the card asks for the first time; later the PIN alone counts."""
    return client.post(f"/conclusions/{conclusion_id}/signatures", data=FIRST | {"op_id": new_op()} | fields)


def sign_with_pin(client: FlaskClient, conclusion_id: int, pin: str = PIN, **fields: str) -> TestResponse:
    """Sign the minutes with nothing but the PIN."""
    return client.post(f"/conclusions/{conclusion_id}/signatures", data={"pin": pin, "op_id": new_op()} | fields)


def give_key(app: Flask, account_id: int | None, *, at: datetime | None = None, years: int = 3) -> int:
    """A key of the federation's own making, with the usual PIN."""
    with app.app_context():
        return issue_own_key(account_id, PIN, by_name="Vũ Quản Trị", at=at or datetime.now(UTC), years=years)


def the_paper(app: Flask) -> Paper:
    """The only paper there is, with everything that belongs to it."""
    with app.app_context():
        return whole_paper(db.session.scalars(select(Paper.id)).one())


def lay_request(world: World, paper_id: int) -> tuple[int, str]:
    """The secretary's signature on this paper is being made elsewhere. In the caller's transaction; key id and code."""
    person, at = world.thu_ky, datetime.now(UTC)
    key = SigningKey(
        account_id=person.id,
        means="remote",
        name=person.name,
        certificate=CERTIFICATE,
        fingerprint="f" * 64,
        not_before=at,
        not_after=at + timedelta(days=900),
        created_at=at,
    )
    db.session.add(key)
    db.session.flush()
    request = SigningRequest(
        paper_id=paper_id,
        part="secretary",
        account_id=person.id,
        key_id=key.id,
        code="ma-lan-ky",
        base_sha256="0" * 64,
        prepared_sha256="0" * 64,
        to_sign=b"can ky",
        op_id=new_op(),
        created_at=at,
        expires_at=at + timedelta(days=3),
    )
    db.session.add(request)
    db.session.flush()
    return key.id, request.code


def change_key(app: Flask, key_id: int, **columns: object) -> None:
    """Set columns of a key, as time or an administrator might."""
    with app.app_context():
        begin_writing()
        key = db.session.get_one(SigningKey, key_id)
        for name, value in columns.items():
            setattr(key, name, value)
        db.session.commit()
