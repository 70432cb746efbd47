"""Numbers of documents (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3)."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

DOCUMENT_KINDS: Final = {
    "BB": "Biên bản",
    "TB": "Thông báo",
    "BC": "Báo cáo",
    "KH": "Kế hoạch",
    "GM": "Giấy mời",
    "QĐ": "Quyết định",
    "HD": "Hướng dẫn",
    "TTr": "Tờ trình",
    "CT": "Chương trình",
    "QC": "Quy chế",
    "NQ": "Nghị quyết",
    "CV": "Công văn",
}
"""Kinds that get a number of their own each year (Nghị định 30/2020/NĐ-CP, Phụ lục III; "CV" as the association
writes it)."""


def document_number(number: int, kind: str, issuer: str) -> str:
    """ "15/BB-HTS"; a zero before numbers under 10; without a kind "72/HTS", as also printed."""
    if number < 1:
        raise ValueError(number)
    symbol = f"{kind}-{issuer}" if kind else issuer
    return f"{number:02d}/{symbol}"


def shown_number(number: int | None, kind: str, issuer: str) -> str:
    """The same, or "…/BB-HTS" for a paper that is registered after it was signed with ink."""
    return document_number(number, kind, issuer) if number else f"…/{kind}-{issuer}"


def next_number(used: Iterable[int]) -> int:
    """One after the highest of the year and the kind, from 1. Never fills a hole: an older number would
    then carry a later date. Given one by one, numbers leave no hole."""
    return max(used, default=0) + 1


def holes(used: Iterable[int]) -> tuple[int, ...]:
    """The numbers between 1 and the highest that nobody has, in order; none in a register kept as it should be."""
    taken = set(used)
    return tuple(number for number in range(1, max(taken, default=0)) if number not in taken)


def repeated(used: Iterable[int]) -> tuple[int, ...]:
    """The numbers that were given out more than once, in order."""
    return tuple(number for number, times in sorted(Counter(used).items()) if times > 1)
