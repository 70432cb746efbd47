"""From a line with points to a criterion: its kind, maximum, levels, what is counted; every guess is a doubt."""

from thidua.rules.points import format_points
from thidua.rules.sheet import Polarity
from thidua.rules.sheet_reading import phrases
from thidua.rules.sheet_reading.amounts import Amount, read_told
from thidua.rules.sheet_reading.drafts import Draft, keep, maximum
from thidua.rules.sheet_reading.guided import read_guided_levels, read_guided_rules, take_levels
from thidua.rules.sheet_reading.ledger import KEEP, Ledger
from thidua.rules.sheet_reading.levels import is_counted, read_whole_rule
from thidua.rules.sheet_reading.lines import Line
from thidua.rules.sheet_reading.values import Choice


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
                (keep(line.maximum.high), maximum(node_id, told.points)),
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
        take_levels(draft, line.levels, ledger, is_sure=True)
        return
    if draft.kind == "count":
        return
    if read_guided_levels(draft, ledger):
        return
    read_guided_rules(draft, ledger)
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
