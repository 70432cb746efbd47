"""The addresses of this room; the views are in the modules named after what one does."""

from flask import Blueprint
from werkzeug.exceptions import RequestEntityTooLarge

from thidua.office import settings, word_template

office = Blueprint("office", __name__, url_prefix="/office")

office.get("")(settings.show)
office.post("")(settings.save)
office.post("/sample")(settings.sample_part)
office.get("/sample.pdf", endpoint="sample_pdf")(settings.sample_pdf)

office.get("/word-template", endpoint="download_template")(word_template.download)
office.post("/word-template", endpoint="upload_template")(word_template.upload)
office.post("/word-template/removal", endpoint="remove_template")(word_template.remove)
office.get("/word-template/sample.docx", endpoint="template_sample")(word_template.sample)
office.register_error_handler(RequestEntityTooLarge, word_template.too_big)
