"""Figures of the appendix (phụ lục số liệu): read as Vietnamese people write them, compared exactly.

Kế hoạch 72/HTS, mục III.1: the unit's report comes with an appendix of figures.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from thidua.rules.errors import InvalidEntry

LONGEST_NUMBER = 24
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A row offered to a unit; ``last_year`` is an exact decimal as text, "" unknown."""

    label: str
    measure: str
    last_year: str = ""


USUAL = (
    Proposed("Tổng số hội viên", "người"),
    Proposed("Chi hội, ban liên lạc trực thuộc", "đơn vị"),
    Proposed("Phong trào, đợt thi đua đã phát động", "đợt"),
    Proposed("Tập thể đăng ký thi đua", "tập thể"),
    Proposed("Hội viên đăng ký thi đua", "người"),
    Proposed("Tập thể được khen thưởng", "tập thể"),
    Proposed("Hội viên được khen thưởng", "người"),
    Proposed("Hội viên được tặng Kỷ niệm chương, Bằng khen cấp trên", "người"),
    Proposed("Điển hình tiên tiến được biểu dương, nhân rộng", "điển hình"),
    Proposed("Quyết định, quy chế về thi đua, khen thưởng đã ban hành", "văn bản"),
    Proposed("Lần tự kiểm tra công tác thi đua, khen thưởng", "lần"),
    Proposed("Quỹ thi đua, khen thưởng", "triệu đồng"),
    Proposed("Nhà tình nghĩa, nhà đồng đội được làm mới, sửa chữa", "nhà"),
    Proposed("Kinh phí giúp đỡ hội viên khó khăn", "triệu đồng"),
)


def proposed_rows(before: Iterable[Proposed]) -> list[Proposed]:
    """The rows of last time (``last_year`` filled with what was this year's then), or the usual ones."""
    return list(before) or list(USUAL)


def read_figure(typed: str) -> Decimal | None:
    """ "1.234,5", "1234,5", "8.5" or "1.234" (a thousand); None for nothing. Raises ``InvalidEntry``.

    A dot before exactly three digits groups thousands, as Vietnamese print does; any other dot is a decimal sign.
    """
    plain = "".join(one for one in typed if not one.isspace()).replace("−", "-")
    if not plain:
        return None
    if len(plain) <= LONGEST_NUMBER and _GROUPED.fullmatch(plain):
        return Decimal(plain.replace(".", "").replace(",", "."))
    if len(plain) <= LONGEST_NUMBER and _PLAIN.fullmatch(plain):
        return Decimal(plain.replace(",", "."))
    raise InvalidEntry(f"“{typed.strip()[:40]}” không phải là số. Xin ghi số, ví dụ 1.234,5.")


def kept_figure(value: Decimal | None) -> str:
    """As a row keeps it: "1234.5"; "" for none."""
    if value is None:
        return ""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def figure_of(kept: str) -> Decimal | None:
    """The inverse of ``kept_figure``."""
    return Decimal(kept) if kept else None


def format_figure(value: Decimal | None) -> str:
    """ "1.234,5"; empty for none; a true minus sign."""
    if value is None:
        return ""
    whole, _, part = kept_figure(abs(value)).partition(".")
    grouped = f"{int(whole):,}".replace(",", ".") + (f",{part}" if part else "")
    return f"−{grouped}" if value < 0 else grouped


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a figure since last year; ``percent`` is None when last year's was 0."""

    difference: Decimal
    percent: Decimal | None

    @property
    def tone(self) -> str:
        """up, down or same."""
        return "up" if self.difference > 0 else "down" if self.difference < 0 else "same"

    @property
    def words(self) -> str:
        """ "tăng 120 (10,5%)", "giảm 3 (2%)", "không đổi"."""
        if not self.difference:
            return "không đổi"
        verb = "tăng" if self.difference > 0 else "giảm"
        share = f" ({format_figure(abs(self.percent))}%)" if self.percent is not None else ""
        return f"{verb} {format_figure(abs(self.difference))}{share}"


def change_of(last_year: Decimal | None, this_year: Decimal | None) -> Change | None:
    """This year against last year, the percentage to one place, halves away from zero; None when one is not given."""
    if last_year is None or this_year is None:
        return None
    difference = this_year - last_year
    percent = None
    if last_year:
        percent = (difference * 100 / abs(last_year)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Change(difference, percent)
