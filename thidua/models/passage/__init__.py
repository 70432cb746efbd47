"""Passages: the searchable texts of past inspections, their index, and the search."""

from thidua.models.passage.composing import index_session
from thidua.models.passage.index import forget_passages, index_passages
from thidua.models.passage.places import Place, places_of
from thidua.models.passage.questions import Reply, reply_to
from thidua.models.passage.row import KIND_LABELS, Passage
from thidua.models.passage.search import Found, Hit, find_passages
from thidua.models.passage.sight import Sight

__all__ = [
    "KIND_LABELS",
    "Found",
    "Hit",
    "Passage",
    "Place",
    "Reply",
    "Sight",
    "find_passages",
    "forget_passages",
    "index_passages",
    "index_session",
    "places_of",
    "reply_to",
]
