"""The addresses of this room; the views are in the modules named after what one does."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState
from werkzeug.exceptions import RequestEntityTooLarge

from thidua.preparation import (
    calendar,
    files,
    link,
    notices,
    page,
    proofs,
    readiness,
    reminders,
    returning,
    rows,
    saving,
    submitting,
)
from thidua.throttle import Throttle

FREE_TRIES_AT_THE_LINK = 30

preparation = Blueprint("preparation", __name__)

# -- the unit's own area ------------------------------------------------------------------------------
HERE = "/checklist-sessions/<int:checklist_session_id>/preparation"
LISTS = "<any(figures,documents,people):rows>"
PURPOSES = "<any(report,appendix,decision):purpose>"
preparation.get(HERE)(page.show)
preparation.post(f"{HERE}/start")(saving.start)
preparation.post(f"{HERE}/texts", endpoint="write_texts")(saving.texts)
preparation.post(f"{HERE}/{LISTS}", endpoint="add_row")(rows.add)
preparation.post(f"{HERE}/{LISTS}/<int:row_id>", endpoint="change_row")(rows.change)
preparation.post(f"{HERE}/{LISTS}/<int:row_id>/removal", endpoint="remove_row")(rows.remove)
preparation.post(f"{HERE}/<any(figures,documents):rows>/<int:row_id>/place", endpoint="move_row")(rows.move)
preparation.post(f"{HERE}/proofs", endpoint="add_proof")(proofs.add)
preparation.post(f"{HERE}/proofs/<int:proof_id>/removal", endpoint="remove_proof")(proofs.remove)
preparation.post(f"{HERE}/files/{PURPOSES}", endpoint="add_files")(files.add)
preparation.post(f"{HERE}/files/<int:evidence_id>/withdrawal", endpoint="withdraw_file")(files.withdraw)
preparation.get(f"{HERE}/sending", endpoint="sending")(submitting.review)
preparation.post(f"{HERE}/sending")(submitting.submit)
preparation.post(f"{HERE}/answers", endpoint="answer_returns")(submitting.answer)
preparation.post(f"{HERE}/schedule")(submitting.confirm_schedule)
preparation.register_error_handler(RequestEntityTooLarge, files.too_long)

# -- the personal link --------------------------------------------------------------------------------
preparation.get(f"{HERE}/link", endpoint="link")(link.show)
preparation.post(f"{HERE}/link", endpoint="make_link")(link.make)
preparation.get("/prepare/<link_code>")(link.door)
preparation.post("/prepare/<link_code>")(link.come_in)

# -- the centre's side: readiness, returns, notices, reminders, calendar ------------------------------
ROOM, PLAN = "/checklist-sessions/<int:checklist_session_id>", "/plans/<int:plan_id>"
preparation.get(f"{PLAN}/readiness", endpoint="readiness")(readiness.board)
preparation.post(f"{PLAN}/readiness/due")(readiness.set_due_of_all)
preparation.post(f"{HERE}/due")(readiness.set_due)
preparation.get(f"{HERE}/returns")(returning.returns)
preparation.post(f"{HERE}/returns")(returning.return_criteria)
preparation.post(f"{HERE}/returns/<int:return_id>/withdrawal")(returning.withdraw_return)
preparation.get(f"{ROOM}/notice")(notices.notice)
preparation.get(f"{ROOM}/notice.pdf")(notices.notice_pdf)
preparation.get(f"{ROOM}/notice.docx")(notices.notice_docx)
preparation.get(f"{PLAN}/notices.pdf")(notices.notices_pdf)
preparation.get(f"{ROOM}/reminder")(reminders.reminder)
preparation.get(f"{ROOM}/reminder.pdf")(reminders.reminder_pdf)
preparation.get(f"{PLAN}/reminders.pdf")(reminders.reminders_pdf)
preparation.get(f"{ROOM}/schedule.ics")(calendar.session_calendar)
preparation.get(f"{PLAN}/schedule.ics")(calendar.plan_calendar)


@preparation.record
def _install(setup: BlueprintSetupState) -> None:
    setup.app.extensions["link_throttle"] = Throttle(free_tries=FREE_TRIES_AT_THE_LINK)
