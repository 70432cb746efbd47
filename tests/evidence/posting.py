"""Sending files as a plain form or as the outbox does."""

import io
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.checklist_sessions.rooms import here
from tests.conftest import new_op
from tests.evidence.drawn import photo

OUTBOX = {"X-Requested-With": "outbox"}


def send(
    client: FlaskClient, room: int, *files: tuple[bytes, str], headers: dict[str, str] | None = None, **fields: Any
) -> TestResponse:
    """POST these (content, name), or one photo."""
    sent = [(io.BytesIO(content), name) for content, name in files or ((photo(), "anh.jpg"),)]
    return client.post(
        here(room, "/evidence"),
        data={"op_id": new_op(), "files": sent} | fields,
        content_type="multipart/form-data",
        headers=headers,
    )
