"""The imprints of rows: what each transaction wrote, under a key that no database holds."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, event, false
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Model
from issues.ground.columns import Instant
from issues.models.event import HistoryIsAppendOnly


class Imprint(Model):
    """One transaction that wrote facts. `mac` is over all of it and the one before.

    `note` is empty for an act; else the revision of the tables at which every row was covered.
    """

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    note: Mapped[str] = mapped_column(String(64), default="")
    rows: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    algorithm: Mapped[str] = mapped_column(String(16))
    key_id: Mapped[str] = mapped_column(String(16))
    previous: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))


class ImprintRow(Model):
    """What one row held when a transaction ended: a keyed digest, None where it was deleted.

    `is_forced`: before that transaction the row was not what its last imprint said.
    """

    table: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    seq: Mapped[int] = mapped_column(ForeignKey("imprint.seq"), primary_key=True)
    digest: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    is_forced: Mapped[bool] = mapped_column(default=False, server_default=false())

    __table_args__ = ({"sqlite_with_rowid": False},)


class RecordFault(Model):
    """What the daily check found not to hold, for the pages that show it. Made anew each day."""

    id: Mapped[int] = mapped_column(primary_key=True)
    table: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(120))
    issue_id: Mapped[int | None]
    found_on: Mapped[date]

    __table_args__ = (
        Index("ix_record_fault_issue", "issue_id"),
        Index("ix_record_fault_row", "table", "key"),
    )


class RefusalTally(Model):
    """Refusals of one person at one route since the last event of them: a minute folds them."""

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    route: Mapped[str] = mapped_column(String(80), primary_key=True)
    since: Mapped[datetime] = mapped_column(Instant)
    folded: Mapped[int] = mapped_column(default=0)


@event.listens_for(Imprint, "before_update")
@event.listens_for(Imprint, "before_delete")
@event.listens_for(ImprintRow, "before_update")
@event.listens_for(ImprintRow, "before_delete")
def refuse_change(_mapper: Any, _connection: Any, row: Imprint | ImprintRow) -> None:
    raise HistoryIsAppendOnly(f"imprint {row.seq}")
