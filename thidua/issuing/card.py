"""The card on which any paper is signed: who has signed, whose turn it is, and the one thing this person does next."""

from dataclasses import dataclass
from datetime import datetime

from flask import request

from thidua.extensions import db
from thidua.identity import now
from thidua.issuing.finding import FoundPaper, lacks_password, part_in_turn, parts_of_person
from thidua.issuing.forms import RefuseForm, SignForm
from thidua.issuing.keys import standing_keys
from thidua.issuing.possible import places_without_anybody, sentence_after_freezing
from thidua.issuing.remote import open_request
from thidua.models import Paper, Signature, SigningKey, SigningRefusal, SigningRequest
from thidua.models.paper import ADDENDUM, MINUTES, NOTICE, ON_PAPER, REPORT
from thidua.models.signing import INK, MEANS, OWN, REMOTE, TOKEN
from thidua.rules.signing import LABELS, SEAL, SigningPart
from thidua.session_pages.operations import new_operation

WORDS = {MINUTES: "biên bản", ADDENDUM: "biên bản bổ sung", NOTICE: "thông báo", REPORT: "báo cáo"}


@dataclass(frozen=True, slots=True)
class Row:
    """A place to sign, as the card shows it. ``way_out``: where nobody could sign it now, what lets it go on."""

    part: SigningPart
    signature: Signature | None
    refusal: SigningRefusal | None
    is_in_turn: bool
    way_out: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """``mode``: what this person does next. "" nothing; "waits" for others; "first" chooses a PIN and signs with it;
    "pin" signs; "new_pin" replaces a PIN somebody else has seen, and signs; "token"; "remote"; "trouble" as told;
    "ink" prints, signs by hand and sends the scan. ``others``: further keys to sign with."""

    paper: Paper
    words: str
    rows: tuple[Row, ...]
    part: SigningPart | None
    mode: str
    trouble: str
    key: SigningKey | None
    others: tuple[SigningKey, ...]
    remote: SigningRequest | None
    sign_form: SignForm
    refuse_form: RefuseForm
    may_refuse: bool
    needs_password: bool
    mine: Signature | None
    person_name: str

    @property
    def printed_other(self) -> bool:
        """Whether another name than that of the person asked to sign is printed below the place."""
        return self.part is not None and bool(self.part.person) and not self.part.person.endswith(self.person_name)

    @property
    def is_seal(self) -> bool:
        return self.part is not None and self.part.part == SEAL

    @property
    def waiting_names(self) -> str:
        """Whose turn it is, in words."""
        return " và ".join(LABELS[part].lower() for part in self.paper.turn)

    @property
    def means_words(self) -> dict[str, str]:
        return MEANS

    @property
    def address(self) -> str:
        """The page of the paper, where one comes back to."""
        return paper_address(self.paper)

    @property
    def sign_address(self) -> str:
        return f"{self.address}/signatures"

    @property
    def pdf_address(self) -> str:
        return f"{self.address}/minutes.pdf" if self.paper.role == MINUTES else f"{self.address}.pdf"


def paper_address(paper: Paper) -> str:
    """The page on which a paper is signed: minutes on that of their conclusion, others on their own."""
    return f"/conclusions/{paper.conclusion_id}" if paper.role == MINUTES else f"/papers/{paper.id}"


def signing_card(
    found: FoundPaper, *, sign_form: SignForm | None = None, refuse_form: RefuseForm | None = None
) -> Card:
    """The card for who asks; the forms are those that came back with errors."""
    paper, at = found.paper, now()
    part = part_in_turn(paper, parts_of_person(paper, found.found))
    if part and part.part != SEAL and paper.is_signed:
        part = None
    keys = usable_keys(part, found.found.person.id, at) if part else []
    key = chosen_key(keys, request.args.get("key", "") or (sign_form.key_id.data if sign_form else ""))
    mode, trouble = _mode(paper, part, key, at)
    return Card(
        paper=paper,
        words=WORDS[paper.role],
        rows=_rows(paper),
        part=part,
        mode=mode,
        trouble=trouble,
        key=key,
        others=tuple(one for one in keys if one is not key),
        remote=open_request(db.session(), paper.id, found.found.person.id, at) if mode == "remote" else None,
        sign_form=sign_form
        or SignForm(formdata=None, op_id=new_operation(), key_id=str(key.id) if key and mode != "first" else ""),
        refuse_form=refuse_form or RefuseForm(formdata=None, op_id=new_operation()),
        may_refuse=bool(part) and part.part != SEAL and part.part in paper.missing_parts,  # type: ignore[union-attr]
        needs_password=paper.means != ON_PAPER and bool(paper.turn) and lacks_password(found.found),
        mine=_own_signature(paper, found.found.person.id) if part is None else None,
        person_name=found.found.person.name,
    )


def usable_keys(part: SigningPart, account_id: int, at: datetime) -> list[SigningKey]:
    """The keys to choose from, those that work first; an own one that has expired is replaced, not offered."""
    keys = standing_keys(db.session(), None if part.part == SEAL else account_id)
    offered = [one for one in keys if at < one.not_after or one.means != OWN]
    return sorted(offered, key=lambda one: bool(one.trouble(at)))


def chosen_key(keys: list[SigningKey], wanted: str | None) -> SigningKey | None:
    """The one asked for, else the first."""
    return next((one for one in keys if str(one.id) == wanted), next(iter(keys), None))


def _mode(paper: Paper, part: SigningPart | None, key: SigningKey | None, at: datetime) -> tuple[str, str]:
    if part is None:
        return "", ""
    if paper.means == ON_PAPER:
        return "ink", ""
    if part.part not in paper.turn and part.part not in paper.refused_parts:
        return "waits", ""
    if key is None:
        no_seal = "Hội chưa có khóa của con dấu. Xin quản trị cấp ở trang Chữ ký."
        return ("trouble", no_seal) if part.part == SEAL else ("first", "")
    trouble = key.trouble(at)
    if trouble:
        return "trouble", trouble
    return {OWN: "new_pin" if key.must_change_pin else "pin", TOKEN: "token", REMOTE: "remote"}[key.means], ""


def _own_signature(paper: Paper, account_id: int) -> Signature | None:
    """What this person has signed, but for a name read from a scan."""
    return next((one for one in paper.signatures if one.account_id == account_id and one.means != INK), None)


def _rows(paper: Paper) -> tuple[Row, ...]:
    signed = {one.part: one for one in paper.signatures}
    refused = {one.part: one for one in paper.refusals if one.part not in signed}
    ways_out = _ways_out(paper)
    return tuple(
        Row(one, signed.get(one.part), refused.get(one.part), one.part in paper.turn, ways_out.get(one.part, ""))
        for one in paper.signing_parts
    )


def _ways_out(paper: Paper) -> dict[str, str]:
    """Part -> sentence, for the places waited for that no account may sign."""
    waited = [one for one in paper.signing_parts if one.part in paper.missing_parts]
    if paper.means == ON_PAPER or paper.conclusion is None or not waited:
        return {}
    nobody = places_without_anybody(db.session(), paper.conclusion.checklist_session_id, waited)
    return {one.part: sentence_after_freezing(one) for one in nobody}
