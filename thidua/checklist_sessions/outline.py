"""The outline of a checklist session: which criteria are settled, still amber, or need no score."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from thidua.checklist_sessions.view import ScoresByCriterion, leaves_below
from thidua.models import Score
from thidua.rules.agreement import differing
from thidua.rules.blind import BlindRound
from thidua.rules.entries import Entry
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.unscored import unscored


@dataclass(frozen=True, slots=True)
class OutlineMark:
    """A criterion in the outline."""

    id: int
    number: str
    scored: bool
    differs: bool
    spared: bool = False


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A top section in the outline, with how many of its criteria have an agreed score."""

    number: str
    title: str
    scored: int
    count: int
    first_id: int
    criteria: tuple[OutlineMark, ...]


@dataclass(frozen=True, slots=True)
class SectionCount:
    """How many criteria of a top section have an agreed score."""

    number: str
    scored: int
    count: int
    ids: frozenset[int]


def outline_of(
    sheet: Sheet, scores: ScoresByCriterion, *, shows_proposals: bool, blind: BlindRound
) -> tuple[OutlineSection, ...]:
    """The sections with their marks."""
    spared = spared_in(sheet, scores)
    return tuple(
        _outline_section(root, scores, spared, shows_proposals, blind) for root in sheet.roots if leaves_below(root)
    )


def spared_in(sheet: Sheet, scores: ScoresByCriterion) -> frozenset[int]:
    """The alternatives that need no score, as another one has an agreed score."""
    agreed = {
        criterion_id: score.entry
        for criterion_id, each in scores.items()
        for score in each
        if score.perspective == "agreed"
    }
    return unscored(sheet, agreed).spared


def section_counts(sheet: Sheet, agreed: Mapping[int, Entry]) -> list[SectionCount]:
    """How many criteria of each top section are settled; an alternative that needs no score is."""
    counts, settled = [], agreed.keys() | unscored(sheet, agreed).spared
    for root in sheet.roots:
        ids = frozenset(leaf.id for leaf in leaves_below(root))
        if ids:
            counts.append(SectionCount(root.number, sum(leaf in settled for leaf in ids), len(ids), ids))
    return counts


def _outline_section(
    root: Criterion, scores: ScoresByCriterion, spared: Collection[int], shows_proposals: bool, blind: BlindRound
) -> OutlineSection:
    marks = tuple(
        outline_mark(leaf, scores.get(leaf.id, []), spared, shows_proposals=shows_proposals, blind=blind)
        for leaf in leaves_below(root)
    )
    settled = sum(mark.scored or mark.spared for mark in marks)
    return OutlineSection(root.number, root.text, settled, len(marks), marks[0].id, marks)


def outline_mark(
    criterion: Criterion, scores: list[Score], spared: Collection[int], *, shows_proposals: bool, blind: BlindRound
) -> OutlineMark:
    """A criterion in the outline: settled, still amber, or not needed as another alternative was scored."""
    is_spared = criterion.id in spared
    entries = {score.holder: score.entry for score in scores if score.perspective == "proposed"}
    scored = any(score.perspective == "agreed" for score in scores)
    open_book = shows_proposals and not is_spared and not blind.hides(criterion.id, entries)
    return OutlineMark(criterion.id, criterion.number, scored, open_book and bool(differing(entries)), is_spared)
