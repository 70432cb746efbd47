"""Routes of this room."""

from flask import Blueprint

checklist_sessions = Blueprint("checklist_sessions", __name__, url_prefix="/checklist-sessions")
