"""Scores entered for somebody else (nhập hộ): whom the posted field ``for`` means, and who may be chosen."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.extensions import db
from thidua.models import Account, PlanUnit, TeamMember
from thidua.models.plan import team_label
from thidua.models.session_verbs.scoring import HEAD_LABEL, Holder
from thidua.permissions import HEAD
from thidua.rules.errors import InvalidEntry
from thidua.session_pages.finding import Found

UNIT_MEANT, HEAD_MEANT = "unit", "head"
UNIT_LABEL = "Đơn vị"


@dataclass(frozen=True, slots=True)
class Choice:
    """One key of the switch "Nhập hộ": ``meant`` is what the form sends as ``for``."""

    meant: str
    label: str
    name: str
    perspective: str
    holder: int


def holder_meant(found: Found, perspective: str, meant: str) -> Holder | None:
    """For whom the score is; None: the person's own.

    Raises ``NotAllowed`` when the person may not enter for others, ``InvalidEntry`` when nobody is meant by it.
    """
    if meant in ("", str(found.person.id)):
        return None
    found.allow("score_for_others")
    if meant == UNIT_MEANT and perspective == "self":
        return unit_holder(found)
    team = team_holders(db.session(), found.checklist_session.plan_unit_id)
    if meant == HEAD_MEANT and perspective == "agreed":
        return head_holder(found, team)
    if perspective == "proposed" and meant.isascii() and meant.isdigit():
        chosen = next((holder for holder, _role in team if str(holder.id) == meant), None)
        if chosen:
            return chosen
    raise InvalidEntry("Không rõ nhập điểm hộ ai. Xin chọn lại người được nhập hộ.", field="for")


def unit_holder(found: Found) -> Holder:
    """The inspected unit; its score belongs to no single account."""
    return Holder(None, found.unit_name, "")


def head_holder(found: Found, team: list[tuple[Holder, str]]) -> Holder | None:
    """The head of team; None when that is the person asking."""
    head = next((holder for holder, role in team if role == HEAD), None)
    if head is None:
        raise InvalidEntry("Đoàn chưa có Trưởng đoàn nên chưa nhập hộ được điểm thống nhất.", field="for")
    return None if head.id == found.person.id else Holder(head.id, head.name, HEAD_LABEL)


def team_holders(session: Session, plan_unit_id: int) -> list[tuple[Holder, str]]:
    """Everybody of the team with the role, in the team's order."""
    rows = session.execute(
        select(TeamMember.account_id, Account.name, TeamMember.role)
        .join(Account, Account.id == TeamMember.account_id)
        .join(PlanUnit, PlanUnit.team_id == TeamMember.team_id)
        .where(PlanUnit.id == plan_unit_id)
        .order_by(TeamMember.position)
    ).all()
    members = 0
    holders = []
    for account_id, name, role in rows:
        members += role == "member"
        holders.append((Holder(account_id, name, team_label(role, members)), role))
    return holders


def scribe_choices(found: Found, team: list[tuple[Holder, str]]) -> tuple[Choice, ...]:
    """Whom this person may enter for in the present state of the half-day, head first, the unit last."""
    if not found.may("score_for_others"):
        return ()
    state, choices = found.checklist_session.state, []
    for holder, role in team if state == "open" else ():
        if holder.id == found.person.id:
            continue
        if role == HEAD:
            choices.append(Choice(HEAD_MEANT, holder.label, holder.name, "agreed", 0))
        else:
            choices.append(Choice(str(holder.id), holder.label, holder.name, "proposed", holder.id or 0))
    if state in ("planned", "open"):
        choices.append(Choice(UNIT_MEANT, UNIT_LABEL, found.unit_name, "self", 0))
    return tuple(choices)
