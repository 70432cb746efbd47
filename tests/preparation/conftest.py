"""Criteria of the half-days."""

import pytest
from flask import Flask

from tests.world import World
from thidua.extensions import db
from thidua.models.finders import sheet_of


@pytest.fixture
def criteria(app: Flask, world: World) -> list[int]:
    """The ids of all criteria, in order."""
    with app.app_context():
        return [leaf.id for leaf in sheet_of(db.session(), world.checklist_id).leaves]


@pytest.fixture
def criterion_id(criteria: list[int]) -> int:
    """The first criterion."""
    return criteria[0]
