"""What was said: exchanges with their speakers, and what was objected to when the minutes were read aloud."""

from collections.abc import Iterator

from thidua.rules.document_blocks import item_blocks
from thidua.rules.documents import Block, Paragraph
from thidua.rules.minutes_facts import MinutesFacts, Objected, Said
from thidua.rules.phrases import ended, joined, lower_first, one_line, sentence, upper_first
from thidua.rules.wording_people import speaking
from thidua.rules.words import counted

_SAID = {"question": "hỏi", "answer": "trả lời", "rebuttal": "phản biện", "explanation": "giải trình"}
_COUNTED = {
    "question": "câu hỏi",
    "answer": "ý kiến trả lời",
    "rebuttal": "ý kiến phản biện",
    "explanation": "ý kiến giải trình",
}
_ASKED = ("đề nghị ", "xin ", "mong ")
_TOLD_FROM = 3


def exchange_blocks(facts: MinutesFacts) -> list[Block]:
    """Everything said, in turns; how much it was when it was more than a few words."""
    said = [one for one in facts.exchanges if one.text.strip()]
    items = item_blocks("exchanges", _spoken(facts, said))
    if len(said) < _TOLD_FROM:
        return items
    return [Paragraph("exchanges-count", _how_much(said)), *items]


def objection_blocks(facts: MinutesFacts) -> list[Block]:
    """What was objected to and did not change the text: nobody's objection is lost by signing."""
    return item_blocks("objections", [_objected(facts, one) for one in standing_objections(facts)])


def standing_objections(facts: MinutesFacts) -> list[Objected]:
    """Those that were not accepted into the text."""
    return [one for one in facts.objections if one.outcome != "accepted" and one.text.strip()]


def _how_much(said: list[Said]) -> str:
    """ "Có năm ý kiến, gồm hai câu hỏi và ba ý kiến trả lời, cụ thể:"."""
    numbers = {kind: sum(one.kind == kind for one in said) for kind in _COUNTED}
    kinds = [counted(number, _COUNTED[kind]) for kind, number in numbers.items() if number]
    if len(kinds) == 1:
        return f"Có {kinds[0]}, cụ thể:"
    return f"Có {counted(len(said), 'ý kiến')}, gồm {joined(kinds)}, cụ thể:"


def _spoken(facts: MinutesFacts, said: list[Said]) -> Iterator[str]:
    """ "Đồng chí Nga trả lời: do dịch"; an answer does not name again the criterion it was asked about."""
    asked = ""
    for one in said:
        about = one.about if one.about != asked else ""
        asked = one.about
        yield _saying(one, speaking(facts, one.speaker), about)


def _saying(one: Said, speaker: str, about: str) -> str:
    text = ended(one_line(one.text), "")
    if one.kind == "question" and text.lower().startswith(_ASKED):
        asks = f"{speaker} {text[0].lower()}{text[1:]}"
        return f"Về mục {about}, {lower_first(asks)}" if about else asks
    named = f" về mục {about}" if about else ""
    return f"{speaker} {_SAID[one.kind]}{named}: {upper_first(text)}"


def _objected(facts: MinutesFacts, one: Objected) -> str:
    said = f"{speaking(facts, one.speaker)} có ý kiến: {upper_first(ended(one_line(one.text), ''))}"
    if not one.answer.strip():
        kept = "Đoàn kiểm tra ghi nhận ý kiến này, giữ nguyên nội dung biên bản"
        return f"{sentence(said)} {kept if one.outcome else 'Ý kiến này chưa được giải quyết'}"
    return f"{sentence(said)} Trả lời của Đoàn kiểm tra: {upper_first(ended(one_line(one.answer), ''))}"
