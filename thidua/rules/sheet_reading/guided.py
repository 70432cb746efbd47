"""What the words beside a criterion say about scoring it: levels to choose from, something to be counted."""

from thidua.rules.points import format_points
from thidua.rules.sheet import Level
from thidua.rules.sheet_reading.cells import key_of
from thidua.rules.sheet_reading.column_words import LEVEL_NAMES
from thidua.rules.sheet_reading.drafts import Draft, as_points, keep, maximum
from thidua.rules.sheet_reading.ledger import Ledger
from thidua.rules.sheet_reading.levels import Rule, count_of_points, is_counted, read_levels, read_rules
from thidua.rules.sheet_reading.values import Choice


def take_levels(draft: Draft, levels: tuple[Level, ...], ledger: Ledger, *, is_sure: bool) -> None:
    highest = max(level.points for level in levels)
    declared = draft.maximum
    draft.kind, draft.levels = "levels", levels
    draft.minimum = 0
    if draft.polarity == "penalty":
        draft.levels = tuple(Level(level.text, -abs(level.points)) for level in levels)
        draft.maximum, draft.minimum = 0, min(level.points for level in draft.levels)
        return
    draft.minimum = min(0, *(level.points for level in levels))
    if draft.polarity == "bonus" and draft.minimum < 0:
        draft.polarity = "base"
    draft.maximum = highest if declared is None else declared
    if draft.maximum != highest:
        ledger.doubt(
            draft.at,
            draft.id,
            "maximum",
            format_points(draft.maximum),
            f"Điểm tối đa ghi {format_points(draft.maximum)} nhưng mức cao nhất được {format_points(highest)}",
            (keep(draft.maximum), maximum(draft.id, max(highest, 0))),
        )
    elif not is_sure:
        ledger.doubt(
            draft.at,
            draft.id,
            "levels",
            "; ".join(f"{level.text}: {format_points(level.points)}" for level in levels),
            "Chưa chắc đây là các mức để chọn một hay các phần cộng lại",
            (Choice("Chọn một trong các mức"), as_points(draft.id, "Chấm điểm, giữ các dòng này làm hướng dẫn")),
        )


def read_guided_levels(draft: Draft, ledger: Ledger) -> bool:
    """Levels that the guidance lists; parts that add up to the maximum stay guidance."""
    for place, words in enumerate(draft.guidance):
        told = read_levels(words.removeprefix("Ghi chú: "))
        if told is None:
            continue
        points = [level.points for level in told.levels]
        highest, total = max(points), sum(points)
        if draft.maximum is not None and total == draft.maximum and 0 not in points and highest != draft.maximum:
            return False
        named = sum(key_of(level.text) in LEVEL_NAMES or level.points <= 0 for level in told.levels)
        is_falling = points in (sorted(points), sorted(points, reverse=True)) and len(set(points)) == len(points)
        if draft.maximum is not None and highest != draft.maximum and not named:
            return False
        is_sure = is_falling and (highest == draft.maximum or (draft.maximum is None and named > 0))
        draft.guidance[place] = told.lead
        take_levels(draft, told.levels, ledger, is_sure=is_sure)
        return True
    return False


def read_guided_rules(draft: Draft, ledger: Ledger) -> None:
    """One deduction or addition for each time makes a criterion that is counted; several stay guidance."""
    texts = [*draft.guidance, draft.text]
    rules = [rule for words in texts for rule in read_rules(words)]
    counted = [rule for rule in rules if rule.points and not rule.is_range and is_counted(rule.per)]
    if len(rules) != 1 or len(counted) != 1:
        if draft.polarity == "penalty" and draft.maximum is None and rules and all(rule.points for rule in rules):
            draft.maximum, draft.minimum = 0, min(-abs(rule.points) for rule in rules)
        elif draft.polarity == "bonus" and draft.maximum is None and rules and all(rule.points > 0 for rule in rules):
            draft.maximum = max(rule.points for rule in rules)
        return
    rule = counted[0]
    if not rule.is_whole and sum(count_of_points(words) for words in texts) > 1:
        return
    if draft.polarity == "penalty":
        draft.kind, draft.per = "count", -abs(rule.points)
        single = draft.maximum is not None and draft.minimum == draft.per
        draft.maximum = 0
        draft.minimum = 0 if single else draft.minimum
        return
    if rule.points < 0 and draft.maximum is None:
        draft.polarity, draft.kind, draft.per, draft.maximum = "penalty", "count", rule.points, 0
        _doubt_count(draft, rule, ledger)
        return
    if draft.maximum is None:
        draft.maximum = rule.most if rule.most is not None or draft.polarity == "bonus" else rule.points
    is_sure = rule.is_whole and rule.points > 0 and (rule.most in (None, draft.maximum))
    draft.kind, draft.per = "count", rule.points
    if not is_sure:
        _doubt_count(draft, rule, ledger)


def _doubt_count(draft: Draft, rule: Rule, ledger: Ledger) -> None:
    act = "trừ" if rule.points < 0 else "cộng"
    each = format_points(abs(rule.points))
    ledger.doubt(
        draft.line.at,
        draft.id,
        "kind",
        f"Mỗi {rule.per} {act} {each} điểm",
        "Chưa chắc tiêu chí này chỉ đếm số lần, hay còn chấm theo nhận xét",
        (Choice(f"Đếm số lần, mỗi lần {act} {each} điểm"), as_points(draft.id, "Chấm điểm theo nhận xét")),
    )
