"""The acknowledgement: which operation an answer stands for, so that the outbox of a tablet may forget it.

Every change of a checklist session names its operation (``session_pages/operations.py``). An answer that is no refusal
carries it back as ``X-Op-Id`` only when everything it says is on disk; ``X-Revision`` is the journal entry it made,
or had made when it came the first time.
"""

from flask import Flask, Response, current_app, g, request, session
from flask.typing import ResponseReturnValue

from thidua.durability import NotOnDisk
from thidua.extensions import wait_until_on_disk
from thidua.identity import current_person
from thidua.models import JournalEntry

OUTBOX = "outbox"
ANOTHER_PERSON = "Máy này vừa đổi người đăng nhập. Việc này chờ đúng người đã nhập đăng nhập lại."


def init_acknowledging(app: Flask) -> None:
    """Install the header; after the identity, which knows who is asking."""
    app.before_request(_refuse_what_another_typed)
    app.after_request(_acknowledge)


def note_operation(op_id: str) -> None:
    """This request carries out the operation."""
    g.operation = op_id


def note_entry(entry: JournalEntry) -> None:
    """The operation is, or already was, this entry of the journal."""
    g.operation_revision = entry.revision


def is_outbox() -> bool:
    """Whether the outbox sends, rather than a person who waits for a page."""
    return request.headers.get("X-Requested-With") == OUTBOX


def _refuse_what_another_typed() -> ResponseReturnValue | None:
    """A page left open by one person must not send with the login of the next."""
    typed_by = request.headers.get("X-Person")
    person = current_person()
    if not is_outbox() or typed_by is None or person is None or typed_by == str(person.id):
        return None
    return Response(ANOTHER_PERSON, 401, mimetype="text/plain")


def _acknowledge(response: Response) -> Response:
    op_id = g.get("operation")
    if op_id is None or request.method != "POST" or response.status_code >= 400:
        return response
    if "operation_revision" in g:  # its commit, or the commit it repeats, was waited for
        response.headers.setdefault("X-Revision", str(g.operation_revision))
    else:
        try:
            wait_until_on_disk()  # it found its wish fulfilled, perhaps by a commit of this very moment
        except NotOnDisk as problem:
            return current_app.make_response(current_app.handle_user_exception(problem))
    response.headers.setdefault("X-Op-Id", op_id)
    return _without_page(response) if is_outbox() else response


def _without_page(response: Response) -> Response:
    """Where a plain form would go on is told, not shown; words for that page would come too late."""
    session.pop("_flashes", None)
    if not 300 <= response.status_code < 400:
        return response
    response.headers["X-Next"] = response.headers.pop("Location")
    response.status_code = 204
    response.set_data(b"")
    del response.headers["Content-Type"]
    return response
