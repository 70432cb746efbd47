"""How two wordings differ, word by word, for showing what somebody changed."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

MOST_WORDS = 1500
"""Longer texts are shown whole, one beside the other: comparing them would take seconds."""

Change = tuple[Literal["same", "removed", "added"], str]

_WORDS = re.compile(r"\S+\s*")


def differences(before: str, after: str) -> tuple[Change, ...]:
    """Pieces that together are both texts: all but "added" make ``before``, all but "removed" make ``after``."""
    old, new = _WORDS.findall(before.lstrip()), _WORDS.findall(after.lstrip())
    if max(len(old), len(new)) > MOST_WORDS:
        return tuple(_filled([("removed", before), ("added", after)]))
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    changes: list[Change] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            changes.append(("same", "".join(new[new_from:new_to])))
            continue
        changes.append(("removed", "".join(old[old_from:old_to])))
        changes.append(("added", "".join(new[new_from:new_to])))
    return tuple(_filled(changes))


def _filled(changes: list[Change]) -> Iterator[Change]:
    return (change for change in changes if change[1])
