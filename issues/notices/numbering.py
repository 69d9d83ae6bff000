"""文号: 代字〔2025〕1号, counted by 代字 and year, taken in the transaction of the signing."""

from issues.city.words import words
from issues.counters import take
from issues.notices.facts.letterhead import series, series_of

COUNTED = "notice "
"""Begins the name of the counter of each series of papers, in front of its 代字 and year."""


def take_number(name: str, year: int, centre: str = "") -> str:
    """The next number of a template's 代字; given back where the transaction fails: no gap.

    A county's centre, by its code, counts its own.
    """
    said = words()
    prefix = f"{series_of(centre, name, said) if centre else series(name, said)}〔{year}〕"
    return f"{prefix}{take(f'{COUNTED}{prefix}')}号"
