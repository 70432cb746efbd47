"""Reference documents (văn bản căn cứ): regulations that plans and criteria cite."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from thidua.models.base import Base


class ReferenceDocument(Base):
    """A cited document. ``number_as_printed`` is verbatim; a doubtful number keeps its doubt in ``suspect``."""

    __tablename__ = "reference_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    number_as_printed: Mapped[str] = mapped_column(String(80), unique=True)
    number: Mapped[str | None] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(80), default="")
    issued_on: Mapped[date | None]
    title: Mapped[str] = mapped_column(String(600), default="")
    note: Mapped[str] = mapped_column(String(1000), default="")
    suspect: Mapped[str] = mapped_column(String(1000), default="")

    @property
    def label(self) -> str:
        """The number as people cite it."""
        return self.number or self.number_as_printed
