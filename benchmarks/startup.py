"""From the command to the first answer, on an empty instance and every time after; and the memory it holds.

run.py bench startup
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import time
import urllib.request
from pathlib import Path

from _stand import Stand, instance, report, running


def start(folder: Path, database_url: str) -> tuple[float, float | None]:
    """Seconds until the first answer, and resident megabytes once the login page has been read."""
    began = time.perf_counter()
    with running(folder, database_url, "--setup") as stand:
        _get(stand, "/healthz")
        seconds = time.perf_counter() - began
        _get(stand, "/login")
        return seconds, resident_mb(stand.process.pid)


def resident_mb(pid: int) -> float | None:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        kilobytes = int(status.partition("VmRSS:")[2].split()[0])
    except OSError:
        try:
            answer = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            return None
        kilobytes = int(answer.stdout)
    return round(kilobytes / 1024, 1)


def _get(stand: Stand, path: str) -> None:
    with urllib.request.urlopen(f"http://{stand.host}:{stand.port}{path}", timeout=30) as answer:
        answer.read()


def main() -> None:
    parser = argparse.ArgumentParser(description="Đo thời gian khởi động.")
    parser.add_argument("--times", type=int, default=3, help="số lần khởi động lại")
    options = parser.parse_args()
    with instance() as (folder, database_url):
        first, _ = start(folder, database_url)
        later = [start(folder, database_url) for _ in range(options.times)]
    seconds = statistics.median(taken for taken, _ in later)
    rss = [megabytes for _, megabytes in later if megabytes is not None]
    report(
        bench="startup",
        seconds=round(seconds, 2),
        empty_instance_seconds=round(first, 2),
        rss_mb=max(rss, default=None),
    )


if __name__ == "__main__":
    main()
