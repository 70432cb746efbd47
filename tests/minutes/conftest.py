"""A half-day whose scoring is closed, as for the conclusion."""

from tests.conclusions.conftest import closed

__all__ = ["closed"]
