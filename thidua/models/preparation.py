"""What a unit prepares before its half-day: report, figures, own decisions, people, proofs of its self-score.

Kế hoạch 72/HTS, mục III.1: the duties of the inspected unit. One ``Preparation`` for each checklist session, made when
somebody first writes in it. Its rows are drafts of the unit until it is submitted; only what the centre acts upon
(submitted, returned, schedule confirmed) is an entry of the session's journal.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from thidua.models.base import Base

PERSON_KINDS = {"attendee": "Người dự buổi kiểm tra", "exemplar": "Điển hình tiên tiến"}


class Preparation(Base):
    """The unit's folder. ``revision`` counts its changes; ``link_code`` is the secret of the personal link.

    ``due_on`` is the last day to send it (None: the plan's usual one); ``submitted_at`` locks everything but what was
    returned; ``first_submitted_at`` stays, so that "late" can be told.
    """

    __tablename__ = "preparation"

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_session_id: Mapped[int] = mapped_column(ForeignKey("checklist_session.id"), unique=True)
    revision: Mapped[int] = mapped_column(default=0)
    due_on: Mapped[date | None]
    link_code: Mapped[str | None] = mapped_column(String(40), unique=True)
    report_summary: Mapped[str] = mapped_column(Text, default="")
    visit_place: Mapped[str] = mapped_column(Text, default="")
    schedule_confirmed_at: Mapped[datetime | None]
    schedule_confirmed_by_name: Mapped[str] = mapped_column(String(120), default="")
    submitted_at: Mapped[datetime | None]
    submitted_by_name: Mapped[str] = mapped_column(String(120), default="")
    first_submitted_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    figures: Mapped[list["PreparationFigure"]] = relationship(
        lazy="raise", order_by="PreparationFigure.position", cascade="all, delete-orphan"
    )
    documents: Mapped[list["PreparationDocument"]] = relationship(
        lazy="raise", order_by="PreparationDocument.position", cascade="all, delete-orphan"
    )
    people: Mapped[list["PreparationPerson"]] = relationship(
        lazy="raise", order_by="PreparationPerson.position", cascade="all, delete-orphan"
    )
    proofs: Mapped[list["PreparationProof"]] = relationship(
        lazy="raise", order_by="PreparationProof.id", cascade="all, delete-orphan"
    )
    returns: Mapped[list["PreparationReturn"]] = relationship(
        lazy="raise", order_by="PreparationReturn.id", cascade="all, delete-orphan"
    )


class PreparationFigure(Base):
    """A row of the table of figures (phụ lục số liệu); values are exact decimals as text ("1234.5"), "" not given."""

    __tablename__ = "preparation_figure"

    id: Mapped[int] = mapped_column(primary_key=True)
    preparation_id: Mapped[int] = mapped_column(ForeignKey("preparation.id"), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(300))
    measure: Mapped[str] = mapped_column(String(60), default="")
    last_year: Mapped[str] = mapped_column(String(30), default="")
    this_year: Mapped[str] = mapped_column(String(30), default="")
    note: Mapped[str] = mapped_column(String(500), default="")


class PreparationDocument(Base):
    """One of the unit's own decisions and regulations on emulation and commendation."""

    __tablename__ = "preparation_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    preparation_id: Mapped[int] = mapped_column(ForeignKey("preparation.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(80), default="")
    issued_on: Mapped[date | None]
    title: Mapped[str] = mapped_column(String(500))


class PreparationPerson(Base):
    """Somebody who will attend (``attendee``) or an exemplary collective or person (``exemplar``)."""

    __tablename__ = "preparation_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    preparation_id: Mapped[int] = mapped_column(ForeignKey("preparation.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200))
    office: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class PreparationProof(Base):
    """Evidence of a self-score: one of the unit's documents, or a note. Files are ``Evidence`` of the criterion."""

    __tablename__ = "preparation_proof"

    id: Mapped[int] = mapped_column(primary_key=True)
    preparation_id: Mapped[int] = mapped_column(ForeignKey("preparation.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("preparation_document.id", ondelete="CASCADE"), index=True
    )
    note: Mapped[str] = mapped_column(Text, default="")


class PreparationReturn(Base):
    """The centre asks for one criterion again, with a remark and a new date; ``answered_at`` when it was sent anew."""

    __tablename__ = "preparation_return"

    id: Mapped[int] = mapped_column(primary_key=True)
    preparation_id: Mapped[int] = mapped_column(ForeignKey("preparation.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    remark: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
