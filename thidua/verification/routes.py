"""Routes of this room."""

from flask import Blueprint

verification = Blueprint("verification", __name__, url_prefix="/verify")
