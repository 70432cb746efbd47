"""Routes of this room."""

from flask import Blueprint

units = Blueprint("units", __name__, url_prefix="/units")
