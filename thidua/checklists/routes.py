"""The addresses of this room; the views are in the modules named after what one does."""

from flask import Blueprint
from werkzeug.exceptions import RequestEntityTooLarge

from thidua.checklists import (
    comparing,
    designing,
    designing_criterion,
    designing_ratings,
    designing_settings,
    exporting,
    import_review,
    importing,
    previewing,
    reading,
    trying,
    versions,
)

checklists = Blueprint("checklists", __name__, url_prefix="/checklists")

# Reading
checklists.get("")(reading.index)
checklists.get("/<int:checklist_id>")(reading.show)
checklists.get("/<int:checklist_id>/print")(reading.paper)

# Designing a draft
checklists.route("/new", methods=["GET", "POST"], endpoint="new")(designing.create)
checklists.get("/<int:draft_id>/design")(designing.design)
checklists.post("/<int:draft_id>/design/outline")(designing.change_outline)
_row = "/<int:draft_id>/design/criteria/<int:draft_criterion_id>"
checklists.get(_row, endpoint="edit_criterion")(designing_criterion.edit)
checklists.post(_row, endpoint="save_criterion")(designing_criterion.save)
checklists.get(f"{_row}/panel", endpoint="criterion_panel")(designing_criterion.panel)
checklists.post(f"{_row}/levels", endpoint="design_levels")(designing_criterion.levels)
checklists.get("/<int:draft_id>/design/settings", endpoint="design_settings")(designing_settings.settings)
checklists.post("/<int:draft_id>/design/settings")(designing_settings.save_settings)
checklists.post("/<int:draft_id>/design/settings/clusters", endpoint="design_cluster_rows")(
    designing_settings.cluster_rows
)
checklists.get("/<int:draft_id>/design/ratings", endpoint="design_ratings")(designing_ratings.ratings)
checklists.post("/<int:draft_id>/design/ratings")(designing_ratings.save_ratings)
checklists.post("/<int:draft_id>/design/ratings/<table>", endpoint="design_rating_rows")(designing_ratings.rating_rows)

# Versions, previews, trial scoring
checklists.get("/<int:checklist_id>/versions")(versions.versions)
checklists.post("/<int:checklist_id>/versions")(versions.start_version)
checklists.post("/<int:checklist_id>/copies")(versions.copy)
checklists.post("/<int:checklist_id>/retirement")(versions.retire)
checklists.post("/<int:checklist_id>/reinstatement")(versions.bring_back)
checklists.get("/<int:draft_id>/publication")(versions.publication)
checklists.post("/<int:draft_id>/publication")(versions.publish)
checklists.post("/<int:draft_id>/disposal")(versions.dispose)
checklists.get("/<int:checklist_id>/comparison")(comparing.comparison)
checklists.get("/<int:checklist_id>/preview", endpoint="preview_form")(previewing.form)
checklists.get("/<int:checklist_id>/preview.pdf", endpoint="preview_form_pdf")(previewing.form_pdf)
checklists.get("/<int:checklist_id>/preview/<int:criterion_id>", endpoint="preview_card")(previewing.card)
checklists.post("/<int:draft_id>/preview/<int:draft_criterion_id>", endpoint="preview_typed")(previewing.typed_card)
checklists.route("/<int:checklist_id>/trial", methods=["GET", "POST"])(trying.trial)

# Import
checklists.get("/import", endpoint="import_page")(importing.index)
checklists.post("/import", endpoint="import_file")(importing.upload)
_import = "/imports/<int:import_id>"
checklists.get(_import, endpoint="show_import")(importing.show)
checklists.get(f"{_import}/progress", endpoint="import_progress")(importing.progress_part)
checklists.post(f"{_import}/reading", endpoint="read_import_again")(importing.read_again)
checklists.post(f"{_import}/encoding", endpoint="answer_import_encoding")(importing.answer_encoding)
checklists.post(f"{_import}/removal", endpoint="remove_import")(importing.remove)
checklists.post(f"{_import}/doubts", endpoint="answer_import_doubt")(import_review.answer_doubt)
checklists.post(f"{_import}/rows", endpoint="change_import_row")(import_review.change_row)
checklists.route(f"{_import}/rows/<int:row_id>", methods=["GET", "POST"], endpoint="edit_import_row")(
    import_review.edit_row
)
checklists.post(f"{_import}/head", endpoint="change_import_head")(import_review.change_head)
checklists.post(f"{_import}/undo", endpoint="step_import_back")(import_review.step_back)
checklists.post(f"{_import}/columns", endpoint="read_import_otherwise")(import_review.read_otherwise)
checklists.post(f"{_import}/draft", endpoint="save_import")(import_review.save_draft)
checklists.register_error_handler(RequestEntityTooLarge, importing.too_big)

# Export
checklists.get("/<int:checklist_id>/checklist.xlsx")(exporting.workbook)
checklists.get("/<int:checklist_id>/checklist.json")(exporting.json_file)
