"""Leads by workbook: every row through the same check as the form, all of them or none.

A row whose origin and number came in before makes nothing new, so that a workbook may come twice.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.ground.numbers import is_digits
from issues.ground.refusals import NotAllowed
from issues.leads import taking
from issues.leads.fields import FORM
from issues.models import Region
from issues.rights.table import Right, holds
from issues.rosters.outcome import MADE, SAME, Line, Outcome, one_row
from issues.rosters.sheets import Row, Table
from issues.vocabulary import LeadOrigin

ORIGINS = {one.label: one.value for one in LeadOrigin}
LONGEST_SHOWN = 60
"""So much of a text stands in what is kept of the workbook; the cell holds all of it."""


def bring(table: Table, actor: Actor, at: datetime) -> Outcome:
    """Never commits; whoever finds errors in the outcome undoes all of it. Raises NotAllowed."""
    if not holds(actor, Right.REPORT_LEAD):
        raise NotAllowed("您没有报送线索的权限。")
    regions, seen = _regions(), dict[tuple[str, str], int]()
    outcome = Outcome(table.sheet)
    for row in table.rows:
        _refuse_twice(row, table, seen)
        said = _said(row, table, regions)
        with one_row(table, row):
            given = taking.checked(said, at)
            if not table.errors:
                outcome.lines.append(_keep(row, given, actor, at))
    outcome.errors = table.errors
    return outcome


def _keep(row: Row, given: Mapping[str, object], actor: Actor, at: datetime) -> Line:
    taken = taking.keep(actor, given, (), at)
    told = [] if taken.is_new else [f"先前已收，线索第{taken.lead.id}号"]
    outcome = MADE if taken.is_new else SAME
    return Line(
        row.number, taken.lead.origin_ref or "", row.said["text"][:LONGEST_SHOWN], outcome, told
    )


def _said(row: Row, table: Table, regions: Mapping[str, str | None]) -> dict[str, str]:
    """As the form would send it; a region that names no place, or several, is told."""
    said = {one.name: row.said.get(one.name, "") for one in FORM}
    said["origin"] = ORIGINS.get(said["origin"], said["origin"])
    if (name := said["region"]) and not is_digits(name):
        code = regions.get(name, "")
        if not code:
            told = "有几处同名，请填区划代码" if code is None else "没有这个区域"
            table.fault(row, "region", told)
        said["region"] = code or ""
    return said


def _regions() -> dict[str, str | None]:
    """The code of each name; none where several places bear it."""
    found: dict[str, str | None] = {}
    for name, code in db.session.execute(
        select(Region.name, Region.code).where(Region.ended_at.is_(None))
    ):
        found[name] = None if name in found else code
    return found


def _refuse_twice(row: Row, table: Table, seen: dict[tuple[str, str], int]) -> None:
    key = row.said["origin"], row.said["origin_ref"]
    first = seen.setdefault(key, row.number)
    if first != row.number and all(key):
        table.fault(row, "origin_ref", f"与第{first}行的来源和编号相同")
