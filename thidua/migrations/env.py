"""Alembic environment: migrates the database of the current application."""

from typing import Any

from alembic import context
from flask import current_app

from thidua.models import Base
from thidua.models.base import UtcDateTime


def render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Write our own column type with its import."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen_context.imports.add("from thidua.models.base import UtcDateTime")
        return "UtcDateTime()"
    return False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """The search index (FTS5 tables, tsvector column and its GIN index) is made by hand-written SQL."""
    return not (kind in ("table", "column", "index") and (name or "").startswith(("passage_fts", "passage_keys")))


def include_object(_made: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """Revision 0002 makes the table of passages; a first schema generated anew must not make it too."""
    return not (kind == "table" and name == "passage" and not reflected and compare_to is None)


engine = current_app.extensions["migrate"].db.engine
with engine.connect().execution_options(write=True) as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        include_name=include_name,
        include_object=include_object,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if connection.in_transaction():
        connection.commit()
