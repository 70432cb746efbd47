"""Whether anybody at all could sign a place: a paper that waits for nobody would wait for ever."""

from collections.abc import Iterable

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from thidua.issuing.finding import may_sign
from thidua.models import Account, ChecklistSession, PlanUnit, TeamMember
from thidua.permissions import OFFICE, standing_in
from thidua.rules.signing import SEAL, SECRETARY, UNIT, SigningPart

WHOSE = {SECRETARY: "thư ký", UNIT: "đơn vị"}
"""Inside a sentence; the others by their label."""


def places_without_anybody(session: Session, room_id: int, parts: Iterable[SigningPart]) -> tuple[SigningPart, ...]:
    """The places of a half-day's paper that no account may sign, locked ones left out. The seal is the office's, which
    always has one."""
    people = [one for one in parts if one.part != SEAL]
    if not people:
        return ()
    team_id, unit_id = session.execute(
        select(PlanUnit.team_id, ChecklistSession.unit_id)
        .join(PlanUnit, PlanUnit.id == ChecklistSession.plan_unit_id)
        .where(ChecklistSession.id == room_id)
    ).one()
    rows = session.execute(
        select(Account, TeamMember.role)
        .outerjoin(TeamMember, and_(TeamMember.account_id == Account.id, TeamMember.team_id == team_id))
        .where(Account.disabled_at.is_(None))
        .where(or_(TeamMember.id.is_not(None), Account.role.in_(OFFICE), Account.unit_id == unit_id))
    )
    standings = [
        (one.actor, standing_in(one.actor, team_role=role, label="", unit_id=unit_id, checklist_session_id=room_id))
        for one, role in rows
    ]
    return tuple(one for one in people if not any(may_sign(one, *standing) for standing in standings))


def whose(part: SigningPart) -> str:
    """ "đơn vị", "Trưởng đoàn", as inside a sentence."""
    return WHOSE.get(part.part, part.label)


def sentence_before_freezing(part: SigningPart) -> str:
    """Why it cannot be signed in the program, and the two ways out."""
    if part.account:
        out = "chọn người khác ký, hoặc nhờ quản trị mở lại tài khoản của người đã chọn"
    else:
        out = f"chọn ký trên giấy, hoặc nhờ quản trị thêm tài khoản của {whose(part)}"
    return f"Chưa ai có tài khoản để ký cho {whose(part)}. Xin {out}."


def sentence_after_freezing(part: SigningPart) -> str:
    """What lets the paper go on, below the place on the signing card."""
    needed = "tài khoản của người được chọn đang khóa" if part.account else f"cần tài khoản của {whose(part)}"
    return f"Chưa có ai ký được chỗ này: {needed}. Xin nhờ quản trị {'mở lại' if part.account else 'thêm hoặc mở lại'}."
