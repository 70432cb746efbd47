"""Phrases of the federation's own signed minutes, for the paragraph being worded. Frozen minutes never change, so what
was read of one stays known to this process."""

import json
from functools import lru_cache

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from thidua.extensions import db
from thidua.minutes.finding import find_minutes
from thidua.minutes.routes import minutes
from thidua.models import ChecklistSession, Conclusion, Paper
from thidua.models.paper import MINUTES
from thidua.rules import lifecycle
from thidua.rules.documents import from_plain
from thidua.rules.past_phrases import Phrase, Suggestion, kind_of, phrases_of, suggest

MOST_MINUTES = 200
"""Those signed last: how the federation words things now."""


@minutes.get("/<int:conclusion_id>/minutes/blocks/<block_id>/phrases")
def phrases(conclusion_id: int, block_id: str) -> ResponseReturnValue:
    """The live part ``phrases``: what is likest to the words typed so far (``?like=``)."""
    find_minutes(conclusion_id).found.allow("edit_minutes")
    like = request.args.get("like", "")[:500]
    return render_template("minutes/_phrases.html", suggestions=suggestions_for(block_id, like))


def suggestions_for(block_id: str, typed: str) -> tuple[Suggestion, ...]:
    """None for paragraphs that tell only of this half-day."""
    kind = kind_of(block_id)
    return suggest(_signed_phrases(), kind, typed) if kind else ()


def _signed_phrases() -> list[Phrase]:
    latest = db.session.execute(
        select(Paper.id, Paper.sha256)
        .join(Conclusion, Conclusion.id == Paper.conclusion_id)
        .join(ChecklistSession, ChecklistSession.id == Conclusion.checklist_session_id)
        .where(Paper.role == MINUTES, ChecklistSession.state == lifecycle.SIGNED)
        .order_by(Paper.frozen_at.desc())
        .limit(MOST_MINUTES)
    )
    return [phrase for paper_id, sha256 in latest for phrase in _phrases_of(paper_id, sha256)]


@lru_cache(maxsize=4 * MOST_MINUTES)
def _phrases_of(paper_id: int, sha256: str) -> tuple[Phrase, ...]:
    """``sha256`` tells apart papers of different databases (tests) that share an id."""
    paper = db.session.execute(select(Paper.frozen, Paper.year).where(Paper.id == paper_id)).one()
    frozen = json.loads(paper.frozen)
    plain = frozen["document"] | {"blocks": [one for one in frozen["document"]["blocks"] if kind_of(one["id"])]}
    return tuple(phrases_of(from_plain(plain), unit=frozen.get("unit", ""), year=paper.year))
