"""Files kept under their own SHA-256: what has that name cannot have changed, and is stored once."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

DIGEST = re.compile(r"[0-9a-f]{64}")


class FileProblem(Exception):
    """A stored file cannot be given back. `sha256` names it."""

    def __init__(self, sha256: str, sentence: str) -> None:
        super().__init__(sentence)
        self.sha256 = sha256


class MissingFile(FileProblem):
    def __init__(self, sha256: str) -> None:
        super().__init__(sha256, f"Không tìm thấy tệp {sha256[:12]} trong kho lưu trữ.")


class DamagedFile(FileProblem):
    def __init__(self, sha256: str) -> None:
        super().__init__(sha256, f"Tệp {sha256[:12]} trong kho lưu trữ đã bị thay đổi hoặc hỏng.")


class FileStore:
    """`root`/ab/abcdef…: one file per content. Safe with several processes and against a loss of power."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes) -> str:
        """Returns the SHA-256 (64 hex letters) once the bytes are on the disk. Putting the same again changes
        nothing; putting it again over a damaged copy mends that copy."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        if not self.verify(sha256):
            _make_folder(target.parent)
            _write(target, content)
        _flush_folder(target.parent)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Raises MissingFile, or DamagedFile when the bytes no longer have that hash."""
        content = self._read(sha256)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DamagedFile(sha256)
        return content

    def verify(self, sha256: str) -> bool:
        """Whether the file is there and unharmed."""
        try:
            self.get(sha256)
        except FileProblem:
            return False
        return True

    def path(self, sha256: str) -> Path:
        """Where the file is, or would be. Raises MissingFile for what cannot be a SHA-256."""
        if not DIGEST.fullmatch(sha256):
            raise MissingFile(sha256)
        return self.root / sha256[:2] / sha256

    def _read(self, sha256: str) -> bytes:
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise MissingFile(sha256) from None


def _make_folder(folder: Path) -> None:
    """A folder is only there after a power cut when its parent was flushed too."""
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for part in missing:
        _flush_folder(part.parent)


def _write(target: Path, content: bytes) -> None:
    """Whole or not at all: a temporary neighbour is flushed, then renamed."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    newcomer = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        newcomer.chmod(0o440)
        newcomer.replace(target)
    except BaseException:
        newcomer.unlink(missing_ok=True)
        raise


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot open a folder; its file system flushes renames by itself
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
