"""Reading a score sheet: tables in, the tree with its doubts out. Nothing is raised but a refusal in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from thidua.rules.errors import InvalidEntry, Refused
from thidua.rules.points import Points
from thidua.rules.sheet import Cluster, Criterion, Sheet, full_marks
from thidua.rules.sheet_reading import checking, phrases, surroundings
from thidua.rules.sheet_reading.amounts import Amount
from thidua.rules.sheet_reading.assembling import rows_of
from thidua.rules.sheet_reading.cells import Cell, Grid, tidy
from thidua.rules.sheet_reading.column_words import IGNORED, MAXIMUM, SELF, TEAM, TEXT, role_of
from thidua.rules.sheet_reading.headers import is_repeated, with_roles
from thidua.rules.sheet_reading.ledger import Ledger
from thidua.rules.sheet_reading.lines import Line
from thidua.rules.sheet_reading.nesting import sheet_of, tree_of, walk
from thidua.rules.sheet_reading.numbering import DIGIT, NONE, Number
from thidua.rules.sheet_reading.rankings import AS_BONUS, bonus_line, clusters_of, is_bonus
from thidua.rules.sheet_reading.sorting import Sorted, sort_rows, sort_texts
from thidua.rules.sheet_reading.tables import Group, Part, groups_of
from thidua.rules.sheet_reading.tree import TreeBuilder
from thidua.rules.sheet_reading.values import Choice, Reading, ReadRow, ScoreColumn

LONGEST_NAME = 300

NOTHING_FOUND = (
    "Không tìm thấy bảng điểm trong tệp này: cần một bảng có cột nội dung hoặc tiêu chí, và điểm ở một cột riêng "
    "hoặc ghi trong câu chữ, ví dụ “(10 điểm)”. Tệp vẫn được giữ nguyên; xin sửa bảng rồi gửi lại."
)
WHOLE_TOTAL = "Tổng điểm"
BONUS_HEADING = "Điểm thưởng"
FULL_SCALE: Points = 100_00
ONLY_RATINGS = "Tệp chỉ có bảng xếp loại, không có tiêu chí: đã đặt một tiêu chí Tổng điểm"
NO_CRITERIA = "Không thấy tiêu chí nào để chấm trong tệp này"
SECOND_MAXIMUM = "Bảng có hơn một cột điểm tối đa: cột này để ngoài; muốn lấy thì chọn lại cột ở cuối trang"
NO_TEXT_COLUMN = "Chưa chọn cột nào là cột nội dung, tiêu chí. Xin chọn lại."


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person said about a file: which candidate to read, what some columns are for."""

    chosen: int = 0
    roles: Mapping[int, str] = field(default_factory=dict)


def read_tables(
    grids: Sequence[Grid],
    *,
    name: str = "",
    after: Sequence[str] = (),
    is_document: bool = False,
    left_out: Sequence[str] = (),
    wishes: Wishes | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> Reading:
    """The sheet in the likeliest tables, or in those ``wishes`` name. Raises a Refusal when there is none.

    ``name`` is used when the tables do not say their own; ``after`` are the paragraphs below the last table;
    ``left_out`` the names of tables that were too many to be looked at. ``tell`` hears how many rows of how many are
    read, after every row.
    """
    wishes = wishes or Wishes()
    tidied = [tidy(grid) for grid in grids]
    groups = groups_of(tidied, is_document=is_document)
    below = tuple(text for text in map(_tidied, after) if text)
    if not groups:
        return _bands_alone(tidied, name, below)
    chosen = wishes.chosen if 0 <= wishes.chosen < len(groups) else 0
    parts = tuple(replace(part, header=with_roles(part.header, wishes.roles)) for part in groups[chosen].parts)
    if not groups[chosen].is_ranking and any(part.header.index(TEXT) is None for part in parts):
        raise Refused(NO_TEXT_COLUMN)
    ledger = Ledger()
    group = replace(groups[chosen], parts=parts)
    reading = _read_group(group, tidied, name, below, ledger, _teller(group, tell))
    surroundings.tell_other_tables(tidied, groups, chosen, left_out, ledger)
    return replace(
        reading,
        doubts=tuple(ledger.doubts),
        skipped=tuple(ledger.skipped),
        candidates=tuple(group.candidate for group in groups),
        chosen=chosen,
    )


def _read_group(
    group: Group, grids: Sequence[Grid], name: str, below: tuple[str, ...], ledger: Ledger, tell: Callable[[], None]
) -> Reading:
    found = Sorted(tell=tell)
    told_name = surroundings.read_above(group.parts[0], ledger)
    clusters = _sort(group, told_name, found, ledger)
    place = f"sau {group.parts[-1].grid.name}"
    _add_bonuses([text for text in below if is_bonus(text)], place, group, found, ledger)
    sort_texts(tuple(text for text in below if not is_bonus(text)), place, found, ledger)
    if not found.bands:
        found.bands = surroundings.bands_elsewhere(grids, {part.place for part in group.parts}, ledger)
    rows, printed = _rows(found, ledger)
    header = group.parts[0].header
    if not rows and not clusters and not found.bands:
        raise Refused(NOTHING_FOUND)
    if not rows:
        ledger.doubt(header.columns[0].at, 0, "criteria", "", NO_CRITERIA)
    for column in header.columns:
        if column.role == IGNORED and role_of(column.title) == MAXIMUM:
            ledger.doubt(column.at, 0, "columns", column.title, SECOND_MAXIMUM)
    if header.is_guessed:
        ledger.doubt(header.columns[0].at, 0, "columns", "", "Bảng không có hàng tiêu đề: đã đoán mỗi cột là gì")
    head = Sheet(
        id=0,
        name=(told_name or name or group.parts[0].grid.name or "Bảng điểm")[:LONGEST_NAME],
        note="\n".join(dict.fromkeys(found.notes)),
        declared_max=_declared(rows, found, ledger),
        not_applicable="leave_out",
        roots=(),
        bands=surroundings.distinct(found.bands),
        clusters=tuple(clusters),
    )
    checking.check_numbers(rows, printed, ledger)
    reading = Reading(
        head,
        tuple(rows),
        totals=tuple(ledger.totals),
        score_columns=_score_columns(group.parts),
        columns=header.columns,
    )
    return _valid(reading, ledger)


def _teller(group: Group, tell: Callable[[int, int], None] | None) -> Callable[[], None]:
    done, rows = 0, group.candidate.rows

    def count() -> None:
        nonlocal done
        done += 1
        if tell is not None:
            tell(done, rows)

    return count


def _add_bonuses(texts: list[str], place: str, group: Group, found: Sorted, ledger: Ledger) -> None:
    """Paragraphs below the tables that say what is added become criteria, below a heading of their own."""
    if texts and not group.is_ranking:
        found.lines.append(Line(place, BONUS_HEADING, Number("", NONE), is_bold=True))
    for text in texts:
        found.lines.append(bonus_line(text, place))
        ledger.skip(place, text, AS_BONUS)
    bonuses = found.lines[1:] if group.is_ranking else found.lines[len(found.lines) - len(texts) :]
    for number, line in enumerate(bonuses, start=2 if group.is_ranking else 1):
        line.number = Number(str(number), DIGIT, (number,))


def _whole_total(at: str, ledger: Ledger) -> Line:
    """A ranking names no criteria: units are scored by their total, on the scale of 100 unless told otherwise."""
    ledger.doubt(at, 1, "maximum", "100", "Bảng chỉ xếp hạng, không ghi thang điểm: đã đặt một tiêu chí Tổng điểm 100")
    return Line(at, WHOLE_TOTAL, Number("1", DIGIT, (1,)), maximum=Amount(FULL_SCALE), maximum_at=at)


def _sort(group: Group, name: str, found: Sorted, ledger: Ledger) -> list[Cluster]:
    clusters: list[Cluster] = []
    for place, part in enumerate(group.parts):
        surroundings.add_headings(part, name, found, ledger, is_first=place == 0)
        found.is_below = False
        if not group.is_ranking:
            sort_rows(part.grid, part.header, found, ledger)
            continue
        if place == 0:
            found.lines.append(_whole_total(part.header.columns[0].at, ledger))
        more, bonuses = clusters_of(part.grid, part.header, ledger)
        clusters += more
        found.lines += bonuses
    return clusters


def _rows(found: Sorted, ledger: Ledger) -> tuple[list[ReadRow], set[int]]:
    """The rows, and which of them have a number of their own in the file."""
    builder = TreeBuilder(ledger)
    for line in found.lines:
        builder.add(line)
    return rows_of(builder.roots, ledger), builder.numbered


def _declared(rows: list[ReadRow], found: Sorted, ledger: Ledger) -> Points:
    """The printed total; without one the sum of what the tops declare. Printed sums are compared with real ones."""
    roots = tree_of(rows)
    by_id = {criterion.id: criterion for criterion in walk(roots)}
    place_of = {row.at: row.id for row in rows}
    whole: list[tuple[str, Points]] = []
    for at, label, points, count in found.sums:
        before = max((place_of.get(line.at, 0) for line in found.lines[:count]), default=0)
        row_id = checking.summed_row(phrases.summed_part(label), rows, before)
        ledger.total(at, label, points, row_id)
        if row_id in by_id:
            checking.check_section_total(by_id[row_id], at, points, ledger)
        else:
            whole.append((at, points))
    checking.check_sums(rows, roots, ledger)
    printed = sum(root.maximum if root.maximum is not None else full_marks(root) for root in checking.base_of(roots))
    if not whole:
        return printed
    at, points = max(whole, key=lambda one: (one[1] == printed, one[1]))
    if rows:
        checking.check_total(points, at, roots, ledger)
    return points


def _score_columns(parts: tuple[Part, ...]) -> tuple[ScoreColumn, ...]:
    found = []
    for column in parts[0].header.columns:
        if column.role not in (SELF, TEAM):
            continue
        filled = sum(
            bool(row[column.index].text)
            for part in parts
            for row in part.grid.rows[part.header.last + 1 :]
            if column.index < len(row) and not is_repeated(row, part.grid, part.header)
        )
        found.append(ScoreColumn(column.at, column.title, column.role, filled))
    return tuple(found)


def _valid(reading: Reading, ledger: Ledger) -> Reading:
    """What the rules of a sheet would refuse becomes a note, and a doubt; so every reading can be saved."""
    sections = {one.id for one in walk(tree_of(reading.rows)) if one.children}
    bare = Sheet(0, "-", "", 0, "leave_out", ())
    rows = []
    for row in reading.rows:
        if not row.criterion.text:
            ledger.doubt(row.at, row.id, "text", "", "Hàng này không có nội dung: đã ghi dấu ba chấm")
            row = replace(row, criterion=replace(row.criterion, text="…"))
        if row.id not in sections:
            try:
                sheet_of(Reading(bare, (replace(row, depth=1, is_taken=True),)))
            except InvalidEntry as refusal:
                row = _as_note(row, refusal.message, ledger)
        rows.append(row)
    return replace(reading, rows=tuple(rows))


def _as_note(row: ReadRow, why: str, ledger: Ledger) -> ReadRow:
    plain = replace(
        row.criterion, kind="note", polarity="base", maximum=None, minimum=0, levels=(), points_per_count=None, cap=None
    )
    if row.is_taken:
        choices = (Choice("Chỉ ghi nhận xét"), Choice("Bỏ hàng này", ((row.id, "is_taken", "0"),)))
        ledger.doubt(row.at, row.id, "kind", row.criterion.text, why, choices)
    return replace(row, criterion=plain)


def _bands_alone(grids: Sequence[Grid], name: str, below: tuple[str, ...]) -> Reading:
    """A file that tells the ratings and their points, but no criteria. Raises Refused when not even that."""
    for grid in grids:
        bands = surroundings.distinct(surroundings.bands_in(grid))
        if len(bands) < 2:
            continue
        ledger = Ledger()
        at = grid.rows[0][0].at
        ledger.doubt(at, 1, "criteria", "", ONLY_RATINGS)
        found = Sorted()
        sort_texts(below, f"sau {grid.name}", found, ledger)
        highest = max(band.maximum or band.minimum for band in bands)
        head = Sheet(0, (name or grid.name)[:LONGEST_NAME], "\n".join(found.notes), highest, "leave_out", (), bands)
        whole = ReadRow(at, 1, Criterion(1, "1", WHOLE_TOTAL, maximum=highest))
        return Reading(head, (whole,), doubts=tuple(ledger.doubts), skipped=tuple(ledger.skipped))
    raise Refused(NOTHING_FOUND)


def _tidied(text: str) -> str:
    return tidy(Grid("", ((Cell(text, ""),),))).rows[0][0].text
