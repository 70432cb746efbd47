"""A score sheet as a workbook: filled in by hand, it adds itself up; filled in, it is read back as scores."""

from thidua.rules.score_book.facts import BookFacts
from thidua.rules.score_book.layout import compose_score_book
from thidua.rules.score_book.marks import Marks, fingerprint

__all__ = ["BookFacts", "Marks", "compose_score_book", "fingerprint"]
