"""Two people press in the same moment: numbers, stored files and signatures are as if one had come first."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.conclusions.test_minutes import freeze, write
from tests.conftest import new_op
from tests.issuing.signers import sign
from tests.world import MORNING, World
from thidua.extensions import begin_writing, db
from thidua.issuing import keys, signing, storing
from thidua.models import ChecklistSession, Conclusion, JournalEntry, Paper, register

PATIENCE = 1.0  # seconds one waits for the other; with a lock in between nobody comes


def meeting(function: Callable[..., Any], times: int = 2) -> Callable[..., Any]:
    """The function, but its first two callers go on together, if they can get here together."""
    together, calls = threading.Barrier(2), iter(range(times))

    def met(*arguments: Any, **named: Any) -> Any:
        if next(calls, None) is not None:
            with suppress(threading.BrokenBarrierError):
                together.wait(PATIENCE)
        return function(*arguments, **named)

    return met


def at_once(*acts: Callable[[], Any]) -> list[int]:
    """The status codes of requests sent together."""
    with ThreadPoolExecutor(len(acts)) as threads:
        return [answer.status_code for answer in threads.map(lambda act: act(), acts)]


@pytest.fixture
def other_closed(app: Flask, world: World) -> int:
    """The other unit's half-day, opened and closed without a score; returns the conclusion's id."""
    with app.app_context():
        begin_writing()
        room = db.session.get_one(ChecklistSession, world.planned_id)
        room.open(by=world.truong_doan, at=MORNING, op_id=new_op())
        room.close(by=world.truong_doan, at=MORNING, op_id=new_op())
        db.session.commit()
        return db.session.scalars(select(Conclusion.id).where(Conclusion.checklist_session_id == room.id)).one()


@pytest.fixture
def frozen(closed, client_of):
    head = client_of("truong-doan")
    write(head, closed)
    assert freeze(head, closed).status_code == 303
    return closed


def test_two_half_days_frozen_at_once_get_two_numbers(app, closed, other_closed, client_of, monkeypatch) -> None:
    head, secretary = client_of("truong-doan"), client_of("thu-ky")
    monkeypatch.setattr(register, "next_number", meeting(register.next_number))
    answers = at_once(
        lambda: freeze(head, closed, accept_missing="y"), lambda: freeze(secretary, other_closed, accept_missing="y")
    )
    with app.app_context():
        numbers = sorted(db.session.scalars(select(Paper.number)))
    assert (answers, numbers) == ([303, 303], [1, 2])


def test_two_who_open_unrendered_minutes_at_once_store_one_pdf(app, closed, client_of, monkeypatch) -> None:
    from thidua.conclusions import routes

    head, unit = client_of("truong-doan"), client_of("don-vi")
    with monkeypatch.context() as crash:
        crash.setattr(routes, "ensure_rendered", lambda _minutes_id: None)
        freeze(head, closed, accept_missing="y")
    monkeypatch.setattr(storing, "render_apart", meeting(storing.render_apart))
    monkeypatch.setattr(storing, "PaperRevision", meeting(storing.PaperRevision))
    address = f"/conclusions/{closed}/minutes.pdf"
    assert at_once(lambda: head.get(address), lambda: unit.get(address)) == [200, 200]
    with app.app_context():
        assert len(db.session.scalars(select(Paper).options(selectinload(Paper.revisions))).one().revisions) == 1


def test_secretary_and_unit_sign_at_once_and_both_have_signed(app, frozen, client_of, monkeypatch) -> None:
    secretary, unit = client_of("thu-ky"), client_of("don-vi")
    monkeypatch.setattr(signing, "sign_apart", meeting(signing.sign_apart))
    assert at_once(lambda: sign(secretary, frozen), lambda: sign(unit, frozen)) == [303, 303]
    with app.app_context():
        loaded = (selectinload(Paper.revisions), selectinload(Paper.signatures))
        minutes = db.session.scalars(select(Paper).options(*loaded)).one()
        assert {one.part for one in minutes.signatures} == {"secretary", "unit"}
        files = [one.sha256 for one in minutes.revisions]
        assert [one.signed_sha256 for one in minutes.signatures] == files[:2] and len(set(files)) == 3
    assert "nguyên vẹn" in app.test_cli_runner().invoke(args=["check"]).output


def test_a_signature_tapped_twice_at_once_is_one(app, frozen, client_of, monkeypatch) -> None:
    first, second, op_id = client_of("thu-ky"), client_of("thu-ky"), new_op()
    monkeypatch.setattr(keys, "issue_certificate", meeting(keys.issue_certificate))
    monkeypatch.setattr(signing, "sign_apart", meeting(signing.sign_apart))
    assert at_once(lambda: sign(first, frozen, op_id=op_id), lambda: sign(second, frozen, op_id=op_id)) == [303, 303]
    with app.app_context():
        signed = db.session.scalars(select(JournalEntry).where(JournalEntry.kind == "minutes.signed")).all()
        assert len(signed) == 1
