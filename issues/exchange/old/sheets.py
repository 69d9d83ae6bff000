"""What a workbook that came in before says as it is read now: by the kept bytes, row by row."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from sqlalchemy import select

from extensions import db
from issues.colour.policies import policy_on, workdays
from issues.evidence.refusals import Damaged
from issues.evidence.storage.store import Store
from issues.exchange import uploads
from issues.exchange.aliases import unit_names
from issues.exchange.reading.constants import profile_of
from issues.exchange.reading.profile import ProfileError
from issues.exchange.reading.understand import read_ledger
from issues.exchange.said import NOW, said
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.ground import clock
from issues.ground.batches import among
from issues.models import Event, LedgerImport
from issues.vocabulary import Action, Subject

REMEMBERED = 4


class Sheets:
    """Workbooks are read once for the tickets of a lot, and few are held at a time."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._read = lru_cache(REMEMBERED)(self._said_by_row)

    def said_of(self, ids: Iterable[int]) -> dict[int, str]:
        """By ticket, what its row says now, where that was kept to the letter when it came in."""
        rows = select(Event.subject_id, Event.detail, Event.at).where(
            Event.subject == Subject.TICKET.value,
            Event.action == Action.IMPORT.value,
            among(Event.subject_id, ids),
        )
        found = {}
        for issue_id, detail, at in db.session.execute(rows):
            if detail.get("said", "").startswith(NOW) or not detail.get("rows"):
                continue
            told = self._read(detail.get("sha256", ""), clock.day_of(at))
            if detail["rows"][0] in told:
                found[issue_id] = told[detail["rows"][0]]
        return found

    def _said_by_row(self, sha256: str, on: date) -> dict[int, str]:
        """Nothing where the bytes are no longer kept, or are no ledger any more."""
        plain = LedgerImport.report["sha256"].as_string()  # what is kept since is sealed
        kept = select(LedgerImport).where((LedgerImport.sha256 == sha256) | (plain == sha256))
        row = db.session.scalars(kept.order_by(LedgerImport.id.desc()).limit(1)).first()
        if row is None:
            return {}
        try:
            understood = read_ledger(
                uploads.content(self.store, row.sha256), unit_names(), today=on,
                policy=policy_on(on)[1], profile=profile_of(row.report.get("profile", "")),
                calendar=workdays(),
            )  # fmt: skip
        except (Damaged, UnreadableWorkbook, ProfileError):
            return {}
        return {min([i.row, *(m.row for m in i.measures)]): said(i) for i in understood.items}
