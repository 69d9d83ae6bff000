"""How long a ticket was shown yellow, against asking each day of the record by itself."""

from datetime import date, timedelta
from types import SimpleNamespace

from hypothesis import given, strategies as st

from issues.rules.colour import NEVER, shown_colour
from issues.rules.unbroken import yellow_since
from issues.vocabulary import OPEN, Colour, Status

ONE = timedelta(days=1)
START = date(2025, 3, 1)
near_days = st.integers(-20, 140).map(lambda n: START + n * ONE)
states = st.fixed_dictionaries(
    {
        "length": st.integers(1, 45),
        "gap": st.sampled_from([0, 0, 0, 0, 1]),
        "status": st.sampled_from([Status.RECTIFYING] * 4 + [Status.CLOSED, Status.DRAFT]),
        "yellow_from": near_days | st.just(NEVER),
        "red_from": near_days | st.just(NEVER),
        "card": st.sampled_from(["", "", "yellow", "yellow", "red"]),
    }
)


def spans_of(given_states):
    """One after the other; the last has no end, as in the register."""
    found, begin = [], START
    for state in given_states:
        begin += state["gap"] * ONE
        end = begin + state["length"] * ONE
        words = {name: state[name] for name in ("status", "yellow_from", "red_from", "card")}
        found.append(SimpleNamespace(valid_from=begin, valid_to=end, **words))
        begin = end
    found[-1].valid_to = NEVER
    return found


def was_yellow(spans, day):
    held = [span for span in spans if span.valid_from <= day < span.valid_to]
    return any(span.status in OPEN and shown_colour(span, day) is Colour.YELLOW for span in held)


@given(st.lists(states, min_size=1, max_size=6).map(spans_of), st.integers(-3, 160))
def test_the_run_of_yellow_is_what_counting_back_day_by_day_finds(spans, ahead):
    on = first = START + ahead * ONE
    while was_yellow(spans, first):
        first -= ONE

    assert yellow_since(spans, on) == (None if first == on else first + ONE)


def test_a_card_and_the_computed_colour_take_turns_without_a_break():
    spans = [
        SimpleNamespace(valid_from=START, valid_to=START + 10 * ONE, status=Status.RECTIFYING,
                        yellow_from=NEVER, red_from=NEVER, card="yellow"),
        SimpleNamespace(valid_from=START + 10 * ONE, valid_to=NEVER, status=Status.RECTIFYING,
                        yellow_from=START + 8 * ONE, red_from=START + 40 * ONE, card=""),
    ]  # fmt: skip

    assert yellow_since(spans, START + 39 * ONE) == START
    assert yellow_since(spans, START + 40 * ONE) is None, "red by then"
