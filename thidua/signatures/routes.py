"""The routes of this room."""

from flask import Blueprint

signatures = Blueprint("signatures", __name__, url_prefix="/signatures")
