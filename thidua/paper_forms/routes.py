"""Routes of the paper forms: printing a blank one, typing a filled one in, the same as a workbook."""

from flask import Blueprint
from werkzeug.exceptions import RequestEntityTooLarge

from thidua.paper_forms.printing import form_pdf
from thidua.paper_forms.returned_workbooks import review_workbook, too_heavy, write_workbook
from thidua.paper_forms.typing import type_in, typing
from thidua.paper_forms.workbooks import workbook, workbook_file

paper_forms = Blueprint("paper_forms", __name__, url_prefix="/checklist-sessions/<int:checklist_session_id>")

paper_forms.get("/form.pdf")(form_pdf)
paper_forms.get("/typing")(typing)
paper_forms.post("/typing")(type_in)
paper_forms.get("/workbook")(workbook)
paper_forms.get("/workbook.xlsx")(workbook_file)
paper_forms.post("/workbook")(review_workbook)
paper_forms.post("/workbook/scores")(write_workbook)
paper_forms.register_error_handler(RequestEntityTooLarge, too_heavy)
