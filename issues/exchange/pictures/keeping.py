"""Rows of the pictures an import takes in, in its own transaction, told with workbook and cell."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.evidence import rows
from issues.evidence.refusals import EvidenceRefused
from issues.exchange.already_here import find_here
from issues.exchange.import_report import ImportReport, Workbook
from issues.exchange.pictures.taking import Taken
from issues.exchange.reading.items import PictureRead, Understood
from issues.ground.refusals import NotAllowed, WrongStatus
from issues.models import Evidence, Issue, LedgerImport

RESULT = "pictures_in"
BROUGHT_BY = "workbook_sha256"
"""In the history of a picture: the workbook that it came in with."""
NO_TICKET = "它的问题没有导入，图片没有收入"


@dataclass
class Brought:
    """`same` were the ticket's already. `left`: cells, and why their pictures are not kept."""

    taken: int = 0
    same: int = 0
    left: list[tuple[str, str]] = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        return {"taken": self.taken, "same": self.same, "left": [list(one) for one in self.left]}

    def in_words(self) -> str:
        told = [f"收入佐证图片{self.taken}张"]
        told += [f"{self.same}张已在佐证中，没有重复收入"] if self.same else []
        told += [f"{len(self.left)}张没有收入"] if self.left else []
        return "，".join(told)


def here(understood: Understood) -> dict[int, int]:
    """By its row, the ticket of each item that came before. Asked before the import writes."""
    return {row: one.id for row, one in find_here(understood).items()}


def keep(
    taken: Sequence[Taken], known: Mapping[int, int], report: ImportReport, actor: Actor,
    *, at: datetime, workbook: Workbook, sheet: str,
) -> Brought:  # fmt: skip
    """Never commits. A picture that is refused is told at its cell, and leaves nothing."""
    tickets = _tickets({one.picture.row for one in taken}, known, report)
    already = _already([issue.id for issue in tickets.values()])
    brought = Brought()
    for one in taken:
        issue, proven = tickets.get(one.picture.row), one.proven
        fault = one.fault
        if proven is not None and issue is not None and proven.sha256 in already[issue.id]:
            brought.same += 1
            continue
        if proven is not None and issue is not None:
            about = rows.About(one.picture.kind, note=_note(one.picture, workbook))
            try:
                rows.bring(issue, actor, proven, about, at=at, source=_source(one, workbook, sheet))
            except (EvidenceRefused, NotAllowed, WrongStatus) as refused:
                fault = str(refused).rstrip("。")
            else:
                already[issue.id].add(proven.sha256)
                brought.taken += 1
                continue
        brought.left.append((one.picture.cell, fault or NO_TICKET))
    return brought


def note(row: LedgerImport, brought: Brought) -> None:
    """What became of them, beside what the import brought. Never commits."""
    row.report = row.report | {RESULT: brought.document()}


def _tickets(wanted: set[int], known: Mapping[int, int], report: ImportReport) -> dict[int, Issue]:
    """By the first row of each: those that came in now, and those that were here."""
    numbers = {number: row for row, number in report.numbers if row in wanted}
    ids = {known[row]: row for row in wanted if row in known}
    found = _by(Issue.number, list(numbers)) + _by(Issue.id, list(ids))
    return {numbers.get(one.number) or ids[one.id]: one for one in found}


def _by(column: Any, values: list[Any]) -> list[Issue]:
    """Held until the end, in their order, as by whoever uploads to them."""
    if not values:
        return []
    asked = select(Issue).where(column.in_(values)).order_by(Issue.id).with_for_update()
    return list(db.session.scalars(asked))


def _already(ids: Sequence[int]) -> dict[int, set[str]]:
    """The bytes each ticket has, withdrawn ones too: they were taken back with a reason."""
    found: dict[int, set[str]] = defaultdict(set)
    asked = select(Evidence.issue_id, Evidence.sha256).where(Evidence.issue_id.in_(ids))
    for issue_id, sha256 in db.session.execute(asked):
        found[issue_id].add(sha256)
    return found


def _note(picture: PictureRead, workbook: Workbook) -> str:
    return f"随台账“{workbook.name}”导入，{picture.cell}格（{picture.heading}）"


def _source(one: Taken, workbook: Workbook, sheet: str) -> dict[str, str]:
    return {
        "workbook": workbook.name, BROUGHT_BY: workbook.sha256, "sheet": sheet,
        "cell": one.picture.cell,
    }  # fmt: skip
