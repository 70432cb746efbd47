"""Operation ids of the plain forms: made when a form is shown, repeated when it is sent twice."""

import uuid

from flask import request

from thidua.acknowledging import note_entry, note_operation
from thidua.extensions import db, wait_until_on_disk
from thidua.models.finders import operation
from thidua.rules.errors import InvalidEntry, Refused
from thidua.session_pages.finding import Found


def new_operation() -> str:
    """A fresh operation id for a form that is about to be shown."""
    return str(uuid.uuid4())


def posted_operation() -> str:
    """The posted operation id; a tap without one gets its own. Raises ``InvalidEntry`` for a broken one.

    Whoever asks for it carries it out, or refuses: the answer acknowledges it (``acknowledging.py``).
    """
    posted = request.form.get("op_id", "").strip()
    try:
        op_id = str(uuid.UUID(posted)) if posted else new_operation()
    except ValueError:
        raise InvalidEntry("Trang này đã cũ. Xin mở lại trang rồi thử lần nữa.") from None
    note_operation(op_id)
    return op_id


def is_repeated(found: Found, op_id: str, kind: str, /, **said: object) -> bool:
    """Whether this operation was done before; ``said`` is what the journal then kept of it.

    Raises ``Refused`` when the id belongs to something else: a browser that goes back may show a form that was
    sent already, and other words typed into it are not a repetition.
    """
    entry = operation(db.session(), op_id)
    if entry is None:
        return False
    mine = (found.checklist_session.id, found.person.id, kind)
    if (entry.checklist_session_id, entry.actor_id, entry.kind) != mine:
        raise Refused("Mã thao tác này đã dùng cho việc khác. Xin mở lại trang rồi thử lần nữa.")
    content = entry.content
    if any(content.get(name) != value for name, value in said.items()):
        raise Refused(
            "Trang này đã gửi một lần với nội dung khác, nên nội dung vừa rồi chưa được ghi. Xin lưu lần nữa."
        )
    note_entry(entry)
    wait_until_on_disk()
    return True
