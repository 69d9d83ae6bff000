"""What an act on a ticket makes to be told, to whom: one table, read as the act is recorded."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from auth.models import Grant, Unit, User
from extensions import db
from issues.messages.happening import (
    Happening,
    also,
    one_person,
    people_of,
    working_units,
)
from issues.models import Event, Instruction, Issue, Lookback
from issues.rights.holders import may_be_theirs
from issues.rights.words import Right
from issues.rules.colour import computed_colour, is_worse
from issues.vocabulary import COUNTY_ROLES, Action, Colour, MessageEvent, Relation, Role, Status

Made = Iterator[Happening]
TURNED = {Colour.RED: MessageEvent.TURNED_RED, Colour.YELLOW: MessageEvent.TURNED_YELLOW}
UNITS = ("primary_unit", "responsible_units", "supporting_units")
"""Fields of `amend` by which a ticket comes to another unit."""
PERSONS = {"inspector": "inspector_id", "sponsor_account": "sponsor_account_id"}
"""And those by which it is given to one person."""
DECIDED_BY = {
    Action.SUBMIT_PLAN: Action.APPROVE_PLAN,
    Action.REPORT_PROGRESS: Action.CONFIRM_PROGRESS,
    Action.REQUEST_EXTENSION: Action.GRANT_EXTENSION,
    Action.REQUEST_ACCEPTANCE: Action.PASS_FIRST_ACCEPTANCE,
    Action.DECLINE: Action.ASSIGN,
    Action.RECORD_OBJECTION: Action.DISMISS_OBJECTION,
    Action.PROPOSE_CARD: Action.DECLINE_PROPOSAL,
}
"""After which act who is to decide: whoever may do the other."""


def happenings(row: Event) -> Made:
    """Nothing where the act is told to nobody."""
    action = Action.of(row.action)
    make = MADE.get(action) if action else None
    issue = db.session.get(Issue, row.subject_id) if make else None
    if make and issue is not None:
        for one in make(issue, row):
            yield one.covertly() if row.is_covert else one


def _told(
    issue: Issue, row: Event, event: MessageEvent, whom: ColumnElement[bool],
    units: frozenset[int] = frozenset(),
) -> Happening:  # fmt: skip
    occasion = f"ticket-{issue.id}-{row.seq}"
    return Happening.of_ticket(issue, event, row.on, occasion, whom, units)


def _to_workers(event: MessageEvent) -> Callable[[Issue, Event], Made]:
    def made(issue: Issue, row: Event) -> Made:
        units = working_units(issue)
        yield _told(issue, row, event, people_of(units), units)

    return made


def _to_primary(event: MessageEvent) -> Callable[[Issue, Event], Made]:
    def made(issue: Issue, row: Event) -> Made:
        units = frozenset({issue.primary_unit_id or 0}) - {0}
        yield _told(issue, row, event, people_of(units), units)

    return made


def _to_deciders(power: Action) -> Callable[[Issue, Event], Made]:
    def made(issue: Issue, row: Event) -> Made:
        yield _told(issue, row, MessageEvent.DECISION, may_be_theirs(power, issue))

    return made


def _to_be_checked(issue: Issue, row: Event) -> Made:
    """To the inspector of the ticket, to all of them where it has none."""
    yield _told(issue, row, MessageEvent.TASK, _visitors(issue, Action.RECORD_SITE_CHECK))


def _to_be_visited(issue: Issue, row: Event) -> Made:
    """Likewise; the visit itself may name who makes it."""
    planned = select(Lookback.inspector_id).where(Lookback.issue_id == issue.id)
    named = db.session.scalar(planned.order_by(Lookback.id.desc()).limit(1))
    whom = _visitors(issue, Action.RECORD_LOOKBACK, named)
    seen = and_(whom, may_be_theirs(Right.SEE_COVERT, issue))
    yield _told(issue, row, MessageEvent.TASK, seen)


def _visitors(issue: Issue, power: Action, named: int | None = None) -> ColumnElement[bool]:
    may, only = may_be_theirs(power, issue), named or issue.inspector_id
    return may if only is None else and_(may, one_person(only))


def _amended(issue: Issue, row: Event) -> Made:
    changed = row.detail.get("fields") or {}
    names = {one for field in UNITS for one in _listed(changed.get(field))}
    if names:
        found = db.session.scalars(select(Unit.id).where(Unit.short_name.in_(sorted(names))))
        units = working_units(issue) & frozenset(found)
        yield _told(issue, row, MessageEvent.ASSIGNED, people_of(units), units)
    named = [getattr(issue, column) for name, column in PERSONS.items() if changed.get(name)]
    if named:
        yield _told(issue, row, MessageEvent.TASK, one_person(*named))


def _listed(value: Any) -> Sequence[str]:
    if isinstance(value, str):
        return [value]
    return value if isinstance(value, list) else []


def _checked(issue: Issue, row: Event) -> Made:
    if row.after == Status.RECTIFYING.value:
        yield from _to_workers(MessageEvent.SENT_BACK)(issue, row)
    elif row.after == Status.APPROVAL.value:
        yield from _to_deciders(Action.APPROVE_CLOSURE)(issue, row)


def _instructed(issue: Issue, row: Event) -> Made:
    """To the unit it is for, or to the office."""
    said = select(Instruction).where(Instruction.issue_id == issue.id)
    found = db.session.scalars(said.order_by(Instruction.id.desc()).limit(1)).one()
    if found.unit_id is None:
        whom: ColumnElement[bool] = Grant.role == Role.OFFICE
        yield _told(issue, row, MessageEvent.INSTRUCTION, whom)
    else:
        units = frozenset({found.unit_id})
        yield _told(issue, row, MessageEvent.INSTRUCTION, people_of(units), units)


def _answered(issue: Issue, row: Event) -> Made:
    """To the leader whose word was answered: the one answered on the day by who answered."""
    said = select(Instruction.leader_id).where(
        Instruction.issue_id == issue.id, Instruction.replied_on == row.on,
        Instruction.replied_by_id == row.actor_id,
    )  # fmt: skip
    leaders = db.session.scalars(said).all()
    yield _told(issue, row, MessageEvent.INSTRUCTION, one_person(*leaders))


def _carded(issue: Issue, row: Event) -> Made:
    """A card turns the shown colour, unless the computed one is as bad already.

    It may answer what a county proposed.
    """
    if row.detail.get("proposal"):
        yield from _to_centre(issue, row)
    colour = Colour.of(row.detail.get("colour", ""))
    if colour in TURNED and is_worse(colour, computed_colour(issue, row.on)):
        yield turned(issue, colour, row.on)


def _to_centre(issue: Issue, row: Event) -> Made:
    """To the people of the county's centre that drives the ticket."""
    centres = [unit.id for unit in issue.units(Relation.CENTRE)]
    whom = and_(User.unit_id.in_(centres), Grant.role.in_(sorted(COUNTY_ROLES)))
    yield _told(issue, row, MessageEvent.PROPOSAL, whom)


def _answered_by_card(issue: Issue, row: Event) -> Made:
    """An exposure or a finding raises a red card, which answers too."""
    if row.detail.get("proposal"):
        yield from _to_centre(issue, row)


def turned(issue: Issue, colour: Colour, on: date) -> Happening:
    """Once a day and colour, whoever finds it first: the act, or the look at the day."""
    occasion, units = f"{issue.id}-{on.isoformat()}", working_units(issue)
    return Happening.of_ticket(issue, TURNED[colour], on, occasion, concerned(issue), units)


def concerned(issue: Issue) -> ColumnElement[bool]:
    """Who is to know how a ticket stands: its workers, its sponsor, its inspector."""
    persons = one_person(issue.sponsor_account_id, issue.inspector_id)
    return also(people_of(working_units(issue)), persons)


MADE: dict[Action, Callable[[Issue, Event], Made]] = {
    Action.ASSIGN: _to_workers(MessageEvent.ASSIGNED),
    Action.REOPEN: _to_workers(MessageEvent.ASSIGNED),
    Action.AMEND: _amended,
    Action.RETURN_PLAN: _to_workers(MessageEvent.RETURNED),
    Action.RETURN_PROGRESS: _to_workers(MessageEvent.RETURNED),
    Action.GRANT_EXTENSION: _to_primary(MessageEvent.EXTENSION),
    Action.REFUSE_EXTENSION: _to_primary(MessageEvent.EXTENSION),
    Action.RETURN_ACCEPTANCE: _to_workers(MessageEvent.SENT_BACK),
    Action.RETURN_CLOSURE: _to_workers(MessageEvent.SENT_BACK),
    Action.UPHOLD_OBJECTION: _to_workers(MessageEvent.SENT_BACK),
    Action.PASS_FIRST_ACCEPTANCE: _to_be_checked,
    Action.PLAN_LOOKBACK: _to_be_visited,
    Action.RECORD_SITE_CHECK: _checked,
    Action.RAISE_CARD: _carded,
    Action.RECORD_EXPOSURE: _answered_by_card,
    Action.RECORD_FINDING: _answered_by_card,
    Action.DECLINE_PROPOSAL: _to_centre,
    Action.INSTRUCT: _instructed,
    Action.REPLY_INSTRUCTION: _answered,
    **{action: _to_deciders(power) for action, power in DECIDED_BY.items()},
}
