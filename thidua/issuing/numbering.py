"""Numbers from the register: one after the other for each kind, symbol and year, whoever asks in the same moment."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from thidua.extensions import wait_for_turn
from thidua.models import Paper
from thidua.models.register import RegisterEntry, free_number


def next_in_register(session: Session, kind: str, symbol: str, year: int) -> int:
    """The number to be given out now. Until the transaction ends nobody else gets one of this row: it is used by
    ``RegisterEntry.give`` in the same transaction or by nobody, so that the row has no hole."""
    wait_for_turn(f"{kind} of {year}/{symbol}")
    return free_number(session, kind, symbol, year)


def register_next(
    session: Session,
    kind: str,
    symbol: str,
    *,
    issued_on: date,
    title: str,
    by_name: str,
    at: datetime,
    note: str = "",
    paper: Paper | None = None,
) -> RegisterEntry:
    """Take the next number of the year of ``issued_on`` and write it down; the caller commits."""
    number = next_in_register(session, kind, symbol, issued_on.year)
    return RegisterEntry.give(
        session, number, kind, symbol, issued_on=issued_on, title=title, note=note, paper=paper, by_name=by_name, at=at
    )
