"""Minutes on what became of earlier recommendations: one sentence for each, with the minutes they stand in."""

from thidua.rules.minutes_facts import MinutesFacts, Reviewed
from thidua.rules.phrases import ended, flowing, one_line
from thidua.rules.words import date_in_words

HEADING = "Việc thực hiện kiến nghị của lần kiểm tra trước"
_FOUND = {"done": "đã thực hiện", "partly": "thực hiện một phần", "not": "chưa thực hiện", "": "chưa được xem xét"}


def reviewed_lines(facts: MinutesFacts) -> list[str]:
    """ "Hoàn thiện hồ sơ… (Biên bản số 02/BB-HTS ngày …): thực hiện một phần, còn 06 chi hội"; [] when none."""
    return [_line(one) for one in facts.reviews]


def _line(one: Reviewed) -> str:
    found = _FOUND[one.answer]
    if one.answer and one.note.strip():
        found = f"{found}, {flowing(one_line(one.note))}"
    source = f" (Biên bản số {one.minutes} {date_in_words(one.inspected_on)})"
    return f"{ended(one_line(one.text), '')}{source}: {found}"
