"""What a keeper should do about one ticket, from its colour, its deadline, its visits.

Pure: every sentence is read from the firing, the day or the visit that says it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from issues.rules.colour import reasons
from issues.rules.firings import Firing
from issues.vocabulary import OPEN, STRUCK_OFF, Colour, KeeperDuty, Rule, Status

SOON = timedelta(days=30)
LATE = Rule.Y4
"""A report that is not there: it is urged whatever else there is."""


class Duty(NamedTuple):
    """What, and why."""

    duty: KeeperDuty
    because: str


class Stood(NamedTuple):
    """How a ticket stands on the day. `visited_on` is the day of the last visit.

    `claimed_on`: since when its acceptance is asked for; the deadline then urges nobody.
    """

    status: Status
    colour: Colour | None
    firings: Sequence[Firing]
    deadline: date | None
    visited_on: date | None
    claimed_on: date | None = None


def duties(stood: Stood, today: date) -> list[Duty]:
    """The nearest thing to do first; none for what is struck off or as it should be."""
    if stood.status not in OPEN or stood.status in STRUCK_OFF:
        return []
    found = reasons(stood.firings, today)
    is_coloured = stood.colour in (Colour.RED, Colour.YELLOW)
    done = []
    if is_coloured and (told := _unvisited(stood, found)):
        done.append(Duty(KeeperDuty.VISIT, told))
    done += _to_urge(stood, found, today)
    if stood.colour is Colour.RED:
        why = found[0].because(today) if found else "已挂红牌"
        done.append(Duty(KeeperDuty.REPORT, why))
    return done


def _unvisited(stood: Stood, found: Sequence[Firing]) -> str:
    if stood.visited_on is None:
        return "还没有查看记录"
    since = max((one.since for one in found), default=None)
    if since is not None and stood.visited_on < since:
        return f"自{since}起有新情况，此后没有查看记录"
    return ""


def _to_urge(stood: Stood, found: Sequence[Firing], today: date) -> list[Duty]:
    late = [one for one in found if one.rule is LATE]
    others = [one for one in found if one.rule is not LATE]
    done = [Duty(KeeperDuty.URGE, one.because(today)) for one in late]
    if others and stood.colour is Colour.YELLOW:
        done.append(Duty(KeeperDuty.URGE, others[0].because(today)))
    deadline = None if stood.claimed_on else stood.deadline
    if deadline is not None and today <= deadline <= today + SOON and not others:
        done.append(Duty(KeeperDuty.URGE, f"距整改时限还有{(deadline - today).days}天"))
    return done
