"""The keys that work on a page, for its list of shortcuts: exactly what its scripts listen to, for what the reader may do."""

from collections.abc import Iterable

Shortcut = tuple[tuple[str, ...], str]

TURNING: tuple[Shortcut, ...] = ((("PageDown",), "Tiêu chí sau"), (("PageUp",), "Tiêu chí trước"))
UNDO: Shortcut = (("Ctrl", "Z"), "Hoàn tác lần chấm vừa rồi của tôi")
HELP: tuple[Shortcut, ...] = ((("?",), "Mở bảng phím tắt này"), (("Esc",), "Đóng bảng phím tắt"))


def score_shortcuts(kinds: Iterable[str], perspectives: tuple[str, ...]) -> tuple[Shortcut, ...]:
    """On the scoring screen; ``kinds`` are those of its criteria, without ``perspectives`` nothing can be entered."""
    if not perspectives:
        return (*TURNING, *HELP)
    scoring: list[Shortcut] = [(("0", "…", "9"), "Chọn điểm; gõ nhanh hai phím 1 0 là 10")]
    if "points" in kinds:
        scoring.append(((",",), "Thêm nửa điểm (7 rồi dấu phẩy là 7,5)"))
    return (*scoring, (("Tab",), "Sang ô tiếp theo"), UNDO, *TURNING, *HELP)
