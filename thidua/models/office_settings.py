"""How the office writes its papers: its name, its symbol, whom it sends them to."""

from datetime import datetime
from typing import Any, Self

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from thidua.models.actor import Actor
from thidua.models.base import Base
from thidua.rules.errors import Conflict
from thidua.rules.office import Office, office_from_plain, office_to_plain

ONLY = 1  # the id of the one row


class OfficeSettings(Base):
    """At most one row. ``content`` is a plain ``rules.office.Office``; an absent row or field means its default.

    ``version`` counts the changes of ``content``. ``word_template``: SHA-256 of the office's own Word template in the
    store of files, "" for the shipped one.
    """

    __tablename__ = "office_settings"

    id: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    word_template: Mapped[str] = mapped_column(String(64), default="")
    word_template_name: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[str] = mapped_column(String(120), default="")

    @classmethod
    def blank(cls) -> Self:
        """What holds while nobody has set anything."""
        return cls(id=ONLY, content={}, word_template="", word_template_name="", version=0, changed_by="")

    @property
    def office(self) -> Office:
        return office_from_plain(self.content or {})

    def write(self, office: Office, *, base_version: int, by: Actor, at: datetime) -> None:
        """Set everything. Raises ``Conflict`` when somebody else has changed it since ``base_version``."""
        self._require(base_version)
        self.content = office_to_plain(office)
        self.version += 1
        self._changed(by, at)

    def use_template(self, sha256: str, name: str, *, by: Actor, at: datetime) -> None:
        """Take this stored file as the Word template; "" goes back to the shipped one."""
        self.word_template, self.word_template_name = sha256, name[:200]
        self._changed(by, at)

    def _require(self, base_version: int) -> None:
        if base_version != self.version:
            raise Conflict(
                f"{self.changed_by or 'Người khác'} vừa sửa trang này. Những gì đồng chí gõ vẫn còn ở dưới; "
                "xin xem lại rồi bấm Lưu lần nữa để ghi theo bản của đồng chí.",
                theirs=self.content,
            )

    def _changed(self, by: Actor, at: datetime) -> None:
        self.changed_at, self.changed_by = at, by.name


def office_of(session: Session) -> Office:
    """The office's settings, or the defaults. One query."""
    content = session.scalar(select(OfficeSettings.content).limit(1))
    return office_from_plain(content or {})
