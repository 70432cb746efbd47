"""What the preparation does to the half-day: sent, answered, schedule confirmed, personal link. Drafts do nothing."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Mapped

from thidua.models.actor import Actor
from thidua.models.journal import JournalEntry, payload_text
from thidua.models.meeting import Attendance
from thidua.models.preparation import Preparation
from thidua.models.preparation_verbs import open_returns, plain_preparation, require_draft
from thidua.models.score import Score
from thidua.models.session_verbs.recording import Recording
from thidua.rules import lifecycle, preparing
from thidua.rules.errors import Refused


class Preparing(Recording):
    """Each verb gets the unit's folder with everything of it loaded."""

    if TYPE_CHECKING:
        attendances: Mapped[list[Attendance]]
        scores: Mapped[list[Score]]

    def submit_preparation(
        self, preparation: Preparation, files: Iterable[tuple[str, str]], *, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """The unit sends its preparation: from now on it stays as it is. ``files``: purpose and digest of each.

        The journal keeps a digest of everything sent. Before the opening the proposed attendees come onto the list of
        expected people. Needs ``attendances`` and the self-scores in ``scores``.
        """
        require_draft(preparation, self.state)
        preparation.submitted_at, preparation.submitted_by_name = at, by.name
        preparation.first_submitted_at = preparation.first_submitted_at or at
        preparation.revision += 1
        added = self._expect(preparation) if self.state == lifecycle.PLANNED else []
        own = sorted([one.criterion_id, one.value] for one in self.scores if one.perspective == "self")
        sent = plain_preparation(preparation) | {"files": sorted(map(list, files)), "self": own}
        payload: dict[str, Any] = {
            "digest": _digest(sent),
            "papers": papers_digest(preparation),
            "figures": sum(bool(one.this_year) for one in preparation.figures),
            "documents": len(preparation.documents),
            "self_scored": len(own),
            "files": len(sent["files"]),
        }
        if added:
            payload["attendees"] = [{"name": one.name, "office": one.office} for one in added]
        return self._record("preparation.submitted", payload, by=by, at=at, op_id=op_id)

    def answer_returns(
        self, preparation: Preparation, criterion_ids: Sequence[int], *, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """The unit sends returned criteria anew; they are sealed again. Needs their self-scores in ``scores``."""
        preparing.require_can_prepare(self.state)
        meant = [one for one in open_returns(preparation) if one.criterion_id in criterion_ids]
        if not meant:
            raise Refused("Không có tiêu chí nào đang chờ gửi lại.")
        for one in meant:
            one.answered_at = at
        preparation.revision += 1
        answered = sorted({one.criterion_id for one in meant})
        own = sorted(
            [one.criterion_id, one.value]
            for one in self.scores
            if one.perspective == "self" and one.criterion_id in answered
        )
        proofs = [one for one in plain_preparation(preparation)["proofs"] if one[0] in answered]
        payload = {"criteria": answered, "digest": _digest({"self": own, "proofs": proofs})}
        return self._record("preparation.answered", payload, by=by, at=at, op_id=op_id)

    def confirm_schedule(self, preparation: Preparation, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """The unit says that date, hour and place suit it."""
        if self.state != lifecycle.PLANNED:
            raise Refused("Buổi kiểm tra đã bắt đầu, không cần xác nhận lịch nữa.")
        preparation.schedule_confirmed_at, preparation.schedule_confirmed_by_name = at, by.name
        preparation.revision += 1
        return self._record("preparation.schedule_confirmed", {}, by=by, at=at, op_id=op_id)

    def make_preparation_link(
        self, preparation: Preparation, code: str, *, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """The unit's personal link; a new one makes the printed one worthless. The code itself is not journaled."""
        require_link_open(self.state)
        payload = {"again": preparation.link_code is not None}
        preparation.link_code = code
        return self._record("preparation.linked", payload, by=by, at=at, op_id=op_id)

    def record_preparing_entry(self, device: str, *, by: Actor, at: datetime, op_id: str) -> JournalEntry:
        """Somebody of the unit came in by the personal link, on this device."""
        require_link_open(self.state)
        return self._record("preparation.entered", {"device": device}, by=by, at=at, op_id=op_id)

    def _expect(self, preparation: Preparation) -> list[Attendance]:
        """Who is proposed and not on the list yet is expected."""
        known = {one.name.casefold() for one in self.attendances if one.side == "unit"}
        last = max((one.position for one in self.attendances), default=0)
        added: list[Attendance] = []
        for one in preparation.people:
            name = one.name[:120]
            if one.kind != "attendee" or name.casefold() in known:
                continue
            known.add(name.casefold())
            added.append(
                Attendance(
                    side="unit",
                    name=name,
                    rank="",
                    office=one.office[:160],
                    part="",
                    position=last + len(added) + 1,
                    presence="expected",
                    absent_reason="",
                )
            )
        self.attendances.extend(added)
        return added


def require_link_open(state: str) -> None:
    """The personal link is for the time before the half-day. Raises ``Refused``."""
    if state != lifecycle.PLANNED:
        raise Refused("Buổi kiểm tra đã bắt đầu nên đường dẫn riêng để chuẩn bị không dùng nữa.")


def papers_digest(preparation: Preparation) -> str:
    """SHA-256 (hex) of what never changes again once it was sent: report, figures, documents, people."""
    plain = plain_preparation(preparation)
    return _digest({name: plain[name] for name in plain if name != "proofs"})


def _digest(sent: dict[str, Any]) -> str:
    return hashlib.sha256(payload_text(sent).encode()).hexdigest()
