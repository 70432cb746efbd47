"""Routes of this room."""

from flask import Blueprint

api = Blueprint("api", __name__, url_prefix="/api")
