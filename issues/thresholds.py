"""What a ticket's facts make of its colour, stored: thresholds, firings, and the span of days."""

from datetime import date, datetime

from sqlalchemy import delete, insert, select

from extensions import db
from issues import clock
from issues.models import ColourSpan, Issue, IssueFiring
from issues.policies import policy_on, workdays
from issues.records import facts_of
from issues.rules.colour import NEVER, thresholds
from issues.rules.firings import Firing, first_days
from issues.rules.firings import firings as compile_firings
from issues.rules.policy import Policy
from issues.rules.workdays import Workdays

SPANNED = ("yellow_from", "red_from", "card", "status", "region", "source", "policy", "firings")


def settle(
    issue: Issue, at: datetime, policy: tuple[int, Policy], calendar: Workdays
) -> list[Firing]:
    """Recompute what colours the ticket from `at` on. Never commits."""
    number, numbers = policy
    found = compile_firings(facts_of(issue), numbers, calendar)
    issue.yellow_from, issue.red_from = thresholds(found)
    issue.policy = number
    documents = [firing.document() for firing in found]
    if issue.firings != documents:
        issue.firings = documents
    db.session.flush()
    _write_rules(issue, first_days(found))
    _write_span(issue, clock.day_of(at))
    return found


def refresh(issue: Issue, at: datetime) -> None:
    """The same after a fact outside the ticket's own acts has changed: a notice, the calendar."""
    settle(issue, at, policy_on(clock.day_of(at)), workdays())
    issue.version += 1
    db.session.flush()


def _write_rules(issue: Issue, days: dict) -> None:
    known = dict(
        db.session.execute(
            select(IssueFiring.rule, IssueFiring.since).where(IssueFiring.issue_id == issue.id)
        ).all()
    )
    if known == days:
        return
    db.session.execute(delete(IssueFiring).where(IssueFiring.issue_id == issue.id))
    rows = [{"issue_id": issue.id, "rule": rule, "since": day} for rule, day in days.items()]
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
