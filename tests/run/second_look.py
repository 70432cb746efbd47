"""Journeys and faults that failed while two of them shared the machine are looked at once more, alone.

A journey drives real browsers, servers and clocks; on a shared machine one of hundreds may meet a moment that no user
meets. So a few that failed run again by themselves: what fails again has failed, what passes is counted and named in
the summary, for somebody to find out why. Everything else, and more than a few, fails at once: docs/decisions/011.
"""

from pathlib import Path
from xml.etree import ElementTree

ROOMS = ("tests.browser.", "tests.faults.")
MOST = 3


def worth_it(junit: Path) -> list[str]:
    """The pytest addresses of what failed, when all of it may be looked at again; else []."""
    failed = failures_of(junit)
    return sorted(failed) if len(failed) <= MOST and all(_is_journey(one) for one in failed) else []


def failures_of(junit: Path) -> set[str]:
    """Pytest addresses (``tests/browser/test_x.py::test_y[z]``) of what failed or broke down."""
    cases = ElementTree.parse(junit).getroot().iter("testcase")
    return {_address(case) for case in cases if case.find("failure") is not None or case.find("error") is not None}


def _address(case: ElementTree.Element) -> str:
    return f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name', '')}"


def _is_journey(address: str) -> bool:
    return address.replace("/", ".").startswith(ROOMS)
