"""The two full-text indexes under one interface: FTS5 of SQLite, tsvector of PostgreSQL."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Row, Text, bindparam, cast, column, insert, literal_column, table, text
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from thidua.models.passage.row import Passage
from thidua.rules.search_keys import NORMALISER_VERSION, Keys, make_keys, tsvector_literal
from thidua.rules.search_query import Query
from thidua.rules.search_tiers import Tier, fts5_tiers, tsquery_tiers

keys_of = lru_cache(maxsize=512)(make_keys)
"""Indexing a session again forgets and writes mostly the same texts, so each is read once."""

Stored = Row[int, str, str, int]
"""id, title, body, normaliser version of a passage that is about to go."""


class Engine(Protocol):
    """What the search needs of a database. ``newest`` is what to order by, descending."""

    newest: ColumnElement[int]

    def add(self, session: Session, rows: list[dict[str, Any]], keys: list[Keys]) -> None: ...
    def forget(self, session: Session, stored: Sequence[Stored]) -> None: ...
    def empty(self, session: Session) -> None: ...
    def tiers(self, query: Query) -> list[Tier]: ...
    def matching(self, match: str) -> ColumnElement[bool]: ...
    def either(self, one: str, other: str) -> str: ...
    def without(self, one: str, other: str) -> str: ...


def engine_of(session: Session) -> Engine:
    """The index of the database behind this session."""
    return _ENGINES[session.get_bind().dialect.name]


class _Fts5:
    """Contentless: it keeps keys only, and forgets a row when given its old keys."""

    _fts = table("passage_fts", column("rowid"), column("passage_fts"))
    _add = text("INSERT INTO passage_fts(rowid, t, ex, fo, xt) VALUES (:id, :t, :ex, :fo, :xt)")
    _forget = text(
        "INSERT INTO passage_fts(passage_fts, rowid, t, ex, fo, xt) VALUES ('delete', :id, :t, :ex, :fo, :xt)"
    )
    newest: ColumnElement[int] = _fts.c.rowid

    def add(self, session: Session, rows: list[dict[str, Any]], keys: list[Keys]) -> None:
        session.execute(insert(Passage), rows)
        session.execute(self._add, [_fields(row["id"], key) for row, key in zip(rows, keys, strict=True)])

    def forget(self, session: Session, stored: Sequence[Stored]) -> None:
        known = [one for one in stored if one.normaliser_version == NORMALISER_VERSION]
        if known:
            session.execute(self._forget, [_fields(one.id, keys_of(one.body, one.title)) for one in known])

    def empty(self, session: Session) -> None:
        session.execute(text("INSERT INTO passage_fts(passage_fts) VALUES ('delete-all')"))

    def tiers(self, query: Query) -> list[Tier]:
        return fts5_tiers(query)

    def matching(self, match: str) -> ColumnElement[bool]:
        return (self._fts.c.rowid == Passage.id) & self._fts.c.passage_fts.op("MATCH")(match)

    def either(self, one: str, other: str) -> str:
        return f"({one}) OR ({other})"

    def without(self, one: str, other: str) -> str:
        return f"({one}) NOT ({other})"


class _Tsvector:
    """The column ``passage_keys`` beside the texts, so rows are added and forgotten with their passages."""

    _names = tuple(Passage.__table__.columns.keys())
    _rows = table("passage", *(column(name) for name in (*_names, "passage_keys")))
    _add = insert(_rows).values(
        {
            **{name: bindparam(name) for name in _names},
            "passage_keys": cast(bindparam("passage_keys", type_=Text), TSVECTOR),
        }
    )
    newest: ColumnElement[int] = Passage.__table__.c.id

    def add(self, session: Session, rows: list[dict[str, Any]], keys: list[Keys]) -> None:
        session.execute(
            self._add, [row | {"passage_keys": tsvector_literal(key)} for row, key in zip(rows, keys, strict=True)]
        )

    def forget(self, session: Session, stored: Sequence[Stored]) -> None:
        """Nothing: the keys go with the rows."""

    def empty(self, session: Session) -> None:
        session.execute(text("UPDATE passage SET passage_keys = NULL"))

    def tiers(self, query: Query) -> list[Tier]:
        return tsquery_tiers(query)

    def matching(self, match: str) -> ColumnElement[bool]:
        keys: ColumnElement[Any] = literal_column("passage.passage_keys")
        return keys.bool_op("@@")(cast(bindparam(None, match, type_=Text), TSQUERY))

    def either(self, one: str, other: str) -> str:
        return f"({one}) | ({other})"

    def without(self, one: str, other: str) -> str:
        return f"({one}) & !({other})"


_ENGINES: dict[str, Engine] = {"sqlite": _Fts5(), "postgresql": _Tsvector()}


def _fields(id: int, keys: Keys) -> dict[str, Any]:
    return {"id": id, "t": keys.title, "ex": keys.canonical, "fo": keys.folded, "xt": keys.extra}
