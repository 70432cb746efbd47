"""What two processes of ours say to each other over a pipe: a few words as JSON, then whole pieces of bytes."""

import json
from collections.abc import Sequence
from typing import Any, BinaryIO

LARGEST = 256 * 1024 * 1024  # bytes of one piece; more is a broken pipe, not a paper


def write_frame(pipe: BinaryIO, words: dict[str, Any], pieces: Sequence[bytes] = ()) -> None:
    """Raises OSError when nobody reads any more."""
    content = json.dumps(words | {"pieces": [len(piece) for piece in pieces]}).encode()
    pipe.write(len(content).to_bytes(4, "big"))
    pipe.write(content)
    for piece in pieces:
        pipe.write(piece)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> tuple[dict[str, Any], list[bytes]]:
    """Raises EOFError when the other side is gone, or stops within a frame."""
    words: dict[str, Any] = json.loads(_exactly(pipe, int.from_bytes(_exactly(pipe, 4), "big")))
    return words, [_exactly(pipe, size) for size in words.pop("pieces")]


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    if size > LARGEST:
        raise EOFError("no frame of ours is as long as that")
    content = pipe.read(size)
    if len(content) < size:
        raise EOFError("the other side has gone")
    return content
