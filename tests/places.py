"""Real addresses: every route with the ids of a furnished world, for tests that walk all of them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.routing import Rule

from tests.conftest import new_op
from tests.evidence.drawn import lay_down
from tests.issuing.signers import lay_request
from tests.papers.issued import issue_paper
from tests.world import MORNING, SEEDS, World
from thidua.checklists.import_worker import read_import
from thidua.doors.files import FileStore
from thidua.extensions import begin_writing, db
from thidua.models import (
    AgendaStep,
    Attendance,
    Checklist,
    ChecklistImport,
    ChecklistSession,
    Evidence,
    Exchange,
    LoginSession,
    Objection,
    PlanDocument,
    Preparation,
    PreparationReturn,
    ReferenceDocument,
    Remark,
    TeamMember,
)
from thidua.models.finders import sheet_of

JOIN_CODE = "abcde-fghkm-npqrs"
LINK_CODE = "abcd-efgh-kmnp-qrst-uvwx-yz23"


def furnish(app: Flask, world: World) -> dict[str, int | str]:
    """Put into the open session and its plan one of each thing with an address; argument name -> value."""
    with app.app_context():
        begin_writing()
        opened = db.session.scalars(
            select(ChecklistSession)
            .where(ChecklistSession.id == world.open_id)
            .options(selectinload(ChecklistSession.remarks), selectinload(ChecklistSession.exchanges))
            .options(selectinload(ChecklistSession.evidence))
        ).one()
        by = world.people["thanh-vien-1"]
        opened.add_remark("strength", "Hồ sơ đầy đủ.", by=by, at=MORNING, op_id=new_op())
        opened.add_exchange("question", by.name, "Quỹ thi đua ở đâu?", by=by, at=MORNING, op_id=new_op())
        lay_down(opened, by=world.people["don-vi"])
        document = ReferenceDocument(number_as_printed="01/2020/TT", title="Thông tư mẫu")
        db.session.add(document)
        db.session.flush()
        citation = PlanDocument(plan_id=world.plan_id, reference_document_id=document.id, cited_in="II", position=1)
        db.session.add(citation)
        opened.open_room(JOIN_CODE, by=world.truong_doan, at=MORNING, op_id=new_op())
        login, _token = LoginSession.open(by.id, at=MORNING, lasts=timedelta(hours=1), address="", device="")
        db.session.add(login)
        asked = PreparationReturn(
            criterion_id=sheet_of(db.session(), world.checklist_id).leaves[0].id,
            remark="Thiếu quyết định.",
            by_id=world.truong_doan.id,
            by_name=world.truong_doan.name,
            at=MORNING,
        )
        db.session.add(
            Preparation(checklist_session_id=world.open_id, link_code=LINK_CODE, created_at=MORNING, returns=[asked])
        )
        draft = Checklist.from_sheet(sheet_of(db.session(), world.checklist_id), at=MORNING)
        db.session.add(draft)
        said = {"speaker": "Hoàng Văn Bắc", "text": "Quỹ đã lập.", "by_id": by.id, "by_name": by.name, "at": MORNING}
        objection = Objection(conclusion_id=world.conclusion_id, **said)
        db.session.add(objection)
        paper_id, paper_draft_id = issue_paper(app, world)
        key_id, request_code = lay_request(world, paper_id)
        db.session.commit()
        return {
            "paper_id": paper_id,
            "paper_draft_id": paper_draft_id,
            "key_id": key_id,
            "request_code": request_code,
            "objection_id": objection.id,
            "block_id": "title",
            "number": 0,
            "import_id": _import_read(app, world),
            "join_code": JOIN_CODE,
            "link_code": LINK_CODE,
            "return_id": asked.id,
            "rows": "figures",
            "row_id": 1,
            "proof_id": 1,
            "purpose": "report",
            "login_session_id": login.id,
            "unit_id": world.unit_id,
            "plan_id": world.plan_id,
            "checklist_id": world.checklist_id,
            "draft_id": draft.id,
            "draft_criterion_id": draft.sheet.leaves[0].id,
            "table": "band",
            "checklist_session_id": world.open_id,
            "conclusion_id": world.conclusion_id,
            "account_id": world.people["thu-ky"].id,
            "citation_id": citation.id,
            "criterion_id": sheet_of(db.session(), world.checklist_id).leaves[0].id,
            "team_id": db.session.scalars(select(TeamMember.team_id).where(TeamMember.role == "secretary")).one(),
            "step_id": first(AgendaStep, world),
            "attendance_id": first(Attendance, world),
            "remark_id": first(Remark, world),
            "exchange_id": first(Exchange, world),
            "evidence_id": first(Evidence, world),
            "entry_id": 1,
            "scan_id": 1,
            "filename": "favicon.svg",
            "code": "0123456789abcdef",
        }


def _import_read(app: Flask, world: World) -> int:
    """A score sheet that the secretary is importing, read and waiting to be looked through."""
    content = (SEEDS / "checklist72.json").read_bytes()
    digest = FileStore(Path(app.instance_path) / "files").put(content)
    begin_writing()
    one = ChecklistImport.begin("bang-diem.json", digest, len(content), by=world.people["thu-ky"], at=MORNING)
    db.session.add(one)
    db.session.commit()
    import_id = one.id
    read_import(import_id)
    return import_id


def first(model: type, world: World) -> int:
    """The id of the open session's first row of this kind."""
    column = model.__table__.c  # type: ignore[attr-defined]
    return db.session.scalars(
        select(column.id).where(column.checklist_session_id == world.open_id).order_by(column.id)
    ).first()


def addresses(app: Flask, places: dict[str, int | str], method: str) -> Iterator[tuple[str, str]]:
    """(endpoint, address) of every route with this method; a new argument needs a line in ``furnish``."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if method in (rule.methods or ()):
                yield rule.endpoint, address_of(rule, places)


def address_of(rule: Rule, places: dict[str, int | str]) -> str:
    """The rule with real ids in it."""
    built = rule.build({name: places[name] for name in rule.arguments}, append_unknown=False)
    assert built is not None
    return built[1]
