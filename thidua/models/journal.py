"""The journal (nhật ký buổi kiểm tra): every change of a checklist session, in a chain of hashes."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thidua.models.base import Base

GENESIS = "0" * 64


class JournalEntry(Base):
    """One change. Revisions of a session are gapless from 1; ``hash`` covers every field and the hash before."""

    __tablename__ = "journal_entry"
    __table_args__ = (UniqueConstraint("checklist_session_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_session_id: Mapped[int] = mapped_column(ForeignKey("checklist_session.id"))
    revision: Mapped[int]
    op_id: Mapped[str] = mapped_column(String(36), unique=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    actor_name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    def seal(self) -> None:
        """Compute the hash from everything else."""
        self.hash = self.computed_hash

    @property
    def computed_hash(self) -> str:
        """SHA-256 (hex) over the canonical JSON of all fields and the previous hash."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        fields = [
            self.checklist_session_id,
            self.revision,
            self.op_id,
            self.actor_id,
            self.actor_name,
            self.kind,
            self.payload,
            at,
            self.prev_hash,
        ]
        return hashlib.sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()

    @property
    def content(self) -> dict[str, Any]:
        """The payload, read."""
        content: dict[str, Any] = json.loads(self.payload)
        return content


def payload_text(payload: dict[str, Any]) -> str:
    """Canonical JSON of a payload."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chain_damages(entries: Iterable[JournalEntry], *, revision: int, head_hash: str) -> list[str]:
    """What is wrong with one session's journal, in words; empty when the chain stands up to ``revision``."""
    damages: list[str] = []
    expected, previous = 1, GENESIS
    for entry in entries:
        if entry.revision != expected:
            damages.append(f"thiếu bước {expected} của nhật ký")
            expected = entry.revision
        if entry.prev_hash != previous:
            damages.append(f"bước {entry.revision} không nối với bước trước")
        if entry.hash != entry.computed_hash:
            damages.append(f"bước {entry.revision} đã bị sửa")
        expected, previous = expected + 1, entry.hash
    if expected - 1 != revision:
        damages.append(f"nhật ký dừng ở bước {expected - 1}, buổi kiểm tra ghi {revision}")
    if previous != head_hash:
        damages.append("dấu cuối của nhật ký không khớp với buổi kiểm tra")
    return damages
