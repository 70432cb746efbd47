"""The routes of this room."""

from flask import Blueprint

register = Blueprint("register", __name__, url_prefix="/register")
