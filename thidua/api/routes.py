"""The read API's addresses."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from thidua.api import queries
from thidua.identity import require_person
from thidua.permissions import allow

api = Blueprint("api", __name__, url_prefix="/api")


@api.get("/units")
def units() -> ResponseReturnValue:
    """Every unit, in the federation's own order."""
    allow("see_units", require_person())
    return queries.units()
