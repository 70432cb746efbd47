"""Minutes that were issued and signed, without the seconds that drawing a PDF takes: the files are stand-ins."""

from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tests.conftest import new_op
from tests.world import MORNING, World
from thidua.conclusions.freezing import new_minutes
from thidua.doors.files import FileStore
from thidua.extensions import begin_writing, db
from thidua.models import Conclusion, Paper, PaperDraft, PaperRevision
from thidua.models.journal import GENESIS
from thidua.models.paper import ADDENDUM
from thidua.rules.documents import Document, Title, canonical_json, digest, to_plain

FIRST = b"%PDF-1.4 stand-in of minutes\n"
SIGNERS = (("secretary", "thu-ky"), ("unit", "don-vi"), ("head", "truong-doan"))


def store_of(app: Flask) -> FileStore:
    """Where this application keeps its files."""
    return FileStore(Path(app.instance_path) / "files")


def issue_minutes(app: Flask, world: World, *, signed: bool = True) -> int:
    """The minutes of the closed half-day, frozen and (by all three) signed; their paper's id."""
    with app.app_context():
        begin_writing()
        conclusion = db.session.scalars(
            select(Conclusion)
            .where(Conclusion.id == world.conclusion_id)
            .options(joinedload(Conclusion.checklist_session))
        ).one()
        conclusion.write("Đơn vị làm tốt.", base_version=0, by=world.truong_doan, at=MORNING, op_id=new_op())
        db.session.flush()
        paper = new_minutes(db.session(), conclusion, by_name="Phạm Tiến Ích", at=datetime.now(UTC))
        said = {"minutes": paper.sha256, "number": paper.number_label}
        conclusion.checklist_session.record_freezing(said, by=world.thu_ky, at=MORNING, op_id=new_op())
        db.session.add(paper)
        paper.revisions.append(_stored(app, 0, FIRST))
        db.session.flush()
        if signed:
            sign_with_stand_ins(app, world, paper, SIGNERS)
        db.session.commit()
        return paper.id


def issue_paper(app: Flask, world: World) -> tuple[int, int]:
    """Minutes of the half-day that has not begun, without signatures, and an open draft of an addendum to them, for
    tests that walk all addresses. In the caller's transaction; the ids of the paper and of the draft."""
    conclusion = db.session.scalars(select(Conclusion).where(Conclusion.checklist_session_id == world.planned_id)).one()
    document = Document("BB", "01/BB-HTS", "Biên bản mẫu", (Title("title", "Biên bản", "Kiểm tra mẫu"),))
    frozen = canonical_json({"document": to_plain(document), "journal": {}}).decode()
    paper = Paper(
        conclusion_id=conclusion.id,
        number=1,
        year=2020,
        symbol="HTS",
        frozen=frozen,
        sha256=digest(frozen.encode()),
        journal_revision=0,
        journal_hash=GENESIS,
        frozen_at=MORNING,
        frozen_by="Phạm Tiến Ích",
        revisions=[_stored(app, 0, FIRST)],
    )
    by = world.thu_ky
    draft = PaperDraft(
        conclusion_id=conclusion.id,
        role=ADDENDUM,
        content={"reason": "Ghi nhầm.", "corrections": []},
        by_id=by.id,
        by_name=by.name,
        created_at=MORNING,
        changed_at=MORNING,
    )
    db.session.add_all([paper, draft])
    db.session.flush()
    return paper.id, draft.id


def sign_with_stand_ins(app: Flask, world: World, paper: Paper, signers: tuple[tuple[str, str], ...]) -> None:
    """Each signature adds a line to the stand-in, as a real one adds a revision."""
    store = store_of(app)
    for part, username in signers:
        before = paper.revisions[-1].sha256
        content = store.get(before) + f"signed {part}\n".encode()
        after = store.put(content)
        paper.sign(
            part,
            pdf_before=before,
            pdf_after=after,
            size=len(content),
            address="192.168.1.20",
            device="Máy bảng",
            by=world.people[username],
            at=MORNING,
            op_id=new_op(),
        )


def give_file(app: Flask, paper_id: int) -> None:
    """A stand-in for the PDF of a paper that was just frozen."""
    with app.app_context():
        begin_writing()
        paper = db.session.get(Paper, paper_id, options=[selectinload(Paper.revisions)])
        assert paper is not None
        paper.revisions.append(_stored(app, 0, FIRST))
        db.session.commit()


def _stored(app: Flask, number: int, content: bytes) -> PaperRevision:
    return PaperRevision(number=number, sha256=store_of(app).put(content), size=len(content), at=MORNING)
