"""The keys that work on a page, for its list of shortcuts: what its scripts listen to, as far as the reader may act."""

from collections.abc import Iterable

Shortcut = tuple[tuple[str, ...], str]

TURNING: tuple[Shortcut, ...] = ((("PageDown",), "Tiêu chí sau"), (("PageUp",), "Tiêu chí trước"))
UNDO: Shortcut = (("Ctrl", "Z"), "Hoàn tác lần chấm vừa rồi của tôi")
HELP: tuple[Shortcut, ...] = ((("?",), "Mở bảng phím tắt này"), (("Esc",), "Đóng bảng phím tắt"))


def score_shortcuts(controls: Iterable[str], perspectives: tuple[str, ...]) -> tuple[Shortcut, ...]:
    """On the scoring screen; ``controls`` enter its criteria (``view.control_of``), if anything can be entered."""
    if not perspectives:
        return (*TURNING, *HELP)
    used, scoring = set(controls), []
    if used & {"keys", "levels"}:
        scoring.append((("0", "…", "9"), "Chọn điểm trên bàn phím điểm; gõ nhanh 1 0 là 10"))
    if used & {"stepper", "count"}:
        scoring += [(("0", "…", "9"), "Gõ điểm vào ô số"), (("Enter",), "Ghi điểm đang gõ trong ô số")]
    if used & {"keys", "stepper"}:
        scoring.append(((",",), "Thêm nửa điểm: 7 rồi dấu phẩy là 7,5"))
    return (*scoring, UNDO, *TURNING, *HELP)
