"""Workbooks (Excel) on their way out: pages of boxes in, the bytes of an .xlsx file out."""

from thidua.doors.workbook.rendering import MEDIA_TYPE, render_workbook

__all__ = ["MEDIA_TYPE", "render_workbook"]
