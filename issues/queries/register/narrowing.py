"""From a filter to conditions on Issue. An unknown value finds nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import (
    ColumnElement,
    and_,
    exists,
    false,
    func,
    or_,
    select,
    true,
)

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues import regions
from issues.ground.columns import holds_word
from issues.ground.numbers import LARGEST_ID, whole
from issues.models import (
    Issue,
    IssueFiring,
    IssueLayer,
    IssueUnit,
    LedgerImport,
)
from issues.queries.complaints.answering import answering
from issues.queries.ground.counted import counts_once, same_problem
from issues.queries.ground.day import Standing, red_on
from issues.queries.ground.names import NO_UNIT
from issues.queries.register.by_name import kept, named
from issues.queries.register.filters import SEEN, Filters, values
from issues.queries.register.pressed import noticed
from issues.queries.register.target_states import condition_of
from issues.rights.table import reach
from issues.search.asking import finds
from issues.vocabulary import (
    Colour,
    ProblemType,
    Relation,
    Rule,
    Source,
    Status,
    TargetState,
    Word,
)
from issues.workflow.effect.conditions import is_hollow, is_relapsed

Condition = ColumnElement[bool]
SPONSORED = "sponsored"
"""The view of what the person sponsors as its leader; no tab, a page leads to it."""
Kind = TypeVar("Kind", bound=Word)

FARTHEST = 100_000
EFFECTS: dict[str, Callable[[Any, date], Condition]] = {
    "hollow": is_hollow,
    "relapsed": is_relapsed,
    **{state.value: condition_of(state) for state in TargetState},
}
"""Claimed or accepted while a required reading is outside; struck off, and outside since; how the
targets stand.
"""


def standing_of(filters: Filters, today: date) -> Standing:
    return Standing.on(read_day(filters.on) or today, today, is_seen=filters.is_seen)


def read_day(raw: str) -> date | None:
    try:
        return date.fromisoformat(raw) if len(raw) == len("2025-11-25") else None
    except ValueError:
        return None


def conditions(filters: Filters, actor: Actor, standing: Standing) -> list[Condition]:
    """What a ticket must be to be shown to this person under this filter."""
    asked = Asked(filters, actor, standing)
    given = ((getattr(filters, name), clause) for name, clause in CLAUSES.items())
    return [reach(actor), *(clause(raw, asked) for raw, clause in given if raw)]


class Asked(NamedTuple):
    filters: Filters
    actor: Actor
    standing: Standing


def _on_day(raw: str, then: Callable[[date], Condition]) -> Condition:
    day = read_day(raw)
    return false() if day is None else then(day)


def _words(kind: type[Kind], raw: str) -> list[Kind]:
    return [word for value in values(raw) if (word := kind.of(value))]


def _of_unit(raw: str, asked: Asked) -> Condition:
    filters, _, standing = asked
    codes = values(raw)
    related = select(IssueUnit.issue_id).join(Unit, Unit.id == IssueUnit.unit_id)
    related = related.where(Unit.code.in_(codes))
    if not filters.role:
        return Issue.id.in_(related)
    roles = _words(Relation, filters.role)
    if roles == [Relation.PRIMARY]:
        named = standing.unit_id.in_(select(Unit.id).where(Unit.code.in_(codes)))
        return or_(named, standing.unit_id.is_(None)) if NO_UNIT in codes else named
    return Issue.id.in_(related.where(IssueUnit.relation.in_(roles)))


def _of_types(raw: str, _asked: Asked) -> Condition:
    return or_(false(), *(holds_word(Issue.types, kind) for kind in _words(ProblemType, raw)))


def in_force(rules: list[Rule], standing: Standing) -> Condition:
    """That one of the rules is in force on the day."""
    if standing.span is None:
        rows = select(IssueFiring.issue_id).where(
            IssueFiring.rule.in_(rules), IssueFiring.since <= standing.day
        )
        return Issue.id.in_(rows)
    codes, day = [rule.value for rule in rules], standing.day.isoformat()
    rule: ColumnElement[Any]
    since: ColumnElement[Any]
    if db.session.get_bind().dialect.name == "sqlite":
        row = func.json_each(standing.firings).table_valued("value").alias("firing")
        rule, since = (func.json_extract(row.c.value, f"$.{key}") for key in ("rule", "since"))
    else:
        row = func.json_array_elements(standing.firings).table_valued("value").alias("firing")
        rule, since = (row.c.value.op("->>")(key) for key in ("rule", "since"))
    return exists(select(1).select_from(row).where(rule.in_(codes), since <= day))


def effect(state: str, standing: Standing) -> Condition:
    """有件无效 or 达标反弹 on the day: what the board counts and this register lists."""
    known = EFFECTS.get(state)
    return known(standing.status, standing.day) if known else false()


def _in_layers(raw: str) -> Condition:
    sheets = select(IssueLayer.issue_id).where(IssueLayer.sheet_id.in_(_ids(raw)))
    return Issue.id.in_(sheets)


def _ids(raw: str) -> list[int]:
    found = (whole(one, 0, LARGEST_ID) for one in values(raw))
    return [number for number in found if number is not None]


def _of_batch(raw: str) -> Condition:
    """By the rows and numbers its report keeps."""
    number: ColumnElement[Any]
    if db.session.get_bind().dialect.name == "sqlite":
        pairs = func.json_each(LedgerImport.report, "$.numbers").table_valued("value")
        number = func.json_extract(pairs.c.value, "$[1]")
    else:
        pairs = func.json_array_elements(LedgerImport.report["numbers"]).table_valued("value")
        number = pairs.c.value.op("->>")(1)
    batches = select(number).select_from(LedgerImport).join(pairs, true())
    return Issue.number.in_(
        batches.where(
            LedgerImport.id.in_(_ids(raw)),
            LedgerImport.confirmed_at.is_not(None),
            LedgerImport.taken_back_at.is_(None),
        )
    )


def viewed(view: str, actor: Actor, standing: Standing) -> Condition:
    """The register's ready views; `mine` is what a person or the unit answers for."""
    if view == SPONSORED:
        return Issue.sponsor_account_id == actor.id
    if view in (Colour.RED.value, Colour.YELLOW.value):
        return standing.colour == view
    if view == "mine":
        own = [
            Issue.sponsor_account_id == actor.id,
            Issue.inspector_id == actor.id,
            and_(Issue.created_by_id == actor.id, Issue.imported_on.is_(None)),
        ]
        if actor.unit_id is not None:
            own.append(Issue.primary_unit_id == actor.unit_id)
        return or_(*own)
    return Issue.id.is_not(None) if view == "all" else false()


def _turning(raw: str, asked: Asked) -> Condition:
    filters, _, standing = asked
    within = whole(raw, 0, LARGEST_ID)
    if within is None:
        return false()
    within = min(within, FARTHEST)
    turns = values(filters.turns) if filters.turns else ["yellow", "red"]
    kinds = [colour for colour in (Colour.YELLOW, Colour.RED) if colour.value in turns]
    return or_(false(), *(standing.turns(colour, within) for colour in kinds))


def _red_on(day: date, asked: Asked) -> Condition:
    return red_on(day, is_seen=asked.standing.is_seen)


CLAUSES: dict[str, Callable[[str, Asked], Condition]] = {
    "on": lambda raw, _: _on_day(raw, lambda _: true()),
    "seen": lambda raw, _: true() if raw == SEEN else false(),
    "colour": lambda raw, asked: asked.standing.colour.in_([c.value for c in _words(Colour, raw)]),
    "status": lambda raw, asked: asked.standing.status.in_(_words(Status, raw)),
    "source": lambda raw, asked: asked.standing.source.in_(_words(Source, raw)),
    "region": lambda raw, asked: regions.lies_in(values(raw), asked.standing.region),
    "unit": _of_unit,
    "type": _of_types,
    "rule": lambda raw, asked: in_force(_words(Rule, raw), asked.standing),
    "layer": lambda raw, _: _in_layers(raw),
    "batch": lambda raw, _: _of_batch(raw),
    "keeper": lambda raw, _: kept(raw),
    "firm": lambda raw, _: named(raw, "firm"),
    "q": lambda raw, asked: finds(raw, asked.actor),
    "view": lambda raw, asked: viewed(raw, asked.actor, asked.standing),
    "due_before": lambda raw, _: _on_day(raw, lambda day: Issue.deadline <= day),
    "due_after": lambda raw, _: _on_day(raw, lambda day: Issue.deadline >= day),
    "newly": lambda raw, asked: _on_day(
        raw, lambda day: and_(asked.standing.is_red(), ~_red_on(day, asked))
    ),
    "turning": _turning,
    "notice": lambda raw, asked: noticed(raw, asked.standing.day),
    "letter": lambda raw, asked: answering(raw, asked.standing.day),
    "effect": lambda raw, asked: effect(raw, asked.standing),
    "counted": lambda raw, asked: (
        counts_once(asked.actor, asked.standing) if raw == SEEN else false()
    ),
    "same": lambda raw, _: same_problem(values(raw)),
}
"""What each name of a filter asks of a ticket."""
