"""How the office writes its papers (Nghị định 30/2020/NĐ-CP, Phụ lục I, and the association's own habits)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

DEFAULT_ISSUER = ("HỘI TRUYỀN THỐNG TRƯỜNG SƠN", "ĐƯỜNG HỒ CHÍ MINH VIỆT NAM")


@dataclass(frozen=True, slots=True)
class Office:
    """Settings of every paper; the defaults are those of plan 72/HTS.

    ``parent`` is printed plain above the ``issuer`` lines (bold). ``symbol``: after the kind in numbers ("HTS").
    ``place``: before the date ("Hà Nội"). ``prints_ranks``: "Thiếu tướng Võ Sở" instead of "Đồng chí Võ Sở" (the state
    rule drops ranks, the association prints them). ``recipients``: lines of "Nơi nhận", "{unit}" stands for the unit.
    ``copies``: how many originals two sides keep. ``abbreviations``: (short, whole) pairs for search and wording.
    ``signing_body``/``signing_office``: above the signature of a notice ("TM. THƯỜNG TRỰC HỘI", "CHỦ TỊCH").
    ``verify_address``: what the QR code at the foot begins with; empty means the address the page was asked at.
    """

    parent: str = ""
    issuer: tuple[str, ...] = DEFAULT_ISSUER
    short_name: str = "Hội"
    symbol: str = "HTS"
    place: str = "Hà Nội"
    prints_ranks: bool = True
    recipients: tuple[str, ...] = ("{unit};", "Thường trực Hội (để báo cáo);", "Lưu: VP, Đoàn kiểm tra.")
    copies: int = 2
    sign_note: str = "(Ký, ghi rõ họ tên)"
    signing_body: str = "TM. THƯỜNG TRỰC HỘI"
    signing_office: str = "CHỦ TỊCH"
    signing_person: str = ""
    abbreviations: tuple[tuple[str, str], ...] = (
        ("TĐKT", "thi đua, khen thưởng"),
        ("BLL", "Ban Liên lạc"),
        ("BCH", "Ban Chấp hành"),
        ("KNC", "kỷ niệm chương"),
    )
    verify_address: str = ""

    def issued_by(self, *printed: Sequence[str]) -> tuple[str, ...]:
        """The lines of the issuing body: as set here; while nobody has set them, as the plan prints them (the first
        that is not empty)."""
        if self.issuer and self.issuer != DEFAULT_ISSUER:
            return self.issuer
        return next((tuple(lines) for lines in printed if lines), DEFAULT_ISSUER)

    def recipients_for(self, unit: str) -> tuple[str, ...]:
        """The lines of "Nơi nhận" of a paper about this unit."""
        return tuple(line.replace("{unit}", unit) for line in self.recipients if line.strip())


def office_to_plain(office: Office) -> dict[str, Any]:
    """For storing."""
    return asdict(office)


def office_from_plain(plain: Mapping[str, Any]) -> Office:
    """The inverse; what is absent keeps its default, what is unknown is left aside."""
    known = {field.name for field in fields(Office)}
    return Office(**{name: _frozen(value) for name, value in plain.items() if name in known})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value
