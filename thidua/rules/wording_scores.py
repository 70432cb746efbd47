"""Scores in the minutes: the table, the total in figures and words, the rating and why."""

from dataclasses import replace

from thidua.rules.documents import Block, Column, Paragraph, Row, Table
from thidua.rules.grading import NOT_RATED
from thidua.rules.minutes_facts import MinutesFacts, Rated, ScoreLine
from thidua.rules.phrases import ended, flowing, joined, lower_first, one_line, sentence, upper_first
from thidua.rules.points import Points, format_points
from thidua.rules.words import counted, points_in_words

NOT_APPLICABLE = "không xét"
SPARED = "không chọn"
UNSCORED = "chưa chấm"
_MOST_NUMBERS = 12
_COLUMNS = (
    Column("Mục", 8, "center"),
    Column("Nội dung, tiêu chí", 42),
    Column("Tối đa", 8, "center"),
    Column("Tự chấm", 9, "center"),
    Column("Thống nhất", 10, "center"),
    Column("Lý do, ghi chú", 23),
)
_COLUMNS_WITH_GAP = (
    Column("Mục", 7, "center"),
    Column("Nội dung, tiêu chí", 36),
    Column("Tối đa", 8, "center"),
    Column("Tự chấm", 8, "center"),
    Column("Thống nhất", 9, "center"),
    Column("Chênh lệch", 8, "center"),
    Column("Lý do, minh chứng", 24),
)


def score_blocks(facts: MinutesFacts) -> list[Block]:
    """The table with its sums, what was not considered, the total in words and the rating."""
    if not any(_is_begun(line) for line in facts.scores):
        return []
    columns = _COLUMNS_WITH_GAP if _has_gap(facts) else _COLUMNS
    blocks: list[Block] = [Table("score-table", columns, tuple(_rows(facts)))]
    left_out = [line.number for line in facts.scores if line.kind == "item" and line.not_applicable]
    if left_out:
        told = f"Có {counted(len(left_out), 'tiêu chí')} không xét vì không áp dụng với đơn vị: {_numbers(left_out)}."
        blocks.append(Paragraph("not-applicable", told))
    if facts.total_agreed is not None:
        blocks.append(Paragraph("totals", total_sentence(facts)))
    if facts.rated is not None:
        blocks.append(Paragraph("rating", rating_sentence(facts.rated, is_whole=not facts.unscored)))
    return blocks


def total_sentence(facts: MinutesFacts) -> str:
    """The agreed total in figures and words, compared with the unit's own; what is not whole yet is told as such."""
    agreed = facts.total_agreed
    if agreed is None:
        return ""
    told = f"{out_of(agreed, facts.total_maximum)} điểm (bằng chữ: {points_in_words(agreed)} điểm)"
    if facts.unscored:
        missing = _numbers([line.number for line in facts.unscored])
        lacking = f"còn {counted(len(facts.unscored), 'tiêu chí')} chưa có điểm thống nhất"
        return f"Tổng điểm tạm tính: {told}; {lacking}: {missing}."
    text = f"Tổng điểm thống nhất: {told}"
    if facts.total_self is None:
        return f"{text}."
    gap = agreed - facts.total_self
    if gap == 0:
        return f"{text}, bằng điểm đơn vị tự chấm."
    direction = "cao hơn" if gap > 0 else "thấp hơn"
    own = format_points(facts.total_self)
    return f"{text}, {direction} {format_points(abs(gap))} điểm so với điểm đơn vị tự chấm ({own} điểm)."


def out_of(points: Points, maximum: Points | None) -> str:
    """ "92,5/100"; without a known maximum the points alone."""
    return format_points(points) if maximum is None else f"{format_points(points)}/{format_points(maximum)}"


def rating_sentence(rated: Rated, *, is_whole: bool = True) -> str:
    """The rating; when it is not what the total alone gives, why. Before all is scored only the head's own holds."""
    if not is_whole and not rated.override_reason:
        return "Chưa xếp loại vì còn tiêu chí chưa có điểm thống nhất."
    if not rated.lowering and not rated.override_reason:
        return f"{upper_first(rated_words(rated.label, mark=':'))}."
    sentences = [f"Theo tổng điểm: {rated_words(rated.by_total)}.", *map(sentence, rated.lowering)] if is_whole else []
    if rated.override_reason:
        if is_whole and rated.lowering:
            sentences.append(f"Theo quy định khống chế: {rated_words(rated.by_rule)}.")
        reason = flowing(one_line(rated.override_reason))
        sentences.append(f"Trưởng đoàn quyết định {rated_words(rated.label)}, lý do: {reason}.")
    sentences.append(f"Kết quả {rated_words(rated.label, mark=':')}.")
    return " ".join(sentences)


def rated_words(label: str, *, mark: str = "") -> str:
    """ "xếp loại Tốt"; "không xếp loại" where the half-day earns no rating."""
    return lower_first(label) if label == NOT_RATED else f"xếp loại{mark} {label}"


def _numbers(numbers: list[str]) -> str:
    """ "1.2, 1.3 và 2.1"; of very many the first few."""
    if len(numbers) <= _MOST_NUMBERS:
        return joined(numbers)
    return f"{', '.join(numbers[:_MOST_NUMBERS])} và {counted(len(numbers) - _MOST_NUMBERS, 'tiêu chí khác')}"


def gap_words(gap: Points | None) -> str:
    """ "−1,5", "+0,5"; nothing where both are the same, or there is no comparison."""
    if not gap:
        return ""
    return f"{'+' if gap > 0 else '−'}{format_points(abs(gap))}"


def reason_words(line: ScoreLine) -> str:
    """What was counted, why the agreed score differs, and what the unit laid before the team."""
    times = f"{line.times} lần." if line.times is not None else ""
    reason = upper_first(one_line(line.reason))
    proofs = f"Minh chứng: {'; '.join(ended(one_line(proof), '') for proof in line.proofs)}." if line.proofs else ""
    return "\n".join(part for part in (times, reason, proofs) if part)


def _is_begun(line: ScoreLine) -> bool:
    """Something was scored, answered or left aside."""
    given = (line.agreed, line.self_points, line.text_answer or None)
    return line.kind != "group" and (line.not_applicable or any(one is not None for one in given))


def _has_gap(facts: MinutesFacts) -> bool:
    """The unit has scored itself somewhere: then its score, the agreed one and the difference stand side by side."""
    return any(line.kind == "item" and line.self_points is not None for line in facts.scores)


def _rows(facts: MinutesFacts) -> list[Row]:
    rows = [_row(line, with_gap=_has_gap(facts)) for line in facts.scores]
    if facts.total_agreed is not None:
        total = _figures(facts.total_maximum, facts.total_self, facts.total_agreed)
        gap = (gap_words(_total_gap(facts)),) if _has_gap(facts) else ()
        name = "Tổng cộng (tạm tính)" if facts.unscored else "Tổng cộng"
        rows.append(Row((name, *total, *gap, ""), "total"))
    return rows


def _total_gap(facts: MinutesFacts) -> Points | None:
    """Only of two whole totals."""
    is_partial = bool(facts.unscored) or any(line.partial for line in facts.scores)
    if facts.total_agreed is None or facts.total_self is None or is_partial:
        return None
    return facts.total_agreed - facts.total_self


def _row(line: ScoreLine, *, with_gap: bool) -> Row:
    gap = (gap_words(line.gap),) if with_gap else ()
    if line.kind == "group":
        name = f"{line.number}. {line.text}" if line.number else line.text
        return Row((name, *_figures(line.maximum, line.self_points, line.agreed), *gap, line.reason), "group")
    if line.kind == "note":
        answer = reason_words(replace(line, reason=line.text_answer or line.reason))
        return Row((line.number, line.text, "", "", "", *gap, answer))
    maximum, own, agreed = _figures(line.maximum, line.self_points, line.agreed)
    if line.not_applicable:
        agreed = NOT_APPLICABLE
    elif line.spared:
        agreed = SPARED
    elif line.agreed is None:
        agreed = UNSCORED
    return Row((line.number, line.text, maximum, own, agreed, *gap, reason_words(line)))


def _figures(*points: Points | None) -> tuple[str, ...]:
    return tuple("" if value is None else format_points(value) for value in points)
