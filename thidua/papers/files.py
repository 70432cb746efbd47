"""The bytes of a paper as they were stored: the latest PDF, any earlier state of it, the text it was frozen from."""

import re

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from thidua.issuing.storing import ensure_rendered, file_store
from thidua.models import Paper, PaperRevision
from thidua.papers.finding import find_paper
from thidua.papers.routes import papers
from thidua.rules.vietnamese import fold


@papers.get("/<int:paper_id>.pdf")
def pdf(paper_id: int) -> ResponseReturnValue:
    """The stored PDF, byte for byte; a paper frozen a moment before a crash is rendered first."""
    paper = rendered_paper(paper_id)
    return _pdf(paper, paper.revisions[-1])


@papers.get("/<int:paper_id>/revisions/<int:number>.pdf")
def revision(paper_id: int, number: int) -> ResponseReturnValue:
    """The file as it was before the later signatures."""
    paper = rendered_paper(paper_id)
    wanted = next((one for one in paper.revisions if one.number == number), None) or abort(404)
    return _pdf(paper, wanted)


@papers.get("/<int:paper_id>/content.json")
def content(paper_id: int) -> ResponseReturnValue:
    """The canonical text whose SHA-256 is the paper's code: for whoever wants to compute it on another machine."""
    found = find_paper(paper_id)
    found.found.allow("see_history")  # it holds every member's proposals
    name = f"{_name(found.paper)}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(found.paper.frozen.encode(), mimetype="application/json", headers=headers)


def rendered_paper(paper_id: int) -> Paper:
    """The paper with its PDF, for whom may read it."""
    paper = find_paper(paper_id).paper
    if paper.revisions:
        return paper
    ensure_rendered(paper_id)
    return find_paper(paper_id).paper


def _pdf(paper: Paper, wanted: PaperRevision) -> Response:
    stored = file_store().get(wanted.sha256)
    disposition = "attachment" if "download" in request.args else "inline"
    part = f"-ban-{wanted.number}" if wanted is not paper.revisions[-1] else ""
    return Response(
        stored,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'{disposition}; filename="{_name(paper)}{part}.pdf"'},
    )


def _name(paper: Paper) -> str:
    return "-".join(re.findall("[a-z0-9]+", fold(f"{paper.title} {paper.year}")))
