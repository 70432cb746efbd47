"""Small pieces of official Vietnamese, put together from what people typed."""

import re
from collections.abc import Iterable

_BODIES = {
    "Hội": frozenset({"viên", "nghị", "thảo", "trường", "diễn", "họp", "thi"}),
    "Ban": frozenset({"hành", "đầu", "tặng", "phát", "bố", "ngày", "đêm"}),
    "Đoàn": frozenset({"kết", "viên", "thể"}),
    "Đảng": frozenset({"viên"}),
}
"""Bodies written with a capital, and the words before which the same syllable is common ("hội viên")."""
_NAME_PAIRS = frozenset(
    {"Trung ương", "Thường trực", "Nhà nước", "Ủy ban", "Uỷ ban", "Mặt trận", "Chính phủ", "Quốc hội", "Quân đội"}
)
_STRONG_END = re.compile(r"[.?!…][”\"’»)\]]*$")
_DOTS = re.compile(r"\.{3,}")
_BULLET = re.compile(r"^\s*(?:[-–—+•*·●▪]+\s+|[-–—•●▪]+(?=[^\W\d])|\d{1,2}[.)]\s+(?=[^\W\d])|[a-zđ]\)\s+)")


def ended(text: str, mark: str) -> str:
    """The text with this mark at its end instead of whatever stood there; "?", "!" and "…" give way to none."""
    text = text.rstrip().removesuffix("./.").rstrip(" .;:,\n")
    if mark in (".", ";") and _STRONG_END.search(text):
        return text if mark == "." else f"{text.rstrip('.')}{mark}"
    return text + mark


def sentence(text: str) -> str:
    """A whole sentence: capital first, full stop last unless it ends in "?", "!", "…" or a quoted sentence."""
    text = upper_first(_DOTS.sub("…", text.strip()))
    return text if _STRONG_END.search(text) and not text.endswith(".") else ended(text, ".")


def enumerated(items: Iterable[str]) -> tuple[str, ...]:
    """Items of a list: each but the last ends in a semicolon, the last in a full stop.

    When one of them is more than a phrase (has a semicolon, is a question, …), all are sentences.
    """
    found = [_DOTS.sub("…", item.strip()) for item in items if item.strip()]
    if any(_is_more_than_a_phrase(item) for item in found):
        return tuple(sentence(item) for item in found)
    return tuple(ended(item, "." if at == len(found) else ";") for at, item in enumerate(found, start=1))


def _is_more_than_a_phrase(item: str) -> bool:
    inner = item.rstrip(" .;:,")
    return ". " in inner or ";" in inner or bool(_STRONG_END.search(inner))


def joined(items: Iterable[str]) -> str:
    """ "a", "a và b", "a, b và c"."""
    found = [item for item in items if item]
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} và {found[-1]}"


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """For going on in a sentence; the capital of a name stays ("Hội Trường Sơn", but "hội viên")."""
    first, _, rest = text.partition(" ")
    following = rest.partition(" ")[0]
    is_body = first in _BODIES and following not in _BODIES[first]
    is_name = f"{first} {following}" in _NAME_PAIRS or following[:1].isupper()
    is_abbreviation = first[1:] != first[1:].lower() or any(letter.isdigit() for letter in first)
    return text if is_body or is_name or is_abbreviation else text[:1].lower() + text[1:]


def flowing(text: str) -> str:
    """A remark as a part of a longer sentence: no mark at its end, no capital at its beginning."""
    return lower_first(ended(_DOTS.sub("…", text.strip()), ""))


def one_line(text: str) -> str:
    """Lines of a remark made one: a line that ends without a mark is set off from the next by a semicolon."""
    told = ""
    for line, _ in _lines(text):
        told = _gone_on(told, line) if told else line
    return told


def points_of(text: str) -> list[str]:
    """The points of a remark of several lines: each line one, without the bullet somebody typed before it.

    A line that ends in a colon gathers all that follow it; a line that begins small goes on with the one before.
    """
    points: list[str] = []
    gathering = False
    for line, has_bullet in _lines(text):
        if points and (gathering or (line[:1].islower() and not has_bullet)):
            points[-1] = _gone_on(points[-1], line)
        else:
            points.append(line)
        gathering = gathering or line.endswith(":")
    return points


def concerning(text: str, number: str) -> str:
    """ "Minh chứng chưa đầy đủ (mục 1.1)."; a text of several lines, or one that names the number, stays."""
    plain = text.strip()
    if not number or not plain or "\n" in plain or number in plain:
        return text
    end = plain[-1] if _STRONG_END.search(plain) and plain[-1] in ".?!…" else ""
    return f"{plain.rstrip(' .;:,?!…')} (mục {number}){end}"


def in_quotes(text: str) -> str:
    """ "“Phong trào mạnh.”" on one line; "" for nothing."""
    words = one_line(text).strip("“”\"' ")
    return f"“{words}”" if words else ""


def _gone_on(told: str, line: str) -> str:
    if told.endswith((",", ";", ":")):
        return f"{told} {lower_first(line)}"
    if _STRONG_END.search(told):
        return f"{told} {upper_first(line)}"
    return f"{told} {line}" if line[:1].islower() and not told.endswith(")") else f"{told}; {lower_first(line)}"


def _lines(text: str) -> list[tuple[str, bool]]:
    """Each line that says something, without its bullet, and whether it had one."""
    found = []
    for line in text.splitlines():
        plain = _DOTS.sub("…", " ".join(_BULLET.sub("", line).split()))
        if plain.strip(" .;:,-–"):
            found.append((plain, bool(_BULLET.match(line))))
    return found
