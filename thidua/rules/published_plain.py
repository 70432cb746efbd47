"""What published sheets say in fields or in prose of their own, put into the terms of the rules.

Parts of a criterion become criteria below it; deductions become penalties below a section that starts full;
"mỗi lần" makes a penalty count occurrences; a table that only ranks becomes one criterion with a bonus.
What has no place in the rules is kept in words.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from thidua.rules.plain_values import Path, read_list, read_mapping, read_points, read_text, read_texts
from thidua.rules.points import Points, format_points
from thidua.rules.sheet import Cluster, Criterion, Level

FULL_SCALE: Final[Points] = 100_00
_PER_OCCURRENCE: Final = re.compile(r"mỗi (lần|lượt|vụ|trường hợp)|/\s*(lần|lượt|vụ)|theo lần", re.IGNORECASE)
_PART_LINE: Final = re.compile(
    r"(?:[-+•]\s*)?(?P<name>.+?)\s*(?:\((?P<in_brackets>[\d,]+)\s*điểm\).*|:\s*(?P<after>[\d,]+)\s*điểm[.;]?)"
)
_IN_WORDS: Final = {"evidence": "Minh chứng: ", "knockout": "Khống chế: ", "note": "Ghi chú: "}
_NOTED: Final = {
    "source": "Nguồn: ",
    "year": "Năm: ",
    "year_basis": "Về năm: ",
    "seen_until": "Bản nguồn đọc được đến: ",
    "guidance_complete": "Về hướng dẫn: ",
}


def parted(
    fields: Mapping[str, object], at: Path, number: str, step: Points, ids: Iterator[int]
) -> tuple[Criterion, ...]:
    """ "parts": [5, 10] as criteria "Phần 1", "Phần 2" with their marks, named by the guidance where it names each."""
    listed = read_list(fields.get("parts", []), at / "parts")
    marks = [read_points(one, at / "parts" / index) for index, one in enumerate(listed)]
    named = _named_parts(str(fields.get("guidance", "")), marks)
    return tuple(
        Criterion(
            id=next(ids),
            number=f"{number}.{place}",
            text=f"Phần {place}: {name}" if name else f"Phần {place}",
            guidance=line,
            maximum=maximum,
            step=step,
        )
        for place, (maximum, (name, line)) in enumerate(zip(marks, named, strict=True), start=1)
    )


def _named_parts(guidance: str, marks: list[Points]) -> list[tuple[str, str]]:
    """(name, line) of each part, if the guidance has one line for each with its marks, in order; else blanks."""
    found = [match for line in guidance.splitlines() if (match := _PART_LINE.fullmatch(line.strip()))]
    if [format_points(one) for one in marks] == [(one["in_brackets"] or one["after"]) for one in found]:
        return [(one["name"], one[0]) for one in found]
    return [("", "")] * len(marks)


def deducted(
    fields: Mapping[str, object], at: Path, number: str, before: int, ids: Iterator[int]
) -> tuple[Criterion, ...]:
    """ "deductions" as penalties: counted with a "per", else struck once or not at all. `before`: parts above."""
    listed = enumerate(read_list(fields.get("deductions", []), at / "deductions"))
    return tuple(
        _deduction(read_mapping(one, here), here, f"{number}.{before + index + 1}", next(ids))
        for index, one in listed
        for here in (at / "deductions" / index,)
    )


def _deduction(fields: Mapping[str, object], at: Path, number: str, id: int) -> Criterion:
    text = read_text(fields.get("text"), at / "text")
    taken = -abs(read_points(fields.get("points"), at / "points"))
    if "per" in fields:
        words = f"Trừ {format_points(-taken)} điểm/{read_text(fields['per'], at / 'per')}"
        return Criterion(id, number, text, words, kind="count", polarity="penalty", maximum=0, points_per_count=taken)
    levels = (Level("Không", 0), Level("Có", taken))
    return Criterion(id, number, text, kind="levels", polarity="penalty", maximum=0, minimum=taken, levels=levels)


def is_per_occurrence(criterion: Criterion) -> bool:
    """Whether the words of a penalty say that it is taken each time."""
    return bool(_PER_OCCURRENCE.search(f"{criterion.text}\n{criterion.guidance}"))


def guidance_words(fields: Mapping[str, object], at: Path, *, are_parts_scored: bool) -> str:
    """Guidance, and below it what published sheets say in fields of their own."""
    lines = [read_text(fields.get("guidance", ""), at / "guidance", may_be_empty=True)]
    if not are_parts_scored:
        lines += _parts_in_words(fields, at)
    lines += [lead + read_text(fields[name], at / name) for name, lead in _IN_WORDS.items() if name in fields]
    return "\n".join(line for line in lines if line)


def _parts_in_words(fields: Mapping[str, object], at: Path) -> Iterator[str]:
    for index, one in enumerate(read_list(fields.get("deductions", []), at / "deductions")):
        here = at / "deductions" / index
        deduction = read_mapping(one, here)
        points = format_points(abs(read_points(deduction.get("points"), here / "points")))
        per = f"/{read_text(deduction['per'], here / 'per')}" if "per" in deduction else ""
        yield f"{read_text(deduction.get('text'), here / 'text')}: trừ {points} điểm{per}"
    if "parts" in fields:
        parts = read_list(fields["parts"], at / "parts")
        shown = (format_points(read_points(one, at / "parts" / index)) for index, one in enumerate(parts))
        yield f"Gồm các phần: {' + '.join(shown)} điểm"


def read_note(top: Mapping[str, object], at: Path) -> str:
    """The note of a sheet, and in words below it where it comes from."""
    lines = [read_text(top.get("note", ""), at / "note", may_be_empty=True)]
    lines += read_texts(top.get("notes", []), at / "notes")
    for name, lead in _NOTED.items():
        if top.get(name) is not None:
            lines.append(f"{lead}{top[name] if isinstance(top[name], int) else read_text(top[name], at / name)}")
    if top.get("complete") is False:
        lines.append("Bản nguồn không đầy đủ.")
    if "columns" in top:
        lines.append(f"Các cột của bảng: {'; '.join(read_texts(top['columns'], at / 'columns'))}.")
    if "sample_results" in top:
        lines.append(f"Kết quả mẫu: {'; '.join(_sample_results(top['sample_results'], at / 'sample_results'))}.")
    return "\n".join(line for line in lines if line)


def _sample_results(value: object, at: Path) -> Iterator[str]:
    for index, one in enumerate(read_list(value, at)):
        result = read_mapping(one, at / index)
        points = format_points(read_points(result.get("score"), at / index / "score"))
        yield f"{read_text(result.get('unit'), at / index / 'unit')} {points}"


def whole_total(maximum: Points, step: Points, ids: Iterator[int]) -> Criterion:
    """Where only the total is known, it is the one thing to score."""
    return Criterion(next(ids), "1", "Tổng điểm", maximum=maximum, step=step)


def read_clusters(listed: list[object], at: Path) -> tuple[Cluster, ...]:
    """Sections that list units are clusters of units, not of criteria."""
    clusters = []
    for index, one in enumerate(listed):
        here = at / index
        fields = read_mapping(one, here)
        name = read_text(fields.get("name", fields.get("title")), here / "name")
        number = read_text(fields.get("number", ""), here / "number", may_be_empty=True)
        clusters.append(Cluster(number, name, read_texts(fields.get("units", []), here / "units")))
    return tuple(clusters)


def bonus_by_title(listed: list[object], at: Path, ids: Iterator[int]) -> tuple[Criterion, ...]:
    """The bonus of a ranking table: one of the titles, or none; () when the list is empty."""
    if not listed:
        return ()
    levels = [Level("Không có", 0)]
    for index, one in enumerate(listed):
        fields = read_mapping(one, at / index)
        points = read_points(fields.get("points"), at / index / "points")
        levels.append(Level(read_text(fields.get("text"), at / index / "text"), points))
    most = max(level.points for level in levels)
    bonus = Criterion(
        next(ids),
        "2",
        "Điểm thưởng theo danh hiệu",
        kind="levels",
        polarity="bonus",
        maximum=most,
        levels=tuple(levels),
    )
    return (bonus,)
