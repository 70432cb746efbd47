"""The addresses of this room; the views are in the modules named after what one does."""

from flask import Blueprint

from thidua.checklists import reading

checklists = Blueprint("checklists", __name__, url_prefix="/checklists")

# Reading
checklists.get("")(reading.index)
checklists.get("/<int:checklist_id>")(reading.show)
checklists.get("/<int:checklist_id>/print")(reading.paper)

# Designing a draft

# Versions, previews, trial scoring

# Import

# Export
