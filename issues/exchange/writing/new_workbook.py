"""A new workbook: the only way to one, so that those of a practice city all say what they are."""

from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from issues.ground import practice

HEADER = f"&C&20{practice.NOTE}"
"""At the head of each printed page."""


class Workbook(xlsxwriter.Workbook):  # type: ignore[misc]  # the library has no types
    def add_worksheet(self, name: str | None = None, *given: Any) -> Worksheet:
        sheet = super().add_worksheet(name, *given)
        if practice.is_practice():
            sheet.set_header(HEADER)
            sheet.set_tab_color("#7030A0")
        return sheet
