"""Why the store takes nothing just now, in words: a full disk, a read-only or a held database.

All of these answer 503 or 507, upon which a tablet keeps what was typed and tries again; nothing is wrong with it.
"""

import errno

from sqlalchemy.exc import DBAPIError, OperationalError

from thidua.durability import NotOnDisk

Answer = tuple[int, str, str]

KEPT = "Việc vừa rồi chưa được ghi; điều đã nhập vẫn được giữ trên máy của đồng chí và sẽ tự gửi lại."
BUSY: Answer = (503, "Máy chủ đang bận", "Việc vừa rồi chưa được ghi. Xin chờ vài giây rồi thử lại.")
FULL: Answer = (507, "Máy chủ hết chỗ lưu", f"{KEPT} Xin báo quản trị giải phóng ổ đĩa của máy chủ.")
READ_ONLY: Answer = (503, "Máy chủ chỉ cho đọc", f"{KEPT} Xin báo quản trị kiểm tra quyền ghi của cơ sở dữ liệu.")
UNSURE: Answer = (507, "Ổ đĩa máy chủ có lỗi", f"{KEPT} Xin báo quản trị kiểm tra ổ đĩa rồi khởi động lại máy chủ.")

_FULL_WORDS = ("database or disk is full", "No space left on device", "could not extend file")
_READ_ONLY_WORDS = ("readonly database", "read-only transaction", "Read-only file system")
_DISK_FULL, _READ_ONLY_STATE = "53100", "25006"  # SQLSTATE of PostgreSQL


def trouble_with_database(error: DBAPIError) -> Answer | None:
    """The answer to an error of the database, or None when it is no trouble of the store but our own mistake."""
    state, words = getattr(error.orig, "sqlstate", None) or "", str(error.orig)
    if state == _DISK_FULL or any(part in words for part in _FULL_WORDS):
        return FULL
    if state == _READ_ONLY_STATE or any(part in words for part in _READ_ONLY_WORDS):
        return READ_ONLY
    if "disk I/O error" in words:
        return UNSURE
    return BUSY if isinstance(error, OperationalError) else None


def trouble_with_files(error: OSError) -> Answer | None:
    """The answer to an error of the file system, or None when it is our own mistake."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG):
        return FULL
    if error.errno == errno.EROFS:
        return READ_ONLY
    return UNSURE if isinstance(error, NotOnDisk) else None
