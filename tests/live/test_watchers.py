"""What other processes commit is noticed."""

import os
import sqlite3

import psycopg
import pytest
from flask import Flask

from thidua.live import announcement, init_app
from thidua.live.watchers import PostgresWatcher, SqliteWatcher

PATIENCE = 10  # seconds until a test that waits for something gives up
DATABASE_URL = os.environ.get("DATABASE_URL", "")
on_postgresql = pytest.mark.skipif(not DATABASE_URL.startswith("postgres"), reason="PostgreSQL")
URL = "postgresql://" + DATABASE_URL.partition("://")[2]


def _another_process_writes(path):
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO journal DEFAULT VALUES")
    connection.close()


@pytest.fixture
def sqlite_file(tmp_path):
    path = tmp_path / "thidua.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE journal (id INTEGER PRIMARY KEY)")
    connection.close()
    return path


def test_a_commit_of_another_process_to_the_same_file_reaches_the_screens(hub, journal, sqlite_file, receive):
    watcher = SqliteWatcher(hub, str(sqlite_file))
    screen = hub.subscribe(7, "team")
    watcher.start()
    assert watcher.ready.wait(PATIENCE)
    journal.commit(7)
    _another_process_writes(sqlite_file)
    assert receive(hub, screen, 1) == [1]
    watcher.stop()
    assert not watcher.is_running


def test_a_watcher_ends_with_its_hub(hub, sqlite_file):
    watcher = SqliteWatcher(hub, str(sqlite_file))
    watcher.start()
    assert watcher.ready.wait(PATIENCE)
    hub.close()
    watcher.stop()
    assert not watcher.is_running


def test_one_process_on_sqlite_starts_no_watcher(journal, tmp_path):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tmp_path}/thidua.sqlite3"
    init_app(app, journal.load, journal.head).subscribe(7, "team")
    assert app.extensions["live_watcher"] is None


@pytest.fixture
def listening(hub):
    watcher = PostgresWatcher(hub, URL)
    watcher.start()
    assert watcher.ready.wait(PATIENCE)
    yield watcher
    watcher.stop()
    assert not watcher.is_running


@on_postgresql
def test_a_notice_sent_within_the_transaction_reaches_the_screens(hub, journal, listening, receive):
    screen = hub.subscribe(7, "team")
    with psycopg.connect(URL) as other:
        journal.commit(7)
        other.execute("SELECT pg_notify('thidua', %s)", [announcement(7, 1)])
    assert receive(hub, screen, 1) == [1]


@on_postgresql
def test_a_hub_does_not_read_its_own_commit_back(hub, journal, listening, receive):
    screen = hub.subscribe(7, "team")
    with psycopg.connect(URL) as own:
        event = journal.commit(7)
        own.execute("SELECT pg_notify('thidua', %s)", [announcement(7, 1, hub.name)])
    hub.publish(event)
    assert receive(hub, screen, 1) == [1]
    assert journal.loads == []


@on_postgresql
def test_a_commit_without_a_notice_is_found_by_the_sweep(hub, journal, listening, receive):
    screen = hub.subscribe(7, "team")
    journal.commit(7)
    assert receive(hub, screen, 1) == [1]


@on_postgresql
def test_a_malformed_notice_is_passed_over(hub, journal, listening, receive):
    screen = hub.subscribe(7, "team")
    with psycopg.connect(URL) as other:
        for payload in ("", "7", "x:y", ":", "7:-1"):
            other.execute("SELECT pg_notify('thidua', %s)", [payload])
    journal.commit(7)
    assert receive(hub, screen, 1) == [1]


@on_postgresql
def test_a_watcher_whose_connection_was_cut_listens_again(hub, journal, listening, receive):
    screen = hub.subscribe(7, "team")
    listening.ready.clear()
    with psycopg.connect(URL, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()"
        )
    assert listening.ready.wait(PATIENCE)
    journal.commit(7)
    assert receive(hub, screen, 1) == [1]


@on_postgresql
def test_the_watcher_starts_with_the_first_screen(journal):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql+psycopg://" + DATABASE_URL.partition("://")[2]
    hub = init_app(app, journal.load, journal.head, lambda rooms: {room: journal.head(room) for room in rooms})
    assert "live_watcher" not in app.extensions
    hub.subscribe(7, "team")
    hub.subscribe(8, "team")
    assert app.extensions["live_watcher"].is_running
    hub.close()
