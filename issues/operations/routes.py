"""Requests by route: how many, how long; and what a share of them took at most, by estimate."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from issues.figures.kept import BOUNDS, SUM, TIMES
from issues.figures.slots import Key

MEDIAN, MOST = 0.5, 0.95
SERVER, CLIENT = "5xx", "4xx"


@dataclass(frozen=True, slots=True)
class Route:
    """Answers of one route, method and class of status; `classes` as BOUNDS cut their times."""

    route: str
    method: str
    status: str
    classes: tuple[float, ...]
    seconds: float

    @property
    def count(self) -> int:
        return int(sum(self.classes))


@dataclass(frozen=True, slots=True)
class Line:
    """All answers of one route and method. `median` and `most` in seconds."""

    route: str
    method: str
    count: int
    refused: int
    failed: int
    median: float
    most: float


def routes_of(counts: Mapping[Key, float]) -> list[Route]:
    """In the order of their names."""
    classes: dict[Key, list[float]] = defaultdict(lambda: [0.0] * (len(BOUNDS) + 1))
    for key, value in counts.items():
        if key[0] == TIMES:
            classes[key[1:-1]][int(key[-1])] += value
    return [
        Route(route, method, status, tuple(each), counts.get((SUM, route, method, status), 0.0))
        for (route, method, status), each in sorted(classes.items())
    ]


def quantile(share: float, classes: Sequence[float]) -> float:
    """Seconds within which this share was answered; 0 where nothing was.

    As Prometheus estimates it: evenly within a class, and the last bound where it lies beyond.
    """
    wanted, below = share * sum(classes), 0.0
    if not wanted:
        return 0.0
    low = 0.0
    for bound, many in zip(BOUNDS, classes, strict=False):
        if many and below + many >= wanted:
            return low + (bound - low) * (wanted - below) / many
        below, low = below + many, bound
    return BOUNDS[-1]


def together(routes: Iterable[Route]) -> tuple[float, ...]:
    """The classes of all of them as one."""
    each = [route.classes for route in routes]
    return tuple(map(sum, zip(*each, strict=True))) if each else (0.0,) * (len(BOUNDS) + 1)


def lines(routes: Iterable[Route]) -> list[Line]:
    by_name: dict[tuple[str, str], list[Route]] = defaultdict(list)
    for route in routes:
        by_name[route.route, route.method].append(route)
    return [_line(name, method, each) for (name, method), each in by_name.items()]


def _line(name: str, method: str, each: list[Route]) -> Line:
    classes = together(each)
    return Line(
        name, method, int(sum(classes)),
        sum(one.count for one in each if one.status == CLIENT),
        sum(one.count for one in each if one.status == SERVER),
        quantile(MEDIAN, classes), quantile(MOST, classes),
    )  # fmt: skip
