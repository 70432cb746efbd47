"""Audiences of the live partials: head, secretary, team (members, and the office looking on), unit, projector."""

from thidua.permissions import HEAD, INSPECTED, MEMBER, SECRETARY

PROJECTOR = "projector"
OFFICE_AUDIENCE = "team"
_AUDIENCES = {HEAD: "head", SECRETARY: "secretary", MEMBER: "team", INSPECTED: "unit"}


def audience_of(part: str) -> str:
    """Whose frames a person with this part in the session gets."""
    return _AUDIENCES.get(part, OFFICE_AUDIENCE)


def sees_proposals(audience: str) -> bool:
    """The unit and the projector never see who proposed what."""
    return audience not in ("unit", PROJECTOR)
