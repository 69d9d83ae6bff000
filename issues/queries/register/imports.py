"""What the pages of imports show."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from auth.models import Unit
from extensions import db
from issues.exchange.reading.unit_names import LEADING_BODY
from issues.models import LedgerImport
from issues.queries.ground.paging import Page, cut
from issues.vocabulary import COUNTY

PER_PAGE = 50


def earlier_imports(page: int) -> Page[LedgerImport]:
    """The latest workbooks first, confirmed or still waiting, with who brought them."""
    rows = select(LedgerImport).options(joinedload(LedgerImport.user))
    asked, page, total = cut(rows.order_by(LedgerImport.id.desc()), page, PER_PAGE)
    return Page(db.session.scalars(asked).all(), page, PER_PAGE, total)


def units() -> Sequence[Unit]:
    return db.session.scalars(select(Unit).order_by(Unit.position, Unit.id)).all()


def regions(known: Sequence[Unit]) -> list[tuple[str, str]]:
    """The whole city first, then its counties, by code."""
    city = [(unit.region, "全市") for unit in known if unit.kind == LEADING_BODY]
    return city + [(unit.region, unit.short_name) for unit in known if unit.kind == COUNTY]
