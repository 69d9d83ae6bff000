"""The ladder, thresholds, reasons and the next change."""

from datetime import date
from itertools import product
from types import SimpleNamespace

import pytest

from issues.rules.colour import (
    CARDLESS_LADDER,
    LADDER,
    NEVER,
    computed_colour,
    next_change,
    reasons,
    shown_colour,
    thresholds,
)
from issues.rules.firings import Firing
from issues.vocabulary import OFF_BOARD, Colour, Rule, Status

DAY = date(2025, 9, 10)
PAST, FUTURE = date(2025, 9, 1), date(2025, 9, 16)


def row(yellow_from=NEVER, red_from=NEVER, card="", status=Status.RECTIFYING):
    return SimpleNamespace(status=status, yellow_from=yellow_from, red_from=red_from, card=card)


def fired(rule, since):
    return Firing(rule, since, {})


@pytest.mark.parametrize(
    ("yellow_from", "red_from", "card"),
    list(product([PAST, DAY, FUTURE], [PAST, DAY, FUTURE], ["", "yellow", "red"])),
)
def test_the_shown_colour_is_the_worse_of_the_computed_and_the_card(yellow_from, red_from, card):
    yellow, red = yellow_from <= DAY, red_from <= DAY
    computed = Colour.RED if red else Colour.YELLOW if yellow else Colour.GREEN
    order = [Colour.GREEN, Colour.YELLOW, Colour.RED]
    worse = max(computed, Colour(card) if card else Colour.GREEN, key=order.index)

    assert computed_colour(row(yellow_from, red_from, card), DAY) is computed
    assert shown_colour(row(yellow_from, red_from, card), DAY) is worse


@pytest.mark.parametrize("card", ["", "yellow", "red"])
def test_closed_is_grey_whatever_else(card):
    closed = row(PAST, PAST, card, Status.CLOSED)

    assert shown_colour(closed, DAY) is computed_colour(closed, DAY) is Colour.GREY


def test_standing_keeps_a_colour():
    assert shown_colour(row(PAST, status=Status.STANDING), DAY) is Colour.YELLOW


def test_the_computed_ladder_is_the_shown_one_without_cards():
    assert [rung for rung in LADDER if rung in CARDLESS_LADDER] == list(CARDLESS_LADDER)
    assert [rung.colour for rung in CARDLESS_LADDER] == [Colour.GREY, Colour.RED, Colour.YELLOW]


def test_rungs_hold_for_plain_words_as_the_database_returns_them():
    assert shown_colour(row(PAST, status="closed"), DAY) is Colour.GREY
    assert shown_colour(row(card="red", status="rectifying"), DAY) is Colour.RED


def test_thresholds_are_the_earliest_of_each_colour_or_never():
    found = [fired(Rule.Y3, DAY), fired(Rule.Y1, PAST), fired(Rule.R1, FUTURE)]

    assert thresholds(found) == (PAST, FUTURE)
    assert thresholds([]) == (NEVER, NEVER)


def test_reasons_are_those_in_force_reds_first_then_the_oldest():
    found = [
        fired(Rule.Y1, PAST),
        fired(Rule.R3, DAY),
        fired(Rule.R1, PAST),
        fired(Rule.Y3, date(2025, 8, 1)),
        fired(Rule.R5, FUTURE),
    ]

    assert [f.rule for f in reasons(found, DAY)] == [Rule.R1, Rule.R3, Rule.Y3, Rule.Y1]


@pytest.mark.parametrize(
    ("found", "change"),
    [
        ([], None),
        ([(Rule.Y1, FUTURE)], (FUTURE, Colour.YELLOW, (Rule.Y1,))),
        ([(Rule.Y1, PAST)], None),
        ([(Rule.Y1, PAST), (Rule.Y2, FUTURE)], None),
        ([(Rule.Y1, PAST), (Rule.R1, FUTURE)], (FUTURE, Colour.RED, (Rule.R1,))),
        ([(Rule.Y1, FUTURE), (Rule.R3, FUTURE)], (FUTURE, Colour.RED, (Rule.R3,))),
        ([(Rule.Y3, FUTURE), (Rule.Y1, FUTURE), (Rule.Y3, FUTURE)],
         (FUTURE, Colour.YELLOW, (Rule.Y1, Rule.Y3))),
        ([(Rule.R1, DAY), (Rule.R3, FUTURE)], None),
    ],
)  # fmt: skip
def test_the_next_change(found, change):
    assert next_change([fired(*one) for one in found], DAY, Status.RECTIFYING) == change


@pytest.mark.parametrize("status", [Status.CLOSED, *sorted(OFF_BOARD)])
def test_grey_and_boardless_tickets_change_no_more(status):
    assert next_change([fired(Rule.R6, FUTURE)], DAY, status) is None
