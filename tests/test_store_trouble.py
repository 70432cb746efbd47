"""A full disk, a read-only database and a held one are told in words; tablets keep and try again."""

import errno
import sqlite3
from collections.abc import Callable

import pytest
from sqlalchemy.exc import OperationalError

from tests.checklist_sessions.rooms import here, rows
from tests.conftest import new_op
from thidua import acknowledging
from thidua.durability import NotOnDisk
from thidua.extensions import db
from thidua.models import Attendance

REMARK = {"kind": "strength", "text": "Phong trào đều khắp", "criterion_id": "0"}


def raising(problem: Exception) -> Callable[..., None]:
    def fail(*_args: object, **_options: object) -> None:
        raise problem

    return fail


@pytest.mark.parametrize(
    ("problem", "status", "title"),
    [
        (OperationalError("", {}, sqlite3.OperationalError("database or disk is full")), 507, "hết chỗ lưu"),
        (
            OperationalError("", {}, sqlite3.OperationalError("attempt to write a readonly database")),
            503,
            "chỉ cho đọc",
        ),
        (OperationalError("", {}, sqlite3.OperationalError("disk I/O error")), 507, "Ổ đĩa máy chủ có lỗi"),
        (OperationalError("", {}, sqlite3.OperationalError("database is locked")), 503, "đang bận"),
        (OSError(errno.ENOSPC, "No space left on device"), 507, "hết chỗ lưu"),
        (NotOnDisk("the log could not be flushed to the disk"), 507, "Ổ đĩa máy chủ có lỗi"),
    ],
)
def test_trouble_of_the_store_is_told_and_nothing_is_acknowledged(
    app, client_of, world, monkeypatch, problem, status, title
) -> None:
    member = client_of("thanh-vien-1")
    monkeypatch.setattr(db.session, "commit", raising(problem))
    headers = {"X-Requested-With": "outbox"}
    answer = member.post(here(world.open_id, "/remarks"), data=REMARK | {"op_id": new_op()}, headers=headers)
    assert answer.status_code == status and title in answer.text
    assert "X-Op-Id" not in answer.headers


def test_a_mistake_of_our_own_stays_an_error(app, client_of, world, monkeypatch) -> None:
    member = client_of("thanh-vien-1")
    app.config["TESTING"] = app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(db.session, "commit", raising(OSError(errno.ENOENT, "No such file")))
    answer = member.post(here(world.open_id, "/remarks"), data=REMARK | {"op_id": new_op()})
    assert answer.status_code == 500 and "X-Op-Id" not in answer.headers


def test_a_wish_found_fulfilled_is_not_acknowledged_before_it_is_on_disk(app, client_of, world, monkeypatch) -> None:
    secretary = client_of("thu-ky")
    person = rows(app, Attendance, world.open_id)[0]
    tap = {"presence": "present"}
    address = here(world.open_id, f"/attendance/{person.id}")
    assert secretary.post(address, data=tap).headers.get("X-Op-Id")
    monkeypatch.setattr(acknowledging, "wait_until_on_disk", raising(NotOnDisk("no")))
    answer = secretary.post(address, data=tap)
    assert answer.status_code == 507 and "X-Op-Id" not in answer.headers
