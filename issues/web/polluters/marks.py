"""Pollution sources as a layer of the map, of one kind or of all."""

from typing import NamedTuple

from auth.actor import Actor
from issues.evidence.places import wgs84_to_gcj02
from issues.queries.polluters.page import Asked, points
from issues.rights.table import Right, holds
from issues.vocabulary import PolluterKind

ALL = "all"
OFFERED = {ALL: "全部"} | dict(PolluterKind.choices())


class Mark(NamedTuple):
    """A pollution source, what is tied to it in words, and where it lies.

    In GCJ-02 or, once drawn, on the picture.
    """

    id: int
    name: str
    tickets: int
    leads: int | None
    x: float
    y: float

    @property
    def tied(self) -> str:
        told = [f"关联问题{self.tickets}件"] if self.tickets else []
        return "，".join(told + ([f"线索{self.leads}条"] if self.leads else []))


def offered(person: Actor) -> dict[str, str]:
    return OFFERED if holds(person, Right.POLLUTERS) else {}


def asked(kind: str, person: Actor) -> str:
    """Which kind the address asks for; none where it names none that is offered."""
    return kind if kind in offered(person) else ""


def of(kind: str, region: str, person: Actor) -> list[Mark]:
    """None where none are asked for, and then no statement."""
    if not kind:
        return []
    narrowed = Asked(kind="" if kind == ALL else kind, region=region)
    return [
        Mark(row.id, row.name, row.tickets, row.leads, *wgs84_to_gcj02(row.lon, row.lat))
        for row in points(narrowed, person)
    ]
