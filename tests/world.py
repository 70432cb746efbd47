"""The cast, named once: who they are, where they meet. Every test begins with this world."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from thidua.models import Account, Actor, Checklist, Plan, PlanUnit, Team, TeamMember, Unit
from thidua.models.planning import create_checklist_sessions
from thidua.rules.sheet_plain import sheet_from_plain

PASSWORD = "mat-khau-cho-ban-thu"
CHEAP = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
MORNING = datetime(2020, 10, 20, 1, 30, tzinfo=UTC)  # 8 giờ 30 in Vietnam
SEEDS = Path(__file__).parent.parent / "thidua" / "seeds"

CAST = {
    # username: (name, role, office)
    "truong-doan": ("Nguyễn Văn Lạng", "inspector", "Phó Chủ tịch Hội"),
    "thu-ky": ("Phạm Tiến Ích", "inspector", "Phó Ban Tuyên truyền – Thi đua"),
    "thanh-vien-1": ("Trần Thị Hòa", "inspector", "Ủy viên Thường vụ"),
    "thanh-vien-2": ("Lê Đức Thắng", "inspector", "Ủy viên Ban Chấp hành"),
    "thanh-vien-3": ("Nguyễn Văn Quyết", "inspector", "Phó Chánh Văn phòng"),
    "don-vi": ("Hoàng Văn Bắc", "unit", "Chủ tịch Hội"),
    "can-bo": ("Đỗ Thị Thủy", "staff", "Cán bộ Văn phòng"),
    "quan-tri": ("Vũ Quản Trị", "administrator", "Văn phòng"),
    "nguoi-ngoai": ("Ngô Người Ngoài", "inspector", "Thành viên đoàn khác"),
    "don-vi-khac": ("Bùi Hải Dương", "unit", "Chủ tịch Hội"),
}
TEAM = (
    ("truong-doan", "head"),
    ("thu-ky", "secretary"),
    ("thanh-vien-1", "member"),
    ("thanh-vien-2", "member"),
    ("thanh-vien-3", "member"),
)


@dataclass(frozen=True)
class World:
    """Ids of what every test may rely on. ``open_id`` is under way, ``planned_id`` not yet begun (another unit)."""

    plan_id: int
    checklist_id: int
    unit_id: int
    other_unit_id: int
    open_id: int
    planned_id: int
    conclusion_id: int
    people: dict[str, Actor]

    def __getattr__(self, name: str) -> Actor:
        """``world.thu_ky`` is the actor behind the username "thu-ky"."""
        try:
            return self.people[name.replace("_", "-")]
        except KeyError:
            raise AttributeError(name) from None


def build_world(session: Session) -> World:
    """Plan 72/HTS for two units, its team and a stranger's team, and the first unit's session open."""
    units = [
        Unit(
            name="Hội Trường Sơn tỉnh Bắc Giang",
            kind="hoi_tinh",
            kind_label="Hội tỉnh",
            area="Bắc Giang",
            position=4,
            leader_name="Hoàng Văn Bắc",
            leader_office="Chủ tịch Hội",
        ),
        Unit(
            name="Hội Trường Sơn tỉnh Hải Dương",
            kind="hoi_tinh",
            kind_label="Hội tỉnh",
            area="Hải Dương",
            position=5,
            leader_name="Bùi Hải Dương",
            leader_office="Chủ tịch Hội",
        ),
    ]
    session.add_all(units)
    session.flush()
    accounts = _cast(session, units)
    plan = _plan(session, units, accounts)
    plain = json.loads((SEEDS / "checklist72.json").read_text(encoding="utf-8"))
    checklist = Checklist.from_sheet(sheet_from_plain(plain), at=MORNING, is_proposal=True)
    checklist.publish(at=MORNING)
    session.add(checklist)
    session.flush()
    conclusions = create_checklist_sessions(plan, checklist.id, existing=())
    session.add_all(conclusions)
    session.flush()
    opened = conclusions[0].checklist_session
    opened.open(by=accounts["truong-doan"].actor, at=MORNING, op_id="00000000-0000-4000-8000-000000000001")
    session.flush()
    return World(
        plan_id=plan.id,
        checklist_id=checklist.id,
        unit_id=units[0].id,
        other_unit_id=units[1].id,
        open_id=opened.id,
        planned_id=conclusions[1].checklist_session_id,
        conclusion_id=conclusions[0].id,
        people={name: account.actor for name, account in accounts.items()},
    )


def _cast(session: Session, units: list[Unit]) -> dict[str, Account]:
    hasher = PasswordHasher(**CHEAP)
    accounts = {}
    for username, (name, role, office) in CAST.items():
        account = Account(
            username=username,
            name=name,
            role=role,
            office=office,
            created_at=MORNING,
            unit_id=units[username == "don-vi-khac"].id if role == "unit" else None,
        )
        account.set_password(PASSWORD, hasher=hasher)
        accounts[username] = account
    session.add_all(accounts.values())
    session.flush()
    return accounts


def _plan(session: Session, units: list[Unit], accounts: dict[str, Account]) -> Plan:
    team = Team(
        name="Đoàn số 1",
        position=1,
        members=[
            TeamMember(account=accounts[username], role=role, position=position)
            for position, (username, role) in enumerate(TEAM, start=1)
        ],
    )
    other_team = Team(
        name="Đoàn số 2", position=2, members=[TeamMember(account=accounts["nguoi-ngoai"], role="head", position=1)]
    )
    plan = Plan(
        number=72,
        symbol="HTS",
        number_line="Số: 72 /HTS",
        issued_on=date(2020, 9, 8),
        year=2020,
        subject="Kiểm tra, nắm tình hình công tác Thi đua khen thưởng năm 2020",
        content={},
        created_at=MORNING,
        teams=[team, other_team],
        plan_units=[
            PlanUnit(
                unit=units[0],
                team=team,
                position=1,
                on_date=date(2020, 10, 20),
                half="morning",
                place="Hội trường tỉnh Bắc Giang",
            ),
            PlanUnit(unit=units[1], team=team, position=2, on_date=date(2020, 10, 20), half="afternoon", place=""),
        ],
    )
    session.add(plan)
    session.flush()
    return plan
