"""The declarative base, the naming of constraints, and the column types every model shares."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import DateTime, MetaData, inspect
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive value is refused because nobody knows which clock it came from."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of every model."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: Any = {datetime: UtcDateTime}

    def __init__(self, **values: Any) -> None:
        """Set the column defaults at once, not at the first flush: verbs work on new objects too."""
        for name, default in _defaults(type(self)):
            setattr(self, name, values.pop(name) if name in values else default() if callable(default) else default)
        for name, value in values.items():
            setattr(self, name, value)


@cache
def _defaults(model: type[Base]) -> tuple[tuple[str, Any], ...]:
    found = []
    for attribute in inspect(model).column_attrs:
        default = attribute.columns[0].default
        if default is not None:
            found.append((attribute.key, _maker(default)))
    return tuple(found)


def _maker(default: Any) -> Any:
    return (lambda: default.arg(None)) if default.is_callable else default.arg
