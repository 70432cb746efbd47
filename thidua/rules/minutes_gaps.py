"""What is still missing before minutes can be signed, and where on the page each gap is mended."""

from collections.abc import Iterator
from dataclasses import dataclass

from thidua.rules.minutes_facts import MinutesFacts, ScoreLine
from thidua.rules.points import format_points

_PARTS = {"head": "Trưởng đoàn", "secretary": "Thư ký", "unit": "Đại diện đơn vị được kiểm tra"}


@dataclass(frozen=True, slots=True)
class Missing:
    """`code` for programs, `sentence` for people, `anchor` the element id to lead them to."""

    code: str
    sentence: str
    anchor: str


def missing_before_signing(facts: MinutesFacts) -> tuple[Missing, ...]:
    """Empty when nothing stands in the way. In the order of the minutes."""
    return (
        *_attendance(facts),
        *_reviews(facts),
        *_scores(facts),
        *_checks(facts),
        *_recommendations(facts),
        *_words(facts),
    )


def agenda_advice(facts: MinutesFacts) -> Iterator[Missing]:
    """Steps of the agenda nobody ended, began or left out. Good custom: it stops nobody from signing."""
    for number, step in enumerate(facts.agenda, start=1):
        if step.skipped_reason or step.ended_at:
            continue
        named = f"Bước {number} “{' '.join(step.title.split())}”"
        if step.started_at:
            yield Missing("step_not_ended", f"{named} chưa kết thúc.", "agenda")
        else:
            yield Missing("step_not_begun", f"{named} chưa tiến hành, chưa ghi lý do bỏ qua.", "agenda")


def _attendance(facts: MinutesFacts) -> Iterator[Missing]:
    for part, label in _PARTS.items():
        person = facts.signer(part)
        is_there = person is not None and person.presence == "present"
        if not is_there and not _signs_instead(facts, part):
            yield Missing(f"{part}_not_present", f"{label} chưa được ghi nhận có mặt.", "attendance")


def _signs_instead(facts: MinutesFacts, part: str) -> bool:
    """Somebody was chosen to sign here, or anybody of a group may: the usual person need not have come."""
    chosen = next((one for one in facts.parts if one.part == part), None)
    usual = facts.signer(part)
    names = {"", usual.name, f"{usual.rank} {usual.name}"} if usual else {""}
    return chosen is not None and (chosen.group or chosen.person not in names)


def _reviews(facts: MinutesFacts) -> Iterator[Missing]:
    for number, one in enumerate(facts.reviews, start=1):
        if not one.answer:
            text = one.text if len(one.text) <= 60 else one.text[:60].rsplit(" ", 1)[0] + "…"
            yield Missing(
                "review_unanswered", f"Kiến nghị lần trước thứ {number} chưa được trả lời: {text}", one.anchor
            )


def _scores(facts: MinutesFacts) -> Iterator[Missing]:
    for line in facts.scores:
        if line.kind != "item" or line.not_applicable or line.spared:
            continue
        anchor = line.anchor or "scores"
        if line.unsettled:
            yield Missing(
                "unsettled", f"Tiêu chí {line.number}: ý kiến chấm còn khác nhau, Trưởng đoàn chưa chốt điểm.", anchor
            )
        elif line.agreed is None:
            yield Missing("not_scored", f"Tiêu chí {line.number} chưa có điểm thống nhất.", anchor)
        elif _unexplained(line):
            own, agreed = format_points(line.self_points or 0), format_points(line.agreed)
            yield Missing(
                "no_reason",
                f"Tiêu chí {line.number}: điểm thống nhất {agreed} khác điểm tự chấm {own}, chưa ghi lý do.",
                anchor,
            )


def _checks(facts: MinutesFacts) -> Iterator[Missing]:
    """The check by two people, told in one line each: all criteria may be missing."""
    for state, words in (("unread", "Thư ký chưa đọc lại"), ("read", "Chưa có thành viên xác nhận")):
        lines = [line for line in facts.scores if line.check == state]
        if lines:
            numbers = ", ".join(line.number for line in lines)
            code = "not_read_back" if state == "unread" else "not_confirmed"
            yield Missing(code, f"{words} điểm thống nhất của tiêu chí {numbers}.", "reading")


def _unexplained(line: ScoreLine) -> bool:
    return line.self_points is not None and line.self_points != line.agreed and not line.reason.strip()


def _recommendations(facts: MinutesFacts) -> Iterator[Missing]:
    for number, one in enumerate(facts.recommendations, start=1):
        lacking = [
            name for name, there in (("người thực hiện", one.owner.strip()), ("thời hạn", one.due_on)) if not there
        ]
        if lacking:
            yield Missing(
                "recommendation_incomplete", f"Kiến nghị {number} chưa ghi {' và '.join(lacking)}.", one.anchor
            )


def _words(facts: MinutesFacts) -> Iterator[Missing]:
    if not any(opinion.strip() for opinion in facts.unit_opinions):
        yield Missing("no_unit_opinion", "Chưa ghi ý kiến của đơn vị được kiểm tra.", "unit-opinion")
    if not facts.conclusion.strip():
        yield Missing("no_conclusion", "Trưởng đoàn chưa ghi kết luận.", "conclusion")
