"""What tickets' facts make of their colour, stored: thresholds, firings, and the span of days."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, delete, insert, select, update

from extensions import db
from issues import clock
from issues.models import ColourSpan, Issue, IssueFiring
from issues.policies import policy_on, workdays
from issues.records import facts_of, facts_of_all
from issues.rules.colour import NEVER, thresholds
from issues.rules.firings import Firing, first_days
from issues.rules.firings import firings as compile_firings
from issues.rules.policy import Policy
from issues.rules.workdays import Workdays
from issues.vocabulary import Rule

SPANNED = ("yellow_from", "red_from", "card", "status", "region", "source", "policy", "firings")
COLOURED = (
    Issue.yellow_from, Issue.red_from, Issue.card, Issue.policy, Issue.firings, Issue.region,
    Issue.primary_unit_id,
)  # fmt: skip
"""What `in_chunks` is to read beside the facts, for `differing` and `settle_all`."""


class Found(NamedTuple):
    """A ticket's row as it was read, and what its facts make of it now."""

    row: Row[Any]
    values: dict[str, Any]
    days: dict[Rule, date]

    @property
    def differs(self) -> bool:
        return any(getattr(self.row, name) != value for name, value in self.values.items())


def settle(
    issue: Issue, at: datetime, policy: tuple[int, Policy], calendar: Workdays
) -> list[Firing]:
    """Recompute what colours the ticket from `at` on. Never commits."""
    number, numbers = policy
    found = compile_firings(facts_of(issue), numbers, calendar)
    for name, value in _values(found, number).items():
        if getattr(issue, name) != value:
            setattr(issue, name, value)
    db.session.flush()
    _write_rules(issue, first_days(found))
    _write_span(issue, clock.day_of(at))
    return found


def refresh(issue: Issue, at: datetime) -> None:
    """The same after a fact outside the ticket's own acts has changed: a notice, the calendar."""
    settle(issue, at, policy_on(clock.day_of(at)), workdays())
    issue.version += 1
    db.session.flush()


def _values(found: list[Firing], number: int) -> dict[str, Any]:
    yellow_from, red_from = thresholds(found)
    documents = [firing.document() for firing in found]
    return {
        "yellow_from": yellow_from, "red_from": red_from, "policy": number, "firings": documents,
    }  # fmt: skip


def _write_rules(issue: Issue, days: dict[Rule, date]) -> None:
    known = dict(
        db.session.execute(
            select(IssueFiring.rule, IssueFiring.since).where(IssueFiring.issue_id == issue.id)
        ).all()
    )
    if known != days:
        _replace_rules({issue.id: days})


def _replace_rules(days: Mapping[int, Mapping[Rule, date]]) -> None:
    db.session.execute(delete(IssueFiring).where(IssueFiring.issue_id.in_(days)))
    rows = [
        {"issue_id": key, "rule": rule, "since": since}
        for key, by_rule in days.items()
        for rule, since in by_rule.items()
    ]
    if rows:
        db.session.execute(insert(IssueFiring), rows)


def _write_span(issue: Issue, on: date) -> None:
    """One row for each time in which nothing that colours the ticket changed, days whole."""
    last = db.session.scalars(
        select(ColourSpan)
        .where(ColourSpan.issue_id == issue.id)
        .order_by(ColourSpan.valid_from.desc())
        .limit(1)
    ).first()
    state = {name: getattr(issue, name) for name in SPANNED} | {"unit_id": issue.primary_unit_id}
    if last is not None:
        if all(getattr(last, name) == value for name, value in state.items()):
            return
        if last.valid_from >= on:  # a second change on the same day replaces the first
            for name, value in state.items():
                setattr(last, name, value)
            db.session.flush()
            return
        last.valid_to = on
        db.session.flush()
    db.session.add(ColourSpan(issue_id=issue.id, valid_from=on, valid_to=NEVER, **state))
    db.session.flush()


def worked_out(
    rows: Sequence[Row[Any]], policy: tuple[int, Policy], calendar: Workdays
) -> list[Found]:
    """What the facts of many tickets make of each, compared with nothing yet."""
    number, numbers = policy
    facts = facts_of_all(rows)
    found = ((row, compile_firings(facts[row.id], numbers, calendar)) for row in rows)
    return [Found(row, _values(fired, number), first_days(fired)) for row, fired in found]


def settle_all(
    rows: Sequence[Row[Any]], at: datetime, policy: tuple[int, Policy], calendar: Workdays
) -> int:
    """`refresh` of many tickets in a few statements; how many have changed. Never commits.

    The rows are locked by who read them. What the session holds of them is read anew afterwards.
    """
    db.session.flush()
    changed = [found for found in worked_out(rows, policy, calendar) if found.differs]
    if changed:
        _update(Issue, ("id", *changed[0].values), [
            {"id": one.row.id} | one.values for one in changed
        ])  # fmt: skip
        ids = [one.row.id for one in changed]
        db.session.execute(update(Issue).where(Issue.id.in_(ids)).values(version=Issue.version + 1))
        known = rules_of(ids)
        _replace_rules({o.row.id: o.days for o in changed if o.days != known.get(o.row.id, {})})
        _write_spans(changed, clock.day_of(at))
    db.session.expire_all()
    return len(changed)


def rules_of(ids: Iterable[int]) -> dict[int, dict[Rule, date]]:
    """The stored first day of each rule, by ticket."""
    known: dict[int, dict[Rule, date]] = defaultdict(dict)
    kept = (IssueFiring.issue_id, IssueFiring.rule, IssueFiring.since)
    for key, rule, since in db.session.execute(select(*kept).where(IssueFiring.issue_id.in_(ids))):
        known[key][rule] = since
    return known


def _update(table: type[db.Model], names: Iterable[str], rows: list[dict[str, Any]]) -> None:
    """Rows by id, many in one statement; past the session, which does not count their versions."""
    if not rows:
        return
    columns = table.__table__.c
    statement = update(table.__table__).where(columns.id == bindparam("key_"))
    statement = statement.values({name: bindparam(f"{name}_") for name in names if name != "id"})
    sent = [{f"{'key' if n == 'id' else n}_": row[n] for n in names} for row in rows]
    db.session.connection().execute(statement, sent)


def _write_spans(changed: list[Found], on: date) -> None:
    """`_write_span` for many: the span of an earlier day ends, one of the same day is replaced."""
    states = {one.row.id: _state(one) for one in changed}
    kept = (ColourSpan.id, ColourSpan.issue_id, ColourSpan.valid_from)
    last = db.session.execute(
        select(*kept).where(ColourSpan.issue_id.in_(states), ColourSpan.valid_to == NEVER)
    ).all()
    same = [{"id": row.id} | states[row.issue_id] for row in last if row.valid_from >= on]
    ended = [{"id": row.id, "valid_to": on} for row in last if row.valid_from < on]
    replaced = {row.issue_id for row in last if row.valid_from >= on}
    _update(ColourSpan, ("id", *SPANNED, "unit_id"), same)
    _update(ColourSpan, ("id", "valid_to"), ended)
    begun = [
        {"issue_id": key, "valid_from": on, "valid_to": NEVER} | state
        for key, state in states.items()
        if key not in replaced
    ]
    if begun:
        db.session.connection().execute(insert(ColourSpan.__table__), begun)


def _state(one: Found) -> dict[str, Any]:
    row = one.row
    kept = {"card": row.card, "status": row.status, "region": row.region, "source": row.source}
    return kept | one.values | {"unit_id": row.primary_unit_id}
