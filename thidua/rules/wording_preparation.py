"""What the unit reported in figures and laid ready on paper, in the minutes. Kế hoạch 72/HTS, mục III.1."""

from thidua.rules.documents import Block, Column, Row, Table
from thidua.rules.figures import change_of, figure_of, format_figure
from thidua.rules.minutes_facts import FigureReported, MinutesFacts

FIGURES = "Số liệu đơn vị báo cáo"
DOCUMENTS = "Quyết định, quy chế, quy định do đơn vị chuẩn bị"
_COLUMNS = (
    Column("TT", 6, "center"),
    Column("Chỉ tiêu", 40),
    Column("Đơn vị tính", 13, "center"),
    Column("Năm trước", 12, "center"),
    Column("Năm nay", 12, "center"),
    Column("Tăng, giảm", 17, "center"),
)


def figure_blocks(facts: MinutesFacts) -> list[Block]:
    """The table of figures, compared with last year; nothing when the unit gave none."""
    if not facts.figures:
        return []
    return [Table("figures", _COLUMNS, tuple(_row(at, one) for at, one in enumerate(facts.figures, start=1)))]


def _row(number: int, one: FigureReported) -> Row:
    last, this = figure_of(one.last_year), figure_of(one.this_year)
    change = change_of(last, this)
    words = change.words if change else ""
    return Row((str(number), one.label, one.measure, format_figure(last), format_figure(this), words))
