"""Some offices finish within a few seconds, in the middle of other people's scoring, on one server."""

from __future__ import annotations

import asyncio
import time
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from _browser import Asking, Listening
from _rooms import build_rooms
from _stand import Reader, Stand, instance, milliseconds, percentile, run, running
from live import WARM_UP, Meeting

PIN = "246810"
SECONDS, BEFORE = 15, 2  # of scoring; the offices begin to finish after the first two
WITHIN = 6  # seconds; a tenth of the minute in which all of them finish
HEAD, CLERK = 0, -1


@dataclass(frozen=True)
class Office:
    """A half-day that ends: its head freezes the minutes, its unit's clerk signs them."""

    room: int
    conclusion: int
    head: Reader
    clerk: Reader


def measure_finishing(offices: int, rooms: int, screens: int) -> dict[str, object]:
    """`finish_…`: from "chốt" to the PDF on screen, `signed_…`: from "ký" to the signed PDF on screen."""
    with _stand(offices, rooms) as (stand, ending):
        return run(_measured(stand, ending, screens))


async def _measured(stand: Stand, offices: list[Office], screens: int) -> dict[str, object]:
    for office in offices:
        await _close(stand, office)
    alone = [await _frozen(stand, offices[0]), await _signed(stand, offices[0])]
    meeting = Meeting(stand)
    listening = await _open_screens(meeting, screens)
    await meeting.score(WARM_UP)
    meeting.begin()
    _, finished = await asyncio.gather(meeting.score(SECONDS), _finish(stand, offices[1:]))
    await meeting.wait_for(SECONDS * (screens - 1) * len(stand.rooms))
    for screen in listening:
        screen.close()
    frozen, signed = zip(*finished, strict=True) if finished else ((), ())
    return {
        "finish_alone_ms": milliseconds(alone[0]),
        "signed_alone_ms": milliseconds(alone[1]),
        "finish_together_p50_ms": milliseconds(percentile(list(frozen), 0.50)),
        "finish_together_max_ms": milliseconds(max(frozen, default=None)),
        "signed_together_p50_ms": milliseconds(percentile(list(signed), 0.50)),
        "signed_together_max_ms": milliseconds(max(signed, default=None)),
        "live_p50_ms": milliseconds(percentile(meeting.latencies, 0.50)),
        "live_p99_ms": milliseconds(percentile(meeting.latencies, 0.99)),
        "live_max_ms": milliseconds(max(meeting.latencies, default=None)),
        "live_expected": SECONDS * (screens - 1) * len(stand.rooms),
        "live_got": len(meeting.latencies),
    }


async def _open_screens(meeting: Meeting, screens: int) -> list[Listening]:
    stand = meeting.stand
    return [
        await Listening.open(stand, room, stand.readers[room][at % len(stand.readers[room])], 1, meeting.arrived)
        for room in stand.rooms
        for at in range(1, screens)
    ]


async def _finish(stand: Stand, offices: list[Office]) -> list[tuple[float, float]]:
    """Each freezes its minutes, looks at them, signs, and looks again."""

    async def finish(office: Office, delay: float) -> tuple[float, float]:
        await asyncio.sleep(delay)
        return await _frozen(stand, office), await _signed(stand, office)

    delays = (BEFORE + WITHIN * at / len(offices) for at in range(len(offices)))
    return list(await asyncio.gather(*(finish(*one) for one in zip(offices, delays, strict=True))))


async def _close(stand: Stand, office: Office) -> None:
    await _post(stand, office.head, f"/checklist-sessions/{office.room}/closure", {})


async def _frozen(stand: Stand, office: Office) -> float:
    began = time.perf_counter()
    await _post(stand, office.head, f"/conclusions/{office.conclusion}/minutes", {"accept_missing": "y"})
    await _shown(stand, office.head, office)
    return time.perf_counter() - began


async def _signed(stand: Stand, office: Office) -> float:
    began = time.perf_counter()
    await _post(stand, office.clerk, f"/conclusions/{office.conclusion}/signatures", {"pin": PIN})
    if b"/ByteRange" not in await _shown(stand, office.clerk, office):
        raise RuntimeError("the PDF that is shown is not signed")
    return time.perf_counter() - began


async def _post(stand: Stand, reader: Reader, path: str, form: dict[str, str]) -> None:
    asking = Asking(stand, reader)
    status, _, content = await asking.ask("POST", path, form | {"op_id": str(uuid.uuid4())})
    asking.close()
    if status not in (200, 204, 303):
        raise RuntimeError(f"POST {path}: {status} {content[:2000].decode(errors='replace')}")


async def _shown(stand: Stand, reader: Reader, office: Office) -> bytes:
    asking = Asking(stand, reader)
    status, _, content = await asking.ask("GET", f"/conclusions/{office.conclusion}/minutes.pdf")
    asking.close()
    if status != 200 or not content.startswith(b"%PDF"):
        raise RuntimeError(f"minutes.pdf: {status} {content[:500]!r}")
    return content


@contextmanager
def _stand(offices: int, rooms: int):
    """A server on which one office more than asked for is about to end: it is measured alone."""
    with instance() as (folder, database_url):
        ids, readers, criteria = build_rooms(folder, database_url, offices + 1 + rooms)
        ending, scoring = ids[: offices + 1], ids[offices + 1 :]
        conclusions = _give_keys(folder, database_url, ending)
        with running(folder, database_url) as stand:
            stand.rooms, stand.readers, stand.criteria = scoring, readers, criteria
            yield (
                replace(stand),
                [Office(room, conclusions[room], readers[room][HEAD], readers[room][CLERK]) for room in ending],
            )


def _give_keys(folder, database_url: str, rooms: list[int]) -> dict[int, int]:
    """Every unit's clerk gets a key; returns the conclusion of each room."""
    from sqlalchemy import select

    from thidua import create_app
    from thidua.extensions import db
    from thidua.issuing.keys import issue_own_key
    from thidua.models import Account, ChecklistSession, Conclusion

    overrides = {"INSTANCE_FOLDER": folder}
    if database_url:
        overrides["SQLALCHEMY_DATABASE_URI"] = database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    app = create_app(**overrides)
    with app.app_context():
        found = db.session.execute(
            select(ChecklistSession.id, Conclusion.id, Account.id)
            .join(Conclusion, Conclusion.checklist_session_id == ChecklistSession.id)
            .join(Account, Account.unit_id == ChecklistSession.unit_id)
            .where(ChecklistSession.id.in_(rooms))
        ).all()
        for _, _, account in found:
            issue_own_key(account, PIN, by_name="Đo", at=datetime.now(UTC))
        return {room: conclusion for room, conclusion, _ in found}
