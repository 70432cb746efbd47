"""The visible mark of a signature: who, in whose place, when; with the handwriting that the person once drew."""

from datetime import datetime

from sqlalchemy import select

from thidua.doors.files import FileProblem
from thidua.doors.signing import Mark
from thidua.extensions import db
from thidua.issuing.keys import organisation_name
from thidua.issuing.storing import file_store
from thidua.models import Actor, Paper, PersonalMark
from thidua.rules.signing import SEAL, SigningPart
from thidua.rules.words import clock, date_in_words, day_of


def authority_of(part: SigningPart, person: Actor) -> str:
    """For whom and as what the person signs: "KT. TRƯỞNG ĐOÀN, Phó Trưởng đoàn"; empty for who signs as himself."""
    if part.authority:
        return ", ".join(filter(None, (part.authority, part.office)))
    return f"Thay mặt {part.label}, {person.office}".rstrip(", ") if part.group else ""


def mark_of(paper: Paper, part: SigningPart, person: Actor, at: datetime) -> Mark:
    """A person's is blue, the organisation's seal red."""
    moment = f"{clock(at)}, {date_in_words(day_of(at))}"
    if part.part == SEAL:
        seal = _picture(None)  # it names the organisation itself; small, there is room for a day beside it and no more
        lines = (f"{day_of(at):%d/%m/%Y}",) if seal else (organisation_name(db.session()), moment)
        return Mark(lines, seal, colour="red", frame=False)
    picture = _picture(person.id)
    who = ("Đã ký số", authority_of(part, person) if part.group else "")
    return Mark(tuple(filter(None, (person.name, *who, moment))), picture, colour="blue", frame=picture is None)


def reason_of(paper: Paper, part: SigningPart, person: Actor) -> str:
    """What a reader of PDFs shows as the reason of the signature."""
    if part.part == SEAL:
        return f"Đóng dấu {paper.title}"
    return f"Ký {paper.title} với tư cách {authority_of(part, person) or part.label}"


def _picture(account_id: int | None) -> bytes | None:
    """A stored picture that is gone does not keep anybody from signing."""
    digest = db.session.scalar(select(PersonalMark.sha256).where(PersonalMark.account_id == account_id))
    try:
        return file_store().get(digest) if digest else None
    except FileProblem:
        return None
