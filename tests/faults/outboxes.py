"""A writing client: written down first, sent again and again until the answer names the operation as committed."""

import itertools
import random
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.faults.devices import Device, Reply, Unreachable

TRY_AGAIN = {408, 429, 502, 503, 504, 507}


@dataclass
class Letter:
    """One operation. ``revision`` is there once the server has named it as committed."""

    path: str
    fields: dict[str, str]
    op_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    revision: int = 0
    sent: int = 0


class Outbox(threading.Thread):
    """Writes one letter after the other until `finish`; then the last one is still delivered."""

    def __init__(self, device: Device, letters: Iterator[Letter], pause: float = 0.0, seed: int = 0) -> None:
        super().__init__(name=f"outbox-{device.username}", daemon=True)
        self.letters: list[Letter] = []
        self.acknowledged: list[Letter] = []
        self.refused: Reply | None = None
        self.postponed: list[Reply] = []
        self._device = device
        self._source = letters
        self._pause = pause
        self._random = random.Random(seed)
        self._finishing, self._dropped = threading.Event(), threading.Event()
        self._revision = 0

    def finish(self, patience: float = 120.0) -> None:
        """Write nothing new; return when everything written is acknowledged."""
        self._finishing.set()
        self.join(patience)
        assert self.has_delivered(len(self.letters)), f"{self.name}: not everything was delivered"
        assert self.acknowledged == self.letters

    def drop(self) -> None:
        """Throw away what still waits."""
        self._dropped.set()
        self._finishing.set()
        self.join(120)
        assert not self.is_alive()

    def has_delivered(self, count: int) -> bool:
        """Whether so many are acknowledged; fails when the server refused one."""
        assert self.refused is None, f"{self.name}: {self.letters[-1]} {self.refused}"
        return len(self.acknowledged) >= count

    @property
    def resent(self) -> int:
        """How many operations had to be sent more than once."""
        return sum(letter.sent > 1 for letter in self.letters)

    def run(self) -> None:
        for letter in self._source:
            letter.fields |= {"op_id": letter.op_id}
            if "perspective" in letter.fields:
                letter.fields |= {"base_version": str(self._revision)}
            self.letters.append(letter)
            while not self._deliver(letter):
                if self.refused or self._dropped.is_set():
                    return
                time.sleep(self._random.uniform(0.02, 0.2))
            self.acknowledged.append(letter)
            if self._finishing.wait(self._pause):
                return

    def _deliver(self, letter: Letter) -> bool:
        letter.sent += 1
        try:
            reply = self._device.ask("POST", letter.path, dict(letter.fields))
        except Unreachable:
            return False
        if reply.headers.get("X-Op-Id") == letter.op_id and reply.status < 300:
            letter.revision = self._revision = int(reply.headers["X-Revision"])
            return True
        if reply.status in TRY_AGAIN:
            self.postponed.append(reply)
        elif reply.status == 500 and letter.sent < 3:  # as outbox.js does
            return False
        else:
            self.refused = reply
        return False


def scores(room: int, criteria: list[int], perspective: str) -> Iterator[Letter]:
    """Endless scores of one person: round after round through these criteria, another value each round."""
    for turn, criterion in zip(itertools.count(), itertools.cycle(criteria), strict=False):
        points = "0" if turn // len(criteria) % 2 else "1"
        fields = {"perspective": perspective, "points": points, "reason": f"lần {turn}"}
        yield Letter(f"/checklist-sessions/{room}/criteria/{criterion}/scores", fields)


def remarks(room: int, kind: str = "strength") -> Iterator[Letter]:
    """Endless remarks."""
    for turn in itertools.count(1):
        yield Letter(f"/checklist-sessions/{room}/remarks", {"kind": kind, "text": f"Ghi nhận thứ {turn}"})


def by_turns(*sources: Iterator[Letter]) -> Iterator[Letter]:
    """One letter of each source after the other."""
    for source in itertools.cycle(sources):
        yield next(source)
