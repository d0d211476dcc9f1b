"""Spreadsheet files of every kind to `Workbook`. Nothing in a file stops the run, is run, or is followed outside it."""

from reportpack.read.workbook.opening import list_workbooks, read_workbook

__all__ = ["list_workbooks", "read_workbook"]
