"""From the posted files to stored ones: looked at, drawn anew, on the disk. Before any writing transaction begins."""

import errno
import hashlib
from pathlib import Path

from flask import current_app
from werkzeug.datastructures import FileStorage

from thidua.doors.evidence import Crowded, Unusable, read_evidence
from thidua.doors.files import FileStore
from thidua.models.session_verbs.evidence import StoredFile
from thidua.rules.errors import InvalidEntry, Refusal
from thidua.rules.file_names import clean_file_name
from thidua.rules.vietnamese import clean_line

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
LONGEST_SHOWN = 60


class Busy(Refusal):
    """The server takes the file in a moment; the outbox tries again by itself."""

    status = 503
    kind = "busy"


class NoRoom(Refusal):
    """The disk of the server takes no more."""

    status = 507
    kind = "no_room"


def file_store() -> FileStore:
    """Where the bytes of this instance lie."""
    return FileStore(Path(current_app.instance_path) / "files")


def sent_digest(posted: FileStorage) -> str:
    """SHA-256 of the bytes as they came; the file is rewound."""
    digest = hashlib.file_digest(posted.stream, "sha256").hexdigest()
    posted.stream.seek(0)
    return digest


def store(posted: FileStorage) -> StoredFile:
    """Raises ``InvalidEntry`` that names the file, says what is wrong and what to do; ``Busy``; ``NoRoom``."""
    content = posted.stream.read()
    named = posted.filename or ""
    try:
        taken = read_evidence(content)
    except Unusable as problem:
        raise InvalidEntry(f"Tệp “{_shown(named)}” {problem}", field="files") from None
    except Crowded:
        raise Busy("Nhiều máy đang gửi ảnh cùng lúc. Xin chờ vài giây rồi gửi lại.", field="files") from None
    try:
        digest = file_store().put(taken.content)
        thumbnail = file_store().put(taken.thumbnail) if taken.thumbnail else ""
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise NoRoom(
            "Máy chủ hết chỗ lưu tệp nên chưa nhận được. Tệp vẫn còn trên máy này; xin báo quản trị.", field="files"
        ) from None
    return StoredFile(
        name=clean_file_name(named, taken.extensions),
        media_type=taken.media_type,
        size=len(taken.content),
        digest=digest,
        thumbnail=thumbnail,
        sent=hashlib.sha256(content).hexdigest(),
    )


def _shown(name: str) -> str:
    name = clean_line(name)
    return name if len(name) <= LONGEST_SHOWN else f"{name[: LONGEST_SHOWN - 1]}…"
