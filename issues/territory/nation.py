"""The national table of places that set-up installs: which cities there are, and what is in each.

Read anew at each question: it is asked while a city is set up, and hardly again.
"""

import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from issues.vocabulary import RegionKind

INSTALLED = Path("vendor", "places.txt.gz")
"""Below the static folder; written by tools/country/places.mjs."""
PLACEHOLDER = "市辖区"
"""A row of the table that stands for the districts together, not for a place."""
NO_CITY = "直辖县级"
"""In the name of a row that stands in for a city where counties lie under the province itself."""
ZONE_DIGIT = "7"
"""The fifth digit of a code that the State's figures give a development zone."""
_DIGITS = 3
_PROVINCE, _CITY = "0000", "00"


class Place(NamedTuple):
    """A place to be made, behind the one it lies in. `parent` is "" at the top."""

    code: str
    name: str
    kind: RegionKind
    parent: str


class City(NamedTuple):
    """One that can be chosen. A municipality has no province above it."""

    code: str
    name: str
    province: str


class Nation:
    """The table by code. Of two rows of one code, or two towns of one name, the first counts.

    Of two counties of one name in a city one is no more: that with fewer towns.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._names: dict[str, str] = {}
        self._towns: dict[str, list[str]] = {}
        for line in lines:
            code, name, *towns = line.rstrip("\n").split("\t")
            if code not in self._names:
                self._names[code], self._towns[code] = name, towns

    def cities(self, words: str = "") -> list[City]:
        """Those whose name, province or code has these words."""
        found = (
            City(code, name, self._names[_province(code)])
            for code, name in self._names.items()
            if self._is_city(code)
        )
        return sorted(
            one
            for one in found
            if all(
                word in f"{one.province}{one.name}" or word == one.code for word in words.split()
            )
        )

    def places(self, code: str, *, towns: bool = True) -> list[Place]:
        """What is made for a city, the wider before what lies in it; nothing where it is none."""
        if code not in self._names or not self._is_city(code):
            return []
        province = _province(code)
        above = "" if province == code else province
        found = [Place(province, self._names[province], RegionKind.PROVINCE, "")] if above else []
        found.append(Place(code, self._names[code], RegionKind.CITY, above))
        inside = self._inside(code)
        found += [
            Place(one, self._names[one], _kind(one), code)
            for one in inside
            if self._names[one] != PLACEHOLDER
        ]
        if towns:
            found += self._towns_of(code, code)
            for one in inside:
                is_bare = self._names[one] == PLACEHOLDER
                found += self._towns_of(one, code if is_bare else one)
        return _once(found)

    def _is_city(self, code: str) -> bool:
        if code.endswith(_PROVINCE):
            return self._is_municipality(code)
        if code.endswith(_CITY):
            return NO_CITY not in self._names[code]
        above = self._names.get(f"{code[:4]}{_CITY}", "")
        return NO_CITY in above and self._names[code] != PLACEHOLDER

    def _is_municipality(self, province: str) -> bool:
        """Its districts have a city's digits and no row of that city. 香港 and 澳门 have none."""
        first = f"{province[:2]}01"
        return f"{first}{_CITY}" not in self._names and any(
            one.startswith(first) for one in self._names
        )

    def _inside(self, code: str) -> list[str]:
        """The counties and zones of a city, in the order of codes."""
        if not code.endswith(_CITY):
            return []
        start = code[:2] if code.endswith(_PROVINCE) else code[:4]
        codes = [one for one in self._names if one.startswith(start) and not one.endswith(_CITY)]
        by_name = {self._names[one]: one for one in sorted(codes, key=self._size)}
        return sorted(by_name.values())

    def _size(self, code: str) -> tuple[int, str]:
        return len(self._towns[code]), code

    def _towns_of(self, code: str, parent: str) -> list[Place]:
        """A town's own code is no official one of nine digits: the table does not promise those."""
        return [
            Place(f"{parent}-{town[:_DIGITS]}", town[_DIGITS:], RegionKind.TOWNSHIP, parent)
            for town in self._towns[code]
        ]


def installed(static_folder: Path) -> Nation | None:
    """None where set-up has not installed the table, or it cannot be read."""
    try:
        with gzip.open(static_folder / INSTALLED, "rt", encoding="utf-8") as file:
            return Nation(file.readlines())
    except (OSError, EOFError, ValueError):
        return None


def _province(code: str) -> str:
    return f"{code[:2]}{_PROVINCE}"


def _kind(code: str) -> RegionKind:
    return RegionKind.ZONE if code[4] == ZONE_DIGIT else RegionKind.COUNTY


def _once(places: Sequence[Place]) -> list[Place]:
    by_name = {(one.parent, one.name): one for one in reversed(places)}
    by_code = {one.code: one for one in reversed(places)}
    return [
        one for one in places
        if by_name[one.parent, one.name] is one and by_code[one.code] is one
    ]  # fmt: skip
