"""What the scoring pages show, as plain values made from a score sheet and the scores. No query, no request."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from thidua.models.score import NOBODY, Score
from thidua.rules.agreement import common_value, differing
from thidua.rules.blind import BlindRound
from thidua.rules.entries import Entry, entry_points
from thidua.rules.points import Points, format_points
from thidua.rules.scoring import Totals
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.sheet_words import maximum_words
from thidua.rules.unscored import unscored
from thidua.rules.words import clock

ScoresByCriterion = Mapping[int, list[Score]]
Standings = Mapping[int, Mapping[tuple[str, int], Entry]]  # criterion id -> (perspective, holder) -> entry


@dataclass(frozen=True, slots=True)
class Value:
    """One score as shown: ``value`` is the token a form sends, ``display`` what people read."""

    display: str
    value: str
    reason: str
    by: str
    at_words: str
    version: int
    scribe: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A member's proposal; amber when it ``differs`` from the others. No ``display``: hidden by a blind round."""

    holder: int
    label: str
    name: str
    display: str
    value: str
    reason: str
    differs: bool
    version: int
    scribe: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the audience may see of one criterion; ``hidden``: there are proposals, but the round is blind."""

    self: Value | None
    proposals: tuple[Proposal, ...]
    waiting: tuple[str, ...]
    agreed: Value | None
    common: Value | None
    difference: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A criterion on the head of team's board."""

    id: int
    number: str
    short: str
    maximum: str
    critical: bool
    kind: str
    gap: str
    differs: bool
    facts: Facts
    spared: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """The board's first line: how far the team is."""

    differing: int
    common: int
    settled: int
    count: int
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class TotalsLine:
    """The bottom bar."""

    points_display: str
    maximum_display: str
    points: Points
    maximum: Points
    scored: int
    count: int
    grade_label: str
    is_kept_back: bool = False


def token_of(criterion: Criterion, entry: Entry) -> str:
    """The token a form sends for this value: points "8,5", level index, count, or "na"."""
    if entry.not_applicable:
        return "na"
    if entry.level is not None:
        return str(entry.level)
    if entry.count is not None:
        return str(entry.count)
    return format_points(entry.points) if entry.points is not None else ""


def display_of(criterion: Criterion, entry: Entry) -> str:
    """What people read: points with a comma, "Không xét", or "đã ghi" for a note."""
    if entry.not_applicable:
        return "Không xét"
    points = entry_points(criterion, entry)
    return "đã ghi" if points is None else format_points(points)


def value_of(criterion: Criterion, score: Score | None) -> Value | None:
    """A score row as shown."""
    if score is None:
        return None
    entry = score.entry
    return Value(
        display_of(criterion, entry),
        token_of(criterion, entry),
        score.reason or score.text,
        score.by_name,
        clock(score.at),
        score.version,
        score.scribe_name,
    )


def facts_of(
    criterion: Criterion, scores: Iterable[Score], team: Mapping[int, str], *, shows_proposals: bool, blind: BlindRound
) -> Facts:
    """The facts of one criterion. ``team`` maps the account ids of those who propose to their labels."""
    own = agreed = None
    proposed: dict[int, Score] = {}
    for score in scores:
        if score.perspective == "self":
            own = score
        elif score.perspective == "agreed":
            agreed = score
        else:
            proposed[score.holder] = score
    entries = {holder: score.entry for holder, score in proposed.items()}
    hidden = blind.hides(criterion.id, proposed)
    amber = frozenset() if hidden else differing(entries)
    common = common_value(entries.values()) if set(team) <= set(proposed) and not hidden else None
    return Facts(
        self=value_of(criterion, own),
        proposals=tuple(
            _hidden(score) if hidden else _proposal(criterion, score, score.holder in amber)
            for score in _in_order(proposed, team)
        )
        if shows_proposals
        else (),
        waiting=tuple(
            label
            for holder, label in team.items()
            if holder not in proposed and (holder in blind.awaited or not blind.holds)
        )
        if shows_proposals
        else (),
        agreed=value_of(criterion, agreed),
        common=_plain_value(criterion, common) if common and shows_proposals else None,
        difference=_difference(criterion, own, agreed),
        hidden=hidden and bool(proposed) and shows_proposals,
    )


def row_of(criterion: Criterion, facts: Facts, spared: Collection[int]) -> BoardRow:
    """The board's row of a criterion; ``spared`` are the criteria that need no score."""
    is_spared = criterion.id in spared
    differs = facts.agreed is None and not is_spared and any(one.differs for one in facts.proposals)
    return BoardRow(
        criterion.id,
        criterion.number,
        criterion.text,
        maximum_words(criterion),
        criterion.critical,
        criterion.kind,
        facts.difference,
        differs,
        facts,
        is_spared,
    )


def summary_of(sheet: Sheet, standing: Standings, team: Collection[int], blind: BlindRound) -> Summary:
    """Counts over all criteria: still amber, to be taken with one tap, settled, hidden by a blind round."""
    unsettled = [leaf.id for leaf in unscored(sheet, agreed_in(standing)).missing]
    proposals = {criterion_id: proposals_in(standing, criterion_id) for criterion_id in unsettled}
    seen = [each for criterion_id, each in proposals.items() if not blind.hides(criterion_id, each)]
    return Summary(
        differing=sum(bool(differing(each)) for each in seen),
        common=sum(set(team) <= set(each) and common_value(each.values()) is not None for each in seen),
        settled=len(sheet.leaves) - len(unsettled),
        count=len(sheet.leaves),
        hidden=len(hidden_criteria(standing, blind)),
    )


def common_entries(
    sheet: Sheet, standing: Standings, team: Collection[int], blind: BlindRound
) -> list[tuple[Criterion, Entry]]:
    """Every criterion without an agreed score for which all have proposed the same, with that value."""
    found = []
    for leaf in unscored(sheet, agreed_in(standing)).missing:
        proposed = proposals_in(standing, leaf.id)
        if blind.hides(leaf.id, proposed):
            continue
        entry = common_value(proposed.values()) if set(team) <= set(proposed) else None
        if entry is not None:
            found.append((leaf, entry))
    return found


def proposals_in(standing: Standings, criterion_id: int) -> dict[int, Entry]:
    """Holder -> proposed entry for this criterion."""
    each = standing.get(criterion_id, {})
    return {holder: entry for (perspective, holder), entry in each.items() if perspective == "proposed"}


def hidden_criteria(standing: Standings, blind: BlindRound) -> list[int]:
    """The criteria with proposals that the blind round still hides."""
    if not blind.holds:
        return []
    proposed = {criterion_id: proposals_in(standing, criterion_id) for criterion_id in standing}
    return [criterion_id for criterion_id, each in proposed.items() if each and blind.hides(criterion_id, each)]


def agreed_in(standing: Standings) -> dict[int, Entry]:
    """Criterion id -> agreed entry."""
    return {
        criterion_id: each["agreed", NOBODY] for criterion_id, each in standing.items() if ("agreed", NOBODY) in each
    }


def totals_line(totals: Totals, grade_label: str) -> TotalsLine:
    """The agreed total as the bottom bar shows it."""
    return TotalsLine(
        format_points(totals.points),
        format_points(totals.maximum),
        max(totals.points, 0),
        totals.maximum,
        totals.settled,
        totals.leaves,
        grade_label,
    )


def unit_totals(totals: Totals, *, is_kept_back: bool) -> TotalsLine:
    """The bottom bar of the unit: without the grade, and without any sum as long as the total is kept back."""
    if not is_kept_back:
        return totals_line(totals, "")
    return TotalsLine("", "", 0, 0, totals.settled, totals.leaves, "", is_kept_back=True)


def leaves_below(criterion: Criterion) -> tuple[Criterion, ...]:
    """The criteria that are scored, in order, under a section; a criterion standing alone is its own."""
    if not criterion.is_section:
        return (criterion,)
    return tuple(leaf for child in criterion.children for leaf in leaves_below(child))


def _proposal(criterion: Criterion, score: Score, differs: bool) -> Proposal:
    entry = score.entry
    return Proposal(
        score.holder,
        score.by_label or score.by_name,
        score.by_name,
        display_of(criterion, entry),
        token_of(criterion, entry),
        score.reason or score.text,
        differs,
        score.version,
        score.scribe_name,
    )


def _hidden(score: Score) -> Proposal:
    """That somebody has proposed, and nothing more."""
    return Proposal(score.holder, score.by_label or score.by_name, score.by_name, "", "", "", False, score.version)


def _plain_value(criterion: Criterion, entry: Entry) -> Value:
    return Value(display_of(criterion, entry), token_of(criterion, entry), "", "", "", 0)


def _in_order(proposed: Mapping[int, Score], team: Mapping[int, str]) -> list[Score]:
    places = {holder: place for place, holder in enumerate(team)}
    return sorted(proposed.values(), key=lambda score: places.get(score.holder, len(places)))


def _difference(criterion: Criterion, own: Score | None, agreed: Score | None) -> str:
    if own is None or agreed is None:
        return ""
    before, after = entry_points(criterion, own.entry), entry_points(criterion, agreed.entry)
    if before is None or after is None:
        return ""
    gap = after - before
    return ("+" if gap > 0 else "−" if gap < 0 else "") + format_points(abs(gap))
