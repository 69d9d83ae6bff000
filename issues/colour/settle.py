"""What tickets' facts make of their colour, stored: thresholds, firings, and the span of days."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    Date,
    Integer,
    Row,
    Text,
    and_,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    tuple_,
    update,
)

from extensions import db, plain_rows
from issues.colour.facts_of import facts_of_all
from issues.colour.policies import policy_on, workdays
from issues.colour.spans import SPANNED, span_each
from issues.ground import clock
from issues.ground.batches import among, narrowed, rowset, without_collecting
from issues.imprints.writing import remove, touch, touch_rows
from issues.models import ColourSpan, Issue, IssueFiring
from issues.rules.colour import NEVER, thresholds
from issues.rules.dates.workdays import Workdays
from issues.rules.firings import Firing, firings as compile_firings, first_days
from issues.rules.policy import Policy
from issues.vocabulary import Rule

COLOURED = (
    Issue.yellow_from, Issue.red_from, Issue.policy, cast(Issue.firings, Text).label("firings"),
)  # fmt: skip
"""What `in_chunks` is to read beside the facts, for `worked_out` and `settle_all`."""
_WRITTEN = {"yellow_from": Date, "red_from": Date, "policy": Integer, "firings": Text}
_FIRING = {"issue_id": Integer, "rule": Text, "since": Date}
_KEY = ("issue_id", "rule")
_AS_JSON = JSON().with_variant(Text(), "sqlite")
"""What SQLite keeps of a document is its text."""


class Found(NamedTuple):
    """A ticket's row as it was read, and what its facts make of it now; firings are JSON text."""

    row: Row[Any]
    values: dict[str, Any]
    days: dict[Rule, date]

    @property
    def differs(self) -> bool:
        differing = [n for n, value in self.values.items() if getattr(self.row, n) != value]
        if differing == ["firings"]:  # the same document may be spelt in another way
            return json.loads(self.row.firings) != json.loads(self.values["firings"])
        return bool(differing)


def settle(
    issue: Issue, at: datetime, policy: tuple[int, Policy], calendar: Workdays
) -> list[Firing]:
    """Recompute what colours the ticket from `at` on. Never commits."""
    return settle_each([issue], at, policy, calendar)[issue.id]


def settle_each(
    issues: Sequence[Issue], at: datetime, policy: tuple[int, Policy], calendar: Workdays
) -> dict[int, list[Firing]]:
    """The same for many tickets held as objects, by id: the reads are as many as for one."""
    number, numbers = policy
    facts = facts_of_all(issues)
    found = {one.id: compile_firings(facts[one.id], numbers, calendar) for one in issues}
    for issue in issues:
        for name, value in _values(found[issue.id], number).items():
            if getattr(issue, name) != value:
                setattr(issue, name, value)
    db.session.flush()
    _write_rules({key: first_days(firings) for key, firings in found.items()})
    span_each(issues, clock.day_of(at))
    return found


def refresh(issue: Issue, at: datetime) -> None:
    """The same after a fact outside the ticket's own acts has changed: a notice, the calendar."""
    settle(issue, at, policy_on(clock.day_of(at)), workdays())
    issue.version += 1
    db.session.flush()


def forget(issues: Sequence[Issue]) -> None:
    """Nothing colours these tickets any more, and none of them was ever counted on a day.

    What a day's board was stays in the frozen rounds. Never commits.
    """
    for issue in issues:
        issue.yellow_from = issue.red_from = NEVER
        issue.firings = []
    db.session.flush()
    ids = [issue.id for issue in issues]
    remove(IssueFiring, among(IssueFiring.issue_id, ids))
    remove(ColourSpan, among(ColourSpan.issue_id, ids))


def _values(found: list[Firing], number: int) -> dict[str, Any]:
    yellow_from, red_from = thresholds(found)
    documents = [firing.document() for firing in found]
    return {
        "yellow_from": yellow_from, "red_from": red_from, "policy": number, "firings": documents,
    }  # fmt: skip


def _write_rules(days: Mapping[int, Mapping[Rule, date]]) -> None:
    """The rules as rows, by ticket: what is new, moved or gone against what is stored."""
    known = rules_of(days)
    moved: list[dict[str, Any]] = []
    new: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    for key, by_rule in days.items():
        old = known.get(key, {})
        for rule, since in by_rule.items():
            if old.get(rule) != since:
                row = {"issue_id": key, "rule": rule.value, "since": since}
                (moved if rule in old else new).append(row)
        gone += ({"issue_id": key, "rule": rule.value} for rule in old if rule not in by_rule)
    connection, table = db.session.connection(), IssueFiring
    touch_rows(table, [_key(row) for row in (*gone, *moved)])
    touch_rows(table, [_key(row) for row in new], is_new=True)
    if gone:
        given = rowset({name: _FIRING[name] for name in _KEY}, gone)
        named = tuple_(table.issue_id, table.rule)
        connection.execute(delete(table).where(named.in_(select(given))))
    if moved:
        given = rowset(_FIRING, moved)
        same = and_(*(getattr(table, name) == given.c[name] for name in _KEY))
        connection.execute(update(table).where(same).values(since=given.c.since))
    if new:
        made = select(rowset(_FIRING, new))
        connection.execute(insert(table).from_select([*_FIRING], made))


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _KEY)


@without_collecting()
def worked_out(
    rows: Sequence[Row[Any]], policy: tuple[int, Policy], calendar: Workdays
) -> list[Found]:
    """What the facts of many tickets make of each, compared with nothing yet."""
    number, numbers = policy
    facts = facts_of_all(rows)
    found = []
    for row in rows:
        fired = compile_firings(facts[row.id], numbers, calendar)
        values = _values(fired, number)
        values["firings"] = json.dumps(values["firings"])
        found.append(Found(row, values, first_days(fired)))
    return found


def settle_all(
    rows: Sequence[Row[Any]], at: datetime, policy: tuple[int, Policy], calendar: Workdays
) -> int:
    """`refresh` of many tickets in a few statements; how many have changed. Never commits.

    The rows are locked by who read them. What the session holds of them is read anew afterwards.
    """
    db.session.flush()
    changed = [found for found in worked_out(rows, policy, calendar) if found.differs]
    if changed:
        ids = [one.row.id for one in changed]
        _write_issues(changed)
        _write_rules({one.row.id: one.days for one in changed})
        _write_spans(ids, clock.day_of(at))
    db.session.expire_all()
    return len(changed)


_RULES = narrowed(
    select(IssueFiring.issue_id, IssueFiring.rule, IssueFiring.since), IssueFiring.issue_id
)


def rules_of(ids: Iterable[int]) -> dict[int, dict[Rule, date]]:
    """The stored first day of each rule, by ticket."""
    known: dict[int, dict[Rule, date]] = defaultdict(dict)
    for row in plain_rows(_RULES(), {"ids": list(ids)}).all():
        known[row.issue_id][row.rule] = row.since
    return known


def _write_issues(changed: list[Found]) -> None:
    """Past the session, which does not count their versions."""
    touch_rows(Issue, [(one.row.id,) for one in changed])
    given = rowset(
        {"id": Integer} | _WRITTEN, [{"id": one.row.id} | one.values for one in changed]
    )  # fmt: skip
    values: dict[str, Any] = {name: given.c[name] for name in _WRITTEN}
    values |= {"firings": cast(given.c.firings, _AS_JSON), "version": Issue.version + 1}
    db.session.connection().execute(update(Issue).where(Issue.id == given.c.id).values(values))


def _write_spans(ids: list[int], on: date) -> None:
    """`span_each` by statements: an earlier day's span ends, one of the same day is replaced."""
    state = {name: getattr(Issue, name) for name in SPANNED} | {"unit_id": Issue.primary_unit_id}
    connection = db.session.connection()
    # Wrapped, lest a planner go through every open span of the register for each lot of tickets.
    is_open = func.coalesce(ColourSpan.valid_to, NEVER) == NEVER
    own = and_(among(ColourSpan.issue_id, ids), is_open)
    touch(ColourSpan, own)
    ended = update(ColourSpan).where(own, ColourSpan.valid_from < on)
    begun = select(Issue.id, literal(on), literal(NEVER), *state.values())
    begun = begun.where(among(Issue.id, ids))
    if connection.execute(ended.values(valid_to=on)).rowcount < len(ids):
        same_day = update(ColourSpan).where(own, ColourSpan.issue_id == Issue.id)
        connection.execute(same_day.values(state))
        begun = begun.where(~exists().where(ColourSpan.issue_id == Issue.id, is_open))
    names = ["issue_id", "valid_from", "valid_to", *state]
    connection.execute(insert(ColourSpan).from_select(names, begun))
    touch(ColourSpan, own, is_new=True)
