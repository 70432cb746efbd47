"""Routes of this room."""

from flask import Blueprint

checklists = Blueprint("checklists", __name__, url_prefix="/checklists")
