"""Drafts to design in tests."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.world import MORNING
from thidua.extensions import begin_writing, db
from thidua.models import Checklist
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.sheet_plain import sheet_from_plain

SMALL = {
    "name": "Bảng đang soạn",
    "declared_max": 100,
    "roots": [
        {
            "number": "I",
            "text": "Phong trào thi đua",
            "kind": "section",
            "max": 60,
            "children": [
                {"number": "1", "text": "Kế hoạch", "max": 10},
                {"number": "2", "text": "Kết quả", "max": 20, "critical": True},
            ],
        },
        {
            "number": "II",
            "text": "Khen thưởng",
            "kind": "section",
            "max": 20,
            "children": [{"number": "1", "text": "Hồ sơ", "max": 20}],
        },
    ],
    "classification": [{"label": "Tốt", "min": 80}, {"label": "Khá", "min": 50}, {"label": "Yếu", "min": 0}],
}


def add_draft(app: Flask, plain: object = SMALL) -> int:
    """A draft in the database; its id."""
    with app.app_context():
        begin_writing()
        checklist = Checklist.from_sheet(sheet_from_plain(plain), at=MORNING)
        db.session.add(checklist)
        db.session.commit()
        return checklist.id


def read(app: Flask, draft_id: int) -> Checklist:
    """The checklist as it stands in the database."""
    with app.app_context():
        return db.session.scalars(
            select(Checklist).where(Checklist.id == draft_id).options(selectinload(Checklist.criteria))
        ).one()


def sheet(app: Flask, draft_id: int) -> Sheet:
    return read(app, draft_id).sheet


def named(app: Flask, draft_id: int, text: str) -> Criterion:
    """The criterion with this text."""
    return next(one for one in sheet(app, draft_id).all if one.text == text)


def told(app: Flask, draft_id: int) -> list[str]:
    """The outline in a few words: "1 Kế hoạch"."""
    return [f"{one.number} {one.text}" for one in sheet(app, draft_id).all]
