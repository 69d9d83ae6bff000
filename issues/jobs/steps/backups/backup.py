"""Copy everything once a day into the folder that is set, and let the oldest copies go."""

import logging

from sqlalchemy import exists, select

from extensions import db
from issues.backups import daily
from issues.backups.manifest import BackupRefused
from issues.ground import clock
from issues.jobs.job import Tools
from issues.models import JobFailure

NAME = "backup"
logger = logging.getLogger(__name__)


def find(tools: Tools) -> list[str]:
    """Today's, by the real clock, unless it is there; what failed is tried once an hour."""
    folder = tools.copies.folder
    if folder is None or daily.today() in daily.days(folder):
        return []
    unit = f"{clock.local(clock.real_now()):%Y-%m-%d %H}"
    failed = exists().where(JobFailure.name == NAME, JobFailure.unit == unit)
    return [] if db.session.scalar(select(failed)) else [unit]


def do(tools: Tools, _unit: str) -> int:
    """No transaction is open: nobody waits for it. Raises BackupRefused, also of a file missing."""
    if tools.copies.folder is None:
        return 0
    db.session.rollback()
    made = daily.take(tools.copies.folder, tools.copies.kept, tools.store, logger.info)
    if made is not None and made.missing:
        raise BackupRefused(f"已备份，但有 {len(made.missing)} 份材料缺失或已损坏。")
    return int(made is not None)
