"""Past inspections for the tests of search: what was said in them, signed and indexed."""

from flask import Flask
from sqlalchemy.orm import selectinload

from tests.conftest import new_op
from tests.world import MORNING, World
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistSession, Conclusion
from thidua.models.passage import index_session

STRENGTHS = (
    "Phong trào thi đua ở tỉnh Bắc Giang phát triển sâu rộng; quỹ khen thưởng được công khai.",
    "Đồng chí Nguyễn Thị Bạc tích cực vận động hội viên.",
    "Bác Hòa ở thôn Đông trao 12 kỷ niệm chương ngày 08/9/2020 theo Quy chế 217/QC-HTSVN.",
)


def record(
    app: Flask,
    world: World,
    *texts: str,
    kind: str = "strength",
    session_id: int | None = None,
    state: str = "signed",
    conclusion: str = "",
) -> None:
    """Write remarks into a checklist session (the open one), bring it to a state and index it."""
    session_id = session_id or world.open_id
    with app.app_context():
        begin_writing()
        one = db.session.get(ChecklistSession, session_id, options=[selectinload(ChecklistSession.remarks)])
        one.state = "open"
        for text in texts:
            one.add_remark(kind, text, by=world.thu_ky, at=MORNING, op_id=new_op())
        one.state = state
        if conclusion:
            db.session.query(Conclusion).filter_by(checklist_session_id=session_id).one().text = conclusion
        index_session(db.session(), session_id)
        db.session.commit()
