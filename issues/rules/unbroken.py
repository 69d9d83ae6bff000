"""How long a ticket has been shown yellow without a break, read from its recorded days."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from issues.rules.colour import Coloured, shown_colour
from issues.rules.dates.days import days_after
from issues.vocabulary import OPEN, Colour


class Spanned(Coloured, Protocol):
    """What decided the colour from one day up to, not including, another."""

    valid_from: date
    valid_to: date


def yellow_since(spans: Sequence[Spanned], on: date) -> date | None:
    """The first day of the unbroken time up to `on` in which the ticket was shown yellow.

    Shown yellow: computed or by its card, and not red by either. `spans` are those of one ticket,
    the oldest first; a day that none holds, or on which the ticket was not open, is a break.
    None where it is not shown yellow on the day itself. Within a span the colour changes on
    three days at most, so only those are asked.
    """
    first, end = None, days_after(on, 1)
    for span in reversed(spans):
        if span.valid_from >= end:
            continue
        if span.valid_to < end:
            break
        turns = {span.valid_from, span.yellow_from, span.red_from}
        for day in sorted((day for day in turns if span.valid_from <= day < end), reverse=True):
            if span.status not in OPEN or shown_colour(span, day) is not Colour.YELLOW:
                return first
            first = day
        end = span.valid_from
    return first
