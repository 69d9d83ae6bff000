"""What happened on one ticket that points are booked for, read from its history (docs/rules.md).

Acts are told by the rows of the history; days that passed by the spans of its colour, as they were
recorded then, so that nothing an import back-filled is ever counted.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from issues.rules.dates.days import written
from issues.rules.dates.workdays import Workdays
from issues.rules.firings import Firing
from issues.rules.scores.missed import missed_reports
from issues.vocabulary import (
    STRUCK_OFF,
    Action,
    BesideAct,
    Colour,
    FindingResult,
    Rule,
    ScoreRule,
)

STORY = frozenset(
    {
        Action.RAISE_CARD, Action.RECORD_EXPOSURE, Action.RECORD_FINDING, Action.RECORD_SITE_CHECK,
        Action.RECORD_LOOKBACK, Action.RETURN_ACCEPTANCE, Action.RETURN_CLOSURE, Action.CLOSE,
        Action.APPROVE_CLOSURE, Action.ASSIGN, Action.REOPEN, Action.AMEND,
        Action.GRANT_EXTENSION, Action.INTERIM_CLOSE, BesideAct.MOVE_UNITS,
    }
)  # fmt: skip
"""The acts that the scores read of a history; each other one changes nothing here."""
COUNTED = frozenset({Rule.Y4, Rule.R1, Rule.R8})
"""The rules whose days are booked: a report missed, a deadline passed, a target missed."""
RETURNING = (Action.RETURN_ACCEPTANCE, Action.RETURN_CLOSURE)
BEGINNING = frozenset({Action.ASSIGN, Action.REOPEN})
_FOUND = {FindingResult.FAKE: ScoreRule.FAKE, FindingResult.RELAPSE: ScoreRule.RELAPSE}
_LIFTING = Action.LIFT_CARD


@dataclass(frozen=True, slots=True)
class Told:
    """One row of a ticket's history, as far as the scores ask."""

    id: int
    seq: int
    action: str
    on: date
    before: str
    after: str
    detail: Mapping[str, Any]


class Spanned(NamedTuple):
    """A time in which nothing that colours the ticket changed: from its first day up to `until`."""

    first: date
    until: date
    firings: Sequence[Firing]


class Happened(NamedTuple):
    """Something to book, before it is known who bears it. `seq`: the row of the history, if any."""

    key: str
    rule: ScoreRule
    on: date
    event: int | None = None
    seq: int | None = None
    because: str = ""


def acts_of(
    ticket: int, story: Sequence[Told], deadline: date | None, nth: Callable[[date], Decimal]
) -> list[Happened]:
    """What acts on the ticket are booked for. One act is booked once, for the gravest of it.

    `story` are its rows by number, `deadline` is the one it has now, `nth` tells of a day which
    yellow card is the first to count.
    """
    found, yellows = [], 0
    for row in story:
        yellows += _is_raised(row, Colour.YELLOW)
        rule = _rule_of(row, yellows, nth(row.on))
        if rule is None and _is_early(row, story, deadline):
            rule = ScoreRule.EARLY
        if rule is not None:
            key = f"{rule.value}:{ticket}:{row.seq}"
            found.append(Happened(key, rule, row.on, row.id, row.seq))
    return found


def _rule_of(row: Told, yellows: int, nth: Decimal) -> ScoreRule | None:
    if result := row.detail.get("finding"):
        return _FOUND[FindingResult(result)]
    if _is_returned(row):
        return ScoreRule.RETURNED
    if _is_raised(row, Colour.RED):
        return ScoreRule.RED
    is_counted = _is_raised(row, Colour.YELLOW) and yellows >= nth
    return ScoreRule.SECOND_YELLOW if is_counted else None


def _is_raised(row: Told, colour: Colour) -> bool:
    """A card was raised. Lifting a red one leaves a yellow to watch, which nobody raised."""
    return row.action != _LIFTING and row.detail.get("card") == colour.value


def _is_returned(row: Told) -> bool:
    """Sent back by first acceptance, a site check or the head; an upheld objection is no return."""
    if row.action == Action.RECORD_SITE_CHECK:
        return row.detail.get("conclusion") != "pass"
    return row.action in RETURNING


def _is_early(row: Told, story: Sequence[Told], now: date | None) -> bool:
    """Struck off before the deadline it had then, without a return since its round began."""
    struck = {status.value for status in STRUCK_OFF}
    if row.after not in struck or row.before in struck or row.action not in _STRIKING:
        return False
    due = deadline_at(row.seq, story, now)
    if due is None or row.on >= due:
        return False
    for earlier in sorted((one for one in story if one.seq < row.seq), key=_newest):
        if earlier.action in BEGINNING:
            break
        if _is_returned(earlier):
            return False
    return True


_STRIKING = (Action.CLOSE, Action.APPROVE_CLOSURE)


def _newest(row: Told) -> int:
    return -row.seq


def deadline_at(seq: int, story: Iterable[Told], now: date | None) -> date | None:
    """The deadline at a row of the history: what later rows changed is taken back, newest first.

    None too where a later row changed it and does not say from what.
    """
    for row in sorted((one for one in story if one.seq > seq), key=_newest):
        told = row.detail.get("old_deadline")
        before = row.detail.get("before")
        if told is None and isinstance(before, Mapping) and "deadline" in before:
            told = before["deadline"]
        elif told is None and row.action != Action.REOPEN:
            continue
        now = None if told is None else date.fromisoformat(told)
    return now


def days_of(
    ticket: int,
    spans: Iterable[Spanned],
    today: date,
    extended: frozenset[date],
    calendar: Workdays,
) -> list[Happened]:
    """What days that passed are booked for, each thing on the first day the board showed it.

    `extended` are the deadlines that a granted extension moved: whoever asked in time is not late.
    """
    first: dict[str, Happened] = {}
    for span in spans:
        until = min(span.until, _after(today))
        for firing in span.firings:
            if firing.rule not in COUNTED:
                continue
            for one in _of_firing(ticket, firing, span.first, until, calendar):
                if one.on < until and not _is_extended(one, extended):
                    known = first.get(one.key)
                    first[one.key] = one if known is None or one.on < known.on else known
    return list(first.values())


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _is_extended(one: Happened, extended: frozenset[date]) -> bool:
    return one.rule is ScoreRule.OVERDUE and date.fromisoformat(one.key[-10:]) in extended


def _of_firing(
    ticket: int, firing: Firing, first: date, until: date, calendar: Workdays
) -> Iterator[Happened]:
    figures = firing.facts
    if firing.rule is Rule.Y4:
        for due, since in missed_reports(figures, until, calendar):
            told = f"{written(due)}应报的进展没有填报"
            rule = ScoreRule.REPORT_MISSED
            yield Happened(f"{rule.value}:{ticket}:{due}", rule, max(since, first), because=told)
        return
    on = max(firing.since, first)
    due = figures["due"]
    if firing.rule is Rule.R1:
        told = f"时限{written(date.fromisoformat(due))}已过，没有申请验收"
        rule, key = ScoreRule.OVERDUE, f"{ticket}:{due}"
    else:
        told = f"{figures['name']}到{written(date.fromisoformat(due))}没有达标"
        rule, key = ScoreRule.TARGET_MISSED, f"{ticket}:{figures['target_id']}:{due}"
    yield Happened(f"{rule.value}:{key}", rule, on, because=told)
