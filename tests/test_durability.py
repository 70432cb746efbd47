"""What is acknowledged is on the disk, and one flush serves many."""

import threading
from pathlib import Path

import pytest
from flask import Flask

from tests.world import MORNING
from thidua import durability
from thidua.durability import GroupFlush
from thidua.extensions import begin_writing, db
from thidua.models import Unit


def test_a_commit_returns_only_after_the_log_was_flushed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[tuple[Path, int]] = []
    monkeypatch.setattr(durability, "flush", lambda path: flushed.append((path, path.stat().st_size)))
    with app.app_context():
        begin_writing()
        log = Path(f"{db.engine.url.database}-wal")
        before = log.stat().st_size if log.exists() else 0
        db.session.add(Unit(name="Đơn vị mới", kind="hoi_tinh", position=int(MORNING.timestamp()) % 1000))
        db.session.commit()
        if db.engine.dialect.name != "sqlite":
            assert flushed == [], "PostgreSQL flushes its own log before it answers a commit"
            return
    assert [path for path, _ in flushed] == [log]
    assert flushed[0][1] > before


def test_many_waiting_commits_share_one_flush(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()
    flushes: list[int] = []

    def slow_flush(_path: Path) -> None:
        flushes.append(1)
        begun.set()
        assert go_on.wait(10)

    monkeypatch.setattr(durability, "flush", slow_flush)
    group = GroupFlush(tmp_path / "log")
    threads = [threading.Thread(target=group.wait) for _ in range(20)]
    threads[0].start()
    assert begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    while group._asked < 20:
        threading.Event().wait(0.001)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)
    assert len(flushes) == 2, "the first alone, the nineteen that came meanwhile together"


def test_a_failed_flush_acknowledges_nothing_then_or_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_path: Path) -> None:
        raise OSError("disk gone")

    monkeypatch.setattr(durability, "flush", broken)
    group = GroupFlush(tmp_path / "log")
    with pytest.raises(OSError, match="could not be flushed"):
        group.wait()
    monkeypatch.undo()
    with pytest.raises(OSError, match="could not be flushed"):
        group.wait()


def test_a_log_that_sqlite_has_merged_needs_no_flush(tmp_path: Path) -> None:
    GroupFlush(tmp_path / "absent").wait()
