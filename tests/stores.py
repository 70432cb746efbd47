"""Databases for tests: one template, a cheap copy for each test."""

import itertools
import os
import shutil
from pathlib import Path
from typing import Protocol


class Store(Protocol):
    """Makes and drops copies of the template."""

    folder: Path
    template_url: str

    def copy(self) -> str: ...
    def drop(self, url: str) -> None: ...
    def drop_all(self) -> None: ...


def store_for(url: str, folder: Path, name: str = "thidua") -> Store:
    """A store on the PostgreSQL server of ``url``, or on SQLite files; ``name`` keeps two stores of a process apart."""
    if url.startswith(("postgres://", "postgresql://")):
        return PostgresStore(url, folder, name)
    return SqliteStore(folder)


class SqliteStore:
    """A copy is a copy of the file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template_url = f"sqlite:///{folder / 'template.sqlite3'}"
        self._numbers = itertools.count(1)

    def copy(self) -> str:
        path = self.folder / f"copy-{next(self._numbers)}.sqlite3"
        shutil.copyfile(self.folder / "template.sqlite3", path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        path = Path(url.removeprefix("sqlite:///"))
        for each in path.parent.glob(path.name + "*"):
            each.unlink(missing_ok=True)

    def drop_all(self) -> None:
        """The temporary folder is removed by pytest."""


class PostgresStore:
    """A copy is a database made from the template database."""

    def __init__(self, url: str, folder: Path, name: str) -> None:
        self.folder = folder
        self._server = url.replace("postgres://", "postgresql://", 1).rsplit("/", 1)[0]
        self._prefix = f"{name}_{os.getpid()}"
        self.template_url = self._address(f"{self._prefix}_0")
        self._numbers = itertools.count(1)
        self._run(f'CREATE DATABASE "{self._prefix}_0"')

    def copy(self) -> str:
        name = f"{self._prefix}_{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self._prefix}_0"')
        return self._address(name)

    def drop(self, url: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{url.rsplit("/", 1)[1]}" WITH (FORCE)')

    def drop_all(self) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{self._prefix}_0" WITH (FORCE)')

    def _address(self, name: str) -> str:
        return self._server.replace("postgresql://", "postgresql+psycopg://", 1) + "/" + name

    def _run(self, sql: str) -> None:
        import psycopg

        with psycopg.connect(self._server + "/postgres", autocommit=True) as connection:
            connection.execute(sql)
