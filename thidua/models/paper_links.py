"""The papers of half-days as lists show them: minutes first, then what corrects or follows them, oldest first."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, load_only, selectinload

from thidua.models.checklist_session import ChecklistSession
from thidua.models.conclusion import Conclusion
from thidua.models.paper import ADDENDUM, MINUTES, NOTICE, Paper, Signature, SigningRefusal

ORDER = (MINUTES, ADDENDUM, NOTICE)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One issued paper, without its text. ``amends_id``: the minutes that an addendum corrects; ``missing``: the parts
    that have not signed yet."""

    id: int
    conclusion_id: int
    checklist_session_id: int
    role: str
    title: str
    number_label: str
    amends_id: int | None
    reason: str
    sha256: str
    means: str
    frozen_at: datetime
    missing: tuple[str, ...]

    @property
    def is_signed(self) -> bool:
        return not self.missing

    @property
    def is_public(self) -> bool:
        """Whether the unit reads it already: a notice speaks when it is signed."""
        return self.role != NOTICE or self.is_signed

    @property
    def address(self) -> str:
        return f"/papers/{self.id}"


def papers_of(session: Session, conclusion_ids: Collection[int]) -> dict[int, list[PaperLine]]:
    """Conclusion's id -> its papers. Two queries; a conclusion without papers has an empty list."""
    return _lines(session, Paper.conclusion_id.in_(conclusion_ids)) if conclusion_ids else defaultdict(list)


def papers_beside(session: Session, paper: Paper, *, public: bool) -> list[PaperLine]:
    """The other papers of the same half-day: of minutes, what corrects them and what was made of them.

    ``public``: only what the unit reads already.
    """
    if paper.conclusion_id is None:
        return []
    lines = papers_of(session, [paper.conclusion_id])[paper.conclusion_id]
    return [one for one in lines if one.id != paper.id and (one.is_public or not public)]


def papers_of_plan(session: Session, plan_id: int) -> list[PaperLine]:
    """Every paper of the plan's half-days."""
    mine = (
        select(Conclusion.id)
        .join(ChecklistSession, ChecklistSession.id == Conclusion.checklist_session_id)
        .where(ChecklistSession.plan_id == plan_id)
    )
    found = _lines(session, Paper.conclusion_id.in_(mine))
    return [line for lines in found.values() for line in lines]


def _lines(session: Session, wanted: ColumnElement[bool]) -> dict[int, list[PaperLine]]:
    statement = (
        select(Paper, Conclusion.id, Conclusion.checklist_session_id)
        .join(Conclusion, Conclusion.id == Paper.conclusion_id)
        .where(wanted)
        .options(
            load_only(
                Paper.role,
                Paper.kind,
                Paper.conclusion_id,
                Paper.amends_id,
                Paper.reason,
                Paper.number,
                Paper.symbol,
                Paper.means,
                Paper.parts,
                Paper.sha256,
                Paper.frozen_at,
            ),
            selectinload(Paper.signatures).load_only(Signature.part),
            selectinload(Paper.refusals).load_only(SigningRefusal.part),
        )
        .order_by(Paper.id)
    )
    found: dict[int, list[PaperLine]] = defaultdict(list)
    for paper, conclusion_id, checklist_session_id in session.execute(statement):
        found[conclusion_id].append(_line(paper, conclusion_id, checklist_session_id))
    for lines in found.values():
        lines.sort(key=lambda line: (ORDER.index(line.role) if line.role in ORDER else len(ORDER), line.id))
    return found


def _line(paper: Paper, conclusion_id: int, checklist_session_id: int) -> PaperLine:
    return PaperLine(
        id=paper.id,
        conclusion_id=conclusion_id,
        checklist_session_id=checklist_session_id,
        role=paper.role,
        title=paper.title,
        number_label=paper.number_label,
        amends_id=paper.amends_id,
        reason=paper.reason,
        sha256=paper.sha256,
        means=paper.means,
        frozen_at=paper.frozen_at,
        missing=paper.missing_parts,
    )
