"""Preparations of the demo: one sent before the half-day under way, one half filled in for a half-day to come."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from thidua.models import (
    Account,
    ChecklistSession,
    Preparation,
    PreparationDocument,
    PreparationFigure,
    PreparationPerson,
    PreparationProof,
)
from thidua.models.preparation_verbs import begin_preparation
from thidua.models.session_verbs.evidence import StoredFile

Tick = Callable[[], dict[str, Any]]

SUMMARY = (
    "1. Hội có 24 chi hội với 2.150 hội viên; 24/24 chi hội đã học tập Quy chế 217/QC-HTS.\n"
    "2. Phong trào “Trường Sơn – Tự hào – Phát triển” giúp 12 gia đình hội viên thoát nghèo.\n"
    "3. Khó khăn: kinh phí hạn hẹp, hội viên tuổi cao. Đề nghị cấp phát sớm biểu mẫu khen thưởng."
)
FIGURES = (  # last year/this year, in the order of the usual rows
    *("2110/2150", "24/24", "3/4", "20/24", "1980/2050", "11/14", "38/41"),
    *("2/3", "4/5", "1/2", "2/3", "42/46.5", "2/3", "95/120"),
)
DOCUMENTS = (
    ("12/QĐ-HTS", date(2020, 2, 3), "Kiện toàn Hội đồng Thi đua – Khen thưởng"),
    ("15/QC-HTS", date(2020, 3, 10), "Quy chế thi đua, khen thưởng của Hội tỉnh"),
    ("21/HD-HTS", date(2020, 5, 19), "Hướng dẫn chấm điểm thi đua các chi hội"),
)
PEOPLE = (
    ("attendee", "Nguyễn Thị Lan", "Phó Chủ tịch Hội", ""),
    ("attendee", "Trần Văn Bình", "Ủy viên Thường vụ, Trưởng Ban Tuyên truyền", ""),
    ("exemplar", "Chi hội huyện Yên Thế", "", "Mô hình “Vườn cây nghĩa tình” giúp 12 gia đình hội viên thoát nghèo."),
)
PROOFS = (  # criterion, document (from 1, 0 for none), note
    ("1.1", 0, "Báo cáo 15/BC, mục I"),
    ("1.4", 3, "Phụ lục 2"),
    ("2.1", 1, ""),
    ("3.1", 2, ""),
)


def send_preparation(
    session: Session, room: ChecklistSession, leaves: Any, report: StoredFile, account: Account, tick: Tick
) -> None:
    """The unit of the half-day under way has sent everything before it began. Needs ``evidence`` loaded."""
    preparation = _begun(session, room, tick()["at"])
    for row, values in zip(preparation.figures, FIGURES, strict=True):
        row.last_year, row.this_year = values.split("/")
    preparation.report_summary, preparation.visit_place = SUMMARY, "Vườn cây nghĩa tình, xã Bố Hạ, huyện Yên Thế"
    preparation.documents = [
        PreparationDocument(position=place, number=number, issued_on=day, title=title)
        for place, (number, day, title) in enumerate(DOCUMENTS, start=1)
    ]
    preparation.people = _people(PEOPLE)
    session.flush()
    numbers = {leaf.number: leaf.id for leaf in leaves}
    preparation.proofs = [
        PreparationProof(
            criterion_id=numbers[number],
            document_id=preparation.documents[document - 1].id if document else None,
            note=note,
        )
        for number, document, note in PROOFS
    ]
    by = account.actor
    room.add_evidence(report, "unit", purpose="report", caption="Báo cáo", by=by, **tick())
    room.confirm_schedule(preparation, by=by, **tick())
    room.submit_preparation(preparation, [("report", report.digest)], by=by, **tick())


def begin_half_way(session: Session, room: ChecklistSession, at: datetime) -> None:
    """A unit whose half-day is still to come has written some of it."""
    preparation = _begun(session, room, at)
    for row, values in list(zip(preparation.figures, FIGURES, strict=True))[:6]:
        row.last_year, row.this_year = values.split("/")
    preparation.report_summary = "Hội có 16 chi hội, 1.240 hội viên; đang tổng hợp số liệu khen thưởng quý III."
    preparation.people = _people(PEOPLE[1:2])


def _begun(session: Session, room: ChecklistSession, at: datetime) -> Preparation:
    preparation = begin_preparation(room.id, figures=list[PreparationFigure](), at=at)
    session.add(preparation)
    session.flush()
    return preparation


def _people(people: Any) -> list[PreparationPerson]:
    return [
        PreparationPerson(position=place, kind=kind, name=name, office=office, note=note)
        for place, (kind, name, office, note) in enumerate(people, start=1)
    ]
