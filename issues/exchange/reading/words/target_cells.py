"""The target of a measure in its cell: a figure, a figure with its sense, or a whole target.

The measure's own words tell the sense of a figure that stands alone. What nobody can tell is an
error at the cell, never a guess: a wrong sense is worse than none.
"""

from dataclasses import dataclass
from decimal import Decimal

from issues.exchange.workbook.amounts import amount, unit_of
from issues.exchange.workbook.sheet import Cell
from issues.rules.targets import canonical, units
from issues.rules.targets.canonical import Aim
from issues.rules.targets.words import LONGEST_NAME, Proposed, proposed
from issues.vocabulary import Nature, Sense

TARGET = "m_target"
UNTOLD_SENSE = "单位是“{}”的目标看不出是不超过还是不低于，请写明，如“≤{}”或“≥{}”"
UNTOLD_NATURE = "看不出目标是累计完成、达到水平还是持续保持，请在前面写明，如“达到水平：{}{}{}{}”"
CONTRADICTS = "与措施中写的“{}”不一致，请改正其中一处"
UNSURE = "措施中写有“{}”，看不出是累计完成还是达到水平，按累计完成导入，请核对"
_NAMELESS = "某指标"


@dataclass(frozen=True, slots=True)
class Told:
    """What the cell says. `count` grows along a line, `aims` are what is reached or kept."""

    count: Decimal | None = None
    sense: Sense = Sense.GE
    unit: str = ""
    aims: tuple[Aim, ...] = ()
    fault: str = ""
    notice: str = ""


def is_words(cell: Cell) -> bool:
    """Whether more than a figure stands in it."""
    return isinstance(cell.value, str) and bool(amount(cell, TARGET, "").fault)


def told_by(cell: Cell, unit: str, text: str) -> Told | None:
    """By the cell, the column of its unit and the words of the measure; None for no target."""
    if not is_words(cell):
        figure = amount(cell, TARGET, "").value
        return _of_figure(figure, unit or unit_of(cell), text) if figure else Told(count=figure)
    aims = canonical.read(cell.text)
    if aims is not None:
        return _of_lines(aims)
    found = proposed(cell.text) or proposed(f"{_NAMELESS}{cell.text}")
    if len(found) != 1:
        return None
    return _of_words(found[0], unit, text)


def _of_lines(aims: tuple[Aim, ...]) -> Told:
    counts = [one for one in aims if one.nature is Nature.COUNT]
    if len(counts) == len(aims) == 1 and counts[0].sense in {Sense.GE, Sense.GT}:
        return Told(counts[0].value, counts[0].sense, counts[0].unit)
    if counts:
        return Told(fault="累计完成的目标请只填数量，如“60”，不与其他目标写在一格")
    return Told(aims=aims)


def _of_figure(figure: Decimal, unit: str, text: str) -> Told:
    said = next((one for one in proposed(text) if _is_of(one, figure, unit)), None)
    if said is None:
        if unit in units.CONTENTS:
            return Told(fault=UNTOLD_SENSE.format(unit, figure, figure))
        return Told(count=figure)
    if said.nature is Nature.COUNT:
        return Told(count=figure, sense=said.sense)
    if said.nature is None:
        return Told(count=figure, notice=UNSURE.format(said.quote))
    return Told(unit=unit or said.unit, aims=(_aim(said, figure, unit, said.name),))


def _of_words(cell: Proposed, unit: str, text: str) -> Told:
    """What the cell itself says of sense and unit; its name may stand in the measure's words."""
    unit = cell.unit or unit
    said = next((one for one in proposed(text) if _is_of(one, cell.value, unit)), None)
    if said is not None and said.sense is not cell.sense:
        return Told(fault=CONTRADICTS.format(said.quote))
    is_named = cell.name != _NAMELESS
    name = cell.name if is_named else said.name if said else _called(text)
    is_kept = cell.nature is Nature.KEEP or (said is not None and said.nature is Nature.KEEP)
    is_kept = is_kept or units.is_rate_of_all(name, unit, cell.value)
    nature = units.nature_of(cell.sense, unit, name, is_kept=is_kept)
    if nature is None:
        parts = (name, cell.sense.sign, f"{cell.value:f}", unit)
        return Told(fault=UNTOLD_NATURE.format(*parts))
    if nature is Nature.COUNT:
        return Told(count=cell.value, sense=cell.sense, unit=cell.unit)
    told = Proposed(name, cell.sense, cell.value, unit, nature, cell.quote)
    return Told(unit=unit, aims=(_aim(told, cell.value, unit, name),))


def _is_of(one: Proposed, figure: Decimal, unit: str) -> bool:
    return one.value == figure and (not one.unit or not unit or one.unit == unit)


def _aim(said: Proposed, value: Decimal, unit: str, name: str) -> Aim:
    nature = said.nature or Nature.LEVEL
    quote = said.quote.removeprefix(_NAMELESS)
    return Aim(
        name=name, sense=said.sense, value=value, unit=unit or said.unit, nature=nature, quote=quote
    )


def _called(text: str) -> str:
    """The measure's first clause stands for a name where nothing names what is measured."""
    clause = text.replace("。", "，").replace("；", "，").partition("，")[0].strip()
    return clause[:LONGEST_NAME] or "目标"
