"""Who sat at the table: both delegations with their parts, guests, who was away and why. Kế hoạch 72/HTS, mục IV.1."""

from collections.abc import Iterator

from thidua.rules.document_blocks import item_blocks
from thidua.rules.documents import Block
from thidua.rules.minutes_facts import Attendee, MinutesFacts, Side
from thidua.rules.phrases import flowing, lower_first, one_line, upper_first
from thidua.rules.words import count_phrase

_SIDES: tuple[tuple[Side, str, str], ...] = (
    ("team", "team", "Đoàn kiểm tra"),
    ("unit", "unit-side", "Đơn vị được kiểm tra"),
    ("guest", "guests", "Khách mời"),
)
_ADDRESSED = ("đồng chí ", "đ/c ", "ông ", "bà ", "anh ", "chị ")
_RANKS = frozenset(
    f"{grade} {rank}".strip() for rank in ("tướng", "tá", "úy") for grade in ("đại", "thượng", "trung", "thiếu")
)
_PRESENTS = "chủ trì báo cáo"


def people_parts(facts: MinutesFacts) -> Iterator[tuple[str, list[Block]]]:
    """Heading and list for each side that was there, and for those who were away."""
    for side, block_id, name in _SIDES:
        present = [person for person in facts.side(side) if person.presence == "present"]
        people = [introduced(person) for person in present]
        yield f"{name} ({count_phrase(len(people), 'đồng chí')})", item_blocks(block_id, people)
    absent = [person for person in facts.attendees if person.presence == "absent"]
    count = count_phrase(len(absent), "đồng chí")
    yield f"Vắng mặt ({count})", item_blocks("absent", [_excused(person) for person in absent])


def called(person: Attendee) -> str:
    """ "Thiếu tướng Võ Sở" where the rank is printed, else "Đồng chí Nguyễn Văn Quyết"."""
    if person.rank:
        return f"{person.rank} {person.name}"
    return person.name if person.name.lower().startswith(_ADDRESSED) else f"Đồng chí {person.name}"


def speaking(facts: MinutesFacts, speaker: str) -> str:
    """Somebody who said something, called as in the list of those present; whoever is not in it, as written down."""
    typed = " ".join(speaker.split())
    bare = next((typed[len(word) :] for word in _ADDRESSED if typed.lower().startswith(word)), typed)
    person = next((one for one in facts.attendees if _is_name_of(bare, one)), None)
    return called(person) if person else upper_first(typed)


def _is_name_of(typed: str, person: Attendee) -> bool:
    """The name, or a rank and the name: "Thiếu tướng Võ Sở"."""
    before, found, after = typed.casefold().rpartition(person.name.casefold())
    return bool(found) and not after and before.strip() in {"", *_RANKS, person.rank.casefold()}


def introduced(person: Attendee) -> str:
    """ "Thiếu tướng Võ Sở, Chủ tịch Hội – Trưởng đoàn"."""
    text = ", ".join(part for part in (called(person), person.office) if part)
    part = person.part if person.side == "team" else lower_first(person.part)
    return _with_part(text, part) if part and part.lower() != person.office.lower() else text


def _with_part(text: str, part: str) -> str:
    """Set off by a dash, or by a comma where the office has a dash of its own."""
    return f"{text}, {part}" if "–" in text else f"{text} – {part}"


def presenter(facts: MinutesFacts) -> str:
    """ "Đồng chí Trần Văn Hải, Chủ tịch Hội", who presented the unit's report; "" when nobody is marked so."""
    for person in facts.side("unit"):
        if person.presence == "present" and person.part.lower() == _PRESENTS:
            return ", ".join(part for part in (called(person), person.office) if part)
    return ""


def _excused(person: Attendee) -> str:
    """ "Đồng chí Lê Thị Hòa, Ủy viên – Thành viên Đoàn kiểm tra (lý do: ốm)"."""
    side = {"team": "Đoàn kiểm tra", "unit": "đơn vị được kiểm tra", "guest": "khách mời"}[person.side]
    text = ", ".join(part for part in (called(person), person.office) if part)
    text = _with_part(text, f"{person.part or 'Thành viên'} {side}") if person.side == "team" else f"{text}, {side}"
    reason = flowing(one_line(person.absent_reason))
    return f"{text} (lý do: {reason})" if reason else text
