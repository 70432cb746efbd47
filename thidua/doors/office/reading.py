"""A workbook or a Word document in, plain tables out."""

from collections.abc import Callable

from thidua.doors.office.tables import OfficeFile, Unreadable


def read_office_file(content: bytes, file_name: str, *, tell: Callable[[int, int], None] | None = None) -> OfficeFile:
    """The tables of the file. ``tell`` hears bytes read and bytes to read. Raises ``Unreadable``."""
    raise Unreadable("Phần đọc tệp đang được viết.")
