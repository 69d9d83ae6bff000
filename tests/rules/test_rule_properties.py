"""The rules against a day-by-day re-computation from their definition, and time's one direction."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil
from types import SimpleNamespace

from hypothesis import given, settings, strategies as st
from paper import CALENDAR, compiled, quantified, ticket

from issues.rules.colour import computed_colour, next_change, reasons, thresholds
from issues.rules.facts import ClaimFacts, MeasureFacts
from issues.rules.policy import Policy
from issues.vocabulary import Colour, DeadlineKind, Rule, Source, Status

ONE = timedelta(days=1)
START = date(2025, 3, 1)
SPAN = 160

near_days_ahead = st.integers(0, 90).map(lambda n: START + n * ONE)
policies = st.builds(
    lambda share, low, span, grace, yellow, gap, late, report: Policy.from_document(
        {
            "near_share": share, "near_min": low, "near_max": low + span,
            "overdue_grace": grace, "lag_yellow": yellow, "lag_red": min(100, yellow + gap),
            "measure_red_after": late, "report_grace": report,
        }
    ),
    st.integers(1, 100), st.integers(0, 10), st.integers(0, 40), st.integers(0, 5),
    st.integers(1, 60), st.integers(0, 60), st.integers(0, 20), st.integers(0, 6),
)  # fmt: skip
measures = st.builds(
    MeasureFacts,
    no=st.just(1),
    start=st.none() | near_days_ahead,
    deadline=st.none() | near_days_ahead,
    target=st.none() | st.sampled_from([Decimal(3), Decimal("7.5"), Decimal(60)]),
    confirmed=st.none() | st.decimals(0, 8, places=2),
    done=st.booleans(),
)
claims = st.builds(
    lambda on, length, is_return: ClaimFacts(
        on, None if length is None else on + length * ONE, is_return
    ),
    near_days_ahead,
    st.none() | st.integers(0, 20),
    st.booleans(),
)
tickets = st.builds(
    lambda **case: ticket(assigned=START, **case),
    source=st.sampled_from([Source.AF, Source.GZ, Source.YD]),
    status=st.sampled_from([Status.RECTIFYING, Status.STANDING, Status.SITE_CHECK]),
    kind=st.sampled_from(list(DeadlineKind)),
    due=st.none() | near_days_ahead,
    measures=st.tuples(measures),
    claims=st.just(()) | st.tuples(claims),
    reporting_from=st.none() | near_days_ahead,
    last_report_on=st.none() | near_days_ahead,
)


def ended(facts, policy, rule, day):
    """Y1 and R1 as they read: days left, days past, a claim made in time and not sent back."""
    standing = Status.STANDING in (facts.status,) or facts.kind == DeadlineKind.STANDING
    if facts.due is None or standing or facts.kind == DeadlineKind.BY_MEASURES:
        return False
    if any(c.ended_on is None and c.claimed_on <= facts.due for c in facts.claims):
        return False
    left = (facts.due - day).days
    if rule is Rule.R1:
        return left < -policy.overdue_grace
    window = (facts.due - facts.assigned).days
    return left <= min(
        policy.near_max, max(policy.near_min, ceil(Fraction(policy.near_share * window, 100)))
    )


def measured(facts, policy, rule, day):
    """Y2, R2, Y3 and R3 of the one measure, from where its line is that day."""
    (measure,) = facts.measures
    full = measure.target is not None and (measure.confirmed or 0) >= measure.target
    if measure.deadline is None or measure.done or full:
        return False
    if rule in (Rule.Y3, Rule.R3):
        late = policy.measure_red_after if rule is Rule.R3 else policy.measure_yellow_after
        return (day - measure.deadline).days > late
    if measure.target is None:
        return False
    start = measure.start or facts.assigned
    line = Fraction(100) if day >= measure.deadline else Fraction(0)
    if start < day < measure.deadline:
        line = Fraction((day - start).days * 100, (measure.deadline - start).days)
    lag = line - Fraction(measure.confirmed or 0) / Fraction(measure.target) * 100
    if rule is Rule.Y2:
        return lag >= policy.lag_yellow
    standing = facts.status == Status.STANDING or facts.kind == DeadlineKind.STANDING
    return not standing and lag > policy.lag_red


def unreported(facts, policy, day):
    """Y4 by walking every day: each last day of a period owes a report."""
    if facts.reporting_from is None or facts.status not in (Status.RECTIFYING, Status.STANDING):
        return False
    standing = facts.status == Status.STANDING or facts.kind == DeadlineKind.STANDING
    ends = range(3, 13, 3) if standing or facts.source == Source.GZ else range(1, 13)
    due = facts.reporting_from
    filed = facts.last_report_on
    while due < day:
        begun = (due.year, due.month) > (facts.reporting_from.year, facts.reporting_from.month)
        covered = filed is not None and (due.year, due.month) <= (filed.year, filed.month)
        is_due = (due + ONE).day == 1 and due.month in ends and begun and not covered
        later = [due + n * ONE for n in range(1, (day - due).days + 1)]
        if is_due and sum(map(CALENDAR.is_workday, later)) > policy.report_grace:
            return True
        due += ONE
    return False


def fires(facts, policy, rule, day):
    if rule in (Rule.Y1, Rule.R1):
        return ended(facts, policy, rule, day)
    if rule is Rule.Y4:
        return unreported(facts, policy, day)
    return measured(facts, policy, rule, day)


RECOMPUTED = [Rule.Y1, Rule.R1, Rule.Y2, Rule.R2, Rule.Y3, Rule.R3, Rule.Y4]


@settings(max_examples=150)
@given(facts=tickets, policy=policies, data=st.data())
def test_the_compiled_day_is_the_first_on_which_the_definition_holds(facts, policy, data):
    """Checked the day before, on the day, and on days at random; never firing on the whole span."""
    found = {f.rule: f.since for f in compiled(facts, policy)}
    for rule in RECOMPUTED:
        first = found.get(rule, date(2030, 1, 1))
        days = {START, START + SPAN * ONE, START + data.draw(st.integers(0, SPAN)) * ONE}
        days |= {day for day in (first - ONE, first, first + ONE) if day < date(2026, 12, 1)}
        for day in sorted(day for day in days if day >= START):
            assert fires(facts, policy, rule, day) == (first <= day), (rule, day)


@settings(max_examples=60)
@given(
    target=st.integers(1, 400),
    confirmed=st.integers(0, 400),
    length=st.integers(0, 130),
    policy=policies,
)
def test_every_day_of_a_measures_line(target, confirmed, length, policy):
    measure = quantified(confirmed, target, START, START + length * ONE)
    facts = ticket(assigned=START, measures=(measure,))
    found = {f.rule: f.since for f in compiled(facts, policy)}
    for day in (START + n * ONE for n in range(SPAN)):
        for rule in (Rule.Y2, Rule.R2, Rule.Y3, Rule.R3):
            assert fires(facts, policy, rule, day) == (rule in found and found[rule] <= day)


SEVERITY = [Colour.GREEN, Colour.YELLOW, Colour.RED]


@settings(max_examples=100)
@given(facts=tickets, policy=policies)
def test_time_alone_only_makes_it_worse_and_the_forecast_is_what_comes(facts, policy):
    found = compiled(facts, policy)
    yellow_from, red_from = thresholds(found)
    row = SimpleNamespace(status=facts.status, yellow_from=yellow_from, red_from=red_from, card="")
    days = [START + n * ONE for n in range(0, SPAN, 3)]
    colours = [computed_colour(row, day) for day in days]

    assert [SEVERITY.index(c) for c in colours] == sorted(SEVERITY.index(c) for c in colours)
    for day, colour in zip(days, colours, strict=True):
        change = next_change(found, day, facts.status)
        if change is not None:
            assert computed_colour(row, change.on - ONE) is colour
            assert computed_colour(row, change.on) is change.colour is not colour
            assert set(change.rules) <= {f.rule for f in reasons(found, change.on)}
        else:
            assert computed_colour(row, date(2200, 1, 1)) is colour
