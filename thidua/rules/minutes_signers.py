"""Who signs the minutes, in which order, and what is printed above and below each place.

Form: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7 (KT., TL., TUQ.); substance: Kế hoạch 72/HTS, mục III.2.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from thidua.rules.documents import SignaturePlace
from thidua.rules.errors import InvalidEntry
from thidua.rules.minutes_facts import Attendee
from thidua.rules.signing import (
    DEFAULT_ORDER,
    FORMULAS,
    HEAD,
    SECRETARY,
    UNIT,
    SigningPart,
    parts_of,
    require_order,
    with_seal,
)

LEFT_TO_RIGHT = (SECRETARY, UNIT, HEAD)
LISTED = (HEAD, SECRETARY, UNIT)
UNIT_AUTHORITY = "Đại diện đơn vị được kiểm tra"
_OFFICES = {SECRETARY: "Thư ký", UNIT: "Thủ trưởng đơn vị", HEAD: "Trưởng đoàn"}
_LONGEST_OFFICE = 60
"""A longer one is left out above the place: the list of those present tells it."""


@dataclass(frozen=True, slots=True)
class ChosenSigner:
    """Who signs in the place of the usual person: Conclusion.signers[part]."""

    name: str = ""
    office: str = ""
    formula: str = ""
    group: bool = False

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "ChosenSigner":
        """Whatever is missing or of another shape is empty."""
        texts = {key: str(plain.get(key) or "").strip() for key in ("name", "office", "formula")}
        formula = texts["formula"] if texts["formula"] in FORMULAS else ""
        return cls(texts["name"], texts["office"], formula, bool(plain.get("group")) and not texts["name"])


def signing_parts(
    attendees: Sequence[Attendee], settings: Mapping[str, Any], chosen: Mapping[str, Mapping[str, Any]]
) -> tuple[SigningPart, ...]:
    """The parts of one half-day's minutes with the names known so far.

    ``settings`` is Plan.signing, ``chosen`` Conclusion.signers; ranks are printed when the attendees carry them.
    """
    groups = frozenset(settings.get("groups") or ())
    parts = tuple(
        _filled(
            one, _signer(attendees, one.part), _chosen(chosen.get(one.part), attendees), is_group=one.part in groups
        )
        for one in parts_of(_order(settings))
    )
    return with_seal(parts, settings)


def signature_places(parts: Iterable[SigningPart], note: str, *, unit_leader: str = "") -> tuple[SignaturePlace, ...]:
    """From left to right: secretary, unit, head of team. The seal has no place of its own: it covers the head's.

    ``unit_leader``: the office ("Chủ tịch Hội") whose holder a deputy of the unit signs for.
    """
    known = {one.part: one for one in parts}
    return tuple(_place(known.get(part, SigningPart(part, 1)), note, unit_leader) for part in LEFT_TO_RIGHT)


def people_signing(attendees: Sequence[Attendee], parts: Iterable[SigningPart]) -> tuple[Attendee, ...]:
    """Those who draw up a paper together, as the list of those present names them: whoever signs each place, a deputy
    in the place of the usual person; where nobody is named, whoever usually signs."""
    people: list[Attendee] = []
    for one in sorted((one for one in parts if one.part in LISTED), key=lambda one: LISTED.index(one.part)):
        person = _named(attendees, one) if one.person else _signer(attendees, one.part)
        people += [person] if person and person not in people else []
    return tuple(people)


def _named(attendees: Iterable[Attendee], part: SigningPart) -> Attendee:
    """The signer; of somebody who was not at the table nothing is known but name and office."""
    known = next((one for one in attendees if part.person in (one.name, f"{one.rank} {one.name}")), None)
    if known is None:
        return Attendee("unit" if part.part == UNIT else "team", part.person, office=part.office)
    return replace(known, presence="present", office=known.office or part.office)


def _order(settings: Mapping[str, Any]) -> Sequence[Sequence[str]]:
    order = settings.get("order") or DEFAULT_ORDER
    try:
        require_order(order)
    except (InvalidEntry, TypeError):
        return DEFAULT_ORDER
    return order


def _signer(attendees: Iterable[Attendee], part: str) -> Attendee | None:
    return next((person for person in attendees if person.signs == part), None)


def _chosen(plain: Mapping[str, Any] | None, attendees: Iterable[Attendee]) -> ChosenSigner:
    """With the rank before the name where it is printed before everybody's."""
    other = ChosenSigner.from_plain(plain or {})
    rank = next((one.rank for one in attendees if one.name == other.name and one.rank), "")
    return replace(other, name=f"{rank} {other.name}") if rank else other


def _filled(part: SigningPart, usual: Attendee | None, other: ChosenSigner, *, is_group: bool) -> SigningPart:
    if other.name or other.group or is_group:
        return SigningPart(part.part, part.step, other.name, other.office, other.formula, not other.name)
    if usual is None:
        return SigningPart(part.part, part.step, formula=other.formula, office=other.office)
    person = " ".join(word for word in (usual.rank, usual.name) if word)
    office = other.office or (usual.office if part.part == UNIT else "")
    return SigningPart(part.part, part.step, person, office, other.formula)


def _place(part: SigningPart, note: str, unit_leader: str) -> SignaturePlace:
    """ "KT. Trưởng đoàn" over "Phó Trưởng đoàn"; the unit's places say first for whom they stand."""
    own = part.office if len(part.office) <= _LONGEST_OFFICE else ""
    offices = _OFFICES | ({UNIT: unit_leader} if unit_leader else {})
    replaced = f"{part.formula} {offices[part.part]}" if part.formula else ""
    if part.part == UNIT:
        authority = "\n".join(line for line in (UNIT_AUTHORITY, replaced) if line)
        return SignaturePlace(part.part, authority, own, note, part.person)
    if replaced:
        return SignaturePlace(part.part, replaced, own, note, part.person)
    return SignaturePlace(part.part, "", _OFFICES[part.part], note, part.person)
