"""Small pieces of official Vietnamese, put together from what people typed."""

from collections.abc import Iterable

_BODIES = {
    "Hội": frozenset({"viên", "nghị", "thảo", "trường", "diễn", "họp", "thi"}),
    "Ban": frozenset({"hành", "đầu", "tặng", "phát", "bố"}),
    "Đoàn": frozenset({"kết", "viên", "thể"}),
    "Đảng": frozenset({"viên"}),
}
"""Bodies written with a capital, and the words before which the same syllable is common ("hội viên")."""
_STRONG_ENDS = ("?", "!", "…")
_NAME_PAIRS = frozenset({"Trung ương", "Thường trực", "Nhà nước"})


def ended(text: str, mark: str) -> str:
    """The text with this mark at its end instead of whatever stood there."""
    return text.rstrip(" .;:,") + mark


def sentence(text: str) -> str:
    """A whole sentence: capital first, full stop last unless it ends in "?", "!" or "…"."""
    text = upper_first(text.strip())
    return text if text.endswith((*_STRONG_ENDS, ".")) else ended(text, ".")


def enumerated(items: Iterable[str]) -> tuple[str, ...]:
    """Items of a list: each but the last ends in a semicolon, the last in a full stop.

    When one of them is more than a phrase (has a semicolon, is a question, …), all are sentences.
    """
    found = [item.strip() for item in items if item.strip()]
    if any(". " in item or ";" in item[:-1] or item.endswith(_STRONG_ENDS) for item in found):
        return tuple(sentence(item) for item in found)
    return tuple(ended(item, "." if at == len(found) else ";") for at, item in enumerate(found, start=1))


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
    is_abbreviation = len(first) > 1 and first.isupper()
    return text if is_body or is_name or is_abbreviation else text[:1].lower() + text[1:]


def flowing(text: str) -> str:
    """A remark as a part of a longer sentence: no mark at its end, no capital at its beginning."""
    return lower_first(ended(text.strip(), ""))
