"""A half-day whose minutes were issued."""

import pytest
from flask import Flask

from tests.conclusions.conftest import closed  # noqa: F401
from tests.issuing.quick import frozen, quick  # noqa: F401
from tests.papers.issued import issue_minutes
from tests.world import World


@pytest.fixture
def minutes(app: Flask, world: World, closed: int) -> int:  # noqa: F811
    """The id of minutes that all three have signed."""
    return issue_minutes(app, world)
