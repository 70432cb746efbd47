"""The passages of one checklist session, made from what was written down in it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import Session, selectinload

from thidua.models.checklist_session import ChecklistSession
from thidua.models.conclusion import Conclusion
from thidua.models.finders import session_sheet
from thidua.models.meeting import EXCHANGE_KINDS, REMARK_KINDS, Attendance, Exchange, Remark
from thidua.models.paper import ADDENDUM, MINUTES, NOTICE, Paper
from thidua.models.passage.index import forget_passages, index_passages
from thidua.models.passage.row import Passage
from thidua.models.plan import HALVES, Plan, PlanUnit
from thidua.models.score import Score
from thidua.models.unit import Unit
from thidua.rules import lifecycle
from thidua.rules.entries import Entry
from thidua.rules.grading import grade
from thidua.rules.numbering import document_number
from thidua.rules.points import format_points
from thidua.rules.scoring import Totals, compute_totals
from thidua.rules.sheet import Sheet
from thidua.rules.words import date_in_words, day_of

AnyRow = Row[*tuple[Any, ...]]
Rows = list[AnyRow]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one half-day, as rows: no object of the caller's database session is touched."""

    head: AnyRow
    plan_label: str
    sheet: Sheet
    entries: Mapping[int, Entry]
    scores: Rows
    remarks: Rows
    exchanges: Rows
    people: Rows
    issued: tuple[Paper, ...] = ()

    @property
    def frozen(self) -> dict[str, Any]:
        """What the minutes froze (`conclusions.freezing`); empty before."""
        return dict(json.loads(self.head.frozen)) if self.head.frozen else {}

    @property
    def occurred_on(self) -> date:
        """The day of the half-day as planned, else as opened, else the first of the plan's year."""
        if self.head.on_date:
            return day_of(self.head.on_date)
        return day_of(self.head.opened_at) if self.head.opened_at else date(self.head.year, 1, 1)

    @property
    def is_draft(self) -> bool:
        """The minutes are not signed by all."""
        return bool(self.head.state != lifecycle.SIGNED)


def index_session(session: Session, checklist_session_id: int) -> int:
    """Replace the passages of a checklist session by what it says now; how many there are. Commits nothing.

    A session that has not begun has none.
    """
    session.flush()
    # a sign-off and a reindexing of the same session write the same ids: one after the other
    mine = select(ChecklistSession.id).where(ChecklistSession.id == checklist_session_id)
    session.execute(mine.with_for_update())
    forget_passages(session, checklist_session_id)
    facts = _load(session, checklist_session_id)
    passages = passages_of(facts) if facts.head.state != lifecycle.PLANNED else []
    index_passages(session, passages)
    return len(passages)


def passages_of(facts: Facts) -> list[Passage]:
    """Head of the minutes with the people, conclusion, what follows it, remarks, exchanges, reasons of the scores."""
    totals = compute_totals(facts.sheet, facts.entries)
    rating = _rating(facts, totals)
    texts = [
        ("minutes", _title(facts), _about(facts, totals, rating)),
        *_concluded(facts),
        *_issued(facts),
        *_remarked(facts),
        *_exchanged(facts),
        *_reasoned(facts),
    ]
    return [
        Passage(
            checklist_session_id=facts.head.id,
            plan_id=facts.head.plan_id,
            unit_id=facts.head.unit_id,
            year=facts.head.year,
            kind=kind,
            title=title,
            body=body,
            rating=rating,
            occurred_on=facts.occurred_on,
            is_draft=facts.is_draft,
        )
        for kind, title, body in texts
        if body.strip()
    ]


Text = tuple[str, str, str]
"""Kind, title, body."""


def _title(facts: Facts) -> str:
    return f"Biên bản kiểm tra {facts.head.unit_name}"


def _about(facts: Facts, totals: Totals, rating: str) -> str:
    """What the half-day was: number, plan, day, place, result, who was there."""
    head = facts.head
    half = HALVES.get(head.half, "").lower()
    lines = [
        f"Biên bản số {document_number(head.number, 'BB', head.symbol)}." if head.number else "",
        f"{facts.plan_label}: {head.subject}.",
        f"Buổi {half} {date_in_words(facts.occurred_on)}{f', tại {head.place}' if head.place else ''}.",
    ]
    if facts.entries:
        result = f"Kết quả {format_points(totals.points)}/{format_points(totals.maximum)} điểm"
        lines.append(f"{result}, xếp loại {rating}." if rating else f"{result}.")
    lines += [_person(one) for one in facts.people]
    return "\n".join(line for line in lines if line)


def _person(one: AnyRow) -> str:
    name = f"{one.rank} {one.name}".strip()
    return ", ".join(part for part in (name, one.office, one.part) if part) + "."


def _rating(facts: Facts, totals: Totals) -> str:
    """As frozen; before, the head of team's own or that of the rules; none while anything is not scored."""
    decided = facts.frozen.get("grade") or facts.head.grade_override
    if decided:
        return str(decided)
    given = grade(facts.sheet, facts.entries, totals, declared_gates=facts.head.declared_gates or ())
    return given.label if facts.entries and given.complete else ""


def _concluded(facts: Facts) -> Iterator[Text]:
    """The conclusion as frozen, which may be the drafted one; before, what the head of team has written."""
    blocks = facts.frozen.get("document", {}).get("blocks", [])
    frozen = [
        block["text"]
        for block in blocks
        if block["id"].startswith("conclusion") and "text" in block and "level" not in block
    ]
    yield "conclusion", "Kết luận của Trưởng đoàn", "\n".join(frozen) or facts.head.conclusion_text or ""


def _issued(facts: Facts) -> Iterator[Text]:
    """What corrects or follows the minutes, under the name of its paper; only what everybody has signed."""
    for paper in facts.issued:
        blocks = json.loads(paper.frozen)["document"]["blocks"]
        said = [block for block in blocks if block["type"] in ("title", "paragraph", "listing")]
        texts = [block.get("subject") or block.get("text") or "\n".join(block.get("items", ())) for block in said]
        yield paper.role, paper.title, "\n".join(filter(None, texts))


def _remarked(facts: Facts) -> Iterator[Text]:
    for remark in facts.remarks:
        about = f" · {_criterion(facts, remark.criterion_id)}" if remark.criterion_id else ""
        duty = [
            f"Người thực hiện: {remark.owner}." if remark.owner else "",
            f"Thời hạn: {date_in_words(remark.due_on)}." if remark.due_on else "",
        ]
        yield remark.kind, REMARK_KINDS[remark.kind] + about, "\n".join([remark.text, *filter(None, duty)])


def _exchanged(facts: Facts) -> Iterator[Text]:
    for said in facts.exchanges:
        yield "exchange", f"{EXCHANGE_KINDS[said.kind]} · {said.speaker}", said.text


def _reasoned(facts: Facts) -> Iterator[Text]:
    for score in facts.scores:
        text = "\n".join(part for part in (score.reason, score.text) if part)
        yield "reason", _criterion(facts, score.criterion_id), text


def _criterion(facts: Facts, criterion_id: int) -> str:
    criterion = next((leaf for leaf in facts.sheet.leaves if leaf.id == criterion_id), None)
    return f"Tiêu chí {criterion.number}: {criterion.text}" if criterion else "Tiêu chí"


def _load(session: Session, checklist_session_id: int) -> Facts:
    head = session.execute(
        select(
            ChecklistSession.id,
            ChecklistSession.plan_id,
            ChecklistSession.unit_id,
            ChecklistSession.state,
            ChecklistSession.checklist_id,
            ChecklistSession.unit_kind,
            ChecklistSession.opened_at,
            PlanUnit.on_date,
            PlanUnit.half,
            PlanUnit.place,
            Unit.name.label("unit_name"),
            Plan.year,
            Plan.subject,
            Conclusion.id.label("conclusion_id"),
            Conclusion.text.label("conclusion_text"),
            Conclusion.grade_override,
            Conclusion.declared_gates,
            Paper.number,
            Paper.symbol,
            Paper.frozen,
            Plan.number.label("plan_number"),
            Plan.symbol.label("plan_symbol"),
            Plan.number_line,
        )
        .join(PlanUnit, PlanUnit.id == ChecklistSession.plan_unit_id)
        .join(Unit, Unit.id == ChecklistSession.unit_id)
        .join(Plan, Plan.id == ChecklistSession.plan_id)
        .outerjoin(Conclusion, Conclusion.checklist_session_id == ChecklistSession.id)
        .outerjoin(Paper, and_(Paper.conclusion_id == Conclusion.id, Paper.role == MINUTES))
        .where(ChecklistSession.id == checklist_session_id)
    ).one()
    scores = _rows(
        session,
        checklist_session_id,
        Score,
        "criterion_id",
        "text",
        "reason",
        "points",
        "level",
        "not_applicable",
        "count",
        only=Score.perspective == "agreed",
    )
    entries = {one.criterion_id: _entry(one) for one in scores}
    plan = Plan(number=head.plan_number, symbol=head.plan_symbol, number_line=head.number_line)
    return Facts(
        head=head,
        plan_label=plan.label,
        sheet=session_sheet(session, head),
        entries=entries,
        scores=scores,
        remarks=_rows(
            session,
            checklist_session_id,
            Remark,
            "kind",
            "text",
            "criterion_id",
            "owner",
            "due_on",
            only=Remark.withdrawn_at.is_(None),
        ),
        exchanges=_rows(
            session, checklist_session_id, Exchange, "kind", "speaker", "text", only=Exchange.withdrawn_at.is_(None)
        ),
        people=_rows(
            session,
            checklist_session_id,
            Attendance,
            "name",
            "rank",
            "office",
            "part",
            only=Attendance.presence != "absent",
        ),
        issued=_papers(session, head.conclusion_id),
    )


def _papers(session: Session, conclusion_id: int) -> tuple[Paper, ...]:
    found = session.scalars(
        select(Paper)
        .where(Paper.conclusion_id == conclusion_id, Paper.role.in_((ADDENDUM, NOTICE)))
        .options(selectinload(Paper.signatures))
        .order_by(Paper.id)
    )
    return tuple(paper for paper in found if paper.is_signed)


def _entry(score: AnyRow) -> Entry:
    # a row has a method ``count``, so the column of that name is read by its place
    return Entry(
        points=score.points,
        level=score.level,
        count=score[-1],
        not_applicable=score.not_applicable,
        text=score.text or "",
    )


def _rows(session: Session, checklist_session_id: int, model: Any, *names: str, only: Any) -> Rows:
    """These columns of the session's rows, in the order in which they were written."""
    columns = [getattr(model, name) for name in names]
    return list(
        session.execute(
            select(*columns).where(model.checklist_session_id == checklist_session_id, only).order_by(model.id)
        )
    )
