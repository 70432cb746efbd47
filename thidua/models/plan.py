"""Plans (kế hoạch kiểm tra): the numbered document, its units with their half-days, its teams."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from thidua.models.account import Account
from thidua.models.base import Base
from thidua.models.reference_document import ReferenceDocument
from thidua.models.unit import Unit

HALVES = {"morning": "Sáng", "afternoon": "Chiều"}
TEAM_ROLES = {"head": "Trưởng đoàn", "secretary": "Thư ký", "member": "Thành viên"}
SETTINGS = ("blind_first_round", "two_person_check")  # each half-day takes them over until it begins
TEAM_SIZE = range(4, 6)  # Kế hoạch 72/HTS, mục IV.1b: 4 đến 5 đồng chí; warn outside, never block


class Plan(Base):
    """A numbered inspection plan. ``content`` is the document's text, see ``models.plan_text``.

    ``signing`` {"order": [["secretary", "unit"], ["head"]], "groups": ["head"], "seal": false}: how its minutes are
    signed; what is absent is as usual (rules.signing).
    """

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int | None]
    symbol: Mapped[str] = mapped_column(String(40), default="HTS")
    number_line: Mapped[str] = mapped_column(String(80), default="")
    issued_on: Mapped[date | None]
    year: Mapped[int] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(String(400))
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    blind_first_round: Mapped[bool] = mapped_column(default=False)
    two_person_check: Mapped[bool] = mapped_column(default=False)
    signing: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime]

    plan_units: Mapped[list["PlanUnit"]] = relationship(
        back_populates="plan", order_by="PlanUnit.position", lazy="raise", cascade="all, delete-orphan"
    )
    teams: Mapped[list["Team"]] = relationship(
        back_populates="plan", order_by="Team.position", lazy="raise", cascade="all, delete-orphan"
    )
    documents: Mapped[list["PlanDocument"]] = relationship(
        order_by="PlanDocument.position", lazy="raise", cascade="all, delete-orphan"
    )

    @property
    def label(self) -> str:
        """How people name the plan: "Kế hoạch 72/HTS"."""
        return plan_label(self.number, self.symbol, self.number_line)

    @property
    def number_label(self) -> str:
        """The bare number, as on the printed line: "72/HTS"."""
        return number_label(self.number, self.symbol, self.number_line)

    def choose_units(self, units: Sequence[Unit]) -> None:
        """The plan's units are these, in this order; half-days of those that stay are kept.

        A plan with one team sends it to the new units too. Needs units and teams loaded.
        """
        known = {plan_unit.unit_id: plan_unit for plan_unit in self.plan_units}
        team = self.teams[0] if len(self.teams) == 1 else None
        self.plan_units = [known.get(unit.id) or PlanUnit(unit=unit, unit_id=unit.id, team=team) for unit in units]
        for position, plan_unit in enumerate(self.plan_units, start=1):
            plan_unit.position = position

    def add_team(self, name: str) -> "Team":
        """One more team, without members yet."""
        team = Team(name=name, position=max((one.position for one in self.teams), default=0) + 1, members=[])
        self.teams.append(team)
        return team


class PlanDocument(Base):
    """A reference document that a plan cites, and in which part ("II.1")."""

    __tablename__ = "plan_document"
    __table_args__ = (UniqueConstraint("plan_id", "reference_document_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    reference_document_id: Mapped[int] = mapped_column(ForeignKey("reference_document.id"), index=True)
    cited_in: Mapped[str] = mapped_column(String(40), default="")
    position: Mapped[int] = mapped_column(default=0)

    reference_document: Mapped[ReferenceDocument] = relationship(lazy="raise")


class PlanUnit(Base):
    """One unit of a plan and its half-day: date, morning or afternoon, place, team. No ``on_date``: unscheduled."""

    __tablename__ = "plan_unit"
    __table_args__ = (UniqueConstraint("plan_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    on_date: Mapped[date | None]
    half: Mapped[str] = mapped_column(String(10), default="morning")
    place: Mapped[str] = mapped_column(String(300), default="")

    plan: Mapped[Plan] = relationship(back_populates="plan_units", lazy="raise")
    unit: Mapped[Unit] = relationship(lazy="raise")
    team: Mapped["Team | None"] = relationship(lazy="raise")


class Team(Base):
    """An inspection team (đoàn kiểm tra) of a plan; a plan may send out several."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)

    plan: Mapped[Plan] = relationship(back_populates="teams", lazy="raise")
    members: Mapped[list["TeamMember"]] = relationship(
        back_populates="team", order_by="TeamMember.position", lazy="raise", cascade="all, delete-orphan"
    )

    def choose_members(self, chosen: Sequence[tuple[Account, str]]) -> None:
        """The team is these people with these roles: the head first, then the secretary, then members as given."""
        known = {member.account_id: member for member in self.members}
        ordered = sorted(chosen, key=lambda pair: list(TEAM_ROLES).index(pair[1]))
        self.members = [
            known.get(account.id) or TeamMember(account=account, account_id=account.id) for account, _role in ordered
        ]
        for position, (member, (_account, role)) in enumerate(zip(self.members, ordered, strict=True), start=1):
            member.role, member.position = role, position


class TeamMember(Base):
    """A person on a team and the part played there: head (Trưởng đoàn), secretary (Thư ký) or member."""

    __tablename__ = "team_member"
    __table_args__ = (UniqueConstraint("team_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(default=0)

    team: Mapped[Team] = relationship(back_populates="members", lazy="raise")
    account: Mapped[Account] = relationship(lazy="raise")


def team_label(role: str, position: int) -> str:
    """The short name on a chip: "TĐ", "Thư ký", "TV 2" (``position`` counts the plain members from 1)."""
    return {"head": "Trưởng đoàn", "secretary": "Thư ký"}.get(role) or f"TV {position}"


def number_label(number: int | None, symbol: str, number_line: str) -> str:
    """The bare number of a plan, from its printed line if it has one: "72/HTS"."""
    printed = number_line.replace("Số:", "").replace(" ", "")
    return printed or (f"{number}/{symbol}" if number else "")


def plan_label(number: int | None, symbol: str, number_line: str) -> str:
    """How people name a plan: "Kế hoạch 72/HTS"."""
    bare = number_label(number, symbol, number_line)
    return f"Kế hoạch {bare}" if bare else "Kế hoạch chưa có số"
