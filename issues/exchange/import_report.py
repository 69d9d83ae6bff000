"""What became of a workbook: taken in, with how many of what, or refused cell by cell."""

from dataclasses import dataclass
from typing import Any

from issues.exchange.reading.items import CellError
from issues.ground.refusals import Incomplete


class RowsRefused(Incomplete):
    """Cells of the sheet that keep it from being imported. `cells` says which and why."""

    def __init__(self, cells: tuple[CellError, ...]) -> None:
        self.cells = cells
        errors: dict[str, list[str]] = {}
        for cell in cells:
            errors.setdefault(cell.cell, []).append(cell.sentence)
        super().__init__(errors, f"表中有{len(cells)}处需要改正，没有导入任何内容。")


@dataclass(frozen=True, slots=True)
class Workbook:
    """Where a sheet came from: the name a person gave the file, and its digest."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`numbers`: row of the sheet and number given. `same` were here already and say the same.

    `older` were here and say what they said when they came, but the register has gone on since;
    `apart` say something else and were left for a comparison. Of `tickets` so many came `again`
    that had been taken back.
    """

    tickets: int
    measures: int
    same: int
    cells: int
    numbers: tuple[tuple[int, str], ...]
    older: int = 0
    apart: int = 0
    again: int = 0

    def in_words(self) -> str:
        if not self.tickets and not self.older and not self.apart:
            return f"没有新的内容，表中{self.same}个问题都已在台账中，且内容相同"
        counted = f"{self.tickets}个问题，{self.measures}项措施，数据单元格{self.cells}个"
        if self.again:
            counted += f"；其中{self.again}件为此前撤回的，沿用原编号"
        beside = [
            (self.same, "已在台账中，内容相同"),
            (self.older, "此前已导入，台账此后有变动，以台账为准"),
            (self.apart, "与台账不一致，没有写入"),
        ]
        return "；".join([counted] + [f"另有{n}个问题{told}" for n, told in beside if n])

    def document(self) -> dict[str, Any]:
        return {
            "tickets": self.tickets,
            "measures": self.measures,
            "same": self.same,
            "older": self.older,
            "apart": self.apart,
            "again": self.again,
            "cells": self.cells,
            "numbers": [list(pair) for pair in self.numbers],
        }
