"""A kept workbook brought into the register with the pictures somebody chose of it.

In a request, by a worker and on the command line alike: the pictures are proven and kept first,
outside the transaction that writes the tickets and the pictures' rows.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from auth.actor import Actor
from issues.evidence.storage.store import Store
from issues.exchange import uploads
from issues.exchange.import_report import ImportReport
from issues.exchange.importing import import_ledger
from issues.exchange.pictures import keeping
from issues.exchange.pictures.choosing import choice_of
from issues.exchange.pictures.keeping import Brought
from issues.exchange.pictures.taking import Taken, take
from issues.exchange.reading.items import Understood
from issues.models import LedgerImport


class Came(NamedTuple):
    """`pictures` is None where none was to come in."""

    report: ImportReport
    pictures: Brought | None


def proven_of(row: LedgerImport, understood: Understood, store: Store) -> list[Taken]:
    """The chosen pictures, their bytes proven and kept. Touches no row; ends the transaction."""
    chosen = choice_of(row).of(understood.pictures)
    if understood.errors or not chosen:
        return []
    return take(uploads.content(store, row.sha256), chosen, store)


def bring(
    row: LedgerImport, understood: Understood, taken: Sequence[Taken], actor: Actor,
    *, at: datetime, is_apart_left: bool,
) -> Came:  # fmt: skip
    """Never commits. The caller holds the row. Raises RowsRefused, NotAllowed."""
    book = uploads.workbook_of(row)
    known = keeping.here(understood) if taken else {}
    report = import_ledger(understood, actor, at=at, workbook=book, is_apart_left=is_apart_left)
    uploads.confirm(row, report, at)
    if not taken:
        return Came(report, None)
    brought = keeping.keep(
        taken, known, report, actor, at=at, workbook=book, sheet=understood.sheet
    )
    keeping.note(row, brought)
    return Came(report, brought)
