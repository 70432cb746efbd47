"""``flask check`` finds evidence that was taken away, altered, or changed behind the journal."""

from pathlib import Path

import pytest
from flask import Flask

from tests.checklist_sessions.rooms import Client, here, rows
from tests.commands.test_check import alter, check
from tests.evidence.drawn import pdf, photo
from tests.evidence.posting import send
from tests.world import World
from thidua.models import Evidence
from thidua.session_pages.storing import file_store


@pytest.fixture
def laid(app: Flask, world: World, client_of: Client) -> list[Evidence]:
    """A described photo and a withdrawn document."""
    member = client_of("thanh-vien-1")
    assert send(member, world.open_id, (photo(), "anh.jpg"), (pdf(), "bao-cao.pdf")).status_code == 303
    first, second = rows(app, Evidence, world.open_id)
    member.post(here(world.open_id, f"/evidence/{first.id}/caption"), data={"caption": "Sổ", "base_caption": ""})
    member.post(here(world.open_id, f"/evidence/{second.id}/withdrawal"))
    return rows(app, Evidence, world.open_id)


def stored(app: Flask, digest: str) -> Path:
    with app.app_context():
        return file_store().path(digest)


def test_untouched_evidence_is_whole(app: Flask, laid: list[Evidence]) -> None:
    result = check(app)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("what", ["digest", "thumbnail"])
def test_a_missing_file_is_found(app: Flask, laid: list[Evidence], what: str) -> None:
    stored(app, getattr(laid[0], what)).unlink()
    result = check(app)
    assert result.exit_code == 1 and f"minh chứng {laid[0].id} (anh.jpg): Không tìm thấy tệp" in result.output


def test_an_altered_file_is_found_even_when_the_piece_was_withdrawn(app: Flask, laid: list[Evidence]) -> None:
    path = stored(app, laid[1].digest)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    result = check(app)
    assert result.exit_code == 1 and "(bao-cao.pdf): Tệp" in result.output and "bị thay đổi" in result.output


BEHIND = {
    "another file": "UPDATE evidence SET digest = thumbnail WHERE name = 'anh.jpg'",
    "another name": "UPDATE evidence SET name = 'khac.jpg' WHERE name = 'anh.jpg'",
    "other words": "UPDATE evidence SET caption = 'Khác' WHERE name = 'anh.jpg'",
    "another side": "UPDATE evidence SET side = 'unit' WHERE name = 'anh.jpg'",
    "standing again": "UPDATE evidence SET withdrawn_at = NULL WHERE name = 'bao-cao.pdf'",
    "taken away": "DELETE FROM evidence WHERE name = 'anh.jpg'",
}


@pytest.mark.parametrize("statement", BEHIND.values(), ids=BEHIND.keys())
def test_what_was_changed_behind_the_journal_is_found(app: Flask, laid: list[Evidence], statement: str) -> None:
    alter(app, statement)
    result = check(app)
    assert result.exit_code == 1 and "minh chứng" in result.output
