"""Read every kept file once a day and hold it against its digest. What is damaged is named."""

import logging

from sqlalchemy import select

from extensions import db
from issues.evidence.refusals import Damaged
from issues.jobs.job import Tools
from issues.models import Evidence

logger = logging.getLogger(__name__)


def find(_tools: Tools) -> list[str]:
    rows = select(Evidence.sha256).distinct().order_by(Evidence.sha256)
    return list(db.session.scalars(rows))


def do(tools: Tools, unit: str) -> bool:
    """Raises Damaged: the runner sets the unit aside and shows it to the administrator."""
    try:
        tools.store.verify(unit)
    except Damaged:
        logger.exception("evidence %s is damaged", unit)
        raise
    return True
