"""The verdict on a file or a code, in plain words; no more than number, unit, day and who signed."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from thidua.doors.signing import SignatureVerdict, SignedFile
from thidua.models import Paper, Signature
from thidua.models.signing import INK
from thidua.rules.signing import LABELS, SEAL
from thidua.rules.vietnamese import clean_line
from thidua.rules.words import day_of
from thidua.verification.verdict_words import ON_RECORD, TONES, WORDS

SHORT = 16
"""Letters of a code in an address."""
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Link:
    """Another paper that belongs to this one."""

    title: str
    day: date
    code: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What anybody may know of a paper. ``amended_by``: the addenda that correct it; ``amends``: what it corrects."""

    title: str
    unit: str
    day: date
    code: str
    amended_by: tuple[Link, ...] = ()
    amends: Link | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed for which part, when; ``words``: what the signature in the file proves, "" when nobody looked."""

    name: str
    part: str
    at: datetime | None
    how: str = "ký"
    office: str = ""
    words: str = ""
    tone: str = "ok"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``kind``: a key of WORDS. ``claimed``: the file only carries the code of this paper, it is not it."""

    kind: str
    title: str
    text: str
    paper: Seen | None = None
    signers: tuple[Signer, ...] = ()
    claimed: Seen | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def tone(self) -> str:
        return TONES.get(self.kind, "bad")

    @property
    def is_of_file(self) -> bool:
        """Whether the signatures told are those in the file, not those on record of a paper that it names."""
        return self.kind not in ON_RECORD

    @property
    def is_good(self) -> bool:
        """Whether what is told of the paper holds for the file too."""
        return self.tone != "bad"


def verdict(
    kind: str,
    *,
    paper: Seen | None = None,
    signers: Iterable[Signer] = (),
    claimed: Seen | None = None,
    notes: Iterable[str] = (),
    **words: object,
) -> Verdict:
    """With the words of its kind."""
    title, text = WORDS[kind]
    return Verdict(kind, title, text.format(**words), paper, tuple(signers), claimed, tuple(notes))


def seen(paper: Paper, addenda: Iterable[Paper] = ()) -> Seen:
    """What anybody may know; ``amends`` is loaded where the paper corrects another one."""
    return Seen(
        title=paper.title,
        unit=_unit(paper),
        day=day_of(paper.frozen_at),
        code=paper.sha256[:SHORT],
        amended_by=tuple(_link(one) for one in addenda),
        amends=_link(paper.amends) if paper.amends_id and paper.amends else None,
    )


def recorded_signers(signatures: Sequence[Signature], proved: Iterable[SignatureVerdict] = ()) -> tuple[Signer, ...]:
    """As our record has them, each with what its signature in the file proves."""
    found = {one.part: one for one in proved}
    return tuple(_recorded(one, found.get(one.part)) for one in signatures)


def proved_signers(proved: Iterable[SignatureVerdict]) -> tuple[Signer, ...]:
    """As the file itself has them; the name of somebody we do not trust is only claimed."""
    return tuple(
        Signer(
            name=_name(one),
            part=_part(one.part),
            at=one.signed_at,
            how=_how(one.part),
            office=clean_line(one.office) if one.trusted else "",
            words=one.reason_words,
            tone="ok" if one.whole else "bad",
        )
        for one in proved
    )


def kind_of_signed(file: SignedFile, *, is_begun: bool) -> str:
    """What the signatures say of a file that is none of our stored ones. ``is_begun``: it begins with one of them, or
    carries the code of one of our papers."""
    if not file.readable or not file.signatures:
        return "appended" if is_begun else "unknown"
    if not all(one.intact for one in file.signatures):
        return "changed"
    if not any(one.trusted for one in file.signatures):
        return "foreign"
    if not file.intact:
        return "added"
    return "unrecorded" if is_begun else "gone"


def _recorded(signature: Signature, proved: SignatureVerdict | None) -> Signer:
    is_ink = signature.means == INK
    return Signer(
        name=signature.name,
        part=_part(signature.part),
        at=signature.at,
        how="ký tay, vào sổ" if is_ink else _how(signature.part),
        office=signature.authority or signature.office,
        words=proved.reason_words if proved else "",
        tone="ok" if proved is None or proved.whole else "bad",
    )


def _name(proved: SignatureVerdict) -> str:
    """A certificate may hold any name; of somebody we do not trust it is only what it claims."""
    name = clean_line(proved.name)[:LONGEST_NAME]
    if proved.trusted:
        return name
    return f"người ghi tên là “{name}”" if name else "không đọc được tên"


def _unit(paper: Paper) -> str:
    try:
        return str(json.loads(paper.frozen).get("unit", ""))
    except (json.JSONDecodeError, AttributeError):
        return ""


def _link(paper: Paper) -> Link:
    return Link(paper.title, day_of(paper.frozen_at), paper.sha256[:SHORT])


def _part(part: str) -> str:
    return LABELS.get(part, part)


def _how(part: str) -> str:
    return "đóng dấu" if part == SEAL else "ký"
