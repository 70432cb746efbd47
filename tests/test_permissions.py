"""Who may read what: every page and every address of the API, for everybody of the cast, on an open half-day.

200 the page · 302 to the login or onwards · 401 no login · 403 not for you · 404 not there for you.
What a person may *change* is refused by the same table (`thidua/permissions.py`) and tested room by room.
"""

from flask import Flask

from tests.conftest import signed_in
from tests.places import addresses, furnish
from tests.world import CAST, World

EVERYBODY = "302 | 200 200 | 200 200 200 200 200 | 200 | 200 200"
OFFICE = "302 | 200 200 | 403 403 403 403 403 | 403 | 403 403"
ADMINISTRATOR = "302 | 200 403 | 403 403 403 403 403 | 403 | 403 403"
ROOM = "302 | 200 200 | 200 200 200 200 200 | 200 | 403 403"
TEAM_AND_OFFICE = "302 | 200 200 | 200 200 200 200 200 | 403 | 403 403"
HEAD_AND_SECRETARY = "302 | 403 403 | 200 200 403 403 403 | 403 | 403 403"
PARTICIPANTS = "302 | 403 403 | 200 200 200 200 200 | 200 | 403 403"
PREPARERS = "302 | 200 200 | 200 200 403 403 403 | 403 | 403 403"
DESIGNERS = "302 | 200 200 | 200 200 200 200 200 | 403 | 403 200"
HEAD = "302 | 403 403 | 200 403 403 403 403 | 403 | 403 403"
OPEN = "200 | 200 200 | 200 200 200 200 200 | 200 | 200 200"
PAPER_READERS = "302 | 200 200 | 200 200 200 200 200 | 403 | 200 403"  # the paper is the other unit's
PAPER_WRITERS = "302 | 403 403 | 200 200 403 403 403 | 403 | 403 403"
DRAFT_READERS = "302 | 200 200 | 200 200 200 200 200 | 204 | 403 403"  # the unit hears nothing while scoring is open
SECRETARY_ALONE = "302 | 404 404 | 404 200 404 404 404 | 404 | 404 404"  # a signature is finished by who began it
OWNER_AND_OFFICE = "302 | 200 200 | 404 200 404 404 404 | 403 | 403 404"  # the secretary brought the file in

PEOPLE = (
    "",
    "quan-tri",
    "can-bo",
    "truong-doan",
    "thu-ky",
    "thanh-vien-1",
    "thanh-vien-2",
    "thanh-vien-3",
    "don-vi",
    "don-vi-khac",
    "nguoi-ngoai",
)
# no login | administrator, staff | head, secretary, three members | the unit | other unit, other team
TABLE = {
    "health.healthz": OPEN,
    "static": OPEN,
    "verification.index": OPEN,
    "verification.by_code": OPEN,
    "accounts.login": "200 | 302 302 | 302 302 302 302 302 | 302 | 302 302",
    "today.index": EVERYBODY,
    "accounts.password": EVERYBODY,
    "waiting.index": EVERYBODY,
    "accounts.own_devices": EVERYBODY,
    "accounts.index": OFFICE,
    "accounts.show": OFFICE,
    "accounts.create": ADMINISTRATOR,
    "accounts.edit": ADMINISTRATOR,
    "units.index": EVERYBODY,
    "units.list_part": EVERYBODY,
    "units.show": EVERYBODY,
    "units.create": OFFICE,
    "units.edit": OFFICE,
    "units.order": OFFICE,
    "plans.index": EVERYBODY,
    "plans.show": EVERYBODY,
    "plans.pdf": EVERYBODY,
    "plans.schedule": EVERYBODY,
    "plans.team_list": EVERYBODY,
    "plans.documents": EVERYBODY,
    "plans.signing": EVERYBODY,
    "plans.create": OFFICE,
    "plans.edit": OFFICE,
    "plans.cite_new": OFFICE,
    "plans.edit_document": OFFICE,
    "checklists.index": EVERYBODY,
    "checklists.show": EVERYBODY,
    "checklists.paper": EVERYBODY,
    "checklists.workbook": EVERYBODY,
    "checklists.json_file": EVERYBODY,
    "checklists.versions": EVERYBODY,
    "checklists.publication": OFFICE,
    "checklists.comparison": EVERYBODY,
    "checklists.preview_form": EVERYBODY,
    "checklists.preview_form_pdf": EVERYBODY,
    "checklists.preview_card": EVERYBODY,
    "checklists.trial": EVERYBODY,
    "checklists.import_page": DESIGNERS,
    "checklists.show_import": OWNER_AND_OFFICE,
    "checklists.import_progress": OWNER_AND_OFFICE,
    "checklists.edit_import_row": OWNER_AND_OFFICE,
    "checklists.new": DESIGNERS,
    "checklists.design": DESIGNERS,
    "checklists.edit_criterion": DESIGNERS,
    "checklists.criterion_panel": DESIGNERS,
    "checklists.design_settings": DESIGNERS,
    "checklists.design_ratings": DESIGNERS,
    "checklist_sessions.index": EVERYBODY,
    "checklist_sessions.score": ROOM,
    "checklist_sessions.projector": ROOM,
    "checklist_sessions.stream": ROOM,
    "checklist_sessions.changes": ROOM,
    "checklist_sessions.meeting": ROOM,
    "checklist_sessions.remarks": ROOM,
    "checklist_sessions.exchanges": ROOM,
    "checklist_sessions.board": TEAM_AND_OFFICE,
    "checklist_sessions.history": TEAM_AND_OFFICE,
    "checklist_sessions.score_history": TEAM_AND_OFFICE,
    "checklist_sessions.reading": TEAM_AND_OFFICE,
    "checklist_sessions.exchange": TEAM_AND_OFFICE,
    "checklist_sessions.remark": "302 | 200 200 | 200 200 200 200 200 | 404 | 403 403",
    "checklist_sessions.absence": HEAD_AND_SECRETARY,
    "checklist_sessions.omission": HEAD_AND_SECRETARY,
    "checklist_sessions.clock": ROOM,
    "checklist_sessions.planned_times": HEAD_AND_SECRETARY,
    "checklist_sessions.correction": HEAD_AND_SECRETARY,
    "checklist_sessions.closure": HEAD,
    "follow_up.recommendations": ROOM,
    "paper_forms.form_pdf": ROOM,
    "paper_forms.typing": HEAD_AND_SECRETARY,
    "paper_forms.workbook": PARTICIPANTS,
    "paper_forms.workbook_file": PARTICIPANTS,
    "preparation.show": ROOM,
    "preparation.sending": "302 | 403 403 | 403 403 403 403 403 | 200 | 403 403",
    "preparation.link": PREPARERS,
    "preparation.readiness": "302 | 200 200 | 200 200 200 200 200 | 403 | 403 200",
    "preparation.returns": PREPARERS,
    "preparation.notice": ROOM,
    "preparation.notice_pdf": ROOM,
    "preparation.notice_docx": ROOM,
    "preparation.notices_pdf": OFFICE,
    "preparation.reminder": OFFICE,
    "preparation.reminder_pdf": OFFICE.replace("200", "409"),  # a half-day under way is not reminded
    "preparation.reminders_pdf": OFFICE,
    "preparation.session_calendar": ROOM,
    "preparation.plan_calendar": EVERYBODY,
    "preparation.door": "200 | 200 200 | 200 200 200 200 200 | 302 | 200 200",  # the unit itself goes straight in
    "joining.join": "200 | 302 302 | 302 302 302 302 302 | 302 | 200 200",  # the door; who may see the session goes in
    "joining.room": PREPARERS,
    "joining.people": PREPARERS,
    "joining.poster": PREPARERS,
    "evidence.index": ROOM,
    "evidence.show": ROOM,
    "evidence.file": ROOM,
    "evidence.thumbnail": ROOM,
    "minutes.show": ROOM,
    "minutes.document": DRAFT_READERS,
    "minutes.block": HEAD_AND_SECRETARY,
    "minutes.composed": HEAD_AND_SECRETARY,
    "minutes.phrases": HEAD_AND_SECRETARY,
    "minutes.reading": ROOM,
    "minutes.reading_part": DRAFT_READERS,
    "conclusions.conclusion": ROOM,
    "conclusions.minutes_docx": TEAM_AND_OFFICE,
    "conclusions.minutes_xlsx": TEAM_AND_OFFICE,
    "conclusions.minutes_pdf": TEAM_AND_OFFICE,  # a draft; once frozen the unit reads it too
    "signatures.show": EVERYBODY,
    "signatures.mark_picture": EVERYBODY.replace("200", "404"),  # nobody has drawn one
    "signatures.index": ADMINISTRATOR,
    "signatures.seal_picture": ADMINISTRATOR.replace("200", "404"),
    "signatures.show_request": SECRETARY_ALONE,
    "signatures.to_sign": SECRETARY_ALONE,
    "register.index": OFFICE,
    "reports.index": DESIGNERS,
    "reports.show": DESIGNERS,
    "reports.pdf": DESIGNERS.replace("200", "409"),  # no minutes are signed yet
    "reports.docx": DESIGNERS.replace("200", "409"),
    "scans.show": PAPER_READERS,
    "scans.file": PAPER_READERS.replace("200", "404"),  # the paper at hand has no scan
    "office.show": OFFICE,
    "office.sample_pdf": OFFICE,
    "office.download_template": OFFICE,
    "office.template_sample": OFFICE,
    "papers.show": PAPER_READERS,
    "papers.pdf": PAPER_READERS,
    "papers.revision": PAPER_READERS,
    "papers.content": TEAM_AND_OFFICE,
    "papers.draft": TEAM_AND_OFFICE,
    "papers.draft_pdf": TEAM_AND_OFFICE,
    "papers.places": TEAM_AND_OFFICE,
    "papers.words": PAPER_WRITERS,
    "search.index": EVERYBODY,
    "search.answer_part": EVERYBODY,
    "search.further_part": EVERYBODY,
    "api.units": EVERYBODY.replace("302", "401"),
    "api.plans": EVERYBODY.replace("302", "401"),
    "api.plan": EVERYBODY.replace("302", "401"),
    "api.search": EVERYBODY.replace("302", "401"),
    "api.checklist_sessions": EVERYBODY.replace("302", "401"),
    "api.checklist_session": ROOM.replace("302", "401"),
    "api.journal": TEAM_AND_OFFICE.replace("302", "401"),
}


def test_everybody_of_the_cast_and_the_stranger_are_in_the_table() -> None:
    assert set(PEOPLE) == {"", *CAST}
    assert {endpoint: len(_codes(line)) for endpoint, line in TABLE.items() if len(_codes(line)) != len(PEOPLE)} == {}


def test_everybody_reads_what_the_table_says_and_nothing_else(app: Flask, world: World) -> None:
    places = furnish(app, world)
    clients = {username: signed_in(app, world, username) for username in PEOPLE}
    wrong, walked = [], set()
    for endpoint, address in addresses(app, places, "GET"):
        walked.add(endpoint)
        for username, expected in zip(PEOPLE, _codes(TABLE.get(endpoint, "")), strict=False):
            with clients[username].get(address) as answer:
                if answer.status_code != expected:
                    wrong.append(f"{address} for {username or 'no login'}: {answer.status_code}, not {expected}")
    assert wrong == []
    assert walked - set(TABLE) == set(), "a new address needs its line in the table"
    assert set(TABLE) - walked == set(), "a line in the table without an address"


def _codes(line: str) -> list[int]:
    return [int(code) for code in line.replace("|", " ").split()]
