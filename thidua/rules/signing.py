"""Who signs a paper, in which order, and with which formula (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7).

A paper carries its list of parts from the moment it is frozen. Parts of one step may sign in any order; a step
waits for those before it. Plain values only: the list is stored with the paper.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
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


MUST_SIGN: Final = frozenset({HEAD, ISSUER})
"""Whose refusal nobody can pass over: without the head there is no conclusion, without the issuer no notice."""


@dataclass(frozen=True, slots=True)
class SigningPart:
    """One place to sign. `step` counts from 1. `person` and `office` as printed below and above the place; both are
    empty where anybody of a group signs ("any deputy"), whose name the mark then carries. `formula`: one of FORMULAS.
    `account`: the id of the one account that may sign here instead of the usual one, 0 for the usual one. `replaced`:
    the office signed for ("CHỦ TỊCH") where that is not the part's own, as on a notice.
    """

    part: str
    step: int
    person: str = ""
    office: str = ""
    formula: str = ""
    group: bool = False
    account: int = 0
    replaced: str = ""

    @property
    def label(self) -> str:
        return LABELS[self.part]

    @property
    def authority(self) -> str:
        """The formula with the office signed for, as above the place: "KT. TRƯỞNG ĐOÀN"; empty without one."""
        return f"{self.formula} {(self.replaced or self.label).upper()}" if self.formula else ""


def parts_of(order: Iterable[Iterable[str]] = DEFAULT_ORDER) -> tuple[SigningPart, ...]:
    """The parts of an order given as steps, without names yet."""
    return tuple(SigningPart(part, step) for step, parts in enumerate(order, start=1) for part in parts)


def with_accounts(parts: Iterable[SigningPart], signers: Mapping[str, Mapping[str, Any]]) -> tuple[SigningPart, ...]:
    """The parts, and for each person chosen by name (Conclusion.signers) the account that signs."""
    return tuple(replace(one, account=signers.get(one.part, {}).get("account") or 0) for one in parts)


def with_seal(parts: Sequence[SigningPart], settings: Mapping[str, Any]) -> tuple[SigningPart, ...]:
    """The parts, and the seal after everybody where the plan's settings (Plan.signing) want one; never twice."""
    if not settings.get("seal") or any(one.part == SEAL for one in parts):
        return tuple(parts)
    return (*parts, SigningPart(SEAL, max(one.step for one in parts) + 1))


def require_order(order: Sequence[Sequence[str]], parts: Collection[str] = (SECRETARY, UNIT, HEAD)) -> None:
    """Every part stands in exactly one step. Raises ``InvalidEntry``."""
    named = [part for step in order for part in step]
    if sorted(named) != sorted(parts) or not all(order):
        raise InvalidEntry("Thứ tự ký phải có đủ mỗi người ký đúng một lần.", field="order")


def excused(parts: Iterable[SigningPart], refused: Collection[str]) -> frozenset[str]:
    """Parts that refused to sign and are not waited for: the refusal stands in the record, the others go on."""
    return frozenset(one.part for one in parts if one.part in refused and one.part not in MUST_SIGN)


def missing(parts: Iterable[SigningPart], signed: Collection[str], refused: Collection[str] = ()) -> tuple[str, ...]:
    """Who has not signed yet and is waited for, in the order of signing. The seal comes when people have signed; a
    paper is complete without it."""
    listed = tuple(parts)
    passed = {*signed, *excused(listed, refused), SEAL}
    return tuple(one.part for one in listed if one.part not in passed)


def turn(parts: Sequence[SigningPart], signed: Collection[str], refused: Collection[str] = ()) -> tuple[str, ...]:
    """Whose turn it is now: the unsigned parts of the first step that is not complete; at last the seal."""
    waited = missing(parts, signed, refused)
    waiting = [one for one in parts if one.part in waited]
    first = min((one.step for one in waiting), default=0)
    if not waiting:
        return tuple(one.part for one in parts if one.part == SEAL and one.part not in signed)
    return tuple(one.part for one in waiting if one.step == first)


def require_turn(
    parts: Sequence[SigningPart], signed: Collection[str], part: str, refused: Collection[str] = ()
) -> None:
    """Raises ``Refused`` when this part has signed already, has no place here, or others come first.

    Who refused may still sign, until the paper is complete.
    """
    if part not in {one.part for one in parts}:
        raise Refused(f"Văn bản này không có chỗ ký của {_lower(part)}.")
    if part in signed:
        raise Refused(f"{LABELS[part]} đã ký biên bản này.")
    if part != SEAL and not missing(parts, signed, refused):
        raise Refused("Văn bản đã có đủ chữ ký, không cần ký thêm.")
    now = turn(parts, signed, {*refused} - {part})
    if part not in now:
        waiting = " và ".join(_lower(other) for other in now)
        last = " sau cùng" if missing(parts, signed)[-1:] == (part,) else " sau"
        raise Refused(f"{LABELS[part]} {'đóng' if part == SEAL else 'ký'}{last}. Còn chờ chữ ký của {waiting}.")


def _lower(part: str) -> str:
    """The label inside a sentence: "thư ký", "con dấu của Hội"."""
    label = LABELS[part]
    return label[:1].lower() + label[1:]


def parts_to_plain(parts: Iterable[SigningPart]) -> list[dict[str, Any]]:
    """For storing; without an office signed for, in the shape they had before one could be kept."""
    plain = [asdict(one) for one in parts]
    return [{key: value for key, value in one.items() if value or key != "replaced"} for one in plain]


def parts_from_plain(plain: Iterable[Mapping[str, Any]]) -> tuple[SigningPart, ...]:
    """The inverse of `parts_to_plain`."""
    return tuple(SigningPart(**one) for one in plain)
