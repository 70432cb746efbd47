"""Passages: the searchable texts of past inspections, their index, and the search."""

from thidua.models.passage.composing import index_session
from thidua.models.passage.index import forget_passages, index_passages
from thidua.models.passage.row import KIND_LABELS, Passage
from thidua.models.passage.search import Found, Hit, find_passages
from thidua.models.passage.sight import Sight

__all__ = [
    "KIND_LABELS", "Found", "Hit", "Passage", "Sight", "find_passages", "forget_passages", "index_passages",
    "index_session",
]
