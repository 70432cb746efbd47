"""A plan's text: what ``Plan.content`` keeps of ``rules.plan_facts``, and the facts made whole again.

Subject, number line, date, units, timetable and cited documents are rows and columns, never kept twice.
"""

from dataclasses import asdict, replace
from typing import Any

from thidua.models.plan import HALVES, Plan, PlanDocument
from thidua.rules.plan_facts import Contact, ContentItem, Duty, PlanFacts, ScheduledHalfDay, Signer, Step, cited

FROM_ROWS = ("subject", "number_line", "issued_on", "units", "schedule")
_LISTS = ("issuer", "issuer_meant", "purposes", "unit_side", "team_made_of", "recipients")
_TEXTS = ("place", "parent", "issuer_body", "addressed", "context", "aim", "working_time", "time_note", "closing")


def content_of(facts: PlanFacts) -> dict[str, Any]:
    """What ``Plan.content`` keeps: plain JSON."""
    kept = {name: value for name, value in asdict(facts).items() if name not in FROM_ROWS}
    for item in kept["contents"]:
        del item["documents"]
    return kept


def facts_of(plan: Plan) -> PlanFacts:
    """The plan in the terms of the rules; needs units, teams and reference documents loaded."""
    stored = stored_facts(plan.content)
    return replace(
        stored,
        subject=plan.subject,
        number_line=plan.number_line,
        issued_on=plan.issued_on,
        contents=tuple(replace(item, documents=_cited_in(plan, f"II.{item.number}")) for item in stored.contents),
        units=tuple(plan_unit.unit.name for plan_unit in plan.plan_units),
        schedule=_schedule(plan),
    )


def stored_facts(content: dict[str, Any]) -> PlanFacts:
    """The facts kept in ``Plan.content``; whatever is missing there is empty."""
    lists: dict[str, Any] = {name: tuple(content.get(name, ())) for name in _LISTS}
    texts: dict[str, Any] = {name: content.get(name, "") for name in _TEXTS}
    signer = content.get("signer") or {}
    return PlanFacts(
        subject="",
        number_line="",
        issued_on=None,
        **lists,
        **texts,
        signer=Signer(*(signer.get(name, "") for name in ("authority", "office", "rank", "name", "mark"))),
        contents=tuple(
            ContentItem(one["number"], one["text"], (), one.get("focus_label", ""), tuple(one.get("focus", ())))
            for one in content.get("contents", ())
        ),
        duties=tuple(Duty(one["who"], one["what"], one.get("optional", "")) for one in content.get("duties", ())),
        steps=tuple(Step(one["actor"], one["text"]) for one in content.get("steps", ())),
        contacts=tuple(
            Contact(one["name"], tuple(one.get("roles", ())), tuple(one.get("phones", ())))
            for one in content.get("contacts", ())
        ),
        team_min=content.get("team_min", 0),
        team_max=content.get("team_max", 0),
    )


def citation(document: PlanDocument) -> str:
    """A reference document as a plan cites it, its number as printed."""
    cited_document = document.reference_document
    if cited_document.issued_on is None:
        return f"{cited_document.kind} số {cited_document.number_as_printed} {cited_document.title}".strip()
    return cited(cited_document.kind, cited_document.number_as_printed, cited_document.issued_on, cited_document.title)


def _cited_in(plan: Plan, part: str) -> tuple[str, ...]:
    return tuple(citation(document) for document in plan.documents if document.cited_in == part)


def _schedule(plan: Plan) -> tuple[ScheduledHalfDay, ...]:
    dated = [(one.on_date, one) for one in plan.plan_units if one.on_date is not None]
    dated.sort(key=lambda pair: (pair[0], pair[1].half != "morning", pair[1].position))
    return tuple(
        ScheduledHalfDay(day, HALVES[one.half], one.unit.name, one.place, one.team.name if one.team else "")
        for day, one in dated
    )
