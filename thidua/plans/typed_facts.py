"""A plan's text as a secretary types it, one item a line, and as the rules know it, both ways."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from thidua.form_fields import lines_of
from thidua.rules.plan_facts import Contact, ContentItem, Duty, PlanFacts, Signer, Step
from thidua.rules.vietnamese import clean_line, fold

TEXTS = ("place", "parent", "issuer_body", "addressed", "context", "aim", "working_time", "time_note", "closing")
LISTS = ("issuer", "issuer_meant", "purposes", "unit_side", "team_made_of", "recipients")
SIGNER = ("authority", "office", "rank", "name", "mark")
ACTORS = {"unit": "Đơn vị", "team": "Đoàn", "team_leader": "Trưởng đoàn"}

_FOCUS = re.compile(r"\s*[-•+]")
_IF_ANY = re.compile(r"\s*(\(nếu có[^()]*\))\s*$", re.IGNORECASE)


def typed_of(facts: PlanFacts) -> dict[str, Any]:
    """The values of the form's fields."""
    typed: dict[str, Any] = {name: getattr(facts, name) for name in TEXTS}
    typed |= {name: getattr(facts, name) or None for name in ("team_min", "team_max")}
    typed |= {name: "\n".join(getattr(facts, name)) for name in LISTS}
    typed |= {f"signer_{name}": getattr(facts.signer, name) for name in SIGNER}
    typed["contents"] = "\n".join(_content_lines(facts.contents))
    typed["focus_label"] = next((one.focus_label for one in facts.contents if one.focus), "Trọng tâm là:")
    typed["duties"] = "\n".join(_duty_line(duty) for duty in facts.duties)
    typed["steps"] = "\n".join(f"{ACTORS.get(step.actor, ACTORS['team'])}: {step.text}" for step in facts.steps)
    typed["contacts"] = "\n".join(_contact_line(contact) for contact in facts.contacts)
    return typed


def facts_from(typed: Mapping[str, Any]) -> PlanFacts:
    """The facts that ``Plan.content`` keeps, from the values of the form's fields."""
    texts: dict[str, Any] = {name: typed[name] for name in TEXTS}
    lists: dict[str, Any] = {name: tuple(lines_of(typed[name])) for name in LISTS}
    return PlanFacts(
        subject="",
        number_line="",
        issued_on=None,
        **texts,
        **lists,
        signer=Signer(*(typed[f"signer_{name}"] for name in SIGNER)),
        team_min=typed["team_min"] or 0,
        team_max=typed["team_max"] or 0,
        contents=tuple(_contents(typed["contents"], typed["focus_label"])),
        duties=tuple(_duty(line) for line in lines_of(typed["duties"])),
        steps=tuple(_step(line) for line in lines_of(typed["steps"])),
        contacts=tuple(_contact(line) for line in lines_of(typed["contacts"])),
    )


def _content_lines(contents: Iterable[ContentItem]) -> Iterable[str]:
    for content in contents:
        yield content.text
        yield from (f"- {focus}" for focus in content.focus)


def _contents(typed: str, label: str) -> list[ContentItem]:
    """A line is a content; a line that begins with a dash is a focus point of the content above it."""
    gathered: list[tuple[str, list[str]]] = []
    for line in typed.split("\n"):
        for item in lines_of(line):
            if gathered and _FOCUS.match(line):
                gathered[-1][1].append(item)
            else:
                gathered.append((item, []))
    return [
        ContentItem(str(number), text, (), label if focus else "", tuple(focus))
        for number, (text, focus) in enumerate(gathered, start=1)
    ]


def _duty_line(duty: Duty) -> str:
    return " ".join(part for part in (f"{duty.who}:" if duty.who else "", duty.what, duty.optional) if part)


def _duty(line: str) -> Duty:
    who, colon, what = line.partition(":")
    if not colon:
        who, what = "", line
    if_any = _IF_ANY.search(what)
    return Duty(who.strip(), _IF_ANY.sub("", what).strip(), if_any[1] if if_any else "")


def _step(line: str) -> Step:
    named, colon, text = line.partition(":")
    for actor, label in ACTORS.items():
        if colon and fold(clean_line(named)) == fold(label):
            return Step(actor, text.strip())
    return Step("team", line)


def _contact_line(contact: Contact) -> str:
    parts = [contact.name, ", ".join(contact.roles), ", ".join(contact.phones)]
    return "; ".join(parts if contact.phones else parts[:2] if contact.roles else parts[:1])


def _contact(line: str) -> Contact:
    name, roles, phones = ([part.strip() for part in line.split(";", 2)] + ["", ""])[:3]
    return Contact(name, _comma_parts(roles), _comma_parts(phones))


def _comma_parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
