"""``run.py demo``: the cast, a half-day under way and two signed ones of earlier years, all made by the real verbs."""

import json
import secrets
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from thidua.commands.demo_checklists import begin_next_version
from thidua.commands.demo_evidence import demo_files, demo_report
from thidua.commands.demo_preparation import begin_half_way, send_preparation
from thidua.commands.demo_signing import PIN, give_keys, sign_paper
from thidua.commands.load_plan import load_plan
from thidua.commands.setup import SEEDS, load_seeds
from thidua.conclusions.freezing import new_minutes
from thidua.extensions import begin_writing, db
from thidua.issuing.storing import ensure_rendered
from thidua.models import Account, ChecklistSession, Conclusion, Plan, Remark, Team, TeamMember, Unit
from thidua.models.finders import session_sheet
from thidua.models.follow_up import reviewables
from thidua.models.joining import PARTS, make_numbers, room_people
from thidua.models.planning import create_checklist_sessions
from thidua.passwords import ALPHABET, hash_of
from thidua.rules.entries import Entry
from thidua.rules.room_numbers import new_code, spaced
from thidua.rules.words import VIETNAM, day_of
from thidua.session_pages.storing import file_store

PASSWORD = "demo"
UNIT = "Hội Trường Sơn tỉnh Bắc Giang"
PEOPLE = (
    # username, name, rank, office, role
    ("truong-doan", "Nguyễn Văn Lạng", "", "Phó Chủ tịch Hội", "inspector"),
    ("thu-ky", "Phạm Tiến Ích", "", "Phó Ban Tuyên truyền – Thi đua", "inspector"),
    ("thanh-vien-1", "Trần Thị Hòa", "", "Ủy viên Thường vụ", "inspector"),
    ("thanh-vien-2", "Lê Đức Thắng", "", "Ủy viên Ban Chấp hành", "inspector"),
    ("thanh-vien-3", "Nguyễn Văn Quyết", "", "Phó Chánh Văn phòng", "inspector"),
    ("don-vi", "Hoàng Văn Giang", "", "Chủ tịch Hội Trường Sơn tỉnh Bắc Giang", "unit"),
    ("can-bo", "Đỗ Thị Thủy", "", "Cán bộ Văn phòng Hội", "staff"),
    ("quan-tri", "Vũ Minh Trị", "", "Văn phòng Hội", "administrator"),
    ("nguoi-ngoai", "Bùi Đức Ngoạn", "", "Ủy viên Ban Kiểm tra", "inspector"),
)
# By part in the room; a real room gives everybody a number of his own.
ROOM_NUMBERS = {"head": "720811", "secretary": "315946", "member": "482913", "inspected": "259407"}
TEAM = (
    ("truong-doan", "head"),
    ("thu-ky", "secretary"),
    ("thanh-vien-1", "member"),
    ("thanh-vien-2", "member"),
    ("thanh-vien-3", "member"),
)
# For each signed year: hundredths under the maximum for the criteria in points, and the level chosen elsewhere.
EARLIER = ((2018, 150, 1), (2019, 100, 0))
RECOMMENDATIONS = {
    2018: (("Hoàn thiện hồ sơ khen thưởng của 24 chi hội theo Quy chế 217/QC-HTS.", "Ban Thường vụ Hội tỉnh"),),
    2019: (
        ("Kiện toàn Hội đồng Thi đua – Khen thưởng, bổ sung thành viên là Hội Nữ chiến sĩ.", "Chủ tịch Hội tỉnh"),
        ("Mở lớp bồi dưỡng nghiệp vụ thi đua cho cán bộ các chi hội.", "Ban Thường vụ Hội tỉnh"),
    ),
}
REMARKS = {
    "report": "Hội có 24 chi hội với 2.150 hội viên; đã tổ chức học tập Quy chế 217/QC-HTS ở tất cả các chi hội.",
    "document": "Quyết định thành lập Hội đồng Thi đua – Khen thưởng; sổ theo dõi khen thưởng; báo cáo tổng kết năm.",
    "strength": "Phong trào “Trường Sơn – Tự hào – Phát triển” đến từng chi hội, có sơ kết, khen thưởng kịp thời.",
    "shortcoming": "Hồ sơ khen thưởng của một số chi hội chưa đầy đủ, lưu trữ chưa thống nhất.",
    "cause": "Cán bộ làm công tác thi đua ở chi hội thay đổi nhiều, chưa được bồi dưỡng nghiệp vụ.",
    "difficulty": "Kinh phí hoạt động hạn hẹp, hội viên tuổi cao, địa bàn rộng.",
    "proposal": "Đề nghị Trung ương Hội cấp phát sớm các ấn phẩm và biểu mẫu khen thưởng.",
    "exemplar": "Chi hội huyện Yên Thế: mô hình “Vườn cây nghĩa tình” giúp 12 gia đình hội viên thoát nghèo.",
    "opinion": "Đơn vị nhất trí với nhận xét của Đoàn và sẽ khắc phục trong quý tới.",
}


def build_demo(app: Flask) -> list[str]:
    """Fill an empty instance with the demo; nothing happens on one that has accounts. Needs an application context."""
    if db.session.scalar(select(Account.id).limit(1)):
        return []
    now = datetime.now(UTC)
    begin_writing()
    session = db.session()
    plan, checklist = load_seeds(session, at=now)
    begin_next_version(session, checklist, at=now)
    unit = session.scalars(select(Unit).where(Unit.name == UNIT)).one()
    unit.leader_name, unit.leader_office = "Hoàng Văn Giang", "Chủ tịch Hội"
    accounts = _people(session, unit, now)
    _teams(plan, accounts)
    _schedule(plan, now)
    session.flush()
    conclusions = create_checklist_sessions(plan, checklist.id, existing=())
    session.add_all(conclusions)
    session.flush()
    under_way = next(one.checklist_session for one in conclusions if one.checklist_session.unit_id == unit.id)
    _run_half_day(session, under_way.id, accounts, opened=now - timedelta(minutes=55))
    to_come = next(one.checklist_session for one in conclusions if one.checklist_session.unit_id != unit.id)
    begin_half_way(session, to_come, now)
    door = _open_room(session, under_way, accounts, now)
    db.session.commit()
    keys = give_keys(accounts, now)
    for year, under, level in EARLIER:
        _signed_year(year, under, level, accounts, keys, checklist.id)
    return [
        f"Bản trình diễn: mọi tài khoản có mật khẩu “demo”; mã PIN để ký là {PIN}.",
        "Tài khoản: " + ", ".join(username for username, *_ in PEOPLE) + ".",
        *door,
    ]


def _open_room(
    session: Session, checklist_session: ChecklistSession, accounts: dict[str, Account], now: datetime
) -> list[str]:
    """Today's numbers for the room of the half-day under way, and the lines that tell them to a stranger."""
    tick: dict[str, Any] = {"by": accounts["thu-ky"].actor, "at": now}
    code = new_code(secrets.randbelow, ALPHABET)
    checklist_session.open_room(code, op_id=str(uuid.uuid4()), **tick)
    hashes = {one: hash_of(ROOM_NUMBERS[one.part]) for one in room_people(session, checklist_session)}
    _entry, pins = make_numbers(checklist_session, {}, hashes, day=day_of(now), op_id=str(uuid.uuid4()), **tick)
    session.add_all(pins)
    told = "; ".join(f"{part} {spaced(ROOM_NUMBERS[key])}" for key, part in PARTS.items())
    return [f"Vào phòng họp không cần tài khoản: địa chỉ bên dưới thêm join/{code}", f"Số vào phòng hôm nay: {told}."]


def _people(session: Session, unit: Unit, at: datetime) -> dict[str, Account]:
    accounts = {}
    shared = hash_of(PASSWORD)
    for username, name, rank, office, role in PEOPLE:
        accounts[username] = Account(
            username=username,
            name=name,
            rank=rank,
            office=office,
            role=role,
            created_at=at,
            unit_id=unit.id if role == "unit" else None,
            password_hash=shared,
        )
    session.add_all(accounts.values())
    session.flush()
    return accounts


def _teams(plan: Plan, accounts: dict[str, Account]) -> None:
    plan.teams[0].name = "Đoàn số 1"
    plan.teams[0].members = [
        TeamMember(account=accounts[username], role=role, position=position)
        for position, (username, role) in enumerate(TEAM, start=1)
    ]
    plan.teams.append(
        Team(
            name="Đoàn số 2", position=2, members=[TeamMember(account=accounts["nguoi-ngoai"], role="head", position=1)]
        )
    )


def _schedule(plan: Plan, now: datetime) -> None:
    """Today for the unit under way, the working days after it for the others, two half-days each."""
    today = now.astimezone(VIETNAM).date()
    others = [one for one in plan.plan_units if one.unit.name != UNIT]
    for plan_unit in plan.plan_units:
        plan_unit.place = f"Trụ sở {plan_unit.unit.name}"
        plan_unit.on_date, plan_unit.half = today, "morning"
    for position, plan_unit in enumerate(others):
        plan_unit.on_date = today + timedelta(days=1 + position // 2)
        plan_unit.half = ("morning", "afternoon")[position % 2]
        if position >= 8:
            plan_unit.team = plan.teams[1]


class Clock:
    """Operation ids and moments one after another."""

    def __init__(self, start: datetime) -> None:
        self.moment = start

    def tick(self, minutes: float = 0.5) -> dict[str, Any]:
        """``at`` and ``op_id`` of the next act."""
        self.moment += timedelta(minutes=minutes)
        return {"at": self.moment, "op_id": str(uuid.uuid4())}


def _loaded(session: Session, checklist_session_id: int) -> ChecklistSession:
    session.flush()
    return session.scalars(
        select(ChecklistSession)
        .where(ChecklistSession.id == checklist_session_id)
        .options(
            *(
                selectinload(getattr(ChecklistSession, name))
                for name in (
                    "scores",
                    "attendances",
                    "agenda_steps",
                    "remarks",
                    "exchanges",
                    "evidence",
                    "recommendation_reviews",
                )
            )
        )
        .execution_options(populate_existing=True)
    ).one()


def _attend(room: ChecklistSession, head: Any, clock: Clock) -> None:
    for person in room.attendances:
        room.mark_attendance(person, "present", by=head, **clock.tick(0.1))


def _run_half_day(
    session: Session, checklist_session_id: int, accounts: dict[str, Account], *, opened: datetime
) -> None:
    """The half-day under way: reported, visited nothing, three criteria settled, a disagreement open."""
    room, clock = _loaded(session, checklist_session_id), Clock(opened)
    beforehand = Clock(opened - timedelta(days=9))
    actors = {username: account.actor for username, account in accounts.items()}
    head, secretary = actors["truong-doan"], actors["thu-ky"]
    leaves = session_sheet(session, room).leaves
    for leaf in leaves:
        entry = (
            Entry(level=0) if leaf.levels else Entry(points=(leaf.maximum or 0) - (50 if leaf.number == "1.5" else 0))
        )
        room.score_self(
            leaf,
            entry,
            reason="Báo cáo 15/BC, phụ lục 2" if leaf.number == "1.4" else "",
            base_version=0,
            by=actors["don-vi"],
            **beforehand.tick(1),
        )
    send_preparation(session, room, leaves, demo_report(file_store()), accounts["don-vi"], beforehand.tick)
    session.flush()  # who was proposed has an id before being marked present
    begins = opened.astimezone(VIETNAM)
    room.plan_times(f"{begins.hour}:{begins.minute // 5 * 5:02d}", {}, by=secretary, **clock.tick(0.01))
    room.open(by=head, **clock.tick())
    _attend(room, head, clock)
    room.start_step(room.agenda_steps[0], by=secretary, **clock.tick(1))
    room.add_remark("report", REMARKS["report"], by=secretary, **clock.tick(12))
    room.skip_step(
        room.agenda_steps[1], reason="Đơn vị chưa có địa chỉ tham quan trong buổi sáng", by=secretary, **clock.tick(2)
    )
    room.start_step(room.agenda_steps[2], by=secretary, **clock.tick(1))
    labels = {"thu-ky": "Thư ký", "thanh-vien-1": "TV 1", "thanh-vien-2": "TV 2", "thanh-vien-3": "TV 3"}
    for number, leaf in enumerate(leaves[:5]):
        full = leaf.maximum or 0
        for username, label in labels.items():
            if number == 4 and username == "thanh-vien-3":
                continue
            points = full - 100 - (200 if number == 3 and username == "thanh-vien-2" else 0)
            reason = "Chưa có văn bản phối hợp với cụm thi đua." if number == 3 and username == "thanh-vien-2" else ""
            room.propose(
                leaf,
                Entry(points=points),
                reason=reason,
                base_version=0,
                label=label,
                by=actors[username],
                **clock.tick(0.2),
            )
        if number < 3:
            room.settle(
                leaf,
                Entry(points=full - 100),
                reason="Thiếu hồ sơ của hai chi hội.",
                base_version=0,
                by=head,
                **clock.tick(),
            )
    room.add_exchange(
        "question",
        "Trần Thị Hòa",
        "Hội đã phối hợp với cụm thi đua bằng văn bản nào?",
        criterion_id=leaves[3].id,
        by=actors["thanh-vien-1"],
        **clock.tick(),
    )
    room.add_exchange(
        "answer",
        "Hoàng Văn Giang",
        "Hội đã ký giao ước với cụm; văn bản đang lưu ở Văn phòng Hội.",
        criterion_id=leaves[3].id,
        by=secretary,
        **clock.tick(),
    )
    room.add_remark("strength", REMARKS["strength"], by=actors["thanh-vien-1"], **clock.tick())
    places = (leaves[3].id, leaves[3].id, leaves[2].id, None)
    for place, (file, side, caption) in zip(places, demo_files(file_store()), strict=True):
        by = actors["don-vi" if side == "unit" else "thanh-vien-1"]
        room.add_evidence(file, side, criterion_id=place, caption=caption, by=by, **clock.tick())


def _signed_year(
    year: int, under: int, level: int, accounts: dict[str, Account], keys: dict[str, int], checklist_id: int
) -> None:
    """A whole half-day of an earlier year, from its plan to the third signature."""
    begin_writing()
    session = db.session()
    start = datetime(year, 10, 16, 1, 30, tzinfo=UTC)
    conclusion = _earlier_plan(session, year, accounts, checklist_id, start)
    room, clock = _loaded(session, conclusion.checklist_session_id), Clock(start)
    _hold_half_day(session, room, accounts, under, level, clock)
    head = accounts["truong-doan"].actor
    text = (
        f"Năm {year}, Hội Trường Sơn tỉnh Bắc Giang làm tốt công tác thi đua, khen thưởng; phong trào có chiều sâu. "
        "Đề nghị Hội sớm hoàn thiện hồ sơ khen thưởng ở các chi hội và nhân rộng mô hình của huyện Yên Thế."
    )
    conclusion.write(text, base_version=0, by=head, **clock.tick(10))
    session.flush()
    tick = clock.tick(5)
    minutes = new_minutes(session, conclusion, by_name=head.name, at=tick["at"])
    session.add(minutes)
    room.record_freezing({"minutes": minutes.sha256, "number": minutes.number_label}, by=head, **tick)
    session.commit()
    ensure_rendered(minutes.id)
    for username, part in (("thu-ky", "secretary"), ("don-vi", "unit"), ("truong-doan", "head")):
        sign_paper(minutes.id, part, accounts[username], keys[username], clock.tick(2))


def _earlier_plan(
    session: Session, year: int, accounts: dict[str, Account], checklist_id: int, at: datetime
) -> Conclusion:
    source = json.loads((SEEDS / "plan72.json").read_text(encoding="utf-8"))
    number = {2018: 58, 2019: 64}[year]
    source["header"] |= {"number": number, "number_as_printed": f"Số: {number} /HTS", "date": f"{year}-09-10"}
    source["title"]["subject"] = source["title"]["subject"].replace("2020", str(year))
    source["units"] = [one for one in source["units"] if one["name"] == UNIT]
    plan = load_plan(session, source, at=at)
    _teams(plan, accounts)
    plan.plan_units[0].on_date = date(year, 10, 16)
    plan.plan_units[0].place = f"Trụ sở {UNIT}"
    session.flush()
    conclusions = create_checklist_sessions(plan, checklist_id, existing=())
    session.add_all(conclusions)
    session.flush()
    return conclusions[0]


def _hold_half_day(
    session: Session, room: ChecklistSession, accounts: dict[str, Account], under: int, level: int, clock: Clock
) -> None:
    head, secretary, clerk = (accounts[name].actor for name in ("truong-doan", "thu-ky", "don-vi"))
    room.open(by=head, **clock.tick())
    _attend(room, head, clock)
    for one in reviewables(session, room):
        remark = session.get_one(Remark, one.id)
        room.review_recommendation(
            remark, "partly", note="Còn 06 chi hội chưa xong", base_version=0, by=secretary, **clock.tick()
        )
    for leaf, reason in _scored(session_sheet(session, room).leaves):
        own = Entry(level=0) if leaf.levels else Entry(points=leaf.maximum)
        agreed = Entry(level=level) if leaf.levels else Entry(points=(leaf.maximum or 0) - under)
        room.score_self(leaf, own, reason="", base_version=0, by=clerk, **clock.tick(0.1))
        room.settle(leaf, agreed, reason=reason if agreed != own else "", base_version=0, by=head, **clock.tick(1))
    for step in room.agenda_steps:
        if step.optional:
            room.skip_step(step, reason="Không có nội dung", by=secretary, **clock.tick())
        else:
            room.start_step(step, by=secretary, **clock.tick(20))
            room.finish_step(step, by=secretary, **clock.tick(25))
    for kind, text in REMARKS.items():
        room.add_remark(kind, text, by=clerk if kind == "opinion" else secretary, **clock.tick())
    for text, owner in RECOMMENDATIONS[clock.moment.year]:
        due_on = date(clock.moment.year + 1, 3, 31)
        room.add_remark("recommendation", text, owner=owner, due_on=due_on, by=secretary, **clock.tick())
    room.add_exchange(
        "question", "Lê Đức Thắng", "Việc bình xét ở chi hội được ghi biên bản thế nào?", by=secretary, **clock.tick()
    )
    room.add_exchange(
        "answer",
        "Hoàng Văn Giang",
        "Mỗi chi hội có sổ bình xét, nộp về Hội tỉnh hằng quý.",
        by=secretary,
        **clock.tick(),
    )
    room.close(by=head, **clock.tick(10))


def _scored(leaves: Any) -> Iterator[tuple[Any, str]]:
    reasons = (
        "Hồ sơ của hai chi hội chưa đầy đủ.",
        "Báo cáo gửi chậm so với thời hạn.",
        "Chưa có văn bản hướng dẫn riêng.",
    )
    for position, leaf in enumerate(leaves):
        yield leaf, reasons[position % len(reasons)]
