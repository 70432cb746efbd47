"""What telling a journal entry needs: its content, the criteria by id, and the words it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thidua.rules.sheet import Criterion

Content = Mapping[str, Any]
Criteria = Mapping[int, Criterion]


@dataclass(frozen=True, slots=True)
class Told:
    """One change: what was done, and the text that came with it."""

    what: str
    text: str = ""


def criterion_name(criteria: Criteria, criterion_id: int | None) -> str:
    """ "tiêu chí 1.4"; a number that the checklist no longer has is shown as its id."""
    if criterion_id is None:
        return ""
    criterion = criteria.get(criterion_id)
    return f"tiêu chí {criterion.number}" if criterion else f"tiêu chí mã {criterion_id}"
