"""Letters of one place together: by point, by who caused it, by the words of the place."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.models import Issue
from issues.queries.complaints.figures import of_letters
from issues.queries.complaints.rounds import UNNAMED, round_of

MOST = 50
POINT = 4
"""Places after the point: some ten metres."""
SHORTEST = 4
"""Signs of a place from which on it is one; a shorter one names half the city."""
_READ = (
    Issue.number, Issue.case_number, Issue.title, Issue.region, Issue.place, Issue.subject_firm,
    Issue.lon, Issue.lat, Issue.first_assigned_on, Issue.status,
)  # fmt: skip


class Letter(NamedTuple):
    number: str
    case_number: str
    title: str
    on: date | None
    status: str

    @property
    def round(self) -> str:
        """Empty of an earlier round, whose number names none."""
        told = round_of(self.case_number)
        return "" if told == UNNAMED else told


class Place(NamedTuple):
    """Letters that share a place with one another, the latest first; `by` says in what."""

    by: tuple[str, ...]
    letters: tuple[Letter, ...]


def together(actor: Actor, number: str = "") -> list[Place]:
    """The places of two letters and more, those of the most first; of one letter's where named."""
    rows = db.session.execute(select(*_READ).where(*of_letters(actor)).order_by(Issue.id)).all()
    found = [_place(group, by) for group, by in grouped(rows) if len(group) > 1]
    if number:
        return [one for one in found if number in {letter.number for letter in one.letters}]
    return sorted(found, key=lambda one: (-len(one.letters), one.letters[0].number))


def grouped(rows: Sequence[Any]) -> Iterator[tuple[list[Any], set[str]]]:
    """Every row in one group, with what its rows share."""
    homes: list[list[int]] = [[at] for at in range(len(rows))]
    first: dict[Hashable, int] = {}
    shared: list[tuple[int, str]] = []
    for at, row in enumerate(rows):
        for key in _keys(row):
            other = first.setdefault(key, at)
            if other != at:
                _join(homes, homes[at], homes[other])
                shared.append((at, str(key[0])))
    by: dict[int, set[str]] = defaultdict(set)
    for at, name in shared:
        by[id(homes[at])].add(name)
    whole = {id(home): home for home in homes}.values()
    return (([rows[at] for at in home], by[id(home)]) for home in whole)


def _join(homes: list[list[int]], one: list[int], other: list[int]) -> None:
    """The smaller goes into the larger, so that a long chain costs no more than a short one."""
    if one is other:
        return
    small, large = sorted((one, other), key=len)
    large.extend(small)
    for at in small:
        homes[at] = large


def _keys(row: Any) -> Iterator[tuple[Hashable, ...]]:
    if row.lon is not None and row.lat is not None:
        yield "点位", round(row.lon, POINT), round(row.lat, POINT)
    if firm := "".join(row.subject_firm.split()):
        yield "责任主体", firm
    words = "".join(row.place.split())
    if len(words) >= SHORTEST:
        yield "地点", row.region, words


def _place(rows: Sequence[Any], by: set[str]) -> Place:
    letters = [
        Letter(row.number, row.case_number or "", row.title, row.first_assigned_on,
               row.status.label)
        for row in rows
    ]  # fmt: skip
    letters.sort(key=lambda one: (one.on or date.min, one.number), reverse=True)
    return Place(tuple(sorted(by)), tuple(letters))
