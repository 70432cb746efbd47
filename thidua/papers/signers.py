"""Who signs what follows the minutes, as places of the frozen paper."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from thidua.issuing.possible import places_without_anybody, sentence_before_freezing
from thidua.models import Account, Plan, PlanUnit, TeamMember
from thidua.models.office_settings import office_of
from thidua.models.paper import ADDENDUM, ELECTRONIC
from thidua.papers.composing import signer_of
from thidua.papers.finding import FoundDraft
from thidua.permissions import OFFICE
from thidua.rules.errors import InvalidEntry
from thidua.rules.signing import ISSUER, SigningPart, with_seal
from thidua.rules.vietnamese import clean_line


def parts_of_draft(session: Session, found: FoundDraft, means: str) -> tuple[SigningPart, ...]:
    """An addendum is signed by those who signed the minutes, a notice by whom it names; both are sealed like minutes.

    Raises ``InvalidEntry`` when somebody who is to sign it could not in the program.
    """
    settings = _settings(session, found)
    if found.draft.role == ADDENDUM:
        parts = found.minutes.signing_parts
        if means == ELECTRONIC:
            _require_signable(session, found, parts)
        return with_seal(parts, settings)
    signer = signer_of(found.draft.content)
    account = _account_of(session, found, signer.person) if means == ELECTRONIC else 0
    replaced = office_of(session).signing_office if signer.formula else ""
    issuer = SigningPart(ISSUER, 1, signer.person, signer.office, signer.formula, account=account, replaced=replaced)
    return with_seal((issuer,), settings)


def _require_signable(session: Session, found: FoundDraft, parts: tuple[SigningPart, ...]) -> None:
    nobody = places_without_anybody(session, found.found.checklist_session.id, parts)
    if nobody:
        raise InvalidEntry(" ".join(sentence_before_freezing(one) for one in nobody))


def _settings(session: Session, found: FoundDraft) -> dict[str, Any]:
    """How the papers of this plan are signed (Plan.signing)."""
    return session.scalars(select(Plan.signing).where(Plan.id == found.found.checklist_session.plan_id)).one() or {}


def _account_of(session: Session, found: FoundDraft, person: str) -> int:
    """Nobody signs under another's printed name: the one account of that name, in the team or in the office."""
    team = (
        select(TeamMember.account_id)
        .join(PlanUnit, PlanUnit.team_id == TeamMember.team_id)
        .where(PlanUnit.id == found.found.checklist_session.plan_unit_id)
    )
    near = select(Account.id, Account.name).where(
        Account.disabled_at.is_(None), or_(Account.role.in_(OFFICE), Account.id.in_(team))
    )
    printed = f" {clean_line(person)}"
    named = [one.id for one in session.execute(near.order_by(Account.id)) if printed.endswith(f" {one.name}")]
    if len(named) == 1:
        return named[0]
    few = "Chưa có" if not named else "Có nhiều"
    raise InvalidEntry(
        f"{few} tài khoản mang tên “{person}” trong Đoàn hoặc Văn phòng để ký trong chương trình. "
        "Xin ghi lại họ tên người ký, hoặc chọn in ra ký tay.",
        field="person",
    )
