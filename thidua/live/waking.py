"""Wakes many waiting screens: one call into each event loop, however many of them it serves."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from .room import Room

Flags = dict[asyncio.AbstractEventLoop | None, list[Any]]  # the flags to set, by the loop they belong to


def flags_of(rooms: Iterable[Room]) -> Flags:
    """To be called under the hub's lock."""
    flags: Flags = defaultdict(list)
    for room in rooms:
        for subscription in room.subscriptions:
            flags[subscription.loop].append(subscription.flag)
    return flags


def wake(flags: Flags) -> None:
    """To be called without the lock."""
    for loop, waiting in flags.items():
        if loop is None:
            _set_all(waiting)
            continue
        try:
            loop.call_soon_threadsafe(_set_all, waiting)
        except RuntimeError:  # that loop has ended, and its screens with it
            continue


def _set_all(flags: Iterable[Any]) -> None:
    for flag in flags:
        flag.set()
