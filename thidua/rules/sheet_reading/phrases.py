"""What rows other than criteria say: sums, bands, signatures, notes, bonus and penalty headings."""

import re
from typing import Final

from thidua.rules.points import Points
from thidua.rules.sheet import Band
from thidua.rules.sheet_reading.amounts import FIGURE, read_points
from thidua.rules.sheet_reading.cells import key_of

_TOTAL: Final = re.compile(
    r"(?:(?:tong|cong) (?:cong|so|diem|so diem|cong diem|diem toi da|so diem toi da)|tong|cong)"
    r"(?: (?:toi da|diem|chung|cong))*"
    r"(?P<what>(?: (?:cua )?(?:muc|phan|nhom|chuong|tieu chi|noi dung))?(?: [ivxl]+\b| [a-d]\b| \d+)+"
    r"|(?: (?:cua )?(?:muc|phan|nhom|chuong|cac muc|cac phan)\b.*)| [ivx]+ [ivx ]*)?"
    r"(?: (?:diem|toi da|diem toi da|\d+ diem|\d+))*"
)
_BONUS: Final = re.compile(
    r"(?:(?:phan|muc|cac) )*(?:noi dung |tieu chi |quy dinh )?"
    r"(?:diem (?:thuong|cong)|(?:thuong|cong|duoc cong)(?: them)? diem)\b.*"
)
_PENALTY: Final = re.compile(
    r"(?:(?:phan|muc|cac) )*(?:noi dung |tieu chi |quy dinh )?(?:diem (?:tru|phat)|(?:bi )?tru diem)\b.*"
)
_NOTES: Final = re.compile(r"(?:ghi chu|luu y|chu thich|chu y|giai thich|cach tinh)\b.*")
_SIGNING: Final = re.compile(
    r".*(?:ky ten|ky ghi ro|ghi ro ho ten|ky va dong dau|nguoi lap|thu truong|nguoi cham|truong doan|xac nhan cua"
    r"|tm ban|t m|k t|noi nhan|dai dien don vi|chu tich|truong ban|thu ky|ngay thang nam|ngay \d+ thang \d+).*"
)
_GRADING: Final = re.compile(r".*(?:xep loai|phan loai|muc dat|danh gia chung|tieu chuan xep|khung diem xep|muc xep).*")
_HIGHEST_ONLY: Final = re.compile(r"chi (?:tinh|lay|cham)(?: \w+){0,3} cao nhat")
_EITHER_OR: Final = re.compile(r"(?:mot trong (?:cac|hai|nhung) (?:noi dung|tieu chi|truong hop)|hoac .* hoac )")

_SEPARATOR: Final = r"\s*(?:[:;,–=|-]|(?<!chưa )(?<!không )\bđạt\b|\bcó\b|\bkhi\b|\()*\s*"
_BAND: Final = re.compile(
    rf"(?:[-–+•*]\s*)?(?:xếp\s+loại\s*:?\s+)?(?P<label>[^\d:|]*?[^\W\d_][^\d:|]*?|loại\s+\d){_SEPARATOR}"
    rf"(?:tổng điểm\s*|tổng số điểm\s*|số điểm\s*|điểm\s*)?(?:đạt\s*)?"
    rf"(?:"
    rf"(?P<from>từ|trên|≥|>=|>|đủ|đạt)?\s*(?P<low>{FIGURE})\s*(?:điểm|đ)?\s*"
    rf"(?:(?P<up>trở\s+lên)|(?:[-–—÷]|đến|tới)\s*(?P<below>dưới|<|cận)?\s*(?P<high>{FIGURE})\s*(?:điểm|đ)?)?"
    rf"|(?P<under>dưới|<|≤|không\s+quá|đến)\s*(?P<most>{FIGURE})\s*(?:điểm|đ)?(?P<down>\s*trở\s+xuống)?"
    rf")\s*\)?\s*[.;,]?",
    re.IGNORECASE,
)
_HARMLESS: Final = frozenset(("tong diem", "diem", "tong so diem", "tong", "so diem", "cong"))


def is_total(text: str) -> bool:
    """ "Tổng cộng", "Cộng mục I", "Tổng điểm tối đa": a row that sums, not one that is scored."""
    key = key_of(text)
    return len(key) <= 80 and _TOTAL.fullmatch(key) is not None


def summed_part(text: str) -> str:
    """What a total sums: "cong muc ii" -> "ii"; "" for the whole sheet."""
    match = _TOTAL.fullmatch(key_of(text))
    what = (match["what"] or "").strip() if match else ""
    words = [word for word in what.split() if word not in ("muc", "phan", "nhom", "chuong", "cua", "tieu", "chi")]
    return words[0] if len(words) == 1 else ""


def polarity_of(text: str) -> str:
    """ "bonus" or "penalty" where a heading says so, else ""."""
    key = key_of(text)
    if _BONUS.fullmatch(key):
        return "bonus"
    return "penalty" if _PENALTY.fullmatch(key) else ""


def is_note(text: str) -> bool:
    return _NOTES.fullmatch(key_of(text)) is not None


def is_signing(text: str) -> bool:
    key = key_of(text)
    return len(key) <= 200 and _SIGNING.fullmatch(key) is not None


def is_about_grading(text: str) -> bool:
    key = key_of(text)
    return len(key) <= 200 and _GRADING.fullmatch(key) is not None


def says_highest_only(text: str) -> bool:
    return _HIGHEST_ONLY.search(key_of(text)) is not None


def says_either_or(text: str) -> bool:
    return _EITHER_OR.search(key_of(text)) is not None


def read_band(text: str) -> Band | None:
    """ "Xuất sắc: từ 90 điểm trở lên", "Khá | 70 - 79", "Yếu: dưới 50 điểm"; None for anything else.

    A lower end that stands alone ("dưới 50") begins at 0.
    """
    if len(text) > 200:
        return None
    match = _BAND.fullmatch(text.strip())
    if match is None:
        return None
    label = match["label"].strip(" -–:|,.;(")
    label = re.sub(
        r"\s*(?<!chưa )(?<!không )\b(?:đạt|từ|có|khi|tổng điểm|tổng số điểm|số điểm)$", "", label, flags=re.IGNORECASE
    ).strip()
    if not label or len(label) > 60 or key_of(label) in _HARMLESS:
        return None
    if match["under"]:
        return _band(label, 0, match["most"] if match["under"] in ("≤", "đến") or match["down"] else None)
    if not (match["from"] or match["up"] or match["high"]):
        return None
    low = read_points(match["low"])
    return None if low is None else _band(label, low, None if match["below"] else match["high"])


def _band(label: str, minimum: Points, high: str | None) -> Band:
    maximum = read_points(high) if high else None
    if maximum is not None and maximum < minimum:
        minimum, maximum = maximum, minimum
    return Band(label, minimum, maximum)
