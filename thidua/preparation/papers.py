"""A paper as an answer: PDF or Word, never kept by a browser, never rendered inside a transaction."""

from flask import Response

from thidua.doors.pdf import join_pdfs, render_apart
from thidua.doors.word import render_docx
from thidua.extensions import db
from thidua.rules.documents import Document

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_pdf(document: Document, name: str) -> Response:
    """``name`` is the file's, without its ending."""
    db.session.rollback()  # rendering takes a second; no transaction waits for it
    return _file(render_apart(document).pdf, "application/pdf", "inline", f"{name}.pdf")


def as_docx(document: Document, name: str) -> Response:
    """To be opened in Word and edited."""
    db.session.rollback()
    return _file(render_docx(document), WORD, "attachment", f"{name}.docx")


def as_one_pdf(documents: list[Document], name: str, title: str) -> Response:
    """Several papers to print at once, at least one."""
    db.session.rollback()
    papers = ((document.title, render_apart(document).pdf) for document in documents)
    return _file(join_pdfs(papers, title=title), "application/pdf", "inline", f"{name}.pdf")


def _file(content: bytes, media_type: str, disposition: str, name: str) -> Response:
    headers = {"Content-Disposition": f'{disposition}; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=media_type, headers=headers)
