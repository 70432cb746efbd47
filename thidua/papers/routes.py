"""Papers after the meeting: the page of evidence of each paper, its bytes, and the drafts of addenda and notices."""

from flask import Blueprint

papers = Blueprint("papers", __name__, url_prefix="/papers")

from thidua.papers import beginning, drafting, files, freezing, rewording, showing, signing  # noqa: E402, F401
