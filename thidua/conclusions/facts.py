"""What the minutes of one half-day say: read from the database, handed to the rules as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from thidua.conclusions.score_table import Scores, checked, entries_of, score_lines
from thidua.models import (
    AgendaStep,
    Attendance,
    ChecklistSession,
    Conclusion,
    Exchange,
    Objection,
    Plan,
    PlanUnit,
    Remark,
)
from thidua.models.finders import hidden_of, session_sheet
from thidua.models.follow_up import Reviewable, reviewables
from thidua.models.office_settings import office_of
from thidua.models.preparation_reading import PreparedFacts, prepared_facts
from thidua.rules import minutes_facts as facts
from thidua.rules.grading import Grade
from thidua.rules.minutes_facts import MinutesFacts
from thidua.rules.minutes_signers import signing_parts
from thidua.rules.office import Office
from thidua.rules.phrases import concerning
from thidua.rules.scoring import Totals, compute_totals
from thidua.rules.sheet import Sheet
from thidua.rules.turns import Spoken, in_turns
from thidua.rules.wording import plan_cited

ABOUT_CRITERIA = frozenset({"strength", "shortcoming", "cause"})


@dataclass(frozen=True, slots=True)
class HalfDay:
    """Everything the conclusion page and the minutes rest on."""

    conclusion: Conclusion
    checklist_session: ChecklistSession
    sheet: Sheet
    totals: Totals
    own_totals: Totals
    grade: Grade
    facts: MinutesFacts

    @property
    def is_rated(self) -> bool:
        """Without one agreed score there is no rating yet, except the head's own."""
        return bool(self.totals.scored) or self.grade.is_overridden


def half_day(
    session: Session, conclusion: Conclusion, *, code: str = "", issued_at: Any = None, open_book: bool = True
) -> HalfDay:
    """Read one half-day whole. ``code`` is the minutes' number once they have one ("15/BB-HTS").

    Without ``open_book`` it says nothing of proposals, not even that they differ.
    """
    checklist_session = session.scalars(
        select(ChecklistSession)
        .where(ChecklistSession.id == conclusion.checklist_session_id)
        .options(
            joinedload(ChecklistSession.plan),
            joinedload(ChecklistSession.unit),
            joinedload(ChecklistSession.plan_unit).joinedload(PlanUnit.team),
            selectinload(ChecklistSession.scores),
            selectinload(ChecklistSession.criterion_rounds),
            selectinload(ChecklistSession.attendances),
            selectinload(ChecklistSession.agenda_steps),
            selectinload(ChecklistSession.remarks),
            selectinload(ChecklistSession.exchanges),
        )
        .execution_options(populate_existing=True)
    ).one()
    sheet = session_sheet(session, checklist_session)
    hidden = hidden_of(session, checklist_session)
    scores = {
        (score.criterion_id, score.perspective, score.holder): score
        for score in checklist_session.scores
        if score.perspective != "proposed" or (open_book and not hidden.hides(score.criterion_id))
    }
    agreed, own = entries_of(scores, "agreed"), entries_of(scores, "self")
    totals, own_totals = compute_totals(sheet, agreed), compute_totals(sheet, own)
    rated = conclusion.rated(sheet, agreed, totals)
    said = _facts(checklist_session, sheet, scores, totals, own_totals, rated, conclusion, code, issued_at)
    said = replace(said, reviews=tuple(_reviewed(one) for one in reviewables(session, checklist_session)))
    said = _with_preparation(said, prepared_facts(session, checklist_session.id))
    said = replace(said, objections=_objections(session, conclusion))
    said = _in_the_office_manner(said, office_of(session), checklist_session, conclusion)
    return HalfDay(conclusion, checklist_session, sheet, totals, own_totals, rated, said)


def _in_the_office_manner(
    said: MinutesFacts, office: Office, checklist_session: ChecklistSession, conclusion: Conclusion
) -> MinutesFacts:
    """Letterhead, ranks, copies and recipients as the office writes them; who signs as plan and conclusion say."""
    plan = checklist_session.plan
    said = said if office.prints_ranks else said.without_ranks()
    return replace(
        said,
        issuer=office.issued_by(plan.content.get("issuer_meant") or (), plan.content.get("issuer") or ()),
        parent=office.parent or plan.content.get("parent") or "",
        copies=office.copies,
        sign_note=office.sign_note,
        recipients=office.recipients_for(checklist_session.unit.name),
        unit_leader=checklist_session.unit.leader_office,
        parts=signing_parts(said.attendees, plan.signing or {}, conclusion.signers or {}),
    )


def _with_preparation(said: MinutesFacts, prepared: PreparedFacts) -> MinutesFacts:
    """What the unit sent beforehand; its own summary of the report where the secretary wrote none."""
    proofs = {f"criterion-{criterion_id}": words for criterion_id, words in prepared.proofs.items()}
    return replace(
        said,
        report_summary=said.report_summary or tuple(filter(None, (prepared.report_summary,))),
        figures=prepared.figures,
        documents_prepared=prepared.documents,
        scores=tuple(replace(line, proofs=proofs.get(line.anchor, ())) for line in said.scores),
    )


def _facts(
    checklist_session: ChecklistSession,
    sheet: Sheet,
    scores: Scores,
    totals: Totals,
    own_totals: Totals,
    rated: Grade,
    conclusion: Conclusion,
    code: str,
    issued_at: Any,
) -> MinutesFacts:
    plan, plan_unit = checklist_session.plan, checklist_session.plan_unit
    numbers = {leaf.id: leaf.number for leaf in sheet.leaves}
    texts = _remarks(checklist_session.remarks, numbers)
    return MinutesFacts(
        issuer=(),
        number_line=f"Số: {code}" if code else f"Số: …/BB-{plan.symbol}",
        code=code,
        subject=f"{plan.subject} tại {checklist_session.unit.name}",
        unit=checklist_session.unit.name,
        plan_reference=plan_reference(plan),
        place=plan_unit.place,
        started_at=checklist_session.opened_at,
        ended_at=_ended_at(checklist_session, _read_through_at(checklist_session, conclusion)),
        read_through=_read_through_at(checklist_session, conclusion) is not None,
        attendees=_attendees(checklist_session.attendances),
        agenda=tuple(_agenda_item(step) for step in checklist_session.agenda_steps),
        report_summary=texts("report"),
        documents_seen=texts("document"),
        visits=texts("visit"),
        exchanges=tuple(_said(one, numbers) for turn in _turns(checklist_session.exchanges) for one in turn),
        strengths=texts("strength"),
        shortcomings=texts("shortcoming"),
        causes=texts("cause"),
        exemplars=texts("exemplar"),
        difficulties=texts("difficulty"),
        proposals=texts("proposal"),
        recommendations=tuple(
            _recommended(remark)
            for remark in checklist_session.remarks
            if remark.kind == "recommendation" and remark.withdrawn_at is None
        ),
        scores=tuple(checked(checklist_session, score_lines(sheet, scores, totals, own_totals))),
        total_maximum=totals.maximum,
        total_self=own_totals.points if own_totals.is_complete else None,
        total_agreed=totals.points if totals.scored else None,
        rated=facts.Rated(
            rated.label,
            rated.by_total,
            rated.by_rule,
            tuple(hit.sentence for hit in rated.gates),
            rated.override_reason,
        )
        if totals.scored and (rated.labels or rated.is_overridden)
        else None,
        unit_opinions=texts("opinion"),
        conclusion=conclusion.text,
        issued_at=issued_at,
    )


def plan_reference(plan: Plan) -> str:
    """How the plan is cited: number, date, issuer, subject."""
    return plan_cited(plan.number_label, plan.issued_on, plan.content.get("issuer_body") or "", plan.subject)


def _read_through_at(checklist_session: ChecklistSession, conclusion: Conclusion) -> Any:
    """When the minutes were read to the end; a reading before scoring was opened again does not count."""
    closed_at, read_at = checklist_session.closed_at, conclusion.read_through_at
    return read_at if closed_at and read_at and read_at >= closed_at else None


def _ended_at(checklist_session: ChecklistSession, read_through_at: Any) -> Any:
    """When it was closed, or its last step or the reading ended after that; before it is closed nobody knows."""
    if checklist_session.closed_at is None:
        return None
    steps = [step.ended_at for step in checklist_session.agenda_steps]
    return max(filter(None, [checklist_session.closed_at, read_through_at, *steps]))


def _attendees(rows: list[Attendance]) -> tuple[facts.Attendee, ...]:
    """Both sides; without anybody marked as presenting, the first of the unit who is present signs for it."""
    people = [_attendee(one) for one in rows]
    if not any(person.signs == "unit" for person in people):
        first = next((i for i, one in enumerate(people) if (one.side, one.presence) == ("unit", "present")), None)
        if first is not None:
            people[first] = replace(people[first], signs="unit")
    return tuple(people)


def _attendee(one: Attendance) -> facts.Attendee:
    signs = {"Trưởng đoàn": "head", "Thư ký": "secretary"}.get(one.part, "") if one.side == "team" else ""
    if one.side == "unit" and one.part == "Chủ trì báo cáo":
        signs = "unit"
    return facts.Attendee(
        side=one.side,
        name=one.name,
        rank=one.rank,
        office=one.office,  # type: ignore[arg-type]
        part=one.part,
        presence=one.presence,
        absent_reason=one.absent_reason,  # type: ignore[arg-type]
        signs=signs,
    )  # type: ignore[arg-type]  # the columns hold only these words


def _agenda_item(step: AgendaStep) -> facts.AgendaItem:
    return facts.AgendaItem(step.title, step.started_at, step.ended_at, step.skipped_reason)


def _turns(exchanges: list[Exchange]) -> list[list[Exchange]]:
    """Each question with its answers, what was withdrawn left out."""
    standing = (one for one in exchanges if one.withdrawn_at is None)
    return in_turns(Spoken(one.id, one.kind, one.criterion_id, one.answers_id, one) for one in standing)


def _said(exchange: Exchange, numbers: Mapping[int, str]) -> facts.Said:
    return facts.Said(
        exchange.kind,
        exchange.speaker,
        exchange.text,  # type: ignore[arg-type]
        numbers.get(exchange.criterion_id or 0, ""),
    )


def _recommended(remark: Remark) -> facts.Recommended:
    return facts.Recommended(remark.text, remark.owner, remark.due_on, anchor=f"remark-{remark.id}")


def _reviewed(one: Reviewable) -> facts.Reviewed:
    return facts.Reviewed(
        text=one.text,
        minutes=one.minutes,
        inspected_on=one.inspected_on,
        answer=one.here.answer if one.here else "",  # type: ignore[arg-type]  # the column holds only these words
        note=one.here.note if one.here else "",
        anchor=f"recommendation-{one.id}",
    )


def _objections(session: Session, conclusion: Conclusion) -> tuple[facts.Objected, ...]:
    """What was objected to while the minutes were read aloud, oldest first; what was taken back left out."""
    rows = session.scalars(
        select(Objection)
        .where(Objection.conclusion_id == conclusion.id, Objection.withdrawn_at.is_(None))
        .order_by(Objection.id)
    )
    return tuple(
        facts.Objected(one.speaker, one.text, one.outcome, one.answer)  # type: ignore[arg-type]  # only these words
        for one in rows
    )


def _remarks(remarks: list[Remark], numbers: Mapping[int, str]) -> Any:
    """The texts of a kind; a judgement on one criterion says on which, as it may not be understood without."""

    def text(remark: Remark) -> str:
        about = numbers.get(remark.criterion_id or 0, "")
        return concerning(remark.text, about) if remark.kind in ABOUT_CRITERIA else remark.text

    def texts(kind: str) -> tuple[str, ...]:
        return tuple(text(remark) for remark in remarks if remark.kind == kind and remark.withdrawn_at is None)

    return texts
