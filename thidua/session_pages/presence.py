"""Who is here, as the header of every page of a checklist session shows it: soft, never stored."""

from flask import current_app

from thidua.live import NOWHERE, Hub, People, Seen, Somebody
from thidua.permissions import HEAD, INSPECTED, ROLE_NAMES, SECRETARY
from thidua.session_pages.audiences import PROJECTOR
from thidua.session_pages.finding import Found

SHORT = {HEAD: "TĐ", SECRETARY: "TK", INSPECTED: "ĐV"}
UNIT_SIDE = "unit"


def somebody(found: Found) -> Somebody:
    """The asking person as others see them."""
    part = found.standing.part
    side = UNIT_SIDE if part == INSPECTED else "team" if part else "office"
    label = SHORT.get(part) or found.standing.label or ROLE_NAMES.get(found.person.role, "")
    return Somebody(found.person.id, label, found.person.name, side)


def presence_part(room: int, people: People, audience: str) -> str:
    """The live partial ``presence``. The unit learns how many are here, and of its own people who; the wall nothing."""
    if audience == PROJECTOR:
        return ""
    shown = [one for one in people if audience != "unit" or one.who.side == UNIT_SIDE]
    template = current_app.jinja_env.get_template("checklist_sessions/_presence.html")
    return template.render(room_id=room, count=len(people), people=shown)


def presence_now(found: Found, audience: str) -> str:
    """The same for a page about to be shown: its reader is here as well."""
    room, me = found.checklist_session.id, somebody(found)
    hub: Hub = current_app.extensions["live_hub"]
    people = hub.presence.here(room) if hub.presence else ()
    if all(one.who.id != me.id for one in people):
        people = (*people, Seen(me, NOWHERE))
    return presence_part(room, people, audience)
