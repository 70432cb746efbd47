"""The minutes as files to work on: Word by the office's template, Excel with the score table and its formulas.

Both are copies: what counts is the PDF. Before freezing they are drafts, for those who may read proposals.
"""

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from flask import Response
from flask.typing import ResponseReturnValue

from thidua.conclusions.facts import HalfDay
from thidua.conclusions.finding import FoundConclusion, find_conclusion
from thidua.conclusions.freezing import draft_document
from thidua.conclusions.routes import conclusions
from thidua.doors.workbook import MEDIA_TYPE, render_workbook
from thidua.extensions import db
from thidua.issuing.storing import frozen_document
from thidua.issuing.word_files import MEDIA_TYPE as WORD_TYPE
from thidua.issuing.word_files import word_file
from thidua.models import Checklist, Paper, Score
from thidua.models.finders import session_sheet
from thidua.models.score import plain_entry
from thidua.rules.documents import Document, Letterhead
from thidua.rules.entries import Entry
from thidua.rules.points import format_points
from thidua.rules.score_book import BookFacts, Marks, compose_score_book, fingerprint
from thidua.rules.sheet import Sheet
from thidua.rules.vietnamese import fold
from thidua.rules.workbook import Workbook

Entries = dict[str, dict[int, Entry]]


@conclusions.get("/<int:conclusion_id>/minutes.docx")
def minutes_docx(conclusion_id: int) -> ResponseReturnValue:
    """The minutes as a Word file, marked as a draft or as a copy to work on."""
    found = find_conclusion(conclusion_id)
    document = frozen_document(found.minutes) if found.minutes else _draft(found)[1]
    return _file(word_file(document), WORD_TYPE, f"{_name(found)}.docx")


@conclusions.get("/<int:conclusion_id>/minutes.xlsx")
def minutes_xlsx(conclusion_id: int) -> ResponseReturnValue:
    """The score table as it stands in the minutes; sums, percent and rating are formulas."""
    found = find_conclusion(conclusion_id)
    book = _frozen_book(found, found.minutes) if found.minutes else _draft_book(found)
    db.session.rollback()  # drawing takes a moment; no transaction waits for it
    return _file(render_workbook(book), MEDIA_TYPE, f"bang-diem-{_name(found)}.xlsx")


def _draft(found: FoundConclusion) -> tuple[HalfDay, Document]:
    found.found.allow("see_proposals")
    return draft_document(db.session(), found.conclusion, open_book=True)


def _draft_book(found: FoundConclusion) -> Workbook:
    read, document = _draft(found)
    scores = [score for score in read.checklist_session.scores if score.perspective != "proposed"]
    grade = read.grade.label if read.totals.scored else ""
    result = _result(format_points(read.totals.points), format_points(read.totals.maximum), grade)
    told = ("DỰ THẢO", document, _entries(scores), {one.criterion_id: one.reason for one in _agreed(scores)}, result)
    return _book(found, *told)


def _frozen_book(found: FoundConclusion, minutes: Paper) -> Workbook:
    frozen = json.loads(minutes.frozen)
    scores = [one for one in frozen["scores"] if one["perspective"] != "proposed"]
    entries: Entries = {"self": {}, "agreed": {}}
    for one in scores:
        entries[one["perspective"]][one["criterion"]] = plain_entry(one)
    reasons = {one["criterion"]: one.get("reason", "") for one in scores if one["perspective"] == "agreed"}
    result = _result(_printed(frozen["total"]), _printed(frozen["maximum"]), frozen["grade"])
    return _book(found, f"Số {minutes.number_label}", frozen_document(minutes), entries, reasons, result)


def _book(
    found: FoundConclusion, number: str, document: Document, entries: Entries, reasons: Mapping[int, str], result: str
) -> Workbook:
    checklist_session = found.conclusion.checklist_session
    sheet = session_sheet(db.session(), checklist_session)
    head = next((block for block in document.blocks if isinstance(block, Letterhead)), None)
    facts = BookFacts(
        marks=_marks(checklist_session.checklist_id, sheet),
        issuer=head.issuer if head else (),
        title="BẢNG ĐIỂM KÈM THEO BIÊN BẢN",
        lines=(f"{number} · Đơn vị được kiểm tra: {found.found.unit_name} · Căn cứ: {found.found.plan_label}", result),
        writes="",
        team_title="Thống nhất",
        own=entries["self"],
        team=entries["agreed"],
        reasons={one: reason for one, reason in reasons.items() if reason},
    )
    return compose_score_book(facts, sheet)


def _marks(checklist_id: int, sheet: Sheet) -> Marks:
    version = db.session.get_one(Checklist, checklist_id).version
    return Marks(checklist_id=checklist_id, version=version, sheet=fingerprint(sheet))


def _entries(scores: Iterable[Score]) -> Entries:
    entries: Entries = {"self": {}, "agreed": {}}
    for score in scores:
        entries[score.perspective][score.criterion_id] = score.entry
    return entries


def _agreed(scores: Iterable[Score]) -> list[Score]:
    return [score for score in scores if score.perspective == "agreed"]


def _result(total: str, maximum: str, grade: str) -> str:
    """As the minutes have it: the head of team may have rated otherwise than the formulas below do."""
    rated = f", xếp loại: {grade}" if grade else ""
    return f"Kết quả trong biên bản: {total}/{maximum} điểm{rated}"


def _printed(points: str) -> str:
    """ "92.50" as frozen is "92,5" for people."""
    return format_points(int(Decimal(points) * 100))


def _name(found: FoundConclusion) -> str:
    minutes = found.minutes
    title = (
        f"bien-ban {minutes.number_label} {minutes.year}" if minutes else f"du-thao-bien-ban {found.found.unit_name}"
    )
    return "-".join(re.findall("[a-z0-9]+", fold(title)))


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, mimetype=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
