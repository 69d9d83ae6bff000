"""Whether two cells of one column say the same, whatever way each is written."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from issues.exchange.reading.unit_names import Directory
from issues.exchange.reading.words import published
from issues.exchange.workbook.cells import NO, SOURCE_NAMES, STARS, YES
from issues.exchange.workbook.sheet import plain
from issues.ground import signs
from issues.rules.dates.deadlines import UnreadableDeadline, read_day
from issues.vocabulary import Source

Alike = Callable[[Directory, str, str], bool]
_SOURCES = {plain(one.label): one for one in Source} | {one.value: one for one in Source}
_SOURCES |= SOURCE_NAMES


def texts(_directory: Directory, was: str, now: str) -> bool:
    """But for blanks, line breaks and the width of signs."""
    return plain(was) == plain(now)


def days(_directory: Directory, was: str, now: str) -> bool:
    return plain(was) == plain(now) or (_day(was) is not None and _day(was) == _day(now))


def figures(_directory: Directory, was: str, now: str) -> bool:
    return plain(was) == plain(now) or (_figure(was) is not None and _figure(was) == _figure(now))


def flags(_directory: Directory, was: str, now: str) -> bool:
    """An empty cell is a no."""
    return _flag(was) == _flag(now)


def sources(_directory: Directory, was: str, now: str) -> bool:
    return _source(was) == _source(now)


def types(_directory: Directory, was: str, now: str) -> bool:
    return _words(was) == _words(now)


def regions(directory: Directory, was: str, now: str) -> bool:
    if plain(was) == plain(now):
        return True
    return bool(was and now) and _region(directory, was) == _region(directory, now)


def places(_directory: Directory, was: str, now: str) -> bool:
    """One may be written behind what it lies in."""
    one, other = plain(was), plain(now)
    return one == other or (bool(one and other) and (one.endswith(other) or other.endswith(one)))


def units(directory: Directory, was: str, now: str) -> bool:
    """The same units in the same parts, whichever of their names is written."""
    if plain(was) == plain(now):
        return True
    one, other = directory.read(was), directory.read(now)
    if one.unknown or other.unknown or not (one.codes and other.codes):
        return False
    return (one.primary, set(one.codes), set(one.responsible)) == (
        other.primary, set(other.codes), set(other.responsible),
    )  # fmt: skip


def _day(words: str) -> object:
    try:
        return read_day(words)
    except UnreadableDeadline:
        return None


def _figure(words: str) -> Decimal | None:
    try:
        return Decimal(plain(words).replace(",", ""))
    except InvalidOperation:
        return None


def _flag(words: str) -> object:
    told = plain(words)
    if told in YES | STARS:
        return True
    return False if told in NO or not told else told


def _source(words: str) -> object:
    return _SOURCES.get(plain(words), plain(words))


def _words(text: str) -> set[object]:
    read = published.read_types(signs.folded(text))
    return {*read.types, *read.unknown}


def _region(directory: Directory, words: str) -> object:
    return directory.region(words) or plain(words)
