"""A fresh copy of the world for every test, on SQLite or, with DATABASE_URL=postgresql://…, on PostgreSQL."""

import os
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from tests.cheap_apps import leave_what_stays, make_apps_cheap
from tests.stores import Store, store_for
from tests.world import CHEAP, World, build_world
from thidua import create_app
from thidua.config import WORKING_DAY
from thidua.extensions import begin_writing, db
from thidua.models import LoginSession

make_apps_cheap()


def pytest_collection_finish() -> None:
    """Called by pytest when every test file has been read."""
    leave_what_stays()


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Where the template of the world and its copies live."""
    store = store_for(os.environ.get("DATABASE_URL", ""), tmp_path_factory.mktemp("store"))
    yield store
    store.drop_all()


@pytest.fixture(scope="session")
def template(store: Store) -> World:
    """The world, built once."""
    app = make_app(store.template_url, store.folder / "template")
    with app.app_context():
        upgrade()
        db.session.remove()
        begin_writing()
        world = build_world(db.session())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return world


@pytest.fixture
def world(template: World) -> World:
    """The cast and the places of this test."""
    return template


@pytest.fixture
def app(template: World, store: Store, tmp_path: Path) -> Iterator[Flask]:
    """The application on a fresh copy of the world; CSRF is off (``csrf_app`` has it on)."""
    yield from _running(store, tmp_path, WTF_CSRF_ENABLED=False)


@pytest.fixture
def csrf_app(template: World, store: Store, tmp_path: Path) -> Iterator[Flask]:
    """The same with CSRF protection on, as in service."""
    yield from _running(store, tmp_path)


def _running(store: Store, folder: Path, **settings: object) -> Iterator[Flask]:
    url = store.copy()
    app = make_app(url, folder / "instance", **settings)
    yield app
    app.extensions["live_hub"].close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    store.drop(url)


def make_app(url: str, folder: Path, **settings: object) -> Flask:
    """An application for tests on this database and instance folder."""
    return create_app(INSTANCE_FOLDER=folder, SQLALCHEMY_DATABASE_URI=url, TESTING=True, ARGON2=CHEAP, **settings)


@pytest.fixture
def client_of(app: Flask, world: World) -> Callable[[str], FlaskClient]:
    """``client_of("thu-ky")`` is that person's signed-in browser; "" a stranger's without login."""
    return lambda username: signed_in(app, world, username)


def signed_in(app: Flask, world: World, username: str) -> FlaskClient:
    """A client with an open login session of this person."""
    client = app.test_client()
    if username:
        with app.app_context():
            opened, token = LoginSession.open(
                world.people[username].id, at=datetime.now(UTC), lasts=WORKING_DAY, address="127.0.0.1", device="test"
            )
            begin_writing()
            db.session.add(opened)
            db.session.commit()
        with client.session_transaction() as cookie:
            cookie["token"] = token
            cookie.permanent = True
    return client


def new_op() -> str:
    """A fresh operation id."""
    return str(uuid.uuid4())
