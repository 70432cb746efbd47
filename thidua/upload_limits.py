"""How long a request may be: nearly all carry a few words, a few addresses take files."""

from flask import Flask, request

from thidua.config import MEGABYTE
from thidua.doors.evidence import LARGEST

LONGEST = {
    "evidence.add": LARGEST + MEGABYTE,  # the words around the file
    "preparation.add_files": LARGEST + MEGABYTE,
    "paper_forms.review_workbook": 11 * MEGABYTE,
    "signatures.set_mark": 13 * MEGABYTE,
    "signatures.set_seal_picture": 13 * MEGABYTE,
    "verification.upload": 30 * MEGABYTE,
    "scans.attach": 61 * MEGABYTE,  # photographs of several pages at once
    "office.upload_template": 6 * MEGABYTE,
    "checklists.import_file": 11 * MEGABYTE,  # 10 MB of file, and the words around it
}


def init_upload_limits(app: Flask) -> None:
    """Before CSRF protection, which reads the form: ``MAX_CONTENT_LENGTH`` holds everywhere else."""
    app.before_request(_allow)


def _allow() -> None:
    longest = LONGEST.get(request.endpoint or "")
    if longest:
        request.max_content_length = longest
