"""Beginning an addendum to minutes, or a notice of conclusion from them."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from thidua.committing import commit_change
from thidua.extensions import db
from thidua.identity import now
from thidua.models import PaperDraft
from thidua.models.office_settings import office_of
from thidua.models.paper import ADDENDUM, MINUTES, NOTICE
from thidua.papers.finding import WRITE, FoundPaper, find_paper_for_change, open_draft
from thidua.papers.routes import papers
from thidua.rules.errors import Refused
from thidua.session_pages.operations import is_repeated, posted_operation


@papers.post("/<int:paper_id>/addenda")
def begin_addendum(paper_id: int) -> ResponseReturnValue:
    """Begin to write what is to be corrected in these minutes."""
    return _begin(paper_id, ADDENDUM)


@papers.post("/<int:paper_id>/notices")
def begin_notice(paper_id: int) -> ResponseReturnValue:
    """Draft the notice of conclusion from these minutes."""
    return _begin(paper_id, NOTICE)


def _begin(paper_id: int, role: str) -> ResponseReturnValue:
    """One draft of a role is written at a time: whoever begins another is led to it."""
    found = find_paper_for_change(paper_id)
    found.found.allow(WRITE[role])
    if found.paper.role != MINUTES:
        raise Refused("Văn bản này không phải là biên bản. Xin mở biên bản rồi lập văn bản tiếp theo từ đó.")
    assert found.paper.conclusion is not None
    op_id = posted_operation()
    is_repeated(found.found, op_id, "draft.started")  # refuses an id that belongs to something else
    draft = open_draft(found.paper.conclusion.id, role)
    if draft is None:
        draft = _begun(found, role, op_id)
        flash("Đã mở bản dự thảo. Nội dung được lưu mỗi khi bấm Lưu.", "success")
    return redirect(url_for("papers.draft", paper_draft_id=draft.id), 303)


def _begun(found: FoundPaper, role: str, op_id: str) -> PaperDraft:
    person, at = found.found.person, now()
    draft = PaperDraft(
        conclusion=found.paper.conclusion,
        role=role,
        content=_first_content(role),
        by_id=person.id,
        by_name=person.name,
        created_at=at,
        changed_at=at,
    )
    db.session.add(draft)
    db.session.flush()
    commit_change(draft.begin(by=person, at=at, op_id=op_id))
    return draft


def _first_content(role: str) -> dict[str, Any]:
    """A notice is signed as the office is used to; an addendum begins empty."""
    if role == ADDENDUM:
        return {"reason": "", "place": "", "corrections": []}
    office = office_of(db.session())
    return {
        "body": office.signing_body,
        "office": office.signing_office,
        "person": office.signing_person,
        "formula": "",
        "report_by": "",
    }
