"""The office's settings as people type them, one item a line, and as the rules know them, both ways."""

from collections.abc import Mapping
from typing import Any

from thidua.form_fields import lines_of
from thidua.rules.office import Office

LINES = ("parent", "short_name", "symbol", "place", "sign_note", "signing_body", "signing_office", "signing_person")
LISTS = ("issuer", "recipients")
PAIR = "="


def typed_of(office: Office) -> dict[str, Any]:
    """The values of the form's fields."""
    typed: dict[str, Any] = {name: getattr(office, name) for name in LINES}
    typed |= {name: "\n".join(getattr(office, name)) for name in LISTS}
    typed["abbreviations"] = "\n".join(f"{short} {PAIR} {whole}" for short, whole in office.abbreviations)
    return typed | {
        "prints_ranks": office.prints_ranks,
        "copies": office.copies,
        "verify_address": office.verify_address,
    }


def office_from(typed: Mapping[str, Any]) -> Office:
    """What is stored; what cannot be understood (a number of copies that is none) is as it was before."""
    lines: dict[str, Any] = {name: typed[name] or "" for name in LINES}
    lists: dict[str, Any] = {name: tuple(lines_of(typed[name] or "")) for name in LISTS}
    return Office(
        **lines,
        **lists,
        prints_ranks=bool(typed["prints_ranks"]),
        copies=typed["copies"] or Office().copies,
        abbreviations=tuple(pair for line in lines_of(typed["abbreviations"] or "") if (pair := pair_of(line))),
        verify_address=(typed["verify_address"] or "").rstrip("/"),
    )


def pair_of(line: str) -> tuple[str, str] | None:
    """ "TĐKT = thi đua, khen thưởng"; None for a line that is no pair."""
    short, sign, whole = (part.strip() for part in line.partition(PAIR))
    return (short, whole) if sign and short and whole else None
