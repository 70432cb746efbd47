"""Criteria, scores, totals and grade as the read API says them: points are strings with a dot."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from thidua.models import Conclusion, Score
from thidua.rules.blind import Hidden
from thidua.rules.entries import Entry, entry_points
from thidua.rules.grading import grade
from thidua.rules.last_time import LastTime
from thidua.rules.points import Points, api_points
from thidua.rules.scoring import compute_totals
from thidua.rules.sheet import Criterion, Sheet

Plain = dict[str, Any]


def criteria_of(
    sheet: Sheet,
    scores: Iterable[Score],
    *,
    open_book: bool,
    hidden: Hidden,
    reader_id: int,
    last_times: Mapping[int, LastTime],
) -> list[Plain]:
    """Every criterion in order. Without ``open_book`` nobody's proposals are told, nor that there are any.

    ``last_time`` is what the unit got for the criterion in its last signed minutes, or null.
    Of what a blind round hides the reader gets own values only; the others' are null.
    """
    by_criterion: dict[int, list[Score]] = defaultdict(list)
    for score in scores:
        if open_book or score.perspective != "proposed":
            by_criterion[score.criterion_id].append(score)
    return [
        _criterion(leaf, by_criterion[leaf.id], hidden, reader_id) | {"last_time": _last_time(last_times.get(leaf.id))}
        for leaf in sheet.leaves
    ]


def totals_of(sheet: Sheet, agreed: Mapping[int, Entry]) -> Plain:
    """What the agreed scores add up to, whole and by top section."""
    totals = compute_totals(sheet, agreed)
    return {
        "points": api_points(totals.points),
        "maximum": api_points(totals.maximum),
        "bonus": api_points(totals.bonus),
        "scored": totals.scored,
        "not_applicable": totals.not_applicable,
        "missing": totals.missing,
        "sections": [
            {
                "number": one.number,
                "text": one.text,
                "points": api_points(one.points),
                "maximum": api_points(one.maximum),
            }
            for one in totals.sections
            if one.depth == 0
        ],
    }


def grade_of(sheet: Sheet, agreed: Mapping[int, Entry], conclusion: Conclusion | None, *, is_shown: bool) -> Plain:
    """The grade that holds, once everything is scored, and the sentences that explain it; else null."""
    totals = compute_totals(sheet, agreed)
    if not is_shown or not totals.is_complete:
        return {"grade": None, "grade_reasons": []}
    given = conclusion.rated(sheet, agreed, totals) if conclusion else grade(sheet, agreed, totals)
    reasons = [hit.sentence for hit in given.gates] + ([given.override_reason] if given.is_overridden else [])
    return {"grade": given.label, "grade_reasons": reasons}


def _criterion(criterion: Criterion, scores: list[Score], hidden: Hidden, reader_id: int) -> Plain:
    is_hidden = hidden.hides(criterion.id)
    most = criterion.maximum if criterion.maximum is not None else criterion.highest
    return {
        "id": criterion.id,
        "number": criterion.number,
        "text": criterion.text,
        "kind": criterion.kind,
        "polarity": criterion.polarity,
        "maximum": _points(most),
        "step": api_points(criterion.step),
        "self": _only(criterion, scores, "self"),
        "proposed": [
            _value(criterion, score) if score.holder == reader_id or not is_hidden else _proposed_only(score)
            for score in scores
            if score.perspective == "proposed"
        ],
        "agreed": _only(criterion, scores, "agreed"),
        "version": max((score.version for score in scores), default=0),
    }


def _last_time(last: LastTime | None) -> Plain | None:
    if last is None:
        return None
    return {
        "year": last.year,
        "points": _points(last.points),
        "maximum": _points(last.maximum),
        "value": last.value,
        "reason": last.reason,
    }


def _only(criterion: Criterion, scores: list[Score], perspective: str) -> Plain | None:
    return next((_value(criterion, score) for score in scores if score.perspective == perspective), None)


def _value(criterion: Criterion, score: Score) -> Plain:
    """A score; ``points`` are null for what is not applicable and for notes."""
    return {
        "by": score.by_name,
        "label": score.by_label,
        "scribe": score.scribe_name,
        "points": _points(entry_points(criterion, score.entry)),
        "level": score.level,
        "count": score.count,
        "not_applicable": score.not_applicable,
        "text": score.text,
        "reason": score.reason,
        "version": score.version,
    }


def _proposed_only(score: Score) -> Plain:
    """That somebody has proposed, in the same shape."""
    nothing: Plain = dict.fromkeys(("points", "level", "count", "not_applicable", "text", "reason"))
    return {"by": score.by_name, "label": score.by_label, "hidden": True, "version": score.version} | nothing


def _points(points: Points | None) -> str | None:
    return None if points is None else api_points(points)
