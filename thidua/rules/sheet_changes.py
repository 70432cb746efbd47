"""What has changed from one score sheet to another: plain values, exact, the same on every run.

Criteria are paired by ``sheet_matching``; what is in pairs is compared field by field. Whatever differs between two
sheets is told, but for the order of bands and of gates, which means nothing. ``sheet_change_words`` has the words.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from thidua.rules import sheet_change_words as told
from thidua.rules.gate_changes import gate_changes
from thidua.rules.sheet import Band, Sheet
from thidua.rules.sheet_change_words import KindNames
from thidua.rules.sheet_matching import NOWHERE, Matching, Place, longest_run, match

ChangeKind = Literal["added", "removed", "moved", "renumbered", "changed"]

SETTINGS: Final = (
    "name",
    "note",
    "declared_max",
    "declared_max_by_kind",
    "not_applicable",
    "bonus_cap",
    "total_cap",
    "clusters",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``what`` names it ("Điểm tối đa"), ``before`` and ``after`` are its two values in words.

    ``label`` ("Tiêu chí 1.2") and ``text`` say where it is, in the newer sheet, for what was removed in the older one;
    both are "" for what belongs to the whole sheet. ``field`` is the name of what changed in ``rules.sheet``.
    ``is_long``: words of several lines, better shown side by side than in a sentence.
    """

    kind: ChangeKind
    what: str
    before: str
    after: str
    label: str = ""
    text: str = ""
    is_section: bool = False
    old_id: int | None = None
    new_id: int | None = None
    field: str = ""

    @property
    def is_long(self) -> bool:
        return self.field in told.LONG

    @property
    def sentence(self) -> str:
        """ "Tiêu chí 1.2: điểm tối đa 10 → 12." """
        return told.sentence(self.kind, self.label, self.what, self.text, self.before, self.after, is_long=self.is_long)


@dataclass(frozen=True, slots=True)
class Group:
    """What changed in one top section, or in one of the other parts of the sheet."""

    title: str
    changes: tuple[Change, ...]

    @property
    def renumbered(self) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.kind == "renumbered")

    @property
    def others(self) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.kind != "renumbered")


@dataclass(frozen=True, slots=True)
class SheetChanges:
    """Everything that differs, ``groups`` in the order of the newer sheet, the whole sheet first; none is empty."""

    groups: tuple[Group, ...] = field(default=())

    @property
    def all(self) -> tuple[Change, ...]:
        return tuple(change for group in self.groups for change in group.changes)

    @property
    def is_empty(self) -> bool:
        return not self.groups

    def criteria(self, kind: ChangeKind, *, sections: bool = False) -> int:
        """How many criteria (or sections) were added, removed, moved …; each counts once."""
        places = {(one.old_id, one.new_id) for one in self.all if one.kind == kind and one.is_section is sections}
        return len(places - {(None, None)})

    @property
    def of_the_sheet(self) -> int:
        """How many changes are about the sheet itself: name, total, bands, gates."""
        return sum(one.old_id is None and one.new_id is None for one in self.all)

    @property
    def summary(self) -> str:
        """ "2 tiêu chí thêm, 1 bỏ, 3 sửa"; says so when nothing differs."""
        return told.summary(self)


def compare(
    old: Sheet, new: Sheet, *, known: Mapping[int, int] | None = None, kind_names: KindNames = told.NO_NAMES
) -> SheetChanges:
    """What changed from ``old`` to ``new``.

    ``known``: ids old -> new of criteria that are copies of each other. ``kind_names``: kinds of unit in words.
    """
    groups = [
        Group("Cài đặt chung", tuple(_setting_changes(old, new, kind_names))),
        *_Tree(match(old, new, known), kind_names).groups(),
        Group("Xếp loại", tuple(_band_changes(old.bands, new.bands, kind_names))),
        Group("Khống chế xếp loại", tuple(_gate_changes(old, new))),
    ]
    return SheetChanges(tuple(group for group in groups if group.changes))


def _setting_changes(old: Sheet, new: Sheet, kind_names: KindNames) -> Iterator[Change]:
    for name in SETTINGS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            was, is_now = (told.setting_words(name, value, kind_names) for value in (before, after))
            yield Change("changed", told.SETTING_LABELS[name], was, is_now, field=name)


def _band_changes(old: tuple[Band, ...], new: tuple[Band, ...], kind_names: KindNames) -> Iterator[Change]:
    """Bands are the same one by label, then by minimum."""
    gone, come = _without_common(old, new)
    for same in ("label", "minimum"):
        for before in list(gone):
            after = next((one for one in come if getattr(one, same) == getattr(before, same)), None)
            if after is not None:
                gone.remove(before)
                come.remove(after)
                was, is_now = (told.band_words(one, kind_names) for one in (before, after))
                yield Change("changed", "Xếp loại", was, is_now, field="bands")
    for band in gone:
        yield Change("removed", "Xếp loại", told.band_words(band, kind_names), "", field="bands")
    for band in come:
        yield Change("added", "Xếp loại", "", told.band_words(band, kind_names), field="bands")


def _gate_changes(old: Sheet, new: Sheet) -> Iterator[Change]:
    for before, after in gate_changes(old, new):
        kind: ChangeKind = "changed" if before and after else "removed" if before else "added"
        yield Change(kind, "Khống chế", before, after, field="gates")


def _without_common(old: tuple[Band, ...], new: tuple[Band, ...]) -> tuple[list[Band], list[Band]]:
    gone, come = list(old), list(new)
    for band in old:
        if band in come:
            come.remove(band)
            gone.remove(band)
    return gone, come


# ---- the tree -----------------------------------------------------------------------------------------------------

Rank = tuple[int, int]  # where a change is told: at a new position; what was removed comes behind what stood before it


class _Tree:
    """The pairs of two trees, and everything that differs about them."""

    def __init__(self, matching: Matching, kind_names: KindNames) -> None:
        self._pairs, self._old, self._new = matching.pairs, matching.old, matching.new
        self._back = {new: old for old, new in matching.pairs.items()}
        self._labels_old, self._labels_new = _labels(matching.old), _labels(matching.new)
        self._kind_names = kind_names
        self._moved = self._all_moved()

    def groups(self) -> Iterator[Group]:
        """The top sections of the newer sheet, then those that are gone."""
        found: dict[tuple[bool, int], list[tuple[Rank, Change]]] = {}
        for place in self._new:
            told_here = found.setdefault((False, place.root), [])
            told_here += [((place.position, 0), change) for change in self._changes_at(place)]
        for place in self._old:
            if place.position not in self._pairs:
                root = self._pairs.get(place.root)
                told_here = found.setdefault((True, place.root) if root is None else (False, root), [])
                told_here.append(((self._where_it_stood(place), 1 + place.position), self._removed(place)))
        for (is_gone, root), changes in sorted(found.items(), key=lambda one: one[0]):
            top = (self._old if is_gone else self._new)[root].criterion
            title = f"Mục {top.number}. {top.text}" if top.number else top.text
            yield Group(title, tuple(change for _rank, change in sorted(changes, key=lambda one: one[0])))

    def _changes_at(self, after: Place) -> Iterator[Change]:
        if after.position not in self._back:
            yield self._told("added", "Thêm", "", told.whole_criterion(after.criterion), None, after)
            return
        before = self._old[self._back[after.position]]
        one, other = before.criterion, after.criterion
        if after.position in self._moved:
            stood = _place_words(before, self._old, self._labels_old)
            stands = _place_words(after, self._new, self._labels_new)
            yield self._told("moved", "Chỗ đứng", stood, stands, before, after, "position")
        elif one.number != other.number:
            yield self._told("renumbered", "Số thứ tự", one.number, other.number, before, after, "number")
        for name, what in told.CRITERION_LABELS.items():
            if getattr(one, name) != getattr(other, name):
                was = told.criterion_words(name, getattr(one, name), self._kind_names)
                is_now = told.criterion_words(name, getattr(other, name), self._kind_names)
                yield self._told("changed", what, was, is_now, before, after, name)

    def _removed(self, before: Place) -> Change:
        return self._told("removed", "Bỏ", told.whole_criterion(before.criterion), "", before, None)

    def _told(
        self, kind: ChangeKind, what: str, was: str, is_now: str, old: Place | None, new: Place | None, name: str = ""
    ) -> Change:
        place = new or old
        assert place is not None
        return Change(
            kind,
            what,
            was,
            is_now,
            label=(self._labels_new if new else self._labels_old)[place.position],
            text=place.criterion.text,
            is_section=place.criterion.is_section,
            old_id=old.criterion.id if old else None,
            new_id=new.criterion.id if new else None,
            field=name,
        )

    def _all_moved(self) -> frozenset[int]:
        """New positions of what stands in another section than before, or in another order among those that stayed."""
        moved: set[int] = set()
        for parent in (NOWHERE, *(one.position for one in self._new if one.criterion.children)):
            stayed: list[tuple[int, int]] = []
            for place in _children(self._new, parent):
                before = self._back.get(place.position)
                if before is None:
                    continue
                home = self._old[before].parent
                if (NOWHERE if home == NOWHERE else self._pairs.get(home)) == parent:
                    stayed.append((before, place.position))
                else:
                    moved.add(place.position)
            in_order = longest_run([before for before, _after in stayed])
            moved.update(after for before, after in stayed if before not in in_order)
        return frozenset(moved)

    def _where_it_stood(self, place: Place) -> int:
        """The new position of what stood before it and is still there; in front of all when nothing is."""
        for position in range(place.position - 1, -1, -1):
            if position in self._pairs and self._old[position].root == place.root:
                return self._pairs[position]
        return NOWHERE


def _children(places: tuple[Place, ...], parent: int) -> Iterator[Place]:
    return (one for one in places if one.parent == parent)


def _labels(places: tuple[Place, ...]) -> list[str]:
    """ "Tiêu chí 1.2"; where several have the same number, with the numbers above it."""
    times = Counter(one.criterion.number for one in places)
    return [
        f"{'Mục' if one.criterion.is_section else 'Tiêu chí'} "
        f"{one.criterion.number if times[one.criterion.number] == 1 else one.path}"
        for one in places
    ]


def _place_words(place: Place, places: tuple[Place, ...], labels: list[str]) -> str:
    siblings = [one.position for one in _children(places, place.parent)]
    above = "bảng điểm" if place.parent == NOWHERE else labels[place.parent].replace("Mục", "mục", 1)
    return f"{place.criterion.number}, thứ {siblings.index(place.position) + 1} trong {above}".strip(", ")
