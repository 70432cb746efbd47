"""Numbers, dates and times in words and figures, as documents and screens print them.

Every moment is told in Vietnam time. The offset is a constant: Vietnam has no summer time, and Windows
has no time zone tables.
"""

from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "UTC+7")

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_PERIODS = ((4, "đêm"), (11, "sáng"), (13, "trưa"), (18, "chiều"), (22, "tối"), (24, "đêm"))


def number_in_words(number: int) -> str:
    """21 -> "hai mươi mốt", 105 -> "một trăm linh năm", 2020 -> "hai nghìn không trăm hai mươi"."""
    if number < 0:
        return f"âm {number_in_words(-number)}"
    return _spell(number, full=False) or _DIGITS[0]


def points_in_words(points: int) -> str:
    """Points in hundredths: 9250 -> "chín mươi hai phẩy năm", 805 -> "tám phẩy không năm"."""
    whole, hundredths = divmod(abs(points), 100)
    words = ["âm"] if points < 0 else []
    words.append(number_in_words(whole))
    if hundredths:
        words.append("phẩy")
        if hundredths < 10:
            words.append(_DIGITS[0])
        words.append(number_in_words(hundredths if hundredths % 10 else hundredths // 10))
    return " ".join(words)


def count_phrase(count: int, noun: str) -> str:
    """A number of people or things as administrative papers write it: "02 đồng chí", "1.250 hội viên"."""
    figures = f"{count:02d}" if 0 < count < 10 else f"{count:,}".replace(",", ".")
    return f"{figures} {noun}"


def counted(count: int, noun: str) -> str:
    """A number of people or things within a sentence: "hai mươi mốt ý kiến"."""
    return f"{number_in_words(count)} {noun}"


def copies_sentence(paper: str, copies: int) -> str:
    """ "Biên bản được lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản", without a mark at its end."""
    told = f"{paper} được lập thành {count_phrase(max(copies, 1), 'bản')}"
    if copies < 2:
        return told
    told += " có giá trị như nhau"
    return told if copies % 2 else f"{told}, mỗi bên giữ {count_phrase(copies // 2, 'bản')}"


def in_vietnam(moment: datetime) -> datetime:
    """The same moment on a Vietnamese clock. Raises ValueError when its time zone is not known."""
    if moment.tzinfo is None:
        raise ValueError("a moment without time zone cannot be told in Vietnam time")
    return moment.astimezone(VIETNAM)


def day_of(day: date | datetime) -> date:
    """The Vietnamese calendar day: 18 giờ UTC is already tomorrow."""
    return in_vietnam(day).date() if isinstance(day, datetime) else day


def date_in_words(day: date | datetime) -> str:
    """ "ngày 08 tháng 9 năm 2020": zero before days under 10 and months 1-2 (30/2020/NĐ-CP, Phụ lục I)."""
    told = day_of(day)
    month = f"{told.month:02d}" if told.month < 3 else str(told.month)
    return f"ngày {told.day:02d} tháng {month} năm {told.year}"


def date_screen(day: date | datetime) -> str:
    """As screens and tables show a day: "08/09/2020"."""
    told = day_of(day)
    return f"{told.day:02d}/{told.month:02d}/{told.year:04d}"


def clock(moment: datetime) -> str:
    """ "8 giờ 30", "9 giờ 05", and "9 giờ" on the hour."""
    told = in_vietnam(moment)
    return f"{told.hour} giờ {told.minute:02d}" if told.minute else f"{told.hour} giờ"


def clock_in_words(moment: datetime) -> str:
    """As minutes of a meeting write it: "8 giờ 30 phút", "9 giờ 05 phút", "9 giờ"."""
    told = in_vietnam(moment)
    return f"{clock(told)} phút" if told.minute else clock(told)


def moment_in_words(moment: datetime) -> str:
    """ "8 giờ 30 phút ngày 25 tháng 10 năm 2020"."""
    return f"{clock_in_words(moment)} {date_in_words(moment)}"


def period_of_day(moment: datetime) -> str:
    """ "sáng" from 4, "trưa" from 11, "chiều" from 13, "tối" from 18, "đêm" from 22 o'clock."""
    hour = in_vietnam(moment).hour
    return next(name for end, name in _PERIODS if hour < end)


def _spell(number: int, *, full: bool) -> str:
    """Words of a number, "" for 0. `full`: something stands before it, so missing hundreds are read."""
    for unit, name in ((1_000_000_000, "tỷ"), (1_000_000, "triệu"), (1000, "nghìn")):
        above, rest = divmod(number, unit)
        if above:
            words = f"{_spell(above, full=full)} {name}"
            return f"{words} {_spell(rest, full=True)}" if rest else words
    return _spell_below_thousand(number, full=full)


def _spell_below_thousand(number: int, *, full: bool) -> str:
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words: list[str] = []
    if hundreds or (full and rest):
        words += [_DIGITS[hundreds], "trăm"]
    if tens > 1:
        words += [_DIGITS[tens], "mươi"]
    elif tens:
        words.append("mười")
    elif words and units:
        words.append("linh")
    if units == 1 and tens > 1:
        words.append("mốt")
    elif units == 5 and tens:
        words.append("lăm")
    elif units:
        words.append(_DIGITS[units])
    return " ".join(words)
