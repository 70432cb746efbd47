"""What another noun puts on the projector's wall in place of the scores."""

from collections.abc import Callable

from sqlalchemy.orm import Session

WallPart = Callable[[Session, int], str]  # session, checklist session's id -> HTML of #projector-body, "" when not now

_PARTS: dict[str, WallPart] = {}


def register_wall(name: str, part: WallPart) -> None:
    """Called once, where the noun's routes are made."""
    _PARTS[name] = part


def wall_part(session: Session, room: int) -> str:
    """The first that has something to show now, in the order of their names; "" when the scores stay."""
    return next((html for _, part in sorted(_PARTS.items()) if (html := part(session, room))), "")
