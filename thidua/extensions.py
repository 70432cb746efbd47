"""The Flask extensions, made once, and the one way to begin a writing transaction."""

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from flask_wtf import CSRFProtect
from sqlalchemy import event, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session, SessionTransaction

from thidua.durability import GroupFlush
from thidua.models.base import Base
from thidua.writing_turn import PATIENCE, WritingTurn, is_held


class OneDatabaseSession(FlaskSession):
    """There is one database; Flask-SQLAlchemy's search for the right one costs half a millisecond a score."""

    def get_bind(self, *_args: Any, **_options: Any) -> Engine | Connection:
        """The engine of the current application."""
        return self._db.engine

    def commit(self) -> None:
        """Commit, give the writers' lock back, and return when the change is on the disk."""
        super().commit()
        wait_until_on_disk()


db = SQLAlchemy(metadata=Base.metadata, session_options={"class_": OneDatabaseSession, "expire_on_commit": False})
migrate = Migrate(render_as_batch=True, compare_type=True)
csrf = CSRFProtect()

_writers = WritingTurn()
_flushes: WeakKeyDictionary[Engine, GroupFlush] = WeakKeyDictionary()
GROUPED = "grouped"
USUAL_PATIENCE = int(PATIENCE * 1000)


def init_database(app: Flask) -> None:
    """Bind the database and, for SQLite, the settings under which an acknowledged commit is on disk."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _prepare_sqlite(db.engine)


def begin_writing() -> None:
    """Leave the reading transaction and begin the writing one, before the first row is read for change.

    SQLite: ``BEGIN IMMEDIATE`` behind the process's own lock, which is given back when the transaction ends.
    PostgreSQL: an ordinary transaction; the finder takes the row's lock.
    Raises ``OperationalError`` (503) when others write all the time.
    """
    db.session.rollback()
    if db.engine.dialect.name != "sqlite":
        db.session.connection(execution_options={"write": GROUPED})
        return
    patience = _writers.take()
    db.session().info["holds_writer_lock"] = True
    try:
        db.session.connection(execution_options={"write": GROUPED, "patience": patience})
    except BaseException as error:
        if is_held(getattr(error, "orig", None)):
            _writers.found_held()
        db.session.rollback()
        _give_back_writer_lock(db.session())
        raise
    _writers.found_free()


def wait_until_on_disk() -> None:
    """Return once everything committed so far is on the disk; PostgreSQL answers a commit only then anyway."""
    flush = _flushes.get(db.engine)
    if flush:
        flush.wait()


def wait_for_turn(subject: str) -> None:
    """In a writing transaction: until it ends, nobody else passes here with the same ``subject``.

    For what no single row stands for, such as the next number of a year. SQLite has one writer anyway.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:subject, 0))"), {"subject": subject})


def _give_back_writer_lock(session: Session) -> None:
    if session.info.pop("holds_writer_lock", False):
        _writers.give_back()


@event.listens_for(Session, "after_transaction_end")
def _transaction_ended(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        _give_back_writer_lock(session)


def _prepare_sqlite(engine: Engine) -> None:
    _flushes[engine] = GroupFlush(Path(f"{engine.url.database}-wal"))

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={USUAL_PATIENCE}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("write")
        if writing:
            # Our sessions wait for a flush shared with others (durability.py); whoever else writes flushes for himself.
            connection.exec_driver_sql(f"PRAGMA synchronous={'NORMAL' if writing == GROUPED else 'FULL'}")
            _wait_at_most(connection, connection.get_execution_options().get("patience", USUAL_PATIENCE))
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _wait_at_most(connection: Connection, milliseconds: int) -> None:
    """How long SQLite may wait for other programs; a wait in the queue that was hardly one changes nothing."""
    wanted = USUAL_PATIENCE if milliseconds > 0.9 * USUAL_PATIENCE else milliseconds
    if connection.info.get("patience", USUAL_PATIENCE) != wanted:
        connection.info["patience"] = wanted
        connection.exec_driver_sql(f"PRAGMA busy_timeout={wanted}")
