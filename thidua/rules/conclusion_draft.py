"""The head of team's conclusion, drafted from what was recorded; the head corrects and makes it his own."""

from thidua.rules.minutes_facts import MinutesFacts, Recommended
from thidua.rules.phrases import flowing, joined, lower_first, upper_first
from thidua.rules.wording_scores import out_of
from thidua.rules.words import count_phrase, date_in_words

_MOST_POINTS = 3


def draft_conclusion(facts: MinutesFacts) -> str:
    """Up to four sentences: result and rating, main strengths, main shortcomings, what to do by when.

    "" when nothing at all has been recorded.
    """
    sentences = [_result(facts), _strengths(facts), _shortcomings(facts), _duties(facts)]
    return " ".join(text for text in sentences if text)


def _result(facts: MinutesFacts) -> str:
    achieved = []
    if facts.total_agreed is not None:
        achieved.append(f"đạt {out_of(facts.total_agreed, facts.total_maximum)} điểm")
    if facts.rated is not None:
        achieved.append(f"xếp loại {facts.rated.label}")
    return f"Qua kiểm tra, {facts.unit} {', '.join(achieved)}." if achieved else ""


def _strengths(facts: MinutesFacts) -> str:
    main = _main(facts.strengths)
    return f"Đoàn ghi nhận những ưu điểm chính: {main}." if main else ""


def _shortcomings(facts: MinutesFacts) -> str:
    main = _main(facts.shortcomings)
    but = "Tuy nhiên, đơn vị còn" if _strengths(facts) else "Đơn vị còn"
    return f"{but} hạn chế cần khắc phục: {main}." if main else ""


def _duties(facts: MinutesFacts) -> str:
    asked = facts.recommendations
    if not asked:
        return ""
    if len(asked) == 1:
        return f"{_single(asked[0])}."
    days = [one.due_on for one in asked if one.due_on]
    by = f", hoàn thành chậm nhất {date_in_words(max(days))}" if days else ""
    return f"Đề nghị đơn vị thực hiện đầy đủ {count_phrase(len(asked), 'kiến nghị')} của Đoàn{by}."


def _single(one: Recommended) -> str:
    by = f", hoàn thành chậm nhất {date_in_words(one.due_on)}" if one.due_on else ""
    text = flowing(one.text)
    if text.startswith("đề nghị "):
        return f"{upper_first(text)}{by}"
    return f"Đề nghị {lower_first(one.owner) or 'đơn vị'} {text}{by}"


def _main(points: tuple[str, ...]) -> str:
    """The first few; remarks that have commas of their own are kept apart by semicolons."""
    texts = [flowing(point) for point in points if point.strip()][:_MOST_POINTS]
    return "; ".join(texts) if any("," in text for text in texts) else joined(texts)
