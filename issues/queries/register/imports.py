"""What the pages of imports show."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from auth.models import Unit
from extensions import db
from issues.models import Issue, LedgerImport, LedgerLayout
from issues.queries.ground.names import CITY_REGION, names
from issues.queries.ground.paging import Page, cut
from issues.vocabulary import Status

PER_PAGE = 50
WHOLE_CITY = "全市"
AT_ONCE = 10_000


def earlier_imports(page: int) -> Page[LedgerImport]:
    """The latest workbooks first, confirmed or still waiting, with who brought them."""
    rows = select(LedgerImport).options(joinedload(LedgerImport.user))
    asked, page, total = cut(rows.order_by(LedgerImport.id.desc()), page, PER_PAGE)
    return Page(db.session.scalars(asked).all(), page, PER_PAGE, total)


def layouts(page: int) -> Page[LedgerLayout]:
    """Every layout that was ever kept, those in force first, with who made it."""
    rows = select(LedgerLayout).options(joinedload(LedgerLayout.made_by))
    in_order = (LedgerLayout.ended_at.is_not(None), LedgerLayout.id.desc())
    asked, page, total = cut(rows.order_by(*in_order), page, PER_PAGE)
    return Page(db.session.scalars(asked).all(), page, PER_PAGE, total)


def drafts_of(batch: LedgerImport) -> int:
    """How many of the tickets a workbook brought wait to be assigned still."""
    numbers = [number for _, number in batch.report.get("numbers", [])]
    drafts = select(func.count()).select_from(Issue).where(Issue.status == Status.DRAFT)
    lots = (numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE))
    return sum(db.session.scalars(drafts.where(Issue.number.in_(lot))).one() for lot in lots)


def units() -> Sequence[Unit]:
    """Those that a ledger may still name."""
    live = select(Unit).where(Unit.ended_at.is_(None))
    return db.session.scalars(live.order_by(Unit.position, Unit.id)).all()


def regions() -> list[tuple[str, str]]:
    """The whole city first, then its counties and zones, by code."""
    return [(code, WHOLE_CITY if name == CITY_REGION else name) for code, name in names().regions]
