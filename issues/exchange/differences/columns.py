"""The ticket's columns of a ledger: when two cells say the same, and what taking one writes."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from issues.exchange.differences import alike
from issues.exchange.differences.alike import Alike
from issues.exchange.reading.items import ItemRead
from issues.tickets.fields import READ, WRITTEN
from issues.tickets.life import COLUMNS as LIFE

BY_STEPS = "办理状态按程序逐步变更，请在事项页办理，不从表中改"
ASSIGNED = "交办日期由交办当日记下，不能更改"
NUMBERED = "编号按来源编排，来源不能更改；登记错了的，请撤销后重新登记"
STARRED = "重点标记由交办方给出，随首次导入记下，不能调整"
Told = Callable[[ItemRead], Mapping[str, Any]]


class Column(NamedTuple):
    """`told` gives the fields of an amendment; without it the column `stays`, and why."""

    alike: Alike
    told: Told | None = None
    stays: str = ""


def _own(*names: str) -> Told:
    """What is read of the fields by these names."""

    def told(item: ItemRead) -> dict[str, Any]:
        return {
            name: item.texts[name] if name in item.texts else getattr(item, name) for name in names
        }

    return told


def _units(item: ItemRead) -> dict[str, Any]:
    others = [code for code in item.responsible_units if code != item.primary_unit]
    return {
        "primary_unit": item.primary_unit,
        "responsible_units": others,
        "supporting_units": list(item.supporting_units),
    }


COLUMNS: dict[str, Column] = {
    ledger.key or field.name: Column(alike.texts, _own(field.name))
    for field, ledger in READ.items()
} | {
    "source": Column(alike.sources, stays=NUMBERED),
    "starred": Column(alike.flags, stays=STARRED),
    "region": Column(alike.regions, _own("region")),
    "township": Column(alike.places, _own("township")),
    "place": Column(alike.texts, _own("place", "lon", "lat")),
    "lon": Column(alike.figures, _own("lon", "lat")),
    "lat": Column(alike.figures, _own("lon", "lat")),
    "types": Column(alike.types, lambda item: {"types": [one.value for one in item.types]}),
    "deadline": Column(alike.days, lambda item: {"deadline_text": item.deadline.text}),
    "units": Column(alike.units, _units),
    "supporting": Column(
        alike.units, lambda item: {"supporting_units": list(item.supporting_units)}
    ),
    "lead": Column(alike.units, _own("lead_unit")),
    "acceptance": Column(alike.units, _own("acceptance_unit")),
    "supervising": Column(alike.units, _own("supervising_unit")),
    "assigned_on": Column(alike.days, stays=ASSIGNED),
    "stage": Column(alike.texts, stays=BY_STEPS),
    "claimed_on": Column(alike.days, stays=BY_STEPS),
    "closed": Column(alike.flags, stays=BY_STEPS),
    "closed_on": Column(alike.days, stays=BY_STEPS),
}
KEYS = {export.heading: READ[field].key or field.name for field, export in WRITTEN if field in READ}
KEYS |= {column.export.heading: column.key for column in LIFE if column.export}
"""What the reading calls each heading of an export."""
