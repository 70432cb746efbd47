"""What comes of a file that was looked at."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Taken:
    """A usable file. ``extensions`` are the endings its name may have, the usual one first.

    ``thumbnail`` is a small JPEG, empty for a document.
    """

    content: bytes
    media_type: str
    extensions: tuple[str, ...]
    thumbnail: bytes = b""


class Unusable(Exception):
    """The file cannot be taken. The words go on from its name: “ban-do.svg” không phải là ảnh … Xin …"""


class Crowded(Exception):
    """Too many files are being looked at just now; nothing is wrong with this one."""
