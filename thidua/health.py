"""``/healthz``: whether this process answers and reaches its database."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from thidua.extensions import db

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> ResponseReturnValue:
    """200 when the database answers; the handler of database errors says 503 otherwise."""
    db.session.execute(text("SELECT 1"))
    return {"status": "ok"}
