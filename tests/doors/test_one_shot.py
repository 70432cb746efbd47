"""Files from anybody keep no more than a few threads of the server waiting."""

import threading
from pathlib import Path

import pytest

from thidua.doors import one_shot


def test_a_full_queue_is_told_at_once(monkeypatch) -> None:
    entered, ended = threading.Semaphore(0), threading.Event()

    def slow(*_asked: object) -> dict[str, object]:
        entered.release()
        ended.wait(20)
        return {}

    monkeypatch.setattr(one_shot, "_ask_in_turn", slow)
    asked = (Path("child.py"), {}, b"")
    crowd = [
        threading.Thread(target=one_shot.ask_child, args=asked)
        for _ in range(one_shot.MOST_AT_ONCE + one_shot.MOST_WAITING)
    ]
    for one in crowd:
        one.start()
        assert entered.acquire(timeout=20)
    with pytest.raises(one_shot.ChildBusy):
        one_shot.ask_child(*asked)
    ended.set()
    for one in crowd:
        one.join()
    assert one_shot.ask_child(*asked) == {}
