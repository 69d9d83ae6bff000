"""Tickets whose required readings are missing or outside, as conditions in SQL."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Numeric, Select, and_, case, cast, func, or_, select
from sqlalchemy.orm import aliased

from issues.colour.targets_of import is_of
from issues.ground.clock import SHANGHAI
from issues.ground.columns import holds_word
from issues.models import Evidence, Issue, Measure, Reading, Target, Waiver
from issues.rules.required import MONITORED, MONITORINGS
from issues.vocabulary import IN_CHECKING, STRUCK_OFF, EvidenceKind, Nature, Sense

Condition = ColumnElement[bool]


class Asked(NamedTuple):
    """Of which day's end (None: of all that is there), and whether of confirmed readings alone."""

    day: date | None = None
    confirmed: bool = False


NOW = Asked()
CONFIRMED = Asked(confirmed=True)
MOST_KEPT = 64
"""Of how many days or tickets a condition is kept: to put one together takes longer than to ask."""
FEW = (Target, Reading)
"""What a ticket must have to be found by either of the two ways that readings are judged."""
TICKET, TARGET, MEASURE, READ = aliased(Issue), aliased(Target), aliased(Measure), aliased(Reading)


@lru_cache(MOST_KEPT)
def is_wanting(issue_id: Any = Issue.id) -> Condition:
    """That a required reading is missing, outside, or about to be corrected."""
    parts = (*_outside(NOW), *_outside(CONFIRMED), _short(), _mending())
    return or_(*(part.where(TICKET.id == issue_id).exists() for part in parts))


def is_waived(issue_id: Any = Issue.id, round_: Any = Issue.round) -> Condition:
    """That the head has said that it goes on all the same, in the passage under way."""
    waived = (Waiver.issue_id == issue_id, Waiver.round == round_, Waiver.ended_on.is_(None))
    return select(Waiver.id).where(*waived).exists()


@lru_cache(MOST_KEPT)
def is_outside(day: date) -> Condition:
    """On Issue: that a confirmed required reading is outside on the day."""
    asked = Asked(day, confirmed=True)
    by_measure = _from_few(_of_measures(asked), Target)
    return or_(*map(Issue.id.in_, (*map(_from_few, _of_readings(asked), FEW), by_measure)))


def is_hollow(status: Any, day: date) -> Condition:
    """有件无效: claimed or accepted while a required reading is outside."""
    claimed = and_(status.in_(IN_CHECKING), is_outside(day))
    return or_(claimed, and_(status.in_(STRUCK_OFF), is_outside(day), ~_is_new(day)))


def is_relapsed(status: Any, day: date) -> Condition:
    """达标反弹: struck off, and outside by a reading that no head has waived."""
    return and_(status.in_(STRUCK_OFF), _is_new(day))


@lru_cache(MOST_KEPT)
def _is_new(day: date) -> Condition:
    known = select(Waiver.id).where(
        Waiver.issue_id == TICKET.id, Waiver.round == TICKET.round, Waiver.at >= READ.entered_at
    )
    asked = Asked(day, confirmed=True)
    parts = map(_from_few, _of_readings(asked), FEW)
    return or_(*(Issue.id.in_(part.where(~known.exists())) for part in parts))


def _from_few(part: Select[Any], few: Any) -> Select[Any]:
    """Begun with the tickets that have any, whatever the database thinks of their number."""
    return part.where(TICKET.id.in_(select(few.issue_id)))


def _outside(asked: Asked) -> tuple[Select[Any], ...]:
    return (*_of_readings(asked), _of_measures(asked))


def _of_readings(asked: Asked) -> tuple[Select[Any], ...]:
    later = aliased(Reading)
    follows = (later.sampled_on > READ.sampled_on, later.point == READ.point)
    known = _counted(later, asked)
    by_target = _held(asked).join(READ, READ.issue_id == TICKET.id)
    followed = select(later.id).where(is_of(later, TARGET), *follows, *known)
    by_target = by_target.where(
        *_judged(asked), ~_holds(READ.value), or_(TARGET.nature == Nature.KEEP, ~followed.exists()),
    )  # fmt: skip
    again = select(later.id).where(
        later.issue_id == TICKET.id, later.pollutant == READ.pollutant, *follows, *known
    )
    own = select(TICKET.id).join(READ, READ.issue_id == TICKET.id)
    own = own.where(
        is_monitored(TICKET), *_counted(READ, asked), _is_outside_own_limit(), ~_has_target(asked),
        ~again.exists(),
    )  # fmt: skip
    return by_target, own


def _of_measures(asked: Asked) -> Select[Any]:
    return _held(asked).where(_is_counted_by_measure(), ~_holds(MEASURE.confirmed))


def _short() -> Select[Any]:
    """On too few dates with a report."""
    report = select(Evidence.id).where(
        Evidence.id == READ.evidence_id, Evidence.kind == EvidenceKind.MONITORING,
        Evidence.withdrawn_at.is_(None),
    )  # fmt: skip
    days = select(func.count(READ.sampled_on.distinct())).where(
        *_counted(READ, CONFIRMED), is_of(READ, TARGET), _is_of_period(READ), _holds(READ.value),
        or_(TARGET.nature == Nature.COUNT, report.exists()),
    )  # fmt: skip
    dates = case((TARGET.nature == Nature.COUNT, 1), (is_monitored(TICKET), MONITORINGS), else_=1)
    wanting = days.correlate(TICKET, TARGET).scalar_subquery() < dates
    return _held(NOW).where(TARGET.is_required, ~_is_counted_by_measure(), wanting)


def _mending() -> Select[Any]:
    found = _held(NOW).join(READ, READ.issue_id == TICKET.id)
    waits = (READ.corrects_id.is_not(None), READ.confirmed_at.is_(None))
    return found.where(TARGET.is_required, *_judged(NOW), *waits)


def _judged(asked: Asked) -> tuple[Condition, ...]:
    """That the reading stands and the target is judged by it."""
    belongs = is_of(READ, TARGET)
    return (~_is_counted_by_measure(), *_counted(READ, asked), belongs, _is_of_period(READ))


def is_monitored(ticket: Any) -> Condition:
    """That the ticket's type asks for monitoring."""
    return or_(*(holds_word(ticket.types, word) for word in MONITORED))


def end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)


def _held(asked: Asked) -> Select[Any]:
    """Tickets with each target that gates; one of an earlier round's measure is past."""
    found = (
        select(TICKET.id)
        .join(TARGET, TARGET.issue_id == TICKET.id)
        .outerjoin(MEASURE, MEASURE.id == TARGET.measure_id)
    )
    return found.where(*_lives(TARGET, asked), or_(MEASURE.id.is_(None), _is_current_measure()))


def _is_current_measure() -> Condition:
    return and_(MEASURE.dropped_at.is_(None), MEASURE.round == TICKET.round)


def _lives(target: Any, asked: Asked) -> tuple[Condition, ...]:
    """Required; or of what is monitored, where a reading outside any limit holds it up."""
    gates = or_(target.is_required, and_(is_monitored(TICKET), target.nature != Nature.COUNT))
    if asked.day is None:
        return (gates, target.ended_at.is_(None))
    end = end_of(asked.day)
    ended = or_(target.ended_at.is_(None), target.ended_at >= end)
    return (gates, target.entered_at < end, ended)


def _counted(reading: Any, asked: Asked) -> tuple[Condition, ...]:
    """What stands of the round, entered or confirmed by the day. A new round asks for new ones."""
    of_round = or_(TICKET.round == 1, reading.sampled_on >= TICKET.assigned_on)
    found: list[Condition] = [reading.issue_id == TICKET.id, of_round]
    told = reading.confirmed_at if asked.confirmed else reading.entered_at
    if asked.day is None:
        return (*found, reading.withdrawn_at.is_(None), told.is_not(None))
    end = end_of(asked.day)
    stands = or_(reading.withdrawn_at.is_(None), reading.withdrawn_at >= end)
    return (*found, stands, told < end, reading.sampled_on <= asked.day)


def _has_target(asked: Asked) -> Condition:
    """That a required target judges the reading: its limit goes before one typed with it."""
    target, measure = aliased(Target), aliased(Measure)
    found = select(target.id).outerjoin(measure, measure.id == target.measure_id)
    current = and_(measure.dropped_at.is_(None), measure.round == TICKET.round)
    return found.where(
        target.issue_id == TICKET.id, *_lives(target, asked), or_(measure.id.is_(None), current),
        is_of(READ, target),
    ).exists()  # fmt: skip


def _is_counted_by_measure() -> Condition:
    return and_(TARGET.nature == Nature.COUNT, MEASURE.confirmed.is_not(None))


def _is_of_period(reading: Any) -> Condition:
    return or_(
        TARGET.nature != Nature.KEEP, TARGET.start.is_(None), reading.sampled_on >= TARGET.start
    )


def _holds(value: Any) -> Condition:
    found, limit = _figure(value), _figure(TARGET.value)
    sides = {
        Sense.GE: found >= limit, Sense.GT: found > limit,
        Sense.LE: found <= limit, Sense.LT: found < limit,
    }  # fmt: skip
    return or_(*(and_(TARGET.sense == sense, side) for sense, side in sides.items()))


def _is_outside_own_limit() -> Condition:
    found = _figure(READ.value)
    return or_(
        and_(READ.low.is_not(None), found < _figure(READ.low)),
        and_(READ.high.is_not(None), found > _figure(READ.high)),
    )


def _figure(column: Any) -> Any:
    """Kept as its digits; as a number only where it is compared."""
    return cast(column, Numeric)
