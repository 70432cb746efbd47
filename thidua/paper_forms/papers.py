"""Whose filled papers may be typed in now, and the rows of one: what stands there, and what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from thidua.extensions import db
from thidua.models import Score
from thidua.models.finders import hidden_of
from thidua.permissions import HEAD, INSPECTED
from thidua.rules import lifecycle
from thidua.rules.entries import Entry, entry_points
from thidua.rules.paper_form import most_words
from thidua.rules.phrases import lower_first
from thidua.rules.points import format_points
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.sheet_words import group_words
from thidua.rules.words import clock
from thidua.session_pages.finding import Found
from thidua.session_pages.scribing import HEAD_MEANT, UNIT_LABEL, Choice, scribe_choices, team_holders

UNSEEN = "đã đề xuất, chưa công bố"


@dataclass(frozen=True, slots=True)
class Standing:
    """A value that is there already; ``display`` says nothing of it while a blind round hides it."""

    entry: Entry
    reason: str
    display: str
    by: str
    at_words: str
    version: int
    is_hidden: bool = False

    @property
    def token(self) -> str:
        """The value for comparing on the device: "p850", "l1", "c3", "na", "t" and the words; "" when hidden."""
        entry = self.entry
        if self.is_hidden:
            return ""
        if entry.not_applicable:
            return "na"
        told = (("p", entry.points), ("l", entry.level), ("c", entry.count), ("t", entry.text))
        return next((f"{kind}{value}" for kind, value in told if value is not None), "")


@dataclass(frozen=True, slots=True)
class TypedRow:
    """What somebody typed into one row; ``error`` is why it was not taken, ``asks`` that another value stands there."""

    value: str = ""
    reason: str = ""
    replace: bool = False
    error: str = ""
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: a section's heading (``leaf`` false) or a criterion."""

    criterion: Criterion
    leaf: bool
    maximum: str
    standing: Standing | None = None
    typed: TypedRow = field(default_factory=TypedRow)
    words: str = ""

    @property
    def levels(self) -> str:
        """The points of its levels in hundredths, for the check on the device: "1000 500 0"."""
        return " ".join(str(level.points) for level in self.criterion.levels)


def papers_of(found: Found) -> tuple[Choice, ...]:
    """Whose papers this person may write now: the own one first, then those of the others."""
    if found.standing.part == INSPECTED:
        takes_own = found.checklist_session.state in (lifecycle.PLANNED, lifecycle.OPEN)
        return (Choice(str(found.person.id), UNIT_LABEL, found.unit_name, "self", 0),) if takes_own else ()
    team = team_holders(db.session(), found.checklist_session.plan_unit_id)
    mine: tuple[Choice, ...] = ()
    for holder, role in team if found.checklist_session.state == lifecycle.OPEN else ():
        if holder.id == found.person.id and role == HEAD:
            mine = (Choice(HEAD_MEANT, holder.label, holder.name, "agreed", 0),)
        elif holder.id == found.person.id:
            mine = (Choice(str(holder.id), holder.label, holder.name, "proposed", holder.id or 0),)
    return (*mine, *scribe_choices(found, team))


def paper_meant(found: Found, meant: str) -> Choice | None:
    """The one of these papers that a form or an address means; None when there is none such."""
    return next((one for one in papers_of(found) if one.meant == meant), None)


def standing_of(found: Found, sheet: Sheet, paper: Choice) -> dict[int, Standing]:
    """What stands on this paper's side, by criterion. What a blind round hides from this person is only counted."""
    rows = db.session.scalars(
        select(Score).where(
            Score.checklist_session_id == found.checklist_session.id,
            Score.perspective == paper.perspective,
            Score.holder == paper.holder,
        )
    ).all()
    hidden = hidden_of(db.session(), found.checklist_session)
    is_mine = paper.perspective != "proposed" or paper.holder == found.person.id
    leaves = {leaf.id: leaf for leaf in sheet.leaves}
    return {
        score.criterion_id: _standing(
            leaves[score.criterion_id], score, is_hidden=not is_mine and hidden.hides(score.criterion_id)
        )
        for score in rows
        if score.criterion_id in leaves
    }


def rows_of(sheet: Sheet, standing: Mapping[int, Standing], typed: Mapping[int, TypedRow]) -> list[Row]:
    """Every section and criterion in the order of the paper."""
    return [
        Row(
            one,
            not one.is_section,
            most_words(one),
            standing.get(one.id),
            typed.get(one.id) or TypedRow(),
            lower_first(group_words(one)) if one.is_section else "",
        )
        for one in sheet.all
    ]


def displayed(criterion: Criterion, entry: Entry) -> str:
    """What people read: points with a comma, "k" for not applicable, or that words were written."""
    if entry.not_applicable:
        return "k"
    points = entry_points(criterion, entry)
    return "đã ghi" if points is None else format_points(points)


def _standing(criterion: Criterion, score: Score, *, is_hidden: bool) -> Standing:
    by = f"{score.scribe_name} nhập hộ {score.by_name}" if score.scribe_name else score.by_name
    display = UNSEEN if is_hidden else displayed(criterion, score.entry)
    reason = "" if is_hidden else score.reason
    return Standing(score.entry, reason, display, by, clock(score.at), score.version, is_hidden)
