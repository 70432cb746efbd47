"""What people type for the papers after the meeting: the corrections of an addendum, who signs a notice.

Plain values, stored with the draft. Nghị định 30/2020/NĐ-CP lets nothing be changed in an issued document: an error
is told by another one that points to it (điều 18.3), so each correction names its place, what stood there, and what
holds now.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from thidua.rules.errors import InvalidEntry, Refused
from thidua.rules.signing import FORMULAS

MOST_CORRECTIONS = 60


@dataclass(frozen=True, slots=True)
class Correction:
    """ "Tại `place` đã ghi `said`, nay sửa là `now`". Without `said` something is added, without `now` taken out.

    `block` is the id of the block of the minutes it was picked from, "" when it was typed.
    """

    place: str = ""
    said: str = ""
    now: str = ""
    block: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.place or self.said or self.now)


@dataclass(frozen=True, slots=True)
class NoticeSigner:
    """Who signs a notice of conclusion: `body` ("TM. THƯỜNG TRỰC HỘI"), `office`, `person`, and the formula of who
    signs for another."""

    body: str = ""
    office: str = ""
    person: str = ""
    formula: str = ""


def corrections_from_plain(plain: Iterable[Mapping[str, Any]]) -> tuple[Correction, ...]:
    """The stored corrections."""
    return tuple(Correction(**{name: str(one.get(name, "")) for name in Correction.__slots__}) for one in plain)


def corrections_to_plain(corrections: Iterable[Correction]) -> list[dict[str, str]]:
    """For storing; rows left empty are left out."""
    return [asdict(one) for one in corrections if not one.is_empty]


def require_corrections(reason: str, corrections: Sequence[Correction]) -> None:
    """An addendum says why, and at least one thing; each thing says where and what. Raises ``InvalidEntry``."""
    if not reason.strip():
        raise InvalidEntry("Xin ghi lý do lập biên bản bổ sung.", field="reason")
    if not corrections:
        raise InvalidEntry("Xin ghi ít nhất một chỗ cần sửa hoặc bổ sung.", field="corrections-0-place")
    for number, one in enumerate(corrections):
        _require_whole(one, number)


def _require_whole(one: Correction, number: int) -> None:
    if not one.place:
        raise InvalidEntry(f"Chỗ sửa {number + 1}: xin ghi mục nào của biên bản.", field=f"corrections-{number}-place")
    if not (one.said or one.now):
        raise InvalidEntry(
            f"Chỗ sửa {number + 1}: xin ghi nội dung đã ghi và nội dung nay sửa.", field=f"corrections-{number}-now"
        )
    if one.said == one.now:
        raise InvalidEntry(
            f"Chỗ sửa {number + 1}: nội dung nay sửa giống hệt nội dung đã ghi.", field=f"corrections-{number}-now"
        )


def require_signer(signer: NoticeSigner) -> None:
    """A notice has an office and a name above and below its place. Raises ``InvalidEntry``."""
    if signer.formula not in FORMULAS:
        raise InvalidEntry("Xin chọn cách ký có trong danh sách.", field="formula")
    if not signer.office:
        raise InvalidEntry("Xin ghi chức vụ người ký thông báo.", field="office")
    if not signer.person:
        raise InvalidEntry("Xin ghi họ tên người ký thông báo.", field="person")


def require_numbered(number: int | None) -> None:
    """What points to the minutes cites their number. Raises ``Refused`` while those signed on paper have none."""
    if number is None:
        raise Refused(
            "Biên bản ký trên giấy chưa vào sổ nên chưa có số để dẫn chiếu. Xin vào sổ biên bản trước. "
            "Bản dự thảo vẫn còn nguyên."
        )


def require_signed(missing: Sequence[str]) -> None:
    """A notice tells what has been signed. Raises ``Refused`` while signatures are missing."""
    if missing:
        raise Refused("Biên bản chưa đủ chữ ký nên chưa ban hành được thông báo kết luận. Bản dự thảo vẫn còn nguyên.")
