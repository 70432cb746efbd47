"""The addresses of this room; the views are in the modules named after what one does."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from thidua.preparation import page
from thidua.throttle import Throttle

FREE_TRIES_AT_THE_LINK = 30

preparation = Blueprint("preparation", __name__)

# -- the unit's own area ----------------------------------------------------------------------
HERE = "/checklist-sessions/<int:checklist_session_id>/preparation"
preparation.get(HERE)(page.show)

# -- the personal link ----------------------------------------------------------------------

# -- the centre's side: readiness, returns, notices, reminders, calendar ----------------------------


@preparation.record
def _install(setup: BlueprintSetupState) -> None:
    setup.app.extensions["link_throttle"] = Throttle(free_tries=FREE_TRIES_AT_THE_LINK)
