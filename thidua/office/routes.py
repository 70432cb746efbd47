"""The routes of this room."""

from flask import Blueprint

office = Blueprint("office", __name__, url_prefix="/office")
