"""The columns of the register a person may choose, and how close its lines stand."""

from collections.abc import Mapping
from typing import Any, NamedTuple

COLUMNS = {
    "colour": "颜色", "status": "状态", "unit": "主责单位", "deadline": "时限",
    "measures": "措施", "sponsor": "包案领导", "source": "来源", "region": "区域",
}  # fmt: skip
USUAL = ("colour", "status", "unit", "deadline", "measures", "sponsor")
FROZEN = {"number": "编号", "title": "事项"}
SORTED = frozenset({"number", "title", "colour", "status", "unit", "deadline"})
DENSITIES = {"wide": "宽松", "dense": "紧凑"}


class Look(NamedTuple):
    columns: tuple[str, ...]
    density: str

    @property
    def heads(self) -> list[tuple[str, str]]:
        """Key and label of each column."""
        return [*FROZEN.items(), *((key, COLUMNS[key]) for key in self.columns)]

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        return [(key, label, key in self.columns) for key, label in COLUMNS.items()]

    @property
    def densities(self) -> list[tuple[str, str, bool]]:
        return [(key, label, key == self.density) for key, label in DENSITIES.items()]


def look_of(kept: Mapping[str, Any]) -> Look:
    """What was chosen, as far as it is still known; the usual where nothing was."""
    chosen = kept.get("columns", USUAL)
    density = kept.get("density", "wide")
    return Look(
        tuple(key for key in COLUMNS if key in chosen),
        density if density in DENSITIES else "wide",
    )
