"""What each box of scores accepts: a list where there are few values, else a range with its step."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from thidua.rules.entries import MOST_COUNTED, Entry, choices
from thidua.rules.points import Points, format_points
from thidua.rules.score_book.adding import LEFT_OUT
from thidua.rules.score_book.places import LISTS, REASON, spans
from thidua.rules.sheet import Criterion
from thidua.rules.sheet_words import scoring_words
from thidua.rules.workbook import Check, column

LONGEST_NOTE, LONGEST_REASON = 4000, 2000
NOT_APPLICABLE = "k"
_HOW_LEFT_OUT = "Không xét: ghi k. Chưa chấm: để trống."

Offered = tuple[Decimal | str, ...]


@dataclass
class Lists:
    """The lists of values, each once, in the columns of a hidden page."""

    columns: dict[Offered, str] = field(default_factory=dict)

    def name_of(self, offered: Offered) -> str:
        """The word by which boxes refer to this list."""
        return self.columns.setdefault(offered, f"diem_{len(self.columns) + 1}")

    def names(self) -> dict[str, str]:
        """Word -> range."""
        placed = enumerate(self.columns.items(), start=1)
        return {
            name: f"{LISTS}!${column(place)}$1:${column(place)}${len(offered)}" for place, (offered, name) in placed
        }


def score_checks(leaves: Iterable[Criterion], rows: Mapping[int, int], scores: str, lists: Lists) -> list[Check]:
    """The checks of these columns of scores ("DE"); boxes that accept the same share one."""
    listed: dict[tuple[str, str], list[int]] = defaultdict(list)
    checks: list[Check] = []
    for leaf in leaves:
        row = rows[leaf.id]
        offered = values_offered(leaf)
        if offered:
            listed[lists.name_of(offered), _hint(leaf)].append(row)
            continue
        rule = _rule(leaf, f"{scores[0]}{row}")
        checks.append(Check(spans(scores[0], scores[-1], [row]), rule, False, _hint(leaf), _error(leaf)))
    return [
        *(
            Check(
                spans(scores[0], scores[-1], told), name, True, hint, f"Ô này chỉ nhận giá trị trong danh sách. {hint}"
            )
            for (name, hint), told in listed.items()
        ),
        *checks,
    ]


def reason_check(rows: Iterable[int]) -> Check:
    """Reasons on these rows, at least one, are not longer than the program keeps."""
    boxes = spans(REASON, REASON, rows)
    first = boxes[0].partition(":")[0]
    hint = "Ghi minh chứng (số, ngày văn bản) hoặc lý do cho điểm khác điểm tự chấm."
    error = f"Lý do dài quá {LONGEST_REASON} chữ. Xin viết ngắn lại."
    return Check(boxes, f"LEN({first})<={LONGEST_REASON}", False, hint, error)


def values_offered(criterion: Criterion) -> Offered:
    """The values of a list and "k"; () where the box takes a range or words.

    Two levels that bring the same are told apart by their place: "m1", "m2".
    """
    keys = choices(criterion)
    if not keys:
        return ()
    if names_levels(criterion):
        return (*(f"m{place}" for place in range(1, len(keys) + 1)), NOT_APPLICABLE)
    return (*(number(key.points) for key in keys), NOT_APPLICABLE)


def names_levels(criterion: Criterion) -> bool:
    """Whether points alone do not say which level is meant."""
    brought = [abs(level.points) if criterion.polarity == "penalty" else level.points for level in criterion.levels]
    return criterion.kind == "levels" and len(set(brought)) < len(brought)


def written_value(criterion: Criterion, entry: Entry) -> Decimal | int | str:
    """The entry as somebody would write it into the box; read back it is the same entry."""
    if entry.not_applicable:
        return NOT_APPLICABLE
    if entry.level is not None:
        if names_levels(criterion):
            return f"m{entry.level + 1}"
        return number(criterion.levels[entry.level].points)
    if entry.count is not None:
        return entry.count
    return entry.text if entry.points is None else number(entry.points)


def number(points: Points) -> Decimal:
    """Points as a number of Excel."""
    return Decimal(points) / 100


def _rule(criterion: Criterion, box: str) -> str:
    if criterion.kind == "note":
        return f"LEN({box})<={LONGEST_NOTE}"
    words = ",".join(f'{box}="{word}"' for word in LEFT_OUT)
    return f"OR(AND({','.join(_conditions(criterion, box))}),{words})"


def _conditions(criterion: Criterion, box: str) -> list[str]:
    conditions = [f"ISNUMBER({box})"]
    if criterion.kind == "count":
        return [*conditions, f"{box}>=0", f"{box}<={MOST_COUNTED}", f"{box}=INT({box})"]
    low, high = criterion.lowest, criterion.highest
    if criterion.polarity == "penalty":
        box, low, high = f"ABS({box})", 0, None if criterion.lowest is None else -criterion.lowest
    ends = [number(end) for end in (low, high) if end is not None]
    on_step = ",".join([f"MOD(ROUND({box}*100,0),{criterion.step})=0", *(f"{box}={end}" for end in ends)])
    if low is not None:
        conditions.append(f"{box}>={number(low)}")
    if high is not None:
        conditions.append(f"{box}<={number(high)}")
    return [*conditions, f"OR({on_step})"]


def _hint(criterion: Criterion) -> str:
    if criterion.kind == "note":
        return "Ghi nhận xét bằng lời, không chấm điểm. Không xét: ghi k."
    if criterion.kind == "levels":
        named = "ghi m1 là mức 1, m2 là mức 2" if names_levels(criterion) else "ghi điểm của mức"
        return f"Chọn một mức: {named}. {_HOW_LEFT_OUT}"
    if criterion.kind == "count":
        return f"Ghi SỐ LẦN (0, 1, 2…). {scoring_words(criterion)}. {_HOW_LEFT_OUT}"
    return f"{scoring_words(criterion)}. {_HOW_LEFT_OUT}"


def _error(criterion: Criterion) -> str:
    if criterion.kind == "note":
        return f"Nhận xét dài quá {LONGEST_NOTE} chữ. Xin viết ngắn lại."
    if criterion.kind == "count":
        return f"Số lần phải là số nguyên từ 0 đến {MOST_COUNTED}, hoặc k nếu không xét. Xin ghi lại."
    end = "" if criterion.highest is None or criterion.polarity == "penalty" else format_points(criterion.highest)
    span = f"Điểm phải từ {format_points(criterion.lowest or 0)} đến {end}" if end else "Điểm chưa đúng"
    return f"{span} (nấc {format_points(criterion.step)}), hoặc k nếu không xét. Xin ghi lại."
