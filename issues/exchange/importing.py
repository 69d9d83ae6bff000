"""A sheet understood becomes tickets: all of them, or none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from auth.actor import SYSTEM, Actor
from auth.models import Unit
from extensions import db
from issues import counters
from issues.colour import past
from issues.colour.policies import policy_on, workdays
from issues.evidence import complainants
from issues.evidence.contradictions import keeping as contradictions
from issues.exchange.aliases import unit_names
from issues.exchange.arrivals import arrival_of
from issues.exchange.asking_alike.answers import refuse_open, with_answers
from issues.exchange.asking_alike.asking import alike_in_sheet, ask
from issues.exchange.differences.arriving import Compared, compare
from issues.exchange.differences.difference import Comparison
from issues.exchange.import_report import ImportReport, RowsRefused, Workbook
from issues.exchange.matching.kept import known
from issues.exchange.measured.entering import enter
from issues.exchange.measured.holding import unheld
from issues.exchange.placed import placed, settle
from issues.exchange.reading.items import CellNotice, ItemRead, Understood
from issues.exchange.reading.profile import Profile
from issues.exchange.reading.understand import read_ledger
from issues.exchange.reading.unit_names import Directory, UnitName
from issues.exchange.said import identity_of, said
from issues.exchange.undoing import coming_again
from issues.ground import clock, under_way
from issues.ground.refusals import NotAllowed
from issues.models import ImportIdentity, Issue
from issues.rights.table import holds
from issues.rules.policy import Policy
from issues.supervision import layers, lookbacks
from issues.vocabulary import Action
from issues.workflow import Rules, rules_at
from issues.workflow.changes.importing import bring_in

SERIES = "ledger import"


def read_workbook(content: bytes, profile: Profile | None, on: date) -> Understood:
    """The sheet as read on a day, compared with nothing. Raises UnreadableWorkbook."""
    return _read(content, profile, on, unit_names(), policy_on(on)[1])


def _read(
    content: bytes, profile: Profile | None, on: date, names: Sequence[UnitName], policy: Policy
) -> Understood:
    understood = read_ledger(
        content, names, today=on, policy=policy, profile=profile, kept=known(),
        calendar=workdays(),
    )  # fmt: skip
    return with_answers(understood, profile)


def understand_workbook(
    content: bytes, profile: Profile | None, on: date, *, is_apart_left: bool = False
) -> Understood:
    """The sheet as read on a day, what conflicts with the tickets here among its errors.

    With `is_apart_left` those tickets are no errors: an import leaves them. Raises
    UnreadableWorkbook. Writes nothing.
    """
    return understand_and_compare(content, profile, on, is_apart_left=is_apart_left)[0]


def understand_and_compare(
    content: bytes, profile: Profile | None, on: date, *, is_apart_left: bool = False
) -> tuple[Understood, Comparison]:
    """The same, and all that it says otherwise than the register. Raises NotSetUp."""
    counters.prefix_of_numbers()  # a city without one can bring nothing in
    names, policy = unit_names(), policy_on(on)[1]
    understood = _read(content, profile, on, names, policy)
    compared = compare(understood, Directory(names), policy)
    told = (
        (compared.same, "已在台账中，内容相同，不会重复写入"),
        (compared.older, "此前已导入，台账此后有变动，以台账为准，不会写入"),
        (compared.apart if is_apart_left else (), "与台账不一致，不会写入，请比对后逐处接受"),
    )
    notices = [CellNotice("", "", "", f"{len(some)}个问题{said}") for some, said in told if some]
    if compared.again:
        notices.append(CellNotice("", "", "", f"{len(compared.again)}件为此前撤回的，沿用原编号"))
    left = () if is_apart_left else compared.errors
    if is_apart_left:
        notices += [CellNotice(e.cell, e.heading, e.value, e.sentence) for e in compared.errors]
    notices += compared.complaints
    where = placed(understood, compared.new)
    here = (*compared.same, *compared.older, *compared.apart)
    told_all = replace(
        understood,
        errors=(*understood.errors, *unheld(understood, compared.new), *where.errors, *left),
        notices=(
            *notices,
            *where.notices,
            *understood.notices,
            *alike_in_sheet(understood, compared),
        ),
        alike=ask(understood, compared),
        here=frozenset(item.row for item in here),
        apart=frozenset(item.row for item in (*compared.older, *compared.apart)),
        again=frozenset(compared.again),
        matched=dict(compared.here),
    )
    return told_all, compared.found


def _compared(understood: Understood, on: date) -> Compared:
    return compare(understood, Directory(unit_names()), policy_on(on)[1])


def import_ledger(
    understood: Understood,
    actor: Actor,
    *,
    at: datetime,
    workbook: Workbook,
    is_apart_left: bool = False,
) -> ImportReport:
    """Every ticket of the sheet that is not here yet, with its past. Never commits.

    Raises RowsRefused where any cell is in error or, unless they are left, tickets here say
    otherwise; Unanswered where a new row may be one of them; NotAllowed where the person may not
    import.
    """
    if actor is not SYSTEM and not holds(actor, Action.IMPORT):
        raise NotAllowed("导入台账由市环委办经办人员办理。")
    serial = counters.take(SERIES)  # one import at a time: the next waits for this row
    compared = _compared(understood, clock.day_of(at))
    _refuse(understood, compared, is_apart_left=is_apart_left)
    units = {unit.code: unit for unit in db.session.scalars(select(Unit))}
    rules = rules_at(at)
    _leave_numbers_behind(compared.new)
    gone = coming_again.held(compared.again)
    told, where = understood.told(), placed(understood, compared.new)
    numbers, issues = [], []
    for item in under_way.counted("写入台账", compared.new):
        arrival = arrival_of(item, units, clock.day_of(at), gone.get(item.row))
        settle(arrival.values, item.row, where)
        arrival.noted.update(_noted(item, understood, workbook, serial))
        issue = bring_in(arrival, actor, at, rules, gone.get(item.row))
        _settle(issue, item, identity_of(told.get(item.row, item)), at, rules)
        enter(issue, item, actor, at, arrival.noted)
        numbers.append((item.row, issue.number))
        issues.append(issue)
    past.fill([issue.id for issue in issues])
    under_way.tell("查找矛盾线索", len(numbers), len(numbers))
    contradictions.refresh_all(issues, at)
    return _report(understood, compared, numbers)


def _refuse(understood: Understood, compared: Compared, *, is_apart_left: bool) -> None:
    wrong = understood.errors or (
        *unheld(understood, compared.new), *placed(understood, compared.new).errors
    )  # fmt: skip
    if errors := wrong or (() if is_apart_left else compared.errors):
        raise RowsRefused(errors)
    refuse_open(ask(understood, compared))


def _settle(issue: Issue, item: ItemRead, digest: str, at: datetime, rules: Rules) -> None:
    """What stands beside a ticket that has come in."""
    db.session.add(ImportIdentity(issue_id=issue.id, digest=digest))
    complainants.write(issue, item.sealed)
    lookbacks.propose(issue, at, rules.policy)
    layers.place(issue)
    lookbacks.plan_ahead(issue, clock.day_of(at), rules.policy)


def _report(
    understood: Understood, compared: Compared, numbers: list[tuple[int, str]]
) -> ImportReport:
    return ImportReport(
        tickets=len(compared.new),
        measures=sum(len(item.measures) for item in compared.new),
        same=len(compared.same),
        cells=understood.cells_total,
        numbers=tuple(numbers),
        older=len(compared.older),
        apart=len(compared.apart),
        again=len(compared.again),
    )


def _leave_numbers_behind(items: tuple[ItemRead, ...]) -> None:
    """Numbers the city gives later come after those a sheet brings, in its gaps none."""
    for item in items:
        if item.number:
            counters.pass_number(item.number)


def _noted(
    item: ItemRead, understood: Understood, workbook: Workbook, serial: int
) -> dict[str, Any]:
    rows = [item.row, *(measure.row for measure in item.measures)]
    return {
        "import": serial,
        "workbook": workbook.name,
        "sha256": workbook.sha256,
        "sheet": understood.sheet,
        "rows": [min(rows), max(rows)],
        "said": said(item),
    }
