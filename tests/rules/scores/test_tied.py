"""One problem is scored once: of tickets tied together, on every day exactly those that count."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, strategies as st

from issues.rules.scores.tied import Stood, Tie, is_led
from issues.vocabulary import OFF_BOARD, STRUCK_OFF, Status

START = date(2025, 1, 1)
LEADER, FOLLOWERS = 1, (2, 3, 4)
DAYS = st.integers(0, 30).map(lambda days: START + timedelta(days))
STATUSES = st.sampled_from(sorted(Status))


@st.composite
def spans(draw):
    """Some statuses one after the other, without a gap, over all the days."""
    cuts = sorted(draw(st.sets(st.integers(1, 30), max_size=3)))
    edges = [START, *(START + timedelta(cut) for cut in cuts), date.max]
    return [Stood(first, until, draw(STATUSES)) for first, until in pairwise(edges)]


def status(stood, on):
    return next(one.status for one in stood if one.first <= on < one.until)


ties = st.tuples(DAYS, st.none() | st.integers(0, 30)).map(
    lambda told: (told[0], None if told[1] is None else told[0] + timedelta(told[1]))
)
cities = st.tuples(
    st.fixed_dictionaries({ticket: spans() for ticket in (LEADER, *FOLLOWERS)}),
    st.fixed_dictionaries(dict.fromkeys(FOLLOWERS, ties)),
)


@given(cities, DAYS, st.booleans())
def test_the_leading_ticket_and_whoever_it_does_not_lead_count(city, on, is_act):
    stood, told = city
    tied = [Tie(ticket, LEADER, *days) for ticket, days in told.items()]

    led = {one for one in stood if is_led(one, on, tied, stood, is_act=is_act)}

    assert LEADER not in led
    leads = status(stood[LEADER], on)
    for ticket, (first, ended) in told.items():
        held = (first < on if is_act else first <= on) and (ended is None or on < ended)
        runs = status(stood[ticket], on) not in STRUCK_OFF
        behind = leads not in OFF_BOARD and not (leads in STRUCK_OFF and runs)
        assert (ticket in led) == (held and behind)


@given(cities, DAYS)
def test_an_act_on_the_day_of_tying_or_of_untying_counts(city, on):
    """It may have been booked already; what was booked is not taken back by a later tie."""
    stood, _told = city
    for tie in (Tie(2, LEADER, on, None), Tie(2, LEADER, START - timedelta(1), on)):
        assert not is_led(2, on, [tie], stood, is_act=True)
