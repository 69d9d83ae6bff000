"""Tickets as the cells of the responsibility list: what an import would read them from again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import lazyload
from sqlalchemy.orm.attributes import set_committed_value

from auth.models import Unit
from extensions import db
from issues import regions
from issues.act_fields.wording import in_words
from issues.colour.policies import workdays
from issues.exchange.measured.lines import Readings
from issues.exchange.reading.status import AWAITING
from issues.exchange.reading.unit_names import Directory
from issues.exchange.ticket_targets import HEADING, Aims
from issues.exchange.worked_out import headings
from issues.exchange.writing.brought import AT_ONCE, brought, own_of
from issues.exchange.writing.figured import Value, figured
from issues.exchange.writing.measure_cells import Reader, deadline_words, measure_cells
from issues.ground import under_way
from issues.ground.batches import among
from issues.models import Issue, IssueUnit, Measure
from issues.rules.dates.deadlines import read_deadline
from issues.rules.policy import Policy
from issues.rules.targets.canonical import Aim
from issues.tickets.field import TicketField
from issues.tickets.fields import READ, WRITTEN
from issues.vocabulary import IN_CHECKING, STRUCK_OFF, Relation, Role

DONE, WORKING = "已完成整改", "正抓紧推进"
TOWN = next(export.heading for field, export in WRITTEN if field.type == "place")
Known = Callable[[Issue], Mapping[str, Value]]
"""What the system works out of a ticket, by the keys of worked_out.py."""


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket: its own cells by heading, and those of each measure; the rows they are of.

    `aims` are the targets of each measure beside its own figure, by its id.
    """

    cells: dict[str, Value]
    measures: list[dict[str, Value]]
    issue: Issue
    plan: list[Measure]
    aims: Mapping[int, Sequence[Aim]]


def register_rows(
    directory: Directory,
    policy: Policy,
    chosen: Sequence[int],
    roles: frozenset[Role],
    known: Known,
) -> Iterator[Row]:
    """The chosen tickets in their order, each with what is known of it beside, by key.

    `roles` are those of the reader, which decide what is told of the supplementary info. They are
    read a lot at a time, so that nobody need hold a whole register in memory.
    """
    units = {unit.id: unit for unit in db.session.scalars(select(Unit))}
    read = partial(read_deadline, policy=policy, calendar=workdays())
    orders, names = brought(chosen, roles)
    called = headings(names)
    for begin in range(0, len(chosen), AT_ONCE):
        some = chosen[begin : begin + AT_ONCE]
        issues, plans = _issues(some, units), _plans(some)
        aims, readings = Aims(some), Readings(some)
        towns = regions.words_of(issue.township for issue in issues)
        for done, issue in enumerate(issues, start=begin):
            under_way.tell("取出台账内容", done, len(chosen))
            own = own_of(issue, roles)
            plan = [m for m in plans[issue.id] if m.round == issue.round]
            worked_out = {called[key]: value for key, value in known(issue).items()}
            cells = {"序号": orders[issue.id]} | own | _ticket(issue, units, directory, read)
            cells[TOWN] = towns.get(issue.township) or cells.get(TOWN)
            cells |= worked_out | aims.cells(issue.id, own.get(HEADING)) | readings.cells(issue.id)
            held = {m.id: aims.of_measures.get(m.id, []) for m in plan}
            steps = [measure_cells(m, issue, units, read, held[m.id]) for m in plan]
            yield Row(figured(cells), steps, issue, plan, held)


def _plans(some: Sequence[int]) -> dict[int, list[Measure]]:
    plans: dict[int, list[Measure]] = defaultdict(list)
    measures = select(Measure).where(Measure.dropped_at.is_(None), among(Measure.issue_id, some))
    measures = measures.order_by(Measure.issue_id, Measure.no).options(lazyload(Measure.unit))
    for measure in db.session.scalars(measures):
        plans[measure.issue_id].append(measure)
    return plans


def _issues(chosen: Sequence[int], units: Mapping[int, Unit]) -> Sequence[Issue]:
    """With how the units stand to each, in one statement for however many tickets."""
    rows = select(Issue).where(among(Issue.id, chosen))
    found = {row.id: row for row in db.session.scalars(rows)}
    reaches: dict[int, list[IssueUnit]] = defaultdict(list)
    related = select(IssueUnit).where(among(IssueUnit.issue_id, chosen))
    related = related.order_by(IssueUnit.issue_id, IssueUnit.position)
    for row in db.session.scalars(related.options(lazyload(IssueUnit.unit))):
        set_committed_value(row, "unit", units[row.unit_id])
        reaches[row.issue_id].append(row)
    for issue in found.values():
        set_committed_value(issue, "reaches", reaches[issue.id])
    return [found[issue_id] for issue_id in chosen]


def _ticket(
    issue: Issue, units: Mapping[int, Unit], directory: Directory, read: Reader
) -> dict[str, Value]:
    def named(unit_id: int | None) -> str:
        return units[unit_id].short_name if unit_id else ""

    kept = issue.extra
    plain = {export.heading: _cell(field, issue, named) for field, export in WRITTEN}
    later = {
        export.heading: kept.get(export.heading)
        if plain[export.heading] in (None, "")
        else plain[export.heading]
        for field, export in WRITTEN
        if field in READ and not READ[field].is_first
    }
    return (
        plain
        | later
        | {
            "编号": issue.number,
            "问题来源": kept.get("问题来源") or issue.source.label,
            "重点": "★" if issue.is_starred else None,
            "行政区域": region_words(issue, directory),
            "点位及坐标": _place(issue),
            "责任单位": _units(issue, directory),
            "交办日期": issue.assigned_on,
            "整改时限": deadline_words(issue.deadline_text, issue.deadline, issue, read),
            "整改阶段": _stage(issue),
            "申请验收日期": issue.claimed_on,
            "是否销号": "是" if issue.status in STRUCK_OFF else "否",
            "销号日期": issue.closed_on,
        }
    )


def _cell(field: TicketField, issue: Issue, named: Callable[[int | None], str]) -> Value:
    """A field as it stands in a column of its own, by the kind of the field."""
    value = getattr(issue, field.column)
    match field.type:
        case "unit":
            return named(value)
        case "choices" | "choice":
            return in_words(field, value)
        case "flag":
            return "是" if value else None
        case "decimal":
            return None if value is None else Decimal(str(value))
    return value


def region_words(issue: Issue, directory: Directory) -> str:
    """The sheet's own words where they still mean the ticket's region: a zone lies in a county."""
    words = issue.extra.get("行政区域", "")
    if words and directory.region(words) == issue.region:
        return words
    counties = [unit for unit in directory.units.values() if unit.code == issue.region]
    return counties[0].short_name if counties else directory.city


def _place(issue: Issue) -> str:
    if issue.lon is None or issue.lat is None:
        return issue.place
    return f"{issue.place}（{issue.lon!r}，{issue.lat!r}）"


def _units(issue: Issue, directory: Directory) -> str:
    """The sheet's own words where they still name the ticket's units, else the units by role."""
    codes = {
        relation: [unit.code for unit in issue.units(relation)]
        for relation in (Relation.PRIMARY, Relation.RESPONSIBLE, Relation.SUPPORTING, Relation.LEAD)
    }
    words = issue.extra.get("责任单位", "")
    read = directory.read(words)
    named = {*codes[Relation.RESPONSIBLE], *codes[Relation.SUPPORTING]}
    is_same = [read.primary] == codes[Relation.PRIMARY] and not read.unknown
    if words and is_same and set(read.codes) - set(codes[Relation.LEAD]) <= named <= {*read.codes}:
        return words
    parts = [f"责任单位：{_named(codes[Relation.RESPONSIBLE], directory)}"]
    if codes[Relation.SUPPORTING]:
        parts.append(f"配合单位：{_named(codes[Relation.SUPPORTING], directory)}")
    return "；".join(parts)


def _named(codes: Iterable[str], directory: Directory) -> str:
    return "、".join(directory.called(code) for code in codes)


def _stage(issue: Issue) -> str:
    """The sheet's own word where it still fits."""
    kept = issue.extra.get("整改阶段", "")
    if issue.status in STRUCK_OFF:
        return kept if issue.imported_on and kept else DONE
    if issue.status in IN_CHECKING:
        return AWAITING
    return kept if kept and kept not in {AWAITING, DONE} else WORKING
