"""Commands are tried on an empty instance of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import make_app
from thidua.extensions import db


@pytest.fixture
def empty_app(tmp_path: Path) -> Iterator[Flask]:
    """An application whose database has not been made yet (always an SQLite file)."""
    app = make_app(f"sqlite:///{tmp_path / 'empty.sqlite3'}", tmp_path / "instance")
    yield app
    app.extensions["live_hub"].close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
