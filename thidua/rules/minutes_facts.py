"""What the minutes of a half-day say, before it is put into words and laid out.

Everything is plain: names and texts as typed, points in hundredths, aware moments. What is empty is left out
of the document. The order of each tuple is the order on paper.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from thidua.rules.points import Points
from thidua.rules.signing import SigningPart

Side = Literal["team", "unit", "guest"]
Presence = Literal["expected", "present", "absent"]


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person at the table. `part` is the part played that day ("Trưởng đoàn", "Thư ký", "chủ trì báo cáo").

    With a `rank` the person is called by it ("Thiếu tướng Võ Sở"), else "đồng chí". `signs` names the
    signature place this person fills: "head", "secretary" or "unit".
    """

    side: Side
    name: str
    rank: str = ""
    office: str = ""
    part: str = ""
    presence: Presence = "present"
    absent_reason: str = ""
    signs: Literal["", "head", "secretary", "unit"] = ""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A step as it happened; one with a `skipped_reason` did not."""

    title: str
    started_at: datetime | None = None
    ended_at: datetime | None = None
    skipped_reason: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One contribution. `about` is the criterion's number, or ""."""

    kind: Literal["question", "answer", "rebuttal", "explanation"]
    speaker: str
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Recommended:
    """A recommendation of the team. `anchor` is the element on the page where it can be completed."""

    text: str
    owner: str = ""
    due_on: date | None = None
    anchor: str = "recommendations"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A recommendation of an earlier inspection: `minutes` it stands in ("02/BB-HTS"), their day, the answer found.

    `answer` is "done", "partly", "not" or, when nobody answered, "".
    """

    text: str
    minutes: str
    inspected_on: date
    answer: Literal["", "done", "partly", "not"] = ""
    note: str = ""
    anchor: str = "reviews"


@dataclass(frozen=True, slots=True)
class FigureReported:
    """A figure of the unit's appendix; ``last_year`` and ``this_year`` are exact decimals as text, "" not given."""

    label: str
    measure: str = ""
    last_year: str = ""
    this_year: str = ""


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A line of the score table: a "group" carries the sums of its criteria, a "note" an answer in words.

    `agreed` None means not scored yet unless `not_applicable`. `unsettled`: members still differ and
    the head of team has not settled. `anchor` is the criterion's element on the page.
    `check`: how far the check by two people has come, where the plan wants one. `proofs` name what the unit laid
    before the team for its own score ("Số 12/QĐ-HTS ngày 03/02/2020", "2 tệp"). `spared`: another of several to choose
    from was scored. `times`: what was counted. `partial`: a sum of which criteria
    are still missing.
    """

    kind: Literal["group", "item", "note"]
    number: str
    text: str
    maximum: Points | None = None
    self_points: Points | None = None
    agreed: Points | None = None
    not_applicable: bool = False
    unsettled: bool = False
    reason: str = ""
    text_answer: str = ""
    anchor: str = ""
    check: Literal["", "unread", "read", "confirmed"] = ""
    proofs: tuple[str, ...] = ()
    partial: bool = False
    spared: bool = False
    times: int | None = None

    @property
    def gap(self) -> Points | None:
        """The agreed points less the unit's own; None where one of them is missing, or a sum is not complete yet."""
        if self.agreed is None or self.self_points is None or self.not_applicable or self.partial:
            return None
        return self.agreed - self.self_points


@dataclass(frozen=True, slots=True)
class Rated:
    """`by_total` is what the points alone give; `gates` whole sentences why it was lowered.

    `by_rule` is the result of both; where it is the same as `by_total` the gates changed nothing. `label` holds; when
    it is another one, `override_reason` tells why.
    """

    label: str
    by_total: str
    by_rule: str
    gates: tuple[str, ...] = ()
    override_reason: str = ""

    @property
    def lowering(self) -> tuple[str, ...]:
        """The gates worth telling: none where the rating is what the points alone give."""
        return self.gates if self.by_rule != self.by_total else ()


@dataclass(frozen=True, slots=True)
class Objected:
    """Something objected to while the minutes were read aloud. `outcome`: "accepted" (the text was changed),
    "noted" (the text stays, the objection is printed), "" still open."""

    speaker: str
    text: str
    outcome: Literal["", "accepted", "noted"] = ""
    answer: str = ""
    anchor: str = "objections"


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """`number_line` whole ("Số: 15/BB-HTS"; "Số: …/BB-HTS" before issue), `code` bare ("15/BB-HTS").

    `plan_reference` is cited after "Căn cứ": see `wording.plan_cited`.
    `subject` is the second line of the title. `conclusion` is the head of team's wording; while it is empty
    the drafted one is printed. `total_maximum` may be other than 100. `parts`: who signs (see `minutes_signers`);
    empty means the usual three, named after those who attended. `unit_leader`: the office a deputy of the unit
    signs for. `read_through`: it is on record that the minutes were read aloud to the end after scoring closed.
    """

    issuer: tuple[str, ...]
    number_line: str
    code: str
    subject: str
    unit: str
    plan_reference: str
    parent: str = ""
    other_basis: tuple[str, ...] = ()
    place: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    attendees: tuple[Attendee, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    report_summary: tuple[str, ...] = ()
    figures: tuple[FigureReported, ...] = ()
    documents_prepared: tuple[str, ...] = ()
    documents_seen: tuple[str, ...] = ()
    visits: tuple[str, ...] = ()
    reviews: tuple[Reviewed, ...] = ()
    exchanges: tuple[Said, ...] = ()
    strengths: tuple[str, ...] = ()
    shortcomings: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    exemplars: tuple[str, ...] = ()
    difficulties: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    recommendations: tuple[Recommended, ...] = ()
    scores: tuple[ScoreLine, ...] = ()
    total_maximum: Points | None = None
    total_self: Points | None = None
    total_agreed: Points | None = None
    rated: Rated | None = None
    unit_opinions: tuple[str, ...] = ()
    conclusion: str = ""
    objections: tuple[Objected, ...] = ()
    copies: int = 2
    recipients: tuple[str, ...] = ()
    sign_note: str = "(Ký, ghi rõ họ tên)"
    issued_at: datetime | None = None
    parts: tuple[SigningPart, ...] = ()
    unit_leader: str = ""
    read_through: bool = False

    @property
    def unscored(self) -> tuple[ScoreLine, ...]:
        """Criteria that still lack an agreed score: until they have one there is no total and no rating."""
        return tuple(
            line
            for line in self.scores
            if line.kind == "item" and line.agreed is None and not line.not_applicable and not line.spared
        )

    def without_ranks(self) -> "MinutesFacts":
        """As Nghị định 30/2020/NĐ-CP has it: military ranks are not printed before names (Phụ lục I, mục II.7)."""
        return replace(self, attendees=tuple(replace(person, rank="") for person in self.attendees))

    def side(self, side: Side) -> tuple[Attendee, ...]:
        return tuple(person for person in self.attendees if person.side == side)

    def signer(self, signs: str) -> Attendee | None:
        return next((person for person in self.attendees if person.signs == signs), None)
