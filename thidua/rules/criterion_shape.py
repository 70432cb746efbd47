"""What a criterion of each kind may be: which of its values belong together, and what is missing, by field."""

from collections.abc import Iterator
from typing import Final

from thidua.rules.points import format_points
from thidua.rules.sheet import Criterion

KINDS: Final = {
    "section": "Mục (có nội dung con)",
    "points": "Chấm điểm trong khoảng",
    "levels": "Chọn một mức",
    "count": "Đếm số lần",
    "note": "Ghi nhận xét, không chấm điểm",
}
POLARITIES: Final = {"base": "Điểm thường", "bonus": "Điểm thưởng", "penalty": "Điểm trừ"}
STEPS: Final = {100: "1", 50: "0,5", 25: "0,25"}


def problems(criterion: Criterion) -> dict[str, str]:
    """Field -> what is wrong with it, as a sentence to read; empty when the criterion can be scored.

    ``children`` of the criterion say whether it may be something else than a section.
    """
    found: dict[str, str] = {}
    for field, sentence in _problems(criterion):
        found.setdefault(field, sentence)
    return found


def _problems(one: Criterion) -> Iterator[tuple[str, str]]:
    if one.children and not one.is_section:
        yield "kind", "Nội dung này đang có nội dung con nên phải là Mục. Xin chuyển hoặc xóa các nội dung con trước."
    if one.kind == "points":
        yield from _points(one)
    elif one.kind == "levels":
        yield from _levels(one)
    elif one.kind == "count":
        yield from _count(one)
    elif one.is_section:
        yield from _section(one)


def _points(one: Criterion) -> Iterator[tuple[str, str]]:
    if one.polarity == "base" and one.maximum is None:
        yield "maximum", "Xin ghi điểm tối đa, ví dụ 10."
    if one.maximum is not None and one.polarity != "penalty":
        if one.maximum < 0:
            yield "maximum", "Điểm tối đa không được âm. Nếu là điểm trừ, xin chọn “Điểm trừ”."
        if one.minimum > one.maximum:
            yield (
                "minimum",
                f"Điểm ít nhất ({format_points(one.minimum)}) lớn hơn điểm tối đa ({format_points(one.maximum)}).",
            )
    if one.step <= 0:
        yield "step", "Xin chọn nấc điểm: 1; 0,5 hoặc 0,25."


def _levels(one: Criterion) -> Iterator[tuple[str, str]]:
    if not one.levels:
        yield "levels", "Xin ghi ít nhất một mức, ví dụ “Đầy đủ: 8 điểm”."
    if any(not level.text for level in one.levels):
        yield "levels", "Mỗi mức cần có lời, ví dụ “Có triển khai nhưng chưa đều”."
    texts = [level.text for level in one.levels]
    if len(set(texts)) < len(texts):
        yield "levels", "Có hai mức cùng lời. Xin ghi khác nhau để người chấm phân biệt được."
    if one.polarity == "penalty" and any(level.points > 0 for level in one.levels):
        yield "levels", "Mức của điểm trừ ghi số âm hoặc 0, ví dụ -2."
    if one.polarity == "bonus" and any(level.points < 0 for level in one.levels):
        yield "levels", "Mức của điểm thưởng không được âm."


def _count(one: Criterion) -> Iterator[tuple[str, str]]:
    each = one.points_per_count or 0
    if not each:
        yield "points_per_count", "Xin ghi số điểm cho mỗi lần, ví dụ 0,5."
    if one.polarity == "bonus" and each < 0:
        yield "points_per_count", "Điểm thưởng cộng thêm cho mỗi lần: xin ghi số dương."
    if one.polarity == "base" and one.maximum is None:
        yield "maximum", "Xin ghi điểm tối đa, ví dụ 10."
    if one.polarity == "base" and one.maximum is not None and one.minimum > one.maximum:
        yield "minimum", "Điểm ít nhất lớn hơn điểm tối đa."


def _section(one: Criterion) -> Iterator[tuple[str, str]]:
    if one.starts_full and one.maximum is None:
        yield "maximum", "Mục tính trừ dần cần có điểm tối đa để bắt đầu trừ."
    if one.starts_full and (one.only_highest or one.either_or):
        yield "starts_full", "“Trừ dần” không dùng chung với “chỉ tính cao nhất” hoặc “hoặc … hoặc”."
    if one.cap is not None and one.cap < 0:
        yield "cap", "Điểm trần không được âm."
