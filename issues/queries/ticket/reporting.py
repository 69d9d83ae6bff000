"""How a ticket is reported on: the cadence, the next day, the reports, and each unit's part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from auth.models import Unit
from issues.evidence.flags.flag import Flag
from issues.models import Issue, Measure
from issues.queries.ticket.at_hand import line_of, warning_of
from issues.queries.ticket.beside import Papers
from issues.rules.reports import period_name
from issues.vocabulary import Relation, Rule

SHOWN = 6
RETURNED = "returned"
STATES = {"pending": "待确认", "confirmed": "已确认", "returned": "已退回"}
SHARING = (Relation.PRIMARY, Relation.RESPONSIBLE, Relation.SUPPORTING, Relation.MEASURE)


@dataclass(frozen=True, slots=True)
class Report:
    on: date
    who: str
    text: str
    lines: list[str]
    state: str
    opinion: str
    warning: str


@dataclass(frozen=True, slots=True)
class Reporting:
    """`due` is None where no report is owed; `period` is what one is called."""

    period: str
    due: date | None
    last_on: date | None
    reports: list[Report]
    count: int
    last_by_unit: dict[int, date]


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit has to do of a ticket that several share."""

    unit: str
    relation: Relation
    measures: list[int]
    done: int
    next_due: date | None
    last_report: date | None


def reporting_of(issue: Issue, papers: Papers, flags: Mapping[int, Flag]) -> Reporting:
    """Read from the ticket's papers. `flags`: of reports that read alike, for who reviews.

    Y4 says at any time by when the next report is owed; where none is owed it does not stand.
    """
    rows, unreturned = papers.reports, [row for row in papers.reports if row.state != RETURNED]
    owed = next((fired for fired in issue.firings if fired["rule"] == Rule.Y4.value), None)
    return Reporting(
        period_name(owed["facts"]["months"]) if owed else "",
        date.fromisoformat(owed["facts"]["due"]) if owed else None,
        issue.last_report_on,
        [_report(row, warning_of(flags.get(row.id))) for row in rows[: -SHOWN - 1 : -1]],
        len(rows),
        {row.unit_id: row.on for row in unreturned if row.unit_id is not None},
    )


def _report(row: Any, warning: str) -> Report:
    who = f"{row.unit} {row.reporter}".strip()
    lines = [line_of(line) for line in row.lines]
    return Report(row.on, who, row.text, lines, STATES[row.state], row.opinion, warning)


def parts_of(issue: Issue, measures: Sequence[Measure], reported: dict[int, date]) -> list[Part]:
    """One part a unit that works on the ticket; nothing where only one does.

    `reported`: the day of each unit's last report, by unit.
    """
    units: dict[int, tuple[Unit, Relation]] = {}
    for relation in SHARING:
        for unit in issue.units(relation):
            units.setdefault(unit.id, (unit, relation))
    if len(units) < 2:  # noqa: PLR2004 - a share needs two
        return []
    return [
        _part(unit, relation, [m for m in measures if _works_on(unit, m)], reported)
        for unit, relation in units.values()
    ]


def _works_on(unit: Unit, measure: Measure) -> bool:
    return unit.id in (measure.unit_id, *measure.original.get("also", ()))


def _part(unit: Unit, relation: Relation, own: list[Measure], reported: dict[int, date]) -> Part:
    open_days = [m.deadline for m in own if m.deadline and not m.is_done]
    return Part(
        unit.short_name,
        relation,
        [m.no for m in own],
        sum(m.is_done for m in own),
        min(open_days, default=None),
        reported.get(unit.id),
    )
