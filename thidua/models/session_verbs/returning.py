"""What the centre does to a unit's preparation: by when it is due, and what is to be sent again."""

from collections.abc import Mapping
from datetime import date, datetime

from thidua.models.actor import Actor
from thidua.models.journal import JournalEntry
from thidua.models.preparation import Preparation, PreparationReturn
from thidua.models.preparation_verbs import open_returns
from thidua.models.session_verbs.recording import Recording
from thidua.rules import lifecycle
from thidua.rules.errors import InvalidEntry, Refused
from thidua.rules.words import date_screen, day_of

BEGUN = (
    "Buổi kiểm tra đã bắt đầu, nên không trả lại hồ sơ được nữa. Xin trao đổi trực tiếp với đơn vị trong buổi làm việc."
)
NOT_SENT = "Đơn vị chưa gửi hồ sơ chuẩn bị, vẫn đang sửa được, nên chưa cần trả lại."


class Returning(Recording):
    """Each verb gets the unit's folder with its ``returns`` loaded. Before the opening only."""

    def set_preparation_due(
        self, preparation: Preparation, due_on: date, *, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """The last day to send the preparation. Raises ``InvalidEntry`` for a day that is over."""
        if self.state != lifecycle.PLANNED:
            raise Refused("Buổi kiểm tra đã bắt đầu, nên không đặt hạn gửi hồ sơ nữa.")
        _require_day_to_come(due_on, at)
        preparation.due_on = due_on
        return self._record("preparation.due_set", {"due_on": due_on.isoformat()}, by=by, at=at, op_id=op_id)

    def return_criteria(
        self, preparation: Preparation, remarks: Mapping[int, str], *, due_on: date, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """Ask for criteria again: ``remarks`` says for each criterion id what is wanting. One entry for all of them.

        Raises ``InvalidEntry`` for an empty remark (field "remark-<id>") or a day that is over (field "due_on"),
        ``Refused`` when the unit has not sent anything, or a criterion waits to be sent again already.
        """
        self._require_can_return(preparation)
        if not remarks:
            raise InvalidEntry("Xin ghi lời nhắc cho ít nhất một tiêu chí.")
        for criterion_id, remark in remarks.items():
            if not remark.strip():
                raise InvalidEntry("Xin ghi điều đơn vị cần bổ sung, sửa lại.", f"remark-{criterion_id}")
            if open_returns(preparation, criterion_id):
                raise Refused(
                    "Có tiêu chí vừa được trả lại trước đó, đang chờ đơn vị gửi. Muốn ghi khác, xin rút lần trả lại cũ."
                )
        _require_day_to_come(due_on, at)
        items = []
        for criterion_id, remark in remarks.items():
            preparation.returns.append(
                PreparationReturn(
                    criterion_id=criterion_id,
                    remark=remark,
                    due_on=due_on,
                    by_id=by.id,
                    by_name=by.name,
                    at=at,
                    answered_at=None,
                )
            )
            items.append({"criterion_id": criterion_id, "remark": remark})
        payload = {"items": items, "criteria": sorted(remarks), "due_on": due_on.isoformat()}
        return self._record("preparation.returned", payload, by=by, at=at, op_id=op_id)

    def withdraw_return(
        self, preparation: Preparation, one: PreparationReturn, *, by: Actor, at: datetime, op_id: str
    ) -> JournalEntry:
        """The criterion is not asked for again after all; the journal keeps that it was."""
        self._require_can_return(preparation)
        if one.answered_at:
            raise Refused("Đơn vị đã gửi lại tiêu chí này, nên không rút được nữa.")
        preparation.returns.remove(one)
        payload = {"criterion_id": one.criterion_id, "return_id": one.id, "remark": one.remark}
        return self._record("preparation.return_withdrawn", payload, by=by, at=at, op_id=op_id)

    def _require_can_return(self, preparation: Preparation) -> None:
        if self.state != lifecycle.PLANNED:
            raise Refused(BEGUN)
        if preparation.submitted_at is None:
            raise Refused(NOT_SENT)


def _require_day_to_come(due_on: date, at: datetime) -> None:
    today = day_of(at)
    if due_on < today:
        raise InvalidEntry(f"Hạn gửi phải từ hôm nay ({date_screen(today)}) trở đi.", "due_on")
