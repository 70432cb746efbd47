"""The addresses of this room; the views are in the modules named after what one does."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from thidua.joining import devices, entering, numbers, room
from thidua.joining.part import people_part
from thidua.session_pages.live_parts import register_part
from thidua.throttle import Throttle

joining = Blueprint("joining", __name__)

joining.get("/join/<join_code>")(entering.join)
joining.post("/join/<join_code>")(entering.enter)
joining.get("/checklist-sessions/<int:checklist_session_id>/room")(room.room)
joining.get("/checklist-sessions/<int:checklist_session_id>/room/people")(room.people)
joining.get("/checklist-sessions/<int:checklist_session_id>/room/poster")(room.poster)
joining.post("/checklist-sessions/<int:checklist_session_id>/room/opening")(room.open_room)
joining.post("/checklist-sessions/<int:checklist_session_id>/room/numbers")(numbers.number_people)
joining.post("/checklist-sessions/<int:checklist_session_id>/room/expulsion")(devices.expel_everybody)
joining.post("/checklist-sessions/<int:checklist_session_id>/room/devices/<int:login_session_id>/expulsion")(
    devices.expel_device
)

register_part("room", people_part)


@joining.record
def _install(setup: BlueprintSetupState) -> None:
    setup.app.extensions["room_throttle"] = Throttle(free_tries=entering.WRONG_FROM_ONE_ADDRESS)
