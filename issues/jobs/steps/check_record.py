"""Hold every row that states a fact against its imprint; what differs is told on its page."""

import logging

from sqlalchemy import Table, select

from extensions import db, one_moment
from issues.ground.clock import today
from issues.imprints import checking
from issues.imprints.facts import fact_tables, text_of_key
from issues.jobs.job import Tools
from issues.models import RecordFault

MOST = 500
"""Faults told on pages; `audit verify` names every one."""
logger = logging.getLogger(__name__)


def find(tools: Tools) -> list[str]:
    """Rows that are newly found to differ, and those that no longer do."""
    if tools.on != today():
        return []
    with one_moment():
        faults = [fault for fault in checking.faults() if fault.table]
    found = {f"{fault.table} {fault.key}" for fault in faults[:MOST]}
    known = {f"{row.table} {row.key}" for row in db.session.scalars(select(RecordFault))}
    return sorted(found ^ known)


def do(tools: Tools, unit: str) -> bool:
    name, _, key = unit.partition(" ")
    same = select(RecordFault).where(RecordFault.table == name, RecordFault.key == key)
    known = db.session.scalars(same).all()
    if known:
        for row in known:
            db.session.delete(row)
        return False
    logger.error("record: %s %s is not what its imprint says", name, key)
    table = next(one for one in fact_tables() if one.name == name)
    issue = _issue_of(table, key)
    db.session.add(RecordFault(table=name, key=key, issue_id=issue, found_on=tools.on))
    return True


def _issue_of(table: Table, key: str) -> int | None:
    """The ticket a row is of. A row that is gone names it only by its key."""
    keys = [column.name for column in table.primary_key.columns]
    if table.name == "issue" or "issue_id" in keys:
        place = 0 if table.name == "issue" else keys.index("issue_id")
        return int(key.split("/")[place])
    if "issue_id" not in table.c or len(keys) != 1:
        return None
    own = table.primary_key.columns[keys[0]]
    rows = select(own, table.c.issue_id).where(own == own.type.python_type(key))
    row = db.session.execute(rows).first()
    return row.issue_id if row and text_of_key([row[0]]) == key else None
