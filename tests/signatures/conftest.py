"""Minutes waiting for signatures, drawn once."""

from tests.conclusions.conftest import closed  # noqa: F401
from tests.issuing.quick import frozen, quick  # noqa: F401
