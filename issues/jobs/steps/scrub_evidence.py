"""Read every kept file once a day and hold it against its digest. What is damaged is named."""

import logging

from sqlalchemy import select, union

from extensions import db
from issues.evidence.refusals import Damaged
from issues.jobs.job import Tools
from issues.models import ComplaintOriginal, CovertPhoto, Evidence, LeadPicture

logger = logging.getLogger(__name__)


def find(_tools: Tools) -> list[str]:
    tables = (Evidence, CovertPhoto, LeadPicture, ComplaintOriginal)
    rows = union(*(select(table.sha256) for table in tables))
    return sorted(db.session.scalars(rows))


def do(tools: Tools, unit: str) -> bool:
    """Raises Damaged: the runner sets the unit aside and shows it to the administrator."""
    try:
        tools.store.verify(unit)
    except Damaged:
        logger.exception("evidence %s is damaged", unit)
        raise
    return True
