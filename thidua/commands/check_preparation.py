"""``flask check``, preparations: what was sent stands as it was sent, and when, as the journal says."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from thidua.commands.check_sessions import Told, journal_of
from thidua.models import Preparation
from thidua.models.session_verbs.preparing import papers_digest


def preparation_damages(session: Session) -> Iterator[str]:
    """A sentence for each damage."""
    loaded = (Preparation.figures, Preparation.documents, Preparation.people, Preparation.proofs)
    for preparation in session.scalars(
        select(Preparation).options(*map(selectinload, loaded)).order_by(Preparation.id)
    ):
        told = journal_of(session, preparation.checklist_session_id)
        for damage in (*_sent(preparation, told), *_confirmed(preparation, told), *_link(preparation, told)):
            yield f"Buổi kiểm tra {preparation.checklist_session_id}: {damage}."


def _sent(preparation: Preparation, told: Told) -> Iterator[str]:
    sent = [(entry, content) for entry, content in told if entry.kind == "preparation.submitted"]
    moments = (sent[0][0].at, sent[-1][0].at, sent[-1][0].actor_name) if sent else (None, None, "")
    standing = (preparation.first_submitted_at, preparation.submitted_at, preparation.submitted_by_name)
    if standing != moments:
        yield "lúc gửi hồ sơ chuẩn bị không khớp với nhật ký"
    elif sent and sent[-1][1].get("papers") != papers_digest(preparation):
        yield "hồ sơ chuẩn bị đã bị sửa sau khi gửi"


def _confirmed(preparation: Preparation, told: Told) -> Iterator[str]:
    confirmed = [entry for entry, _ in told if entry.kind == "preparation.schedule_confirmed"]
    expected = (confirmed[-1].at, confirmed[-1].actor_name) if confirmed else (None, "")
    if (preparation.schedule_confirmed_at, preparation.schedule_confirmed_by_name) != expected:
        yield "việc xác nhận lịch không khớp với nhật ký"


def _link(preparation: Preparation, told: Told) -> Iterator[str]:
    if (preparation.link_code is not None) != any(entry.kind == "preparation.linked" for entry, _ in told):
        yield "đường dẫn riêng của đơn vị không khớp với nhật ký"
