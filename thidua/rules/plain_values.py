"""Reading plain JSON values one by one; what is wrong is refused with its path in the file."""

from collections.abc import Container, Mapping
from decimal import Decimal

from thidua.rules.errors import InvalidEntry
from thidua.rules.points import LARGEST, Points, parse_points
from thidua.rules.vietnamese import clean_text

LONGEST_NUMBER, LONGEST_NAME, LONGEST_LABEL = 20, 300, 80


class Path:
    """Where in the file we are: Path("") / "sections" / 0 / "max" reads sections[0].max."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __truediv__(self, step: str | int) -> "Path":
        if isinstance(step, int):
            return Path(f"{self.text}[{step}]")
        return Path(f"{self.text}.{step}" if self.text else step)


def wrong(at: Path, what: str) -> InvalidEntry:
    return InvalidEntry(f"Bảng điểm sai ở {at.text}: {what}.", at.text)


def read_mapping(value: object, at: Path) -> Mapping[str, object]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise wrong(at, "phải là một nhóm trường có tên")
    return value


def read_list(value: object, at: Path) -> list[object]:
    if not isinstance(value, list):
        raise wrong(at, "phải là một danh sách")
    return value


def read_text(value: object, at: Path, *, may_be_empty: bool = False, most: int | None = None) -> str:
    """Cleaned as what is typed is; refused when it has more than ``most`` letters."""
    if not isinstance(value, str):
        raise wrong(at, "phải là chữ")
    text = clean_text(value)
    if not text and not may_be_empty:
        raise wrong(at, "không được để trống")
    if most is not None and len(text) > most:
        raise wrong(at, f"dài quá {most} chữ")
    return text


def read_texts(value: object, at: Path) -> tuple[str, ...]:
    return tuple(read_text(one, at / index) for index, one in enumerate(read_list(value, at)))


def read_whole(value: object, at: Path) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise wrong(at, "phải là số nguyên từ 0 trở lên")
    return value


def read_flag(value: object, at: Path) -> bool:
    if not isinstance(value, bool):
        raise wrong(at, "phải là true hoặc false")
    return value


def read_one_of(value: object, allowed: Container[str], at: Path) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise wrong(at, f"không dùng được “{value}”")
    return value


def read_points(value: object, at: Path) -> Points:
    """A number or a string of points, negative allowed, at most two decimals."""
    if isinstance(value, str):
        try:
            return parse_points(value, allow_negative=True)
        except InvalidEntry as error:
            raise InvalidEntry(f"Bảng điểm sai ở {at.text}. {error.message}", at.text) from error
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong(at, "phải là một số điểm")
    exact = Decimal(str(value)) * 100
    if not exact.is_finite() or exact != exact.to_integral_value() or abs(exact) > LARGEST:
        raise wrong(at, "phải là số điểm không quá 9999, tối đa hai chữ số thập phân")
    return int(exact)


def read_optional_points(fields: Mapping[str, object], at: Path, *names: str) -> Points | None:
    """The points of the first of these names that is given; None when none is."""
    for name in names:
        if fields.get(name) is not None:
            return read_points(fields[name], at / name)
    return None
