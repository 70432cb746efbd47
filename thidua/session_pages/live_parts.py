"""Which live partial a change touches: each noun names the one of its own kinds of journal entries."""

from collections.abc import Callable

from sqlalchemy.orm import Session

LivePart = Callable[[Session, int, str], str]  # session, checklist session's id, audience -> HTML

_PARTS: dict[str, LivePart] = {}


def register_part(family: str, part: LivePart) -> None:
    """``part`` renders what entries of kind "family.…" change; called once, where the noun's routes are made."""
    _PARTS[family] = part


def registered_part(family: str) -> LivePart | None:
    """The partial of this family of kinds, if some noun has one."""
    return _PARTS.get(family)
