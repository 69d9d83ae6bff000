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

HEADING = "量化目标"
"""Where a ledger has such a column of its own, in other words, it stays what it says."""


def aims_of(item: ItemRead) -> tuple[Aim, ...]:
    return canonical.read(item.extra.get(HEADING, "")) or ()


def without_aims(kept: Mapping[str, str]) -> dict[str, str]:
    """What stays in the supplementary info: not a column that was read as targets."""
    is_read = canonical.read(kept.get(HEADING, "")) is not None
    return {name: text for name, text in kept.items() if not (is_read and name == HEADING)}


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

    def cells(self, issue_id: int) -> dict[str, str]:
        """The column of a ticket that has any."""
        found = self.of_tickets.get(issue_id)
        return {HEADING: canonical.all_written(found)} if found else {}


def same(here: Iterable[Aim], there: Iterable[Aim]) -> bool:
    return {*map(canonical.written, here)} == {*map(canonical.written, there)}
