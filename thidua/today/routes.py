"""Routes of this room."""

from flask import Blueprint

today = Blueprint("today", __name__)
