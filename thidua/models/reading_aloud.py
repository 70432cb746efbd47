"""Reading the minutes to the room (thông qua biên bản): the page on the wall, objections and what came of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from thidua.models.actor import Actor
from thidua.models.conclusion import Conclusion
from thidua.models.journal import JournalEntry
from thidua.models.paper_draft import Objection
from thidua.models.session_verbs.recording import require_choice, require_text
from thidua.rules import lifecycle
from thidua.rules.errors import Conflict, InvalidEntry, Refused

ACCEPTED, NOTED = "accepted", "noted"
OUTCOMES: Final = {ACCEPTED: "Chấp nhận, đã sửa biên bản", NOTED: "Giữ nguyên biên bản, ghi ý kiến vào biên bản"}


@dataclass(slots=True)
class ReadingAloud:
    """A conclusion (with its checklist session) while it is read aloud, and what was objected to."""

    session: Session
    conclusion: Conclusion
    objections: list[Objection]

    @property
    def standing(self) -> list[Objection]:
        """What was not taken back."""
        return [one for one in self.objections if one.withdrawn_at is None]

    @property
    def unsettled(self) -> list[Objection]:
        """What still waits for an answer."""
        return [one for one in self.standing if not one.outcome]

    def show_page(self, page: int, *, last: int, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Put a page of the minutes on the wall; ``last`` is how many there are."""
        self._require_may_read()
        if self.conclusion.checklist_session.keeps_total_back:
            raise Refused("Tổng điểm đang ẩn với phòng họp, mà biên bản có tổng điểm. Xin công bố tổng điểm trước.")
        if not 1 <= page <= last:
            raise InvalidEntry(f"Biên bản chỉ có {last} trang đọc.", field="page")
        entry = self._journal("reading.shown", {"page": page, "of": last}, by, at, op_id)
        self.conclusion.reading_page, self.conclusion.read_through_at = page, None
        return entry

    def stop(self, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """The wall goes back to the scores; the minutes are not read through."""
        self._require_reading()
        self.conclusion.reading_page = None
        return self._journal("reading.stopped", {}, by, at, op_id)

    def finish(self, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Read to the end: everybody agrees, or every objection has its answer."""
        self._require_reading()
        if self.unsettled:
            names = ", ".join(dict.fromkeys(one.speaker for one in self.unsettled))
            raise Refused(f"Còn ý kiến chưa giải quyết của {names}. Xin chọn chấp nhận hoặc giữ nguyên trước.")
        self.conclusion.reading_page, self.conclusion.read_through_at = None, at
        return self._journal("reading.finished", {"objections": len(self.standing)}, by, at, op_id)

    def object(
        self, speaker: str, text: str, *, block_id: str = "", by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """Somebody does not agree with a paragraph, or with the whole."""
        self._require_may_read()
        require_text(speaker, "speaker", "Xin ghi người có ý kiến.")
        require_text(text, "text", "Xin ghi nội dung ý kiến.")
        payload = {"block_id": block_id, "speaker": speaker, "text": text}
        entry = self._journal("objection.added", payload, by, at, op_id)
        one = Objection(
            conclusion_id=self.conclusion.id, by_id=by.id, by_name=by.name, at=at, version=entry.revision, **payload
        )
        self.session.add(one)
        self.objections.append(one)
        return entry

    def settle(
        self, one: Objection, outcome: str, answer: str, *, base_version: int, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """What came of it: the text was changed, or it stays and the objection is printed. Another answer replaces."""
        self._require_may_read()
        self._require_standing(one, base_version)
        require_choice(outcome, OUTCOMES, "outcome", "Xin chọn chấp nhận hay giữ nguyên.")
        payload = {"objection_id": one.id, "speaker": one.speaker, "outcome": outcome, "answer": answer}
        entry = self._journal("objection.settled", payload, by, at, op_id)
        one.outcome, one.answer, one.version = outcome, answer, entry.revision
        return entry

    def withdraw(self, one: Objection, *, base_version: int, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """It was taken back, or written down by mistake; it stays in the journal."""
        self._require_may_read()
        self._require_standing(one, base_version)
        payload = {"objection_id": one.id, "speaker": one.speaker, "text": one.text}
        entry = self._journal("objection.withdrawn", payload, by, at, op_id)
        one.withdrawn_at, one.version = at, entry.revision
        return entry

    def _require_may_read(self) -> None:
        lifecycle.require_can_read_aloud(self.conclusion.checklist_session.state)

    def _require_reading(self) -> None:
        self._require_may_read()
        if self.conclusion.reading_page is None:
            raise Refused("Biên bản chưa được đọc. Xin bấm “Bắt đầu đọc biên bản” trước.")

    @staticmethod
    def _require_standing(one: Objection, base_version: int) -> None:
        if one.withdrawn_at:
            raise Refused("Ý kiến này đã được rút trước đó.")
        if one.version > base_version:
            raise Conflict("Ý kiến này vừa được người khác giải quyết. Xin xem lại bên dưới.", theirs=one)

    def _journal(self, kind: str, payload: dict[str, Any], by: Actor, at: datetime, op_id: str) -> JournalEntry:
        return self.conclusion.checklist_session.record_paper(kind, payload, by=by, at=at, op_id=op_id)


def page_on_the_wall(session: Session, checklist_session_id: int) -> int | None:
    """The page being read to the room now; None when nothing is read, or scoring was opened again meanwhile."""
    page = session.scalar(
        select(Conclusion.reading_page).where(Conclusion.checklist_session_id == checklist_session_id)
    )
    if page is None:
        return None
    last = session.scalar(
        select(JournalEntry.kind)
        .where(
            JournalEntry.checklist_session_id == checklist_session_id,
            JournalEntry.kind.in_(("reading.shown", "closed", "reopened", "minutes.frozen")),
        )
        .order_by(JournalEntry.revision.desc())
        .limit(1)
    )
    return page if last == "reading.shown" else None


def reading_of(session: Session, conclusion: Conclusion) -> ReadingAloud:
    """With its objections, oldest first; for a change, under the lock of the checklist session's row."""
    objections = session.scalars(
        select(Objection)
        .where(Objection.conclusion_id == conclusion.id)
        .order_by(Objection.id)
        .execution_options(populate_existing=True)
    )
    return ReadingAloud(session, conclusion, list(objections))
