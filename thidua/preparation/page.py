"""The unit's page: what is asked and by when, and one card for each thing to lay ready."""

from collections.abc import Sequence

from flask import render_template
from flask.typing import ResponseReturnValue

from thidua.models import Preparation
from thidua.models.evidence import PURPOSES
from thidua.preparation.queries import preparation_of
from thidua.preparation.returning import past_returns
from thidua.preparation.view import prepared_view
from thidua.rules.errors import Refusal
from thidua.session_pages.audiences import audience_of
from thidua.session_pages.finding import Found, find
from thidua.session_pages.header import room_of
from thidua.session_pages.operations import new_operation

LABELS = {
    "report_summary": "Báo cáo tóm tắt",
    "visit_place": "Nơi tham quan",
    "label": "Chỉ tiêu",
    "measure": "Đơn vị tính",
    "last_year": "Năm trước",
    "this_year": "Năm nay",
    "note": "Ghi chú",
    "number": "Số, ký hiệu",
    "issued_on": "Ngày ban hành",
    "title": "Trích yếu",
    "name": "Họ tên",
    "office": "Chức vụ, đơn vị",
}


def show(checklist_session_id: int) -> ResponseReturnValue:
    """The preparation: to fill in for the unit, to read for team and office."""
    found = find(checklist_session_id)
    found.allow("see_preparation")
    return show_page(found)


def show_page(
    found: Found,
    *,
    refusal: Refusal | None = None,
    typed: Sequence[tuple[str, str]] = (),
    again: Sequence[tuple[str, str]] = (),
    place: str = "",
    status: int = 200,
    name: str = "page",
    **values: object,
) -> ResponseReturnValue:
    """The page; with a ``refusal`` what was ``typed`` stands above it, to be sent ``again`` as one's own version."""
    view = prepared_view(found)
    room = room_of(found, audience_of(found.standing.part), "preparation")
    if not view.may_prepare:
        room |= {"readonly_reason": "Đồng chí đang xem."}
    html = render_template(
        f"preparation/{name}.html",
        room=room,
        tabs=room["links"],
        view=view,
        may=found.may,
        op=new_operation,
        purposes=PURPOSES,
        refusal=refusal,
        typed=[(LABELS[key], value) for key, value in typed if key in LABELS],
        again=again,
        place=place,
        past=past_returns(found, preparation_of(view.id, Preparation.returns)) if view.submitted_at else [],
        **values,
    )
    return html, status
