"""The paper of a half-day as a workbook: whose it is, and the file to fill in by hand."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from thidua.doors.workbook import MEDIA_TYPE, render_workbook
from thidua.extensions import db
from thidua.models import Checklist, Score
from thidua.models.finders import session_sheet, sheet_of
from thidua.models.office_settings import office_of
from thidua.paper_forms.papers import UNSEEN, Standing, paper_meant, papers_of, standing_of
from thidua.paper_forms.printing import with_plan
from thidua.rules.entries import Entry
from thidua.rules.half_days import HALF_WORDS
from thidua.rules.phrases import upper_first
from thidua.rules.score_book import BookFacts, Marks, compose_score_book, fingerprint
from thidua.rules.score_book.places import SELF, TEAM
from thidua.rules.sheet import Sheet
from thidua.rules.words import date_screen
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found, find
from thidua.session_pages.header import room_of
from thidua.session_pages.scribing import Choice, holder_meant

TEAM_TITLES = {"self": "Đoàn chấm", "proposed": "Đề xuất", "agreed": "Thống nhất"}
FILE_WORDS = {"self": "tu-cham", "proposed": "de-xuat", "agreed": "thong-nhat"}
SIGNERS = ("ĐẠI DIỆN ĐƠN VỊ", "NGƯỜI CHẤM")


def workbook(checklist_session_id: int) -> ResponseReturnValue:
    """Whose workbook (``?for=``): fetch it, send it back."""
    found = find(checklist_session_id)
    found.allow("fill_workbook")
    return show_workbook_page(found, request.args.get("for", ""))


def workbook_file(checklist_session_id: int) -> ResponseReturnValue:
    """The file with what stands already; ``?for=`` as on the page, the own paper without it."""
    found = find(checklist_session_id)
    found.allow("fill_workbook")
    papers = papers_of(found)
    paper = paper_meant(found, request.args["for"]) if "for" in request.args else next(iter(papers), None)
    if paper is None:
        abort(404)
    sheet = session_sheet(db.session(), found.checklist_session)
    facts = _facts(found, sheet, paper)
    db.session.rollback()  # drawing takes a moment; no transaction waits for it
    name = f"phieu-cham-diem-{checklist_session_id}-{FILE_WORDS[paper.perspective]}-{paper.holder}.xlsx"
    return Response(
        render_workbook(compose_score_book(facts, sheet)),
        mimetype=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def show_workbook_page(
    found: Found, meant: str, *, problem: str = "", field: str = "file", status: int = 200
) -> ResponseReturnValue:
    """The page, again with what was wrong; ``field``: what the problem is about."""
    papers = papers_of(found)
    paper = next((one for one in papers if one.meant == meant), papers[0] if len(papers) == 1 else None)
    room = room_of(found, audience_of(found.standing.part), "room")
    html = render_template(
        "paper_forms/workbook.html",
        room=room,
        tabs=room["links"],
        papers=papers,
        paper=paper,
        is_for_other=bool(paper and holder_meant(found, paper.perspective, paper.meant)),
        problem=problem,
        field=field,
    )
    return html, status


def marks_here(found: Found, sheet: Sheet, paper: Choice) -> Marks:
    """What a workbook of this paper says of itself."""
    checklist = db.session.get_one(Checklist, found.checklist_session.checklist_id)
    return Marks(
        checklist_id=checklist.id,
        version=checklist.version,
        sheet=fingerprint(sheet),
        checklist_session_id=found.checklist_session.id,
        unit=found.unit_name,
        paper=f"{paper.perspective}:{paper.holder}",
        whose=f"{paper.name} ({paper.label})",
    )


def fitting_sheets(found: Found, sheet: Sheet) -> set[str]:
    """The fingerprints a workbook may carry: of what this unit is asked, and of the whole score sheet."""
    whole = sheet_of(db.session(), found.checklist_session.checklist_id)
    return {fingerprint(sheet), fingerprint(whole)}


def _facts(found: Found, sheet: Sheet, paper: Choice) -> BookFacts:
    session = with_plan(found.checklist_session.id)
    plan, plan_unit = session.plan, session.plan_unit
    standing = standing_of(found, sheet, paper)
    seen = {one: each for one, each in standing.items() if not each.is_hidden}
    entries = {one: each.entry for one, each in seen.items()}
    half = upper_first(HALF_WORDS.get(plan_unit.half, ""))
    when = f"{half}, ngày {date_screen(plan_unit.on_date)}" if plan_unit.on_date else "Ngày ……/……/…………"
    where = f" · {plan_unit.place}" if plan_unit.place else ""
    facts = BookFacts(
        marks=marks_here(found, sheet, paper),
        issuer=office_of(db.session()).issued_by(
            plan.content.get("issuer_meant") or (), plan.content.get("issuer") or ()
        ),
        lines=(
            f"Đơn vị được kiểm tra: {session.unit.name} · Căn cứ: {found.plan_label}",
            f"Thời gian: {when}{where} · Phiếu của: {paper.name} ({paper.label})",
        ),
        writes=SELF if paper.perspective == "self" else TEAM,
        team_title=TEAM_TITLES[paper.perspective],
        own=entries if paper.perspective == "self" else _own_of_unit(found),
        team={} if paper.perspective == "self" else entries,
        reasons={one: each.reason for one, each in seen.items() if each.reason},
        signers=SIGNERS,
    )
    return replace(facts, remarks=_hidden_remarks(standing))


def _own_of_unit(found: Found) -> dict[int, Entry]:
    """The unit's own scores, which stand beside."""
    scores = db.session.scalars(
        select(Score).where(Score.checklist_session_id == found.checklist_session.id, Score.perspective == "self")
    )
    return {score.criterion_id: score.entry for score in scores}


def _hidden_remarks(standing: Mapping[int, Standing]) -> dict[int, str]:
    """In a blind round it is told that somebody proposed, not what."""
    return {one: upper_first(UNSEEN) for one, each in standing.items() if each.is_hidden}
