"""Half-days and teams: what a secretary is warned of. Warnings never block.

Kế hoạch 72/HTS, mục IV.1b: the team has 4 to 5 people; IV.2: half a day for each unit.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from thidua.rules.words import date_screen

HALF_WORDS = {"morning": "buổi sáng", "afternoon": "buổi chiều"}


@dataclass(frozen=True, slots=True)
class Booking:
    """A scheduled half-day: ``people`` are (account id, name) of the team that goes there."""

    plan_id: int
    plan: str
    unit_id: int
    unit: str
    on_date: date
    half: str
    people: tuple[tuple[int, str], ...] = ()


def clashes(bookings: Iterable[Booking], plan_id: int) -> tuple[str, ...]:
    """A sentence for each person or unit that is in two places in one half-day, if the plan is concerned."""
    at_once: defaultdict[tuple[date, str], list[Booking]] = defaultdict(list)
    for booking in bookings:
        at_once[booking.on_date, booking.half].append(booking)
    told: list[str] = []
    for (day, half), together in sorted(at_once.items(), key=lambda item: (item[0][0], item[0][1] != "morning")):
        when = f"{HALF_WORDS[half]} {date_screen(day)}"
        told += _unit_clashes(together, when, plan_id)
        told += _person_clashes(together, when, plan_id)
    return tuple(told)


def team_warnings(name: str, roles: Sequence[str], fewest: int, most: int) -> tuple[str, ...]:
    """What is unusual about a team of these roles."""
    wanted = f"{fewest} đồng chí" if fewest == most else f"{fewest} đến {most} đồng chí"
    if not roles:
        return (f"{name} chưa có ai; theo kế hoạch là {wanted}.",)
    told = []
    if not fewest <= len(roles) <= most:
        told.append(f"{name} có {len(roles)} người; theo kế hoạch là {wanted}.")
    for role, label in (("head", "Trưởng đoàn"), ("secretary", "Thư ký")):
        count = roles.count(role)
        if count == 0:
            told.append(f"{name} chưa có {label}.")
        elif count > 1:
            told.append(f"{name} có {count} {label}; chỉ nên có một.")
    return tuple(told)


def _unit_clashes(together: list[Booking], when: str, plan_id: int) -> list[str]:
    by_unit: defaultdict[int, list[Booking]] = defaultdict(list)
    for booking in together:
        by_unit[booking.unit_id].append(booking)
    return [
        f"{booked[0].unit} được xếp kiểm tra hai lần {when}: {_joined(one.plan for one in booked)}."
        for booked in by_unit.values()
        if _concerns(booked, plan_id)
    ]


def _person_clashes(together: list[Booking], when: str, plan_id: int) -> list[str]:
    by_person: defaultdict[int, list[Booking]] = defaultdict(list)
    names: dict[int, str] = {}
    for booking in together:
        for person_id, name in booking.people:
            by_person[person_id].append(booking)
            names[person_id] = name
    return [
        f"Đồng chí {names[person_id]} được xếp hai nơi {when}: {_joined(f'{one.unit} ({one.plan})' for one in booked)}."
        for person_id, booked in by_person.items()
        if _concerns(booked, plan_id)
    ]


def _concerns(booked: list[Booking], plan_id: int) -> bool:
    return len(booked) > 1 and any(one.plan_id == plan_id for one in booked)


def _joined(parts: Iterable[str]) -> str:
    listed = list(parts)
    return " và ".join((", ".join(listed[:-1]), listed[-1]))
