"""Places found by what people write: a code, a name, or a name behind those it lies in."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple, Self

from sqlalchemy import select

from extensions import db
from issues import regions
from issues.models import Region
from issues.vocabulary import RegionKind


class Known(NamedTuple):
    """A place in use, or one that is to be made."""

    code: str
    name: str
    kind: RegionKind
    path: str


def lies_in(one: Known, other: Known) -> bool:
    """Whether a place is another, or lies in it."""
    return one.path.startswith(other.path)


class Gazetteer:
    """Every place in use by its code, its name, and its name behind one or more of those above."""

    def __init__(self, places: Collection[Known]) -> None:
        self.by_code: dict[str, Known] = {}
        self._named: dict[str, list[Known]] = defaultdict(list)
        for one in sorted(places, key=lambda one: len(one.path)):
            self.add(one)

    @classmethod
    def read(cls) -> Self:
        """One statement."""
        columns = (Region.code, Region.name, Region.kind, Region.path)
        rows = db.session.execute(select(*columns).where(Region.ended_at.is_(None)))
        return cls([Known(*row) for row in rows])

    def add(self, one: Known) -> None:
        """What it lies in is here before it."""
        self.by_code[one.code] = one
        words = ""
        for code in reversed(one.path.split(regions.STEP)[:-1]):
            above = self.by_code.get(code)
            words = f"{above.name if above else ''}{words}"
            if above and one not in self._named[words]:
                self._named[words].append(one)

    def find(self, words: str, within: str = "") -> list[Known]:
        """None, the one, or all that are called so, in a place where one is told by its code."""
        asked = "".join(words.split())
        code = self.by_code.get(asked)
        found = [code] if code else self._named.get(asked, [])
        step = f"{within}{regions.STEP}"
        return [one for one in found if not within or f"/{step}" in f"/{one.path}"]

    def has_below(self, code: str) -> bool:
        """Whether any place that is known lies in one."""
        step = f"/{code}{regions.STEP}"
        return any(step in f"/{one.path}" for one in self.by_code.values() if one.code != code)

    def county(self, place: Known) -> str:
        """The code of the county or zone it lies in or is; the city's where it is in none."""
        steps = reversed(place.path.split(regions.STEP)[:-1])
        return next(
            (code for code in steps
             if code in self.by_code and self.by_code[code].kind in regions.DRIVEN), ""
        )  # fmt: skip
