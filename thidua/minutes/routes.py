"""The routes of this room."""

from flask import Blueprint

minutes = Blueprint("minutes", __name__, url_prefix="/conclusions")
