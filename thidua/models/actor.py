"""Who acts: plain values, so that verbs need neither the web nor a loaded account."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person.

    ``role`` is the global role: administrator, staff, inspector or unit; ``unit_id`` is set for role unit.
    ``only_session_id``: entered by a room's number, so nothing but that checklist session may be seen or done.
    """

    id: int
    name: str
    role: str
    username: str = ""
    unit_id: int | None = None
    office: str = ""
    rank: str = ""
    login_session_id: int | None = None
    must_change_password: bool = False
    only_session_id: int | None = None

    @property
    def initials(self) -> str:
        """Two letters for a round badge: first letters of the family name and the given name."""
        words = self.name.split()
        return (words[0][:1] + words[-1][:1] if len(words) > 1 else self.name[:2]).upper()
