"""The routes of this room."""

from flask import Blueprint

papers = Blueprint("papers", __name__, url_prefix="/papers")
