"""What the page of the register shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from thidua.models import ChecklistSession, Conclusion, Paper, Unit
from thidua.models.paper import ON_PAPER
from thidua.models.register import RegisterEntry
from thidua.rules.numbering import DOCUMENT_KINDS, document_number, holes


@dataclass(frozen=True, slots=True)
class Row:
    """All numbers of one kind and symbol in one year, in order."""

    kind: str
    symbol: str
    entries: tuple[RegisterEntry, ...]

    @property
    def title(self) -> str:
        """ "Biên bản (BB-HTS)"."""
        return f"{DOCUMENT_KINDS.get(self.kind, self.kind)} ({self.kind}-{self.symbol})"

    @property
    def missing(self) -> str:
        """The numbers that are not there, as printed; empty when there is no hole."""
        gone = holes(entry.number for entry in self.entries)
        return ", ".join(document_number(number, self.kind, self.symbol) for number in gone)

    @property
    def sentence(self) -> str:
        """What a reader wants to know first."""
        if len(self.entries) == 1 and not self.missing:
            return "Mới có một số."
        first, last = self.entries[0], self.entries[-1]
        span = f"Từ số {first.number:02d} đến số {last.number:02d}"
        return f"{span}, còn thiếu {self.missing}." if self.missing else f"{span}, liền mạch, không thiếu số nào."


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper signed with ink that has no number yet."""

    paper_id: int
    title: str
    unit: str
    frozen_on: date


@dataclass(frozen=True, slots=True)
class Register:
    """The page: one year of it. ``newest`` is the id of the last number ever given."""

    year: int
    years: tuple[int, ...]
    rows: tuple[Row, ...]
    waiting: tuple[Waiting, ...]
    newest: int


def register_of(session: Session, year: int | None, *, today: date) -> Register:
    """The year asked for, or the newest with a number, or this one."""
    known = sorted(session.scalars(select(RegisterEntry.year).distinct()), reverse=True)
    chosen = year or (known[0] if known else today.year)
    entries = session.scalars(
        select(RegisterEntry)
        .where(RegisterEntry.year == chosen)
        .options(joinedload(RegisterEntry.paper))
        .order_by(RegisterEntry.kind, RegisterEntry.symbol, RegisterEntry.number)
    ).all()
    rows = tuple(Row(kind, symbol, tuple(found)) for (kind, symbol), found in groupby(entries, _row_of))
    years = tuple(sorted({*known, chosen, today.year}, reverse=True))
    return Register(chosen, years, rows, tuple(_waiting(session)), newest_id(session))


def _row_of(entry: RegisterEntry) -> tuple[str, str]:
    return entry.kind, entry.symbol


def newest_id(session: Session) -> int:
    """The id of the last number ever given, 0 for none."""
    return session.scalar(select(RegisterEntry.id).order_by(RegisterEntry.id.desc()).limit(1)) or 0


def given_since(session: Session, seen: int, entry: RegisterEntry) -> Sequence[RegisterEntry]:
    """Numbers given after ``seen`` to the same document by the same person: the form was sent twice."""
    return session.scalars(
        select(RegisterEntry)
        .where(
            RegisterEntry.id > seen,
            RegisterEntry.paper_id.is_(None),
            RegisterEntry.kind == entry.kind,
            RegisterEntry.symbol == entry.symbol,
            RegisterEntry.issued_on == entry.issued_on,
            RegisterEntry.title == entry.title,
            RegisterEntry.registered_by == entry.registered_by,
        )
        .order_by(RegisterEntry.number)
    ).all()


def _waiting(session: Session) -> list[Waiting]:
    statement = (
        select(Paper, Unit.name)
        .join(Conclusion, Conclusion.id == Paper.conclusion_id)
        .join(ChecklistSession, ChecklistSession.id == Conclusion.checklist_session_id)
        .join(Unit, Unit.id == ChecklistSession.unit_id)
        .where(Paper.means == ON_PAPER, Paper.number.is_(None))
        .order_by(Paper.id)
    )
    return [Waiting(paper.id, paper.title, unit, paper.frozen_at) for paper, unit in session.execute(statement)]
