"""A paper as a Word file: by the office's own template while it has one that works, else by the shipped one."""

from flask import current_app
from sqlalchemy import select

from thidua.doors.files import FileProblem
from thidua.doors.word import fill_template, names_in, shipped_template
from thidua.extensions import db
from thidua.issuing.storing import file_store
from thidua.models.office_settings import OfficeSettings
from thidua.rules.documents import Document

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_template() -> bytes:
    """The office's own template; the shipped one while it has none. Raises ``FileProblem`` for a damaged file."""
    sha256 = db.session.scalar(select(OfficeSettings.word_template).limit(1))
    return file_store().get(sha256) if sha256 else shipped_template()


def word_file(document: Document) -> bytes:
    """The document by the office's template. Ends the transaction: filling in takes a tenth of a second or more.

    A template that fails after all, or is gone, does not keep anybody from the text: then the shipped one is used, and
    the page of the office's settings tells.
    """
    try:
        template = word_template()
        db.session.rollback()
        return fill_template(document, template, asked=names_in(template))
    except FileProblem as problem:
        current_app.logger.error("the office's Word template: %s", problem)
    except Exception:  # whatever a template makes a library throw
        current_app.logger.exception("the office's Word template cannot be filled in")
    db.session.rollback()
    return fill_template(document, shipped_template())
