"""The register as one workbook, whichever door asks for it: the same sheets, columns and words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from issues.colour.policies import policy_on, setting
from issues.exchange.aliases import unit_names
from issues.exchange.reading.unit_names import LEADING_BODY, Directory
from issues.exchange.writing.colour_rows import colour_rows
from issues.exchange.writing.figured import Value
from issues.exchange.writing.register_rows import Known, Row, register_rows
from issues.exchange.writing.responsibility_list import write_register
from issues.models import Issue
from issues.vocabulary import Role


class Letterhead(NamedTuple):
    """The city, and the body that fills its ledgers in."""

    city: str
    unit: str


def letterhead(directory: Directory) -> Letterhead:
    bodies = (unit.name for unit in directory.units.values() if unit.kind == LEADING_BODY)
    return Letterhead(setting("city", directory.city), next(bodies, ""))


def nothing(_issue: Issue) -> Mapping[str, Value]:
    """For whoever works it out beside the rows."""
    return {}


def rows_of(
    chosen: Sequence[int], today: date, roles: frozenset[Role], known: Known = nothing
) -> tuple[Iterator[Row], Letterhead]:
    """The chosen tickets as a reader of these roles is told of them, and who tells."""
    directory = Directory(unit_names())
    rows = register_rows(directory, policy_on(today)[1], chosen, roles, known)
    return rows, letterhead(directory)


def register_workbook(
    chosen: Sequence[int], today: date, on: date, roles: frozenset[Role], known: Known
) -> bytes:
    """The workbook's bytes: the tickets in this order, each with what is known of it beside.

    Why each has its colour is known of today alone.
    """
    rows, head = rows_of(chosen, today, roles, known)
    return write_register(
        rows,
        city=head.city,
        unit=head.unit,
        filled_on=on,
        colours=colour_rows(on, chosen) if on == today else (),
    )
