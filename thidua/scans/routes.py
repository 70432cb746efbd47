"""The routes of this room."""

from flask import Blueprint

scans = Blueprint("scans", __name__, url_prefix="/papers")
