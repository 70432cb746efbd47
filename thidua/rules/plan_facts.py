"""What an inspection plan says, before it is laid out as a document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from thidua.rules.words import date_in_words


@dataclass(frozen=True, slots=True)
class ContentItem:
    """One content to inspect; `documents` are cited whole ("Hướng dẫn số 36/HD-HTS ngày … về …")."""

    number: str
    text: str
    documents: tuple[str, ...] = ()
    focus_label: str = ""
    focus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """`optional` is the remark that makes it so, as printed: "(nếu có)"."""

    who: str
    what: str
    optional: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """`actor`: "unit", "team" or "team_leader"."""

    actor: str
    text: str


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    roles: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """`authority` "TM. BAN CHẤP HÀNH"; `mark` is printed between office and name ("Đã ký")."""

    authority: str
    office: str
    rank: str
    name: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ScheduledHalfDay:
    """A line of the timetable; `half` as printed: "Sáng", "Chiều"."""

    date: date
    half: str
    unit: str
    place: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """Texts stand here as they are printed. What is empty is left out of the document.

    `issuer_meant` is the issuing body's name where the printed one holds a misprint: minutes print it.
    `number_line` is the whole line ("Số: 72 /HTS"); `addressed` whom the plan is made known to.
    """

    subject: str
    issuer: tuple[str, ...]
    number_line: str
    place: str
    issued_on: date | None
    signer: Signer
    issuer_meant: tuple[str, ...] = ()
    parent: str = ""
    issuer_body: str = ""
    addressed: str = ""
    context: str = ""
    aim: str = ""
    purposes: tuple[str, ...] = ()
    contents: tuple[ContentItem, ...] = ()
    duties: tuple[Duty, ...] = ()
    steps: tuple[Step, ...] = ()
    unit_side: tuple[str, ...] = ()
    team_made_of: tuple[str, ...] = ()
    team_min: int = 0
    team_max: int = 0
    working_time: str = ""
    time_note: str = ""
    units: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    closing: str = ""
    recipients: tuple[str, ...] = ()
    schedule: tuple[ScheduledHalfDay, ...] = ()


def plan_facts_from_plain(plain: Mapping[str, Any]) -> PlanFacts:
    """The facts in a plan file (the shape of plan 72/HTS), with the wording and the oddities of the source.

    Raises KeyError or ValueError when the file has another shape.
    """
    header, preamble, signer = plain["header"], plain["preamble"], plain["signer"]
    purposes, contents, preparation, composition = (plain["sections"][at]["items"] for at in range(4))
    people, time = composition
    team = people["b_team"]
    return PlanFacts(
        subject=plain["title"]["subject"],
        issuer=tuple(header["issuer_as_printed"]),
        issuer_meant=_meant(header),
        number_line=header["number_as_printed"],
        place=header["place"],
        issued_on=date.fromisoformat(header["date"]),
        signer=Signer(signer["authority_by_nd30"], signer["office"], signer["rank"], signer["name"], signer["mark"]),
        issuer_body=preamble["issuer_body"],
        addressed=preamble["addressed_to"],
        context=preamble["context"],
        aim=preamble["aim"],
        purposes=tuple(purposes),
        contents=tuple(_content(item, plain["legal_documents"]) for item in contents),
        duties=tuple(Duty(duty["who"], duty["what"], duty.get("optional", "")) for duty in preparation[0]["duties"]),
        steps=tuple(Step(step["actor"], step["text"]) for step in preparation[1]["steps"]),
        unit_side=tuple(people["a_unit_side"]),
        team_made_of=tuple(team["made_of"]),
        team_min=team["size_min"],
        team_max=team["size_max"],
        working_time=time["working"],
        time_note=time["as_printed"],
        units=tuple(unit["name"] for unit in plain["units"]),
        contacts=tuple(
            Contact(contact["name"], tuple(contact["roles"]), tuple(contact["phones"])) for contact in plain["contacts"]
        ),
        closing=plain["closing"]["text"],
        recipients=tuple(plain["recipients"]),
    )


def cited(kind: str, number: str, issued_on: date, title: str) -> str:
    """A document as it is cited: "Hướng dẫn số 36/HD-HTS ngày 19 tháng 5 năm 2020 về …".

    A title that says its own kind goes first: "Quy chế công tác … (số 217/QC-HTS ngày …)".
    """
    dated = f"số {number} {date_in_words(issued_on)}"
    kind = kind.partition("(")[0].strip()
    return f"{title} ({dated})" if title.startswith(kind) else f"{kind} {dated} {title}"


def _content(item: Mapping[str, Any], documents: list[Mapping[str, Any]]) -> ContentItem:
    section = f"II.{item['number']}"
    return ContentItem(
        number=item["number"],
        text=item["text"],
        documents=tuple(
            cited(
                document["kind"], document["number_as_printed"], date.fromisoformat(document["date"]), document["title"]
            )
            for document in documents
            if document["cited_in"] == section
        ),
        focus_label=item.get("focus_label", ""),
        focus=tuple(point["text"] for point in item.get("focus", ())),
    )


def _meant(header: Mapping[str, Any]) -> tuple[str, ...]:
    """The name as it is meant, broken into lines as the printed one is; nothing when they agree."""
    meant, printed = str(header.get("issuer_read_as", "")), header["issuer_as_printed"]
    if not meant or meant == " ".join(printed):
        return ()
    last = str(printed[-1])
    is_broken_alike = len(printed) > 1 and meant.endswith(" " + last)
    return (meant.removesuffix(last).strip(), last) if is_broken_alike else (meant,)
