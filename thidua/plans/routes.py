"""The addresses of this room; the views are in the modules named after what one does."""

from flask import Blueprint

from thidua.plans import citing, creating, editing, reading, scheduling, signing, teams

plans = Blueprint("plans", __name__, url_prefix="/plans")

plans.get("")(reading.index)
plans.get("/<int:plan_id>")(reading.show)
plans.get("/<int:plan_id>/plan.pdf")(reading.pdf)

plans.route("/new", methods=["GET", "POST"])(editing.create)
plans.route("/<int:plan_id>/edit", methods=["GET", "POST"])(editing.edit)
plans.post("/units-choice", defaults={"plan_id": None})(editing.units_choice)
plans.post("/<int:plan_id>/units-choice")(editing.units_choice)

plans.get("/<int:plan_id>/schedule")(scheduling.schedule)
plans.post("/<int:plan_id>/schedule")(scheduling.save_schedule)
plans.post("/<int:plan_id>/checklist-sessions")(creating.create_sessions)

plans.get("/<int:plan_id>/teams")(teams.team_list)
plans.post("/<int:plan_id>/teams")(teams.create_team)
plans.post("/<int:plan_id>/teams/<int:team_id>")(teams.save_team)
plans.post("/<int:plan_id>/teams/<int:team_id>/removal")(teams.remove_team)

plans.get("/<int:plan_id>/signing")(signing.signing)
plans.post("/<int:plan_id>/signing")(signing.save_signing)

plans.get("/<int:plan_id>/documents")(citing.documents)
plans.post("/<int:plan_id>/documents")(citing.cite_known)
plans.route("/<int:plan_id>/documents/new", methods=["GET", "POST"])(citing.cite_new)
plans.route("/<int:plan_id>/documents/<int:citation_id>", methods=["GET", "POST"])(citing.edit_document)
plans.post("/<int:plan_id>/documents/<int:citation_id>/removal")(citing.stop_citing)
