"""One row of the table: a section with its sum, or a criterion with the boxes to write in."""

from collections.abc import Mapping
from decimal import Decimal

from thidua.rules.entries import Entry
from thidua.rules.paper_form import choice_lines
from thidua.rules.score_book.accepting import number, written_value
from thidua.rules.score_book.facts import BookFacts
from thidua.rules.score_book.places import MOST, NUMBER, REASON, REMARK, SELF, TEAM, TEXT, Working
from thidua.rules.score_book.rating import shown
from thidua.rules.sheet import Criterion, full_marks
from thidua.rules.sheet_words import scoring_words
from thidua.rules.workbook import Box, Formula, Look

PLUS = '"+"General'


def body_row(criterion: Criterion, row: int, facts: BookFacts) -> dict[str, Box]:
    """The boxes of a section or a criterion."""
    return _section(criterion, row) if criterion.is_section else _leaf(criterion, facts)


def _section(section: Criterion, row: int) -> dict[str, Box]:
    return {
        NUMBER: Box(section.number, "section_number"),
        TEXT: Box(section.text, "section"),
        MOST: _most(section, "section_most"),
        **{score: Box(Formula(shown(Working(score), row)), "sum") for score in (SELF, TEAM)},
        REASON: Box("", "section"),
        REMARK: Box(_notes(section), "section"),
    }


def _leaf(criterion: Criterion, facts: BookFacts) -> dict[str, Box]:
    is_open = bool(facts.writes)
    remark = "\n".join(part for part in (facts.remarks.get(criterion.id, ""), _notes(criterion)) if part)
    return {
        NUMBER: Box(criterion.number, "number"),
        TEXT: Box(leaf_text(criterion), "text"),
        MOST: _most(criterion, "most"),
        SELF: _score(criterion, facts.own, SELF in facts.writes),
        TEAM: _score(criterion, facts.team, TEAM in facts.writes),
        REASON: Box(facts.reasons.get(criterion.id, ""), "words" if is_open else "quiet", is_open=is_open),
        REMARK: Box(remark, "quiet", is_open=is_open),
    }


def _score(criterion: Criterion, entries: Mapping[int, Entry], is_open: bool) -> Box:
    entry = entries.get(criterion.id)
    value = None if entry is None else written_value(criterion, entry)
    return Box(value, "score" if is_open else "locked", is_open)


def leaf_text(criterion: Criterion) -> str:
    """The text, and below it how it is scored."""
    return "\n".join([criterion.text, *choice_lines(criterion)])


def most_of(criterion: Criterion) -> Decimal | None:
    """What stands in the column of maxima: "12", 5 for a bonus, -3 for a penalty; None where there is no limit."""
    if criterion.polarity == "penalty":
        most = (criterion.minimum if criterion.is_section else criterion.lowest) or None
    elif criterion.is_section:
        most = criterion.maximum if criterion.maximum is not None else full_marks(criterion) or criterion.cap
    else:
        most = criterion.highest if criterion.carries_points else None
    return None if most is None else number(most)


def _most(criterion: Criterion, look: Look) -> Box:
    return Box(most_of(criterion), look, form=PLUS if criterion.polarity == "bonus" else "")


def _notes(criterion: Criterion) -> str:
    """What limits a section, for which units it is, and the guidance."""
    lines = [scoring_words(criterion)] if criterion.is_section else []
    if criterion.critical:
        lines.append("Nội dung bắt buộc.")
    if criterion.applies_to:
        lines.append(f"Chỉ áp dụng cho: {', '.join(criterion.applies_to)}.")
    return "\n".join(line for line in [*lines, criterion.guidance] if line)
