"""What is asked, answered, explained and rebutted."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Mapped

from thidua.models.actor import Actor
from thidua.models.journal import JournalEntry
from thidua.models.meeting import EXCHANGE_KINDS, Exchange
from thidua.models.session_verbs.recording import Recording, require_choice, require_text
from thidua.rules import lifecycle
from thidua.rules.errors import Conflict, Refused


class Exchanging(Recording):
    """Each verb needs ``exchanges`` loaded."""

    if TYPE_CHECKING:
        exchanges: Mapped[list[Exchange]]

    def add_exchange(
        self,
        kind: str,
        speaker: str,
        text: str,
        *,
        criterion_id: int | None = None,
        attendance_id: int | None = None,
        answers_id: int | None = None,
        by: Actor,
        at: datetime,
        op_id: str,
    ) -> JournalEntry:
        """A question, an answer, an explanation or a rebuttal, with its speaker.

        ``answers_id`` is the exchange it goes on from.
        """
        lifecycle.require_is_open(self.state)
        require_choice(kind, EXCHANGE_KINDS, "kind", "Xin chọn: hỏi, trả lời, giải trình hoặc phản biện.")
        require_text(speaker, "speaker", "Xin chọn hoặc ghi tên người phát biểu.")
        require_text(text, "text", "Xin ghi nội dung phát biểu.")
        self.exchanges.append(
            Exchange(
                kind=kind,
                speaker=speaker,
                text=text,
                criterion_id=criterion_id,
                attendance_id=attendance_id,
                answers_id=answers_id,
                by_id=by.id,
                by_name=by.name,
                at=at,
            )
        )
        payload: dict[str, Any] = {"kind": kind, "speaker": speaker, "text": text, "criterion_id": criterion_id}
        if answers_id is not None:
            payload["answers_id"] = answers_id
        return self._record("exchange.added", payload, by=by, at=at, op_id=op_id)

    def change_exchange(
        self, exchange: Exchange, text: str, *, before: str, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """Correct one's own record of what was said; ``before`` is the text one saw. The earlier text stays in the
        journal."""
        lifecycle.require_is_open(self.state)
        require_text(text, "text", "Xin ghi nội dung phát biểu.")
        if exchange.withdrawn_at:
            raise Refused("Trao đổi này đã được rút nên không sửa được nữa. Xin ghi thành một trao đổi mới.")
        if exchange.text != before:
            raise Conflict("Trao đổi này vừa được sửa trên máy khác. Nội dung mới hiện bên dưới, xin xem lại.", "text")
        exchange.text, exchange.changed_at = text, at
        payload = {
            "exchange_id": exchange.id,
            "kind": exchange.kind,
            "speaker": exchange.speaker,
            "text": text,
            "before": before,
            "criterion_id": exchange.criterion_id,
        }
        return self._record("exchange.changed", payload, by=by, at=at, op_id=op_id)

    def withdraw_exchange(self, exchange: Exchange, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Take an exchange back; it stays in the journal."""
        lifecycle.require_is_open(self.state)
        if exchange.withdrawn_at:
            raise Refused("Trao đổi này đã được rút trước đó.")
        exchange.withdrawn_at = at
        return self._record(
            "exchange.withdrawn", {"exchange_id": exchange.id, "text": exchange.text}, by=by, at=at, op_id=op_id
        )
