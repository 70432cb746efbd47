"""Excel and Word at the door: tables come in as plain text, never as something that runs."""

from thidua.doors.office.reading import read_office_file
from thidua.doors.office.tables import Cell, OfficeFile, Table, Unreadable

__all__ = ["Cell", "OfficeFile", "Table", "Unreadable", "read_office_file"]
