"""The addresses of this room; the views are in the modules named after what one does."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from thidua.accounts import own_devices, own_password, people, signing_in
from thidua.models.account import ROLES
from thidua.throttle import Throttle

accounts = Blueprint("accounts", __name__)

accounts.get("/login")(signing_in.login)
accounts.post("/login")(signing_in.log_in)
accounts.post("/logout")(signing_in.logout)
accounts.get("/password")(own_password.password)
accounts.post("/password")(own_password.change_password)
accounts.get("/account/devices")(own_devices.own_devices)
accounts.post("/account/devices/<int:login_session_id>/closure")(own_devices.close_device)
accounts.post("/account/devices/closure")(own_devices.close_other_devices)
accounts.get("/accounts")(people.index)
accounts.get("/accounts/<int:account_id>")(people.show)
accounts.route("/accounts/new", methods=["GET", "POST"])(people.create)
accounts.route("/accounts/<int:account_id>/edit", methods=["GET", "POST"])(people.edit)
accounts.post("/accounts/<int:account_id>/lock")(people.lock)
accounts.post("/accounts/<int:account_id>/unlock")(people.unlock)
accounts.post("/accounts/<int:account_id>/password")(people.reset_password)


@accounts.record
def _install(setup: BlueprintSetupState) -> None:
    setup.app.extensions["login_throttle"] = Throttle()
    setup.app.jinja_env.filters["role_name"] = lambda role: ROLES.get(role, role)
