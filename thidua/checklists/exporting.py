"""A score sheet to take along: as a workbook that adds itself up, or as JSON that is read back exactly."""

from flask import Response, abort
from flask.typing import ResponseReturnValue

from thidua.doors.workbook import MEDIA_TYPE, render_workbook
from thidua.extensions import db
from thidua.identity import require_person
from thidua.models import Checklist
from thidua.models.finders import sheet_of
from thidua.permissions import allow
from thidua.rules import sheet_json
from thidua.rules.score_book import BookFacts, Marks, compose_score_book, fingerprint
from thidua.rules.sheet import Sheet

SIGNERS = ("ĐẠI DIỆN ĐƠN VỊ", "TRƯỞNG ĐOÀN KIỂM TRA")


def workbook(checklist_id: int) -> ResponseReturnValue:
    """The blank sheet as an Excel file, to be filled in by hand."""
    checklist, sheet = _found(checklist_id)
    book = compose_score_book(
        BookFacts(Marks(checklist.id, checklist.version, fingerprint(sheet)), signers=SIGNERS), sheet
    )
    name = _name(checklist, "xlsx")
    db.session.rollback()  # drawing takes a moment; no transaction waits for it
    return _file(render_workbook(book), MEDIA_TYPE, name)


def json_file(checklist_id: int) -> ResponseReturnValue:
    """The whole sheet as canonical JSON."""
    checklist, sheet = _found(checklist_id)
    return _file(sheet_json.sheet_to_json(sheet).encode(), sheet_json.MEDIA_TYPE, _name(checklist, "json"))


def _found(checklist_id: int) -> tuple[Checklist, Sheet]:
    checklist = db.session.get(Checklist, checklist_id) or abort(404)
    allow("see_checklists", require_person())
    return checklist, sheet_of(db.session(), checklist_id)


def _name(checklist: Checklist, ending: str) -> str:
    return f"bang-diem-{checklist.id}-ban-{checklist.version}.{ending}"


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=media_type, headers=headers)
