"""One sheet with every shape a criterion, a group, a rating and a gate may have; and a half-day scored with it."""

from flask import Flask

from tests.world import MORNING
from thidua.extensions import begin_writing, db
from thidua.models import Checklist, ChecklistSession
from thidua.models.finders import session_sheet
from thidua.rules.sheet import Band, Cluster, Criterion, Gate, Level, Sheet


def all_shapes() -> Sheet:
    """100 points printed: I 50, II 30, III 20; bonus to 10, penalties to 20, no more than 105 in all."""
    return Sheet(
        id=0,
        name="Bảng điểm đủ mọi hình thức",
        note="Dùng để kiểm thử.",
        declared_max=100_00,
        not_applicable="leave_out",
        roots=(_work(), _order(), _choices(), _bonus(), _penalties()),
        bands=(
            Band("Xuất sắc", 91_00, 105_00),
            Band("Tốt", 81_00, 90_00, (("hoi_nu", 70_00),)),
            Band("Khá", 61_00, 80_00),
            Band("Yếu", 0, 60_00),
        ),
        gates=(
            Gate("critical_zero", None, None, "at_most", "Khá"),
            Gate("critical_zero", "I.1", None, "lower_one"),
            Gate("section_below", None, 50, "at_most", "Tốt"),
            Gate("section_below", "II", 40, "lower_one"),
            Gate("manual", None, None, "not_rated", None, "Có đơn thư tố cáo đúng"),
            Gate("manual", None, None, "lower_one", None, "Có cá nhân bị kỷ luật"),
        ),
        bonus_cap=10_00,
        total_cap=105_00,
        declared_max_by_kind=(("hoi_nu", 100_00), ("hoi_tinh", 95_00)),
        clusters=(Cluster("I", "Cụm 1", ("Hội Trường Sơn tỉnh Bắc Giang",)), Cluster("II", "Cụm 2")),
    )


def _work() -> Criterion:
    """Points by each step, levels with a negative one, counts up and down, parts on a third level, a note: 50."""
    parts = _section(
        7,
        "I.5",
        "Chương trình công tác",
        _leaf(8, "I.5.1", "Phần 1", 5_00, step=25),
        _leaf(9, "I.5.2", "Phần 2", 10_00, cap=8_00),
        maximum=13_00,
        guidance="Chấm từng phần.",
    )
    levels = (Level("Xuất sắc", 10_00), Level("Đạt", 6_00), Level("Không đạt", 0), Level("Vi phạm", -1_00))
    return _section(
        1,
        "I",
        "Kết quả công tác",
        _leaf(2, "I.1", "Xây dựng Hội", 12_00, step=1_00, critical=True, refs=("36/HD-HTS",)),
        _leaf(3, "I.2", "Xếp loại đơn vị", 10_00, kind="levels", minimum=-1_00, levels=levels),
        _leaf(4, "I.3", "Hội nghị chuyên đề", 10_00, kind="count", points_per_count=2_50),
        _leaf(5, "I.4", "Họp giao ban", 5_00, kind="count", points_per_count=-1_00),
        parts,
        _leaf(6, "I.6", "Nhận xét chung", None, kind="note"),
        maximum=50_00,
        cap=50_00,
    )


def _order() -> Criterion:
    """A group that starts full and loses by occurrence, and one criterion for some kinds of unit only: 30."""
    full = _section(
        11,
        "II.1",
        "Chấp hành nền nếp",
        _leaf(12, "II.1.1", "Báo cáo muộn", 0, kind="count", polarity="penalty", points_per_count=-2_00),
        _leaf(13, "II.1.2", "Vắng họp", 0, kind="count", polarity="penalty", points_per_count=-1_00, minimum=-3_00),
        _leaf(
            14,
            "II.1.3",
            "Không nộp hồ sơ",
            0,
            kind="levels",
            polarity="penalty",
            minimum=-15_00,
            levels=(Level("Không", 0), Level("Có", -15_00)),
        ),
        maximum=25_00,
        starts_full=True,
        guidance="Trừ mỗi lần vi phạm.",
    )
    theirs = _leaf(15, "II.2", "Công tác phụ nữ", 5_00, applies_to=("hoi_nu", "chi hội nữ"))
    return _section(10, "II", "Nền nếp", full, theirs, maximum=30_00)


def _choices() -> Criterion:
    """Either … or, and only the highest: 20."""
    either = _section(
        17,
        "III.1",
        "Mô hình của đơn vị",
        _leaf(18, "III.1.1", "Mô hình kinh tế", 12_00),
        _leaf(19, "III.1.2", "Mô hình nghĩa tình", 12_00),
        maximum=12_00,
        either_or=True,
    )
    highest = _section(
        20,
        "III.2",
        "Danh hiệu",
        _leaf(21, "III.2.1", "Cấp tỉnh", 8_00),
        _leaf(22, "III.2.2", "Cấp huyện", 4_00),
        maximum=8_00,
        only_highest=True,
    )
    return _section(16, "III", "Lựa chọn", either, highest, maximum=20_00)


def _bonus() -> Criterion:
    return _section(
        23,
        "IV",
        "Điểm thưởng",
        _leaf(24, "IV.1", "Sáng kiến", 5_00, polarity="bonus", step=25),
        _leaf(25, "IV.2", "Bằng khen", None, kind="count", polarity="bonus", points_per_count=3_00),
        polarity="bonus",
        maximum=10_00,
        cap=10_00,
    )


def _penalties() -> Criterion:
    return _section(
        26,
        "V",
        "Điểm trừ",
        _leaf(27, "V.1", "Đưa thông tin sai", 0, kind="count", polarity="penalty", points_per_count=-10_00),
        _leaf(28, "V.2", "Mất đoàn kết", 0, polarity="penalty", minimum=-10_00),
        polarity="penalty",
        maximum=0,
        minimum=-20_00,
    )


def _leaf(id: int, number: str, text: str, maximum: int | None, **settings: object) -> Criterion:
    return Criterion(id, number, text, maximum=maximum, **settings)  # type: ignore[arg-type]


def _section(id: int, number: str, text: str, *children: Criterion, **settings: object) -> Criterion:
    return Criterion(id, number, text, kind="section", children=children, **settings)  # type: ignore[arg-type]


def give_all_shapes(app: Flask, checklist_session_id: int, unit_kind: str = "") -> dict[str, int]:
    """Let this half-day be scored with the sheet; number -> criterion id of what applies to the kind of unit."""
    with app.app_context():
        begin_writing()
        checklist = Checklist.from_sheet(all_shapes(), at=MORNING)
        checklist.publish(at=MORNING)
        db.session.add(checklist)
        db.session.flush()
        room = db.session.get_one(ChecklistSession, checklist_session_id)
        room.checklist_id, room.unit_kind = checklist.id, unit_kind
        db.session.commit()
        return {one.number: one.id for one in session_sheet(db.session(), room).all}
