"""python child.py: tells what the signatures of one PDF prove, then ends. See ``thidua/doors/one_shot.py``."""

import contextlib
import json
import os
import sys
import types
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

POLITE = 10
MOST_MEMORY = 1536 * 1024**2
MOST_SECONDS = 40  # of the processor
OURS = Path(__file__).resolve().parents[2]


def main() -> None:
    """Answers the ``SignedFile`` as plain values."""
    _bound()
    words = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    _enter_package()
    from thidua.doors.signing.verifying import verify_pdf

    found = verify_pdf(
        content,
        words["roots"],
        at=datetime.fromisoformat(words["at"]),
        revoked={mark: datetime.fromisoformat(since) for mark, since in words["revoked"].items()},
    )
    sys.stdout.write(json.dumps(asdict(found), default=datetime.isoformat))


def _enter_package() -> None:
    """Our doors without ``thidua/__init__.py``: the whole web would take a second that this process does not need."""
    package = types.ModuleType("thidua")
    package.__path__ = [str(OURS)]
    sys.modules["thidua"] = package


def _bound() -> None:
    with contextlib.suppress(Exception):  # a system that knows no limits or no priorities: the parent's clock remains
        os.nice(POLITE)
    with contextlib.suppress(Exception):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
