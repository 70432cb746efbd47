"""The head of team's conclusion, drafted from what was recorded; the head corrects and makes it his own."""

from thidua.rules.minutes_facts import MinutesFacts, Recommended
from thidua.rules.phrases import flowing, joined, one_line, points_of, upper_first
from thidua.rules.wording_scores import out_of, rated_words
from thidua.rules.words import counted, date_in_words

_MOST_POINTS = 3


def draft_conclusion(facts: MinutesFacts) -> str:
    """Up to four sentences: result and rating, main strengths, main shortcomings, what to do by when.

    "" when nothing at all has been recorded.
    """
    sentences = [_result(facts), _strengths(facts), _shortcomings(facts), _duties(facts)]
    return " ".join(text for text in sentences if text)


def _result(facts: MinutesFacts) -> str:
    """Nothing before every criterion has its score: a total that still grows is nobody's result."""
    achieved = []
    if facts.total_agreed is not None and not facts.unscored:
        achieved.append(f"đạt {out_of(facts.total_agreed, facts.total_maximum)} điểm")
    if facts.rated is not None and (facts.rated.override_reason or not facts.unscored):
        achieved.append(rated_words(facts.rated.label))
    return f"Qua kiểm tra, {facts.unit} {', '.join(achieved)}." if achieved else ""


def _strengths(facts: MinutesFacts) -> str:
    main = _main(facts.strengths)
    several = "những " if len([point for text in facts.strengths for point in points_of(text)]) > 1 else ""
    return f"Đoàn ghi nhận {several}ưu điểm chính: {main}." if main else ""


def _shortcomings(facts: MinutesFacts) -> str:
    main = _main(facts.shortcomings)
    but = "Tuy nhiên, đơn vị còn" if _strengths(facts) else "Đơn vị còn"
    return f"{but} hạn chế cần khắc phục: {main}." if main else ""


def _duties(facts: MinutesFacts) -> str:
    asked = [one for one in facts.recommendations if one.text.strip()]
    if not asked:
        return ""
    if len(asked) == 1:
        return f"{_single(asked[0])}."
    return f"Đề nghị đơn vị thực hiện đầy đủ {counted(len(asked), 'kiến nghị')} của Đoàn{_by(asked)}."


def _by(asked: list[Recommended]) -> str:
    """One day for all, or that each has its own and which is the last."""
    days = {one.due_on for one in asked if one.due_on}
    if not days:
        return ""
    last = date_in_words(max(days))
    if len(days) == 1:
        return f", hoàn thành chậm nhất {last}"
    return f", đúng thời hạn của từng kiến nghị, chậm nhất {last}"


def _single(one: Recommended) -> str:
    by = f", hoàn thành chậm nhất {date_in_words(one.due_on)}" if one.due_on else ""
    text = flowing(one_line(one.text))
    if text.startswith("đề nghị "):
        return f"{upper_first(text)}{by}"
    return f"Đề nghị {_owner(one)} {text}{by}"


def _owner(one: Recommended) -> str:
    return one.owner.strip() if one.owner.strip().lower() not in ("", "đơn vị") else "đơn vị"


def _main(remarks: tuple[str, ...]) -> str:
    """The first few; remarks that have commas of their own are kept apart by semicolons."""
    texts = [flowing(point) for remark in remarks for point in points_of(remark)][:_MOST_POINTS]
    return "; ".join(texts) if any("," in text or ";" in text for text in texts) else joined(texts)
