"""Who signs a paper, in which order, and with which formula (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7).

A paper carries its list of parts from the moment it is frozen. Parts of one step may sign in any order; a step
waits for those before it. Plain values only: the list is stored with the paper.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from thidua.rules.errors import InvalidEntry, Refused

SECRETARY, UNIT, HEAD, ISSUER, SEAL = "secretary", "unit", "head", "issuer", "seal"
LABELS: Final[Mapping[str, str]] = {
    SECRETARY: "Thư ký",
    UNIT: "Đại diện đơn vị",
    HEAD: "Trưởng đoàn",
    ISSUER: "Người ký ban hành",
    SEAL: "Con dấu của Hội",
}
FORMULAS: Final[Mapping[str, str]] = {
    "": "Ký trực tiếp",
    "KT.": "Ký thay (KT.)",
    "TL.": "Thừa lệnh (TL.)",
    "TUQ.": "Thừa ủy quyền (TUQ.)",
}
DEFAULT_ORDER: Final = ((SECRETARY, UNIT), (HEAD,))
"""Kế hoạch 72/HTS, mục III.2: the head of team concludes, and therefore signs last."""


@dataclass(frozen=True, slots=True)
class SigningPart:
    """One place to sign. `step` counts from 1. `person` and `office` as printed below and above the place; both are
    empty where anybody of a group signs ("any deputy"), whose name the mark then carries. `formula`: one of FORMULAS.
    """

    part: str
    step: int
    person: str = ""
    office: str = ""
    formula: str = ""
    group: bool = False

    @property
    def label(self) -> str:
        return LABELS[self.part]


def parts_of(order: Iterable[Iterable[str]] = DEFAULT_ORDER) -> tuple[SigningPart, ...]:
    """The parts of an order given as steps, without names yet."""
    return tuple(SigningPart(part, step) for step, parts in enumerate(order, start=1) for part in parts)


def require_order(order: Sequence[Sequence[str]], parts: Collection[str] = (SECRETARY, UNIT, HEAD)) -> None:
    """Every part stands in exactly one step. Raises ``InvalidEntry``."""
    named = [part for step in order for part in step]
    if sorted(named) != sorted(parts) or not all(order):
        raise InvalidEntry("Thứ tự ký phải có đủ mỗi người ký đúng một lần.", field="order")


def missing(parts: Iterable[SigningPart], signed: Collection[str]) -> tuple[str, ...]:
    """Who has not signed yet, in the order of signing."""
    return tuple(one.part for one in parts if one.part not in signed)


def turn(parts: Sequence[SigningPart], signed: Collection[str]) -> tuple[str, ...]:
    """Whose turn it is now: the unsigned parts of the first step that is not complete."""
    waiting = [one for one in parts if one.part not in signed]
    first = min((one.step for one in waiting), default=0)
    return tuple(one.part for one in waiting if one.step == first)


def require_turn(parts: Sequence[SigningPart], signed: Collection[str], part: str) -> None:
    """Raises ``Refused`` when this part has signed already, has no place here, or others come first."""
    if part not in {one.part for one in parts}:
        raise Refused(f"Văn bản này không có chỗ ký của {LABELS[part].lower()}.")
    if part in signed:
        raise Refused(f"{LABELS[part]} đã ký biên bản này.")
    now = turn(parts, signed)
    if part not in now:
        waiting = " và ".join(LABELS[other].lower() for other in now)
        last = " sau cùng" if missing(parts, signed)[-1:] == (part,) else " sau"
        raise Refused(f"{LABELS[part]} ký{last}. Còn chờ chữ ký của {waiting}.")


def parts_to_plain(parts: Iterable[SigningPart]) -> list[dict[str, Any]]:
    """For storing."""
    return [asdict(one) for one in parts]


def parts_from_plain(plain: Iterable[Mapping[str, Any]]) -> tuple[SigningPart, ...]:
    """The inverse of `parts_to_plain`."""
    return tuple(SigningPart(**one) for one in plain)
