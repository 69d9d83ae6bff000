"""A workbook on its way in: read whole before it is kept, or weighed and read later.

A large one takes longer than anybody looks at a page: it is kept unread, sealed as every workbook
is, shown to nobody, and gone again where reading finds what may not be kept.
"""

from typing import Any

from issues.exchange import uploads
from issues.exchange.differences.difference import Comparison
from issues.exchange.importing import understand_and_compare
from issues.exchange.matching import kept
from issues.exchange.matching.recognise import UnknownHeading
from issues.exchange.reading.constants import laid_over, profile_of
from issues.exchange.reading.items import Understood
from issues.exchange.workbook.package import UnreadableWorkbook, open_package
from issues.exchange.workbook.sheet import read_sheets
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.models import LedgerImport

HEAVY = 2_000_000
"""Bytes of sheets, unpacked: some 1,200 rows, read and compared in about two seconds."""
LARGE, UNREAD, UNKNOWN = "large", "unread", "unknown"
"""What the row of a large upload says of it: not read yet; read, and its columns are not known."""
SHEETS = ("xl/worksheets/", "xl/sharedstrings")


class Judge:
    """Reads a workbook before it is kept. `told`: with the layout it was recognised by.

    Of a large one only the package is judged, where it `may_wait`. `comparison`: what a workbook
    that was read says otherwise than the register.
    """

    def __init__(self, told: str, *, may_wait: bool = False) -> None:
        self.told, self.may_wait = told, may_wait
        self.is_known, self.is_large = True, False
        self.comparison: Comparison | None = None

    def __call__(self, content: bytes) -> Understood | None:
        """None where nobody has said yet what its columns are, or it is to be read later.

        Raises Incomplete, Marked.
        """
        try:
            if self.may_wait and is_heavy(content):
                self.is_large = True
                return None
            understood = self._read(content)
        except UnknownHeading:
            self.is_known = False
            uploads.refuse_marked_cells(read_sheets(content))
            return None
        except UnreadableWorkbook as wrong:
            raise Incomplete({"workbook": [wrong.sentence]}) from None
        if layout := kept.named(understood.recognised):
            self.told = laid_over(layout.document, self.told)
        return understood

    def _read(self, content: bytes) -> Understood:
        profile = profile_of(self.told)
        found = understand_and_compare(content, profile, clock.today(), is_apart_left=True)
        understood, self.comparison = found
        return understood


def is_heavy(content: bytes) -> bool:
    """Raises UnreadableWorkbook."""
    parts = open_package(content).parts
    sheets = (data for name, data in parts.items() if name.lower().startswith(SHEETS))
    return sum(map(len, sheets)) > HEAVY


def is_large(row: LedgerImport) -> bool:
    return bool(row.report.get(LARGE))


def is_unread(row: LedgerImport) -> bool:
    return bool(row.report.get(UNREAD))


def is_unknown(row: LedgerImport) -> bool:
    return bool(row.report.get(UNKNOWN))


def say(row: LedgerImport, **told: Any) -> None:
    """Never commits."""
    row.report = {name: value for name, value in (row.report | told).items() if value is not False}
