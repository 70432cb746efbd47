"""Refusals: exceptions that carry the Vietnamese sentence the person is to read."""

from typing import ClassVar


class Refusal(Exception):
    """A rule says no. `message` is shown as it is; `field` names the input it belongs to, if any."""

    status: ClassVar[int] = 409
    kind: ClassVar[str] = "refused"

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class InvalidEntry(Refusal):
    """What was typed cannot be taken; it stays on the screen and is to be mended there."""

    status = 422
    kind = "invalid"


class Refused(Refusal):
    """What is asked is well formed, but the present state forbids it."""


class Conflict(Refusal):
    """Somebody else changed the same value first; carries both values so that both can be shown."""

    kind = "conflict"

    def __init__(
        self, message: str, field: str | None = None, *, theirs: object | None = None, mine: object | None = None
    ) -> None:
        super().__init__(message, field)
        self.theirs = theirs
        self.mine = mine


class NotAllowed(Refusal):
    """This person may not do this."""

    status = 403
    kind = "not_allowed"
