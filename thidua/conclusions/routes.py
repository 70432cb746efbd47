"""Routes of this room."""

from flask import Blueprint

conclusions = Blueprint("conclusions", __name__, url_prefix="/conclusions")
