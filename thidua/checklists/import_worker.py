"""The one reader of files beside the requests: a thread of its own, few files waiting, progress told while it works."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import select

from thidua.checklists.import_reading import Asking, read_file
from thidua.doors.files import FileProblem, FileStore
from thidua.extensions import begin_writing, db
from thidua.models import ChecklistImport
from thidua.models.checklist_import import READING
from thidua.rules.errors import Refusal, Refused
from thidua.rules.sheet_reading.reading import Wishes

log = logging.getLogger(__name__)

MOST_WAITING = 20
PAUSE = 0.5  # seconds at least between two notes of progress
SILENCE = timedelta(seconds=45)
"""A reader not heard of for so long is gone: the server was started anew. Reading one file takes 20 seconds at most."""

CROWDED = "Máy chủ đang đọc nhiều tệp khác. Tệp này đã được giữ; xin chờ ít phút rồi bấm Đọc tiếp."
STUMBLED = (
    "Có lỗi trên máy chủ khi đọc tệp này. Tệp vẫn được giữ nguyên; xin bấm Đọc lại, nếu vẫn lỗi xin báo quản trị."
)
LOST = "Không lấy lại được tệp đã gửi từ kho lưu trữ. Xin gửi lại tệp."


class ImportWorker:
    """Reads the files of ``ChecklistImport`` rows one after the other; ``app`` gives it its own context."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._waiting: queue.Queue[int] = queue.Queue(MOST_WAITING)
        self._known: set[int] = set()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def submit(self, import_id: int) -> bool:
        """Whether the file will be read soon; not when too many wait."""
        with self._lock:
            if import_id in self._known:
                return True
            try:
                self._waiting.put_nowait(import_id)
            except queue.Full:
                return False
            self._known.add(import_id)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="checklist-import", daemon=True)
                self._thread.start()
        return True

    def knows(self, import_id: int) -> bool:
        """Whether this process reads it, or is about to."""
        with self._lock:
            return import_id in self._known

    def _run(self) -> None:
        while True:
            import_id = self._waiting.get()
            try:
                with self._app.app_context():
                    read_import(import_id)
            except Exception:  # the next file is read all the same
                log.exception("Import %s was not read", import_id)
            finally:
                with self._lock:
                    self._known.discard(import_id)


def worker() -> ImportWorker:
    """The reader of this process, made when it is first needed."""
    found = current_app.extensions.get("import_worker")
    if found is None:
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        found = current_app.extensions.setdefault("import_worker", ImportWorker(app))
    reader: ImportWorker = found
    return reader


def is_abandoned(one: ChecklistImport, now: datetime) -> bool:
    """Whether nobody reads this file any more, because the server stopped in the middle."""
    if one.state != READING or worker().knows(one.id):
        return False
    beat = one.content.get("beat", "")
    return not beat or now - datetime.fromisoformat(beat) > SILENCE


def read_import(import_id: int) -> None:
    """Read one file and keep what was read, or why it could not be; commits."""
    one = db.session.get(ChecklistImport, import_id)
    if one is None or one.state != READING:
        return
    revision, digest, file_name = one.revision, one.digest, one.file_name
    wishes = wishes_of(one)
    is_converted = one.is_converted if one.content.get("is_answered") else None
    db.session.rollback()
    try:
        content = FileStore(Path(current_app.instance_path) / "files").get(digest)
        told = _Progress(import_id, revision)
        found = read_file(
            content, file_name, is_converted=is_converted, wishes=wishes, opening=told.note_opening, tell=told.note_rows
        )
    except Refusal as refusal:
        found = refusal
    except FileProblem:
        found = Refused(LOST)
    except Exception:
        log.exception("Import %s could not be read", import_id)
        found = Refused(STUMBLED)
    one = _take(import_id, revision)
    if one is None:
        return
    if isinstance(found, Refusal):
        one.fail(found.message)
    elif isinstance(found, Asking):
        one.ask_about(found.encoding, [list(pair) for pair in found.samples])
    else:
        one.finish(found)
    db.session.commit()


def wishes_of(one: ChecklistImport) -> Wishes:
    """What the person wished about tables and columns."""
    plain = one.content.get("wishes", {})
    return Wishes(plain.get("chosen", 0), {int(index): role for index, role in plain.get("roles", {}).items()})


class _Progress:
    """Notes in the row how far the reading is, not more often than people can see."""

    def __init__(self, import_id: int, revision: int) -> None:
        self._import_id = import_id
        self._revision = revision
        self._last = time.monotonic()

    def note_opening(self, done: int, of: int) -> None:
        """So many bytes of the file are unpacked."""
        self._note(lambda one: one.note_opening(done, of, at=datetime.now(UTC)))

    def note_rows(self, done: int, of: int) -> None:
        """So many rows are read."""
        self._note(lambda one: one.note_progress(done, of, at=datetime.now(UTC)))

    def _note(self, note: Callable[[ChecklistImport], None]) -> None:
        if time.monotonic() - self._last < PAUSE:
            return
        one = _take(self._import_id, self._revision)
        if one is not None:
            note(one)
            db.session.commit()
        self._last = time.monotonic()


def _take(import_id: int, revision: int) -> ChecklistImport | None:
    """The row, to be changed; None when somebody removed it or began anew meanwhile."""
    begin_writing()
    one = db.session.scalar(select(ChecklistImport).where(ChecklistImport.id == import_id).with_for_update())
    if one is None or one.revision != revision or one.state != READING:
        db.session.rollback()
        return None
    return one
