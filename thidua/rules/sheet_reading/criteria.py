"""From a line with points to a criterion: its kind, maximum, levels, what is counted; every guess is a doubt."""

from dataclasses import dataclass, field
from math import gcd
from typing import Final

from thidua.rules.points import Points, format_points
from thidua.rules.sheet import Criterion, Kind, Level, Polarity
from thidua.rules.sheet_reading import phrases
from thidua.rules.sheet_reading.amounts import Amount, read_told
from thidua.rules.sheet_reading.cells import key_of
from thidua.rules.sheet_reading.column_words import LEVEL_NAMES
from thidua.rules.sheet_reading.ledger import KEEP, Ledger
from thidua.rules.sheet_reading.levels import Rule, is_counted, read_levels, read_rules, read_whole_rule
from thidua.rules.sheet_reading.lines import Line
from thidua.rules.sheet_reading.values import Choice

LONGEST_NUMBER: Final = 20
_STEP: Final = 50


@dataclass(slots=True)
class Draft:
    """A criterion being put together; ``levels_at`` and the like are addresses for doubts."""

    id: int
    line: Line
    text: str
    polarity: Polarity
    kind: Kind = "points"
    maximum: Points | None = None
    minimum: Points = 0
    levels: tuple[Level, ...] = ()
    per: Points | None = None
    cap: Points | None = None
    guidance: list[str] = field(default_factory=list)

    @property
    def at(self) -> str:
        return self.line.maximum_at or self.line.at

    def criterion(self, number: str, *, is_section: bool) -> Criterion:
        """The finished value."""
        guidance = "\n".join(one for one in self.guidance if one)
        words = f"{self.text}\n{guidance}"
        return Criterion(
            id=self.id,
            number=number[:LONGEST_NUMBER],
            text=self.text,
            guidance=guidance,
            kind="section" if is_section else self.kind,
            polarity=self.polarity,
            maximum=self.maximum,
            minimum=self.minimum,
            step=_step(self.maximum, self.minimum, self.per, *(rule.points for rule in read_rules(guidance))),
            levels=() if is_section else self.levels,
            points_per_count=None if is_section else self.per,
            cap=self.cap,
            only_highest=is_section and phrases.says_highest_only(words),
            either_or=is_section and phrases.says_either_or(self.text),
        )


def begin(node_id: int, line: Line, inherited: str, ledger: Ledger) -> Draft:
    """Words and polarity of any line, section or leaf; points in the words that are not those of the column."""
    draft = Draft(node_id, line, line.text, _polarity(line, inherited), guidance=list(line.guidance))
    told = read_told(line.text)
    if line.maximum is not None and told is not None and line.maximum_at != line.at:
        if told.points == line.maximum.high:
            draft.text = told.rest or line.text
        else:
            ledger.doubt(
                line.maximum_at,
                node_id,
                "maximum",
                format_points(line.maximum.high),
                f"Cột điểm ghi {format_points(line.maximum.high)}, "
                f"trong câu chữ lại ghi {format_points(told.points)} điểm",
                (_keep(line.maximum.high), _maximum(node_id, told.points)),
            )
    _tell_oddities(draft, ledger)
    return draft


def complete_section(draft: Draft) -> None:
    """A section keeps what is printed as its maximum; bonus adds no more, penalties take no more than that."""
    amount = draft.line.maximum or draft.line.bonus or draft.line.penalty
    if amount is None:
        return
    if draft.polarity == "penalty":
        draft.minimum, draft.maximum = -abs(amount.high), 0
    else:
        draft.maximum = abs(amount.high)
    if draft.polarity == "bonus":
        draft.cap = draft.maximum


def complete_leaf(draft: Draft, ledger: Ledger) -> None:
    """Levels, counts, points or a note."""
    line = draft.line
    amount = line.maximum or line.bonus or line.penalty
    if amount is not None:
        _take(draft, amount, ledger)
    if line.levels:
        _take_levels(draft, line.levels, ledger, is_sure=True)
        return
    if draft.kind == "count":
        return
    if _read_guided_levels(draft, ledger):
        return
    _read_guided_rules(draft, ledger)
    if draft.maximum is None and draft.kind == "points" and draft.minimum == 0:
        _without_points(draft, ledger)


def _polarity(line: Line, inherited: str) -> Polarity:
    told = phrases.polarity_of(line.text)
    if inherited in ("bonus", "penalty"):
        return "bonus" if inherited == "bonus" else "penalty"
    if told:
        return "bonus" if told == "bonus" else "penalty"
    if line.maximum is None:
        if line.penalty is not None:
            return "penalty"
        return "bonus" if line.bonus is not None else "base"
    return {"-": "penalty", "+": "bonus"}.get(line.maximum.sign, "base")  # type: ignore[return-value]


def _take(draft: Draft, amount: Amount, ledger: Ledger) -> None:
    high = abs(amount.high)
    if not amount.is_exact:
        ledger.doubt(
            draft.at,
            draft.id,
            "maximum",
            format_points(high),
            "Ô ghi nhiều hơn hai chữ số sau dấu phẩy: đã bỏ các chữ số thừa",
        )
    if amount.per and is_counted(amount.per):
        draft.kind = "count"
        draft.per = -high if draft.polarity == "penalty" else high
        most = read_whole_rule(f"{format_points(high)} điểm/{amount.per}")
        draft.maximum = 0 if draft.polarity == "penalty" else (most.most if most else None)
        draft.guidance.append(f"{format_points(high)} điểm/{amount.per}")
        if draft.maximum is None and draft.polarity == "base":
            draft.maximum = high
            ledger.doubt(
                draft.at,
                draft.id,
                "maximum",
                format_points(high),
                f"Ô ghi {format_points(high)} điểm/{amount.per} nhưng không ghi tối đa được bao nhiêu điểm",
                (KEEP, Choice("Coi là điểm thưởng, không giới hạn", ((draft.id, "polarity", "bonus"),))),
            )
        return
    if draft.polarity == "penalty":
        draft.maximum, draft.minimum = 0, -max(high, abs(amount.low or 0))
        return
    draft.maximum = high
    if amount.low is not None and amount.low != 0 and amount.low != amount.high:
        draft.minimum = amount.low
        if amount.low > 0:
            ledger.doubt(
                draft.at,
                draft.id,
                "minimum",
                f"{format_points(amount.low)} – {format_points(high)}",
                "Ô ghi một khoảng điểm không bắt đầu từ 0",
                (
                    Choice(f"Chấm từ {format_points(amount.low)} đến {format_points(high)}"),
                    Choice(f"Chấm từ 0 đến {format_points(high)}", ((draft.id, "minimum", "0"),)),
                ),
            )


def _take_levels(draft: Draft, levels: tuple[Level, ...], ledger: Ledger, *, is_sure: bool) -> None:
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
            (_keep(draft.maximum), _maximum(draft.id, max(highest, 0))),
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


def as_points(row: int, label: str) -> Choice:
    return Choice(label, ((row, "kind", "points"),))


def _read_guided_levels(draft: Draft, ledger: Ledger) -> bool:
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
        _take_levels(draft, told.levels, ledger, is_sure=is_sure)
        return True
    return False


def _read_guided_rules(draft: Draft, ledger: Ledger) -> None:
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


def _without_points(draft: Draft, ledger: Ledger) -> None:
    line = draft.line
    if draft.polarity != "base" and not line.odd_points:
        ledger.doubt(draft.at, draft.id, "maximum", "", "Không thấy ghi bao nhiêu điểm: đã để không giới hạn")
        return
    draft.kind = "note"
    if line.is_without_result:
        why = "Ô điểm là công thức chưa có kết quả; xin mở tệp bằng Excel, lưu lại, hoặc ghi điểm ở đây"
    elif line.odd_points:
        why = f"Cột điểm ghi “{line.odd_points[:60]}”, không phải một số điểm"
    else:
        why = "Không thấy điểm tối đa"
    ledger.doubt(
        draft.at,
        draft.id,
        "maximum",
        line.odd_points,
        why,
        (Choice("Chỉ ghi nhận xét, không chấm điểm"), Choice("Bỏ hàng này", ((draft.id, "is_taken", "0"),))),
    )


def _tell_oddities(draft: Draft, ledger: Ledger) -> None:
    line = draft.line
    if line.odd_number:
        ledger.doubt(
            line.number_at, draft.id, "number", line.odd_number, "Ô số thứ tự ghi chữ lạ: đã tự đánh số hàng này"
        )
    if line.number.is_mended:
        ledger.doubt(
            line.number_at,
            draft.id,
            "number",
            line.number.label,
            "Excel đã đổi số thứ tự thành ngày tháng: đã đọc lại thành số",
        )
    if line.is_cut:
        ledger.doubt(line.at, draft.id, "text", line.text[-60:], "Ô này dài quá mức máy đọc, phần cuối bị bỏ")


def _keep(points: Points) -> Choice:
    return Choice(f"Giữ {format_points(points)}")


def _maximum(row: int, points: Points) -> Choice:
    return Choice(f"Lấy {format_points(points)}", ((row, "maximum", format_points(points)),))


def _step(*points: Points | None) -> Points:
    """The usual half point, or what all points told can be reached with."""
    step = _STEP
    for one in points:
        step = gcd(step, abs(one)) if one else step
    return step
