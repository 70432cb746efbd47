"""What has changed of the gates (khống chế) of a score sheet, each as it reads before and after."""

from collections.abc import Hashable, Iterator

from thidua.rules.sheet import Gate, Sheet
from thidua.rules.sheet_words import gate_words

Told = tuple[Gate, str]  # a gate and how it reads


def gate_changes(old: Sheet, new: Sheet) -> Iterator[tuple[str, str]]:
    """(words before, words after) of every gate that reads differently; "" where there was none or is none any more.

    A gate is the same one when it reads the same, else when it watches the same criterion or has the same text,
    else when it is of the same kind.
    """
    gone = [(gate, told_gate(gate, old)) for gate in old.gates]
    come = [(gate, told_gate(gate, new)) for gate in new.gates]
    for same in (_reading, _watching, _kind):
        for before in list(gone):
            after = next((one for one in come if same(one) == same(before)), None)
            if after is None:
                continue
            gone.remove(before)
            come.remove(after)
            if _reading(before) != _reading(after):
                yield before[1], after[1]
    yield from ((words, "") for _gate, words in gone)
    yield from (("", words) for _gate, words in come)


def told_gate(gate: Gate, sheet: Sheet) -> str:
    """The gate in words, also when a draft has no criterion of that number (any more)."""
    try:
        return gate_words(gate, sheet)
    except KeyError:
        return f"Tiêu chí {gate.criterion} (không có trong bảng): khống chế không áp dụng được."


def _reading(told: Told) -> Hashable:
    return told


def _watching(told: Told) -> Hashable:
    return told[0].kind, told[0].criterion, told[0].text


def _kind(told: Told) -> Hashable:
    return told[0].kind
