"""The targets of a whole ticket as a column of its ledger, and those of a measure as its cell."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from extensions import db
from issues.exchange.reading.items import ItemRead
from issues.ground.batches import among
from issues.models import Target
from issues.rules.targets import canonical
from issues.rules.targets.canonical import Aim
from issues.rules.targets.words import proposed

HEADING = "量化目标"
"""A line of such a column that tells no target beyond doubt stays what it says."""
READINGS = "监测读数"
READ = frozenset({HEADING, READINGS})
"""Columns that are no field, and are read all the same."""


def told_in(text: str) -> tuple[list[Aim], list[str]]:
    """The targets of the lines of a cell, and the lines that tell none beyond doubt."""
    aims, left = [], []
    for line in filter(None, map(str.strip, text.split("\n"))):
        aim = canonical.read_line(line) or _in_plain_words(line)
        if aim is None:
            left.append(line)
        else:
            aims.append(aim)
    return aims, left


def _in_plain_words(line: str) -> Aim | None:
    """Where exactly one target of one nature can be meant."""
    found = proposed(line)
    nature = found[0].nature if len(found) == 1 else None
    if nature is None:
        return None
    one = found[0]
    return Aim(
        name=one.name, sense=one.sense, value=one.value, unit=one.unit, nature=nature,
        quote=one.quote,
    )  # fmt: skip


def aims_of(item: ItemRead) -> tuple[Aim, ...]:
    return tuple(told_in(item.extra.get(HEADING, ""))[0])


def without_read(kept: Mapping[str, str]) -> dict[str, str]:
    """What stays in the supplementary info: not what was read as targets and readings."""
    left = "\n".join(told_in(kept.get(HEADING, ""))[1])
    others = {name: text for name, text in kept.items() if name not in READ}
    return others | ({HEADING: left} if left else {})


def aim_of(target: Target) -> Aim:
    return Aim(
        name=target.name, sense=target.sense, value=target.value, unit=target.unit_of_value,
        nature=target.nature, start=target.start, due=target.due, source=target.source_unit,
        is_required=target.is_required, quote=target.quote,
    )  # fmt: skip


class Aims:
    """The standing targets of the chosen tickets, read in one statement."""

    def __init__(self, chosen: Sequence[int]) -> None:
        self.of_tickets: dict[int, list[Aim]] = defaultdict(list)
        self.of_measures: dict[int, list[Aim]] = defaultdict(list)
        rows = select(Target).where(Target.ended_at.is_(None), among(Target.issue_id, chosen))
        for target in db.session.scalars(rows.order_by(Target.issue_id, Target.id)):
            if target.measure_id is None:
                self.of_tickets[target.issue_id].append(aim_of(target))
            else:
                self.of_measures[target.measure_id].append(aim_of(target))

    def cells(self, issue_id: int, kept: object = "") -> dict[str, str]:
        """The column of a ticket that has any, with what of it was kept as it stood."""
        found = self.of_tickets.get(issue_id)
        lines = [canonical.all_written(found or ()), str(kept or "")]
        return {HEADING: "\n".join(filter(None, lines))} if found else {}


def same(here: Iterable[Aim], there: Iterable[Aim]) -> bool:
    return {*map(canonical.written, here)} == {*map(canonical.written, there)}
