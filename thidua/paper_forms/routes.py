"""Routes of the paper forms: printing a blank one, typing a filled one in."""

from flask import Blueprint

from thidua.paper_forms.printing import form_pdf
from thidua.paper_forms.typing import type_in, typing

paper_forms = Blueprint("paper_forms", __name__, url_prefix="/checklist-sessions/<int:checklist_session_id>")

paper_forms.get("/form.pdf")(form_pdf)
paper_forms.get("/typing")(typing)
paper_forms.post("/typing")(type_in)
