"""Workbooks on their way in: kept sealed from the upload on, with what is told beside them."""

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import PurePath
from typing import IO

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.evidence.intake.sealing_in import WORKBOOK, keep_parts
from issues.evidence.storage.store import Store
from issues.exchange.import_report import ImportReport, Workbook
from issues.exchange.reading.items import Understood
from issues.exchange.workbook.package import MOST_BYTES
from issues.exchange.workbook.sheet import Sheet
from issues.ground import signs
from issues.ground.refusals import NotFound
from issues.ground.secrecy import marking, sealing
from issues.models import LedgerImport

LONGEST_NAME = 200


def receive(
    store: Store,
    stream: IO[bytes],
    name: str,
    judge: Callable[[bytes], Understood | None] | None = None,
) -> tuple[bytes, str]:
    """The workbook's bytes, and the digest they are kept under, sealed.

    `judge` reads it before it is kept; what it raises leaves nothing behind. Raises
    EvidenceRefused, Marked.
    """
    with store.receive(stream, limit=MOST_BYTES) as incoming:
        data = incoming.path.read_bytes()
    marking.refuse([("workbook", PurePath(name).stem)])
    if judge is not None and (understood := judge(data)):
        refuse_marked(understood)
    parts = sealing.sealing(io.BytesIO(data), WORKBOOK)
    return data, keep_parts(parts, store, size=len(data)).sha256


def refuse_marked(understood: Understood) -> None:
    """Raises Marked where a cell looks like marked as secret, by its row."""
    told = [("表头", "\n".join((understood.title, understood.unit_line, *understood.notes)))]
    told += [(f"单元格{error.cell}", error.value) for error in understood.errors]
    told += [(f"单元格{notice.cell}", notice.value) for notice in understood.notices]
    for item in understood.items:
        texts = (text for _, text in marking.texts_in(asdict(item)))
        told.append((f"第{item.row}行", "\n".join(texts)))
    marking.refuse(told)


def refuse_marked_cells(sheets: Sequence[Sheet]) -> None:
    """The same of a workbook whose columns nobody has named yet. Raises Marked."""
    told = [
        (f"工作表“{sheet.name}”第{row}行", "\n".join(cell.text for cell in sheet.row(row)))
        for sheet in sheets
        for row in range(1, sheet.row_count + 1)
    ]
    marking.refuse(told)


def content(store: Store, sha256: str) -> bytes:
    """Raises Damaged, CannotOpen."""
    with store.read_verified(sha256) as file:
        kept = file.read()
    return sealing.open_sealed(kept, WORKBOOK) if sealing.is_sealed(kept) else kept


def note(
    name: str, sha256: str, profile: str, actor: Actor, at: datetime, *, content: bytes = b""
) -> LedgerImport:
    """A row that names the kept bytes, and what they are by the digest of the plain ones.

    Never commits.
    """
    row = LedgerImport(
        name=PurePath(signs.bare(name).replace("\\", "/")).name[-LONGEST_NAME:] or "台账.xlsx",
        sha256=sha256,
        uploaded_at=at,
        user_id=actor.id,
        key_id=sealing.current_key(),
        report={"profile": profile, "sha256": hashlib.sha256(content).hexdigest()},
    )
    db.session.add(row)
    db.session.flush()
    return row


def load(number: int, *, for_change: bool = False) -> LedgerImport:
    """Raises NotFound. `for_change` makes a second person wait for the first."""
    rows = select(LedgerImport).where(LedgerImport.id == number)
    row = db.session.scalars(rows.with_for_update() if for_change else rows).first()
    if row is None:
        raise NotFound
    return row


def workbook_of(row: LedgerImport) -> Workbook:
    return Workbook(row.name, row.report.get("sha256", row.sha256))


def set_profile(row: LedgerImport, text: str) -> None:
    """Never commits."""
    row.report = row.report | {"profile": text}


def confirm(row: LedgerImport, report: ImportReport, at: datetime) -> None:
    """Never commits."""
    row.confirmed_at = at
    row.report = row.report | report.document()
