"""The score table of the minutes, line by line: read from the rows, handed to the rules as plain values."""

from collections.abc import Mapping
from dataclasses import replace

from thidua.models import ChecklistSession, Score
from thidua.models.score import NOBODY
from thidua.rules import minutes_facts as facts
from thidua.rules.agreement import differing
from thidua.rules.entries import Entry, entry_points
from thidua.rules.phrases import lower_first
from thidua.rules.scoring import SectionTotals, Totals
from thidua.rules.sheet import Criterion, Sheet
from thidua.rules.sheet_words import group_words
from thidua.rules.two_person import check_state
from thidua.rules.unscored import unscored

Scores = Mapping[tuple[int, str, int], Score]


def entries_of(scores: Scores, perspective: str) -> dict[int, Entry]:
    """Criterion id -> entry of one side."""
    return {criterion_id: score.entry for (criterion_id, each, _), score in scores.items() if each == perspective}


def score_lines(sheet: Sheet, scores: Scores, totals: Totals, own: Totals) -> list[facts.ScoreLine]:
    """Every section with its sums and every criterion, in the order of the sheet."""
    sums = {section.id: section for section in totals.sections}
    own_sums = {section.id: section for section in own.sections}
    spared = unscored(sheet, entries_of(scores, "agreed")).spared
    return [
        _group_line(criterion, sums[criterion.id], own_sums[criterion.id])
        if criterion.is_section
        else replace(_item_line(criterion, scores), spared=criterion.id in spared)
        for criterion in sheet.all
    ]


def checked(checklist_session: ChecklistSession, lines: list[facts.ScoreLine]) -> list[facts.ScoreLine]:
    """Where the plan wants a check by two people: how far each settled score has come."""
    if not checklist_session.two_person_check:
        return lines
    rounds = {one.criterion_id: one for one in checklist_session.criterion_rounds}
    states = {}
    for score in checklist_session.scores:
        one = rounds.get(score.criterion_id)
        if score.perspective == "agreed":
            states[f"criterion-{score.criterion_id}"] = check_state(
                score.version, one.read_back_version if one else 0, is_confirmed=bool(one and one.confirmed_at)
            )
    return [replace(line, check=states.get(line.anchor, "")) for line in lines]


def _group_line(section: Criterion, sums: SectionTotals, own: SectionTotals) -> facts.ScoreLine:
    words = group_words(section)
    return facts.ScoreLine(
        kind="group",
        number=section.number,
        text=f"{section.text} ({lower_first(words)})" if words else section.text,
        maximum=section.maximum or None,
        self_points=own.points if own.scored and not own.missing else None,
        agreed=sums.points if sums.scored else None,
        not_applicable=sums.is_not_applicable,
        partial=bool(sums.missing),
    )


def _item_line(criterion: Criterion, scores: Scores) -> facts.ScoreLine:
    agreed = scores.get((criterion.id, "agreed", NOBODY))
    own = scores.get((criterion.id, "self", NOBODY))
    proposals = {
        holder: score.entry
        for (each, perspective, holder), score in scores.items()
        if each == criterion.id and perspective == "proposed"
    }
    return facts.ScoreLine(
        kind="note" if criterion.kind == "note" else "item",
        number=criterion.number,
        text=criterion.text,
        maximum=criterion.lowest if criterion.polarity == "penalty" else criterion.maximum or criterion.highest,
        self_points=entry_points(criterion, own.entry) if own else None,
        agreed=entry_points(criterion, agreed.entry) if agreed else None,
        not_applicable=bool(agreed and agreed.not_applicable),
        unsettled=agreed is None and bool(differing(proposals)),
        reason=agreed.reason if agreed else "",
        text_answer=agreed.text if agreed else "",
        times=agreed.count if agreed else None,
        anchor=f"criterion-{criterion.id}",
    )
