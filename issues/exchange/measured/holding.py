"""A line of readings held against the targets of its ticket; what is wrong is told at its cell."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from issues.evidence.item_names import NO_UNIT
from issues.evidence.measured import LONGEST, Measured, read, which_target
from issues.exchange.measured.lines import lines_in
from issues.exchange.reading.items import CellError, ItemRead, Understood
from issues.exchange.ticket_targets import READINGS, aims_of
from issues.ground.refusals import Incomplete
from issues.models import Target
from issues.rules.targets.canonical import Aim
from issues.rules.targets.reading_lines import ReadingLine

NO_TARGETS = "本事项没有量化目标，监测读数没有可比对的目标"
NO_SUCH_TARGET = "本事项没有“{}”的量化目标，现有：{}"
NO_LABORATORY = "请在后面的【】中写明监测单位"


class Judge(NamedTuple):
    """A target as a line is held against it. `id` is None for one that is yet to come in."""

    name: str
    unit: str
    source: str
    id: int | None = None


def of_rows(targets: Iterable[Target]) -> list[Judge]:
    return [Judge(one.name, one.unit_of_value, one.source_unit, one.id) for one in targets]


def of_item(item: ItemRead) -> list[Judge]:
    """The targets that come in with it, of itself and of its measures."""
    aims: list[Aim] = [*aims_of(item), *(aim for one in item.measures for aim in one.aims)]
    return [Judge(one.name, one.unit, one.source) for one in aims]


def readings_of(item: ItemRead) -> list[ReadingLine]:
    return lines_in(item.extra.get(READINGS, ""))


def held(line: ReadingLine, targets: Sequence[Judge]) -> Measured:
    """Raises Incomplete."""
    named = [(one.name, one.unit) for one in targets]
    place = which_target(named, line.name, line.unit)
    if place is None:
        there = "、".join(dict.fromkeys(f"“{name}”" for name, _ in named))
        why = NO_SUCH_TARGET.format(line.name, there) if there else NO_TARGETS
        raise Incomplete({"pollutant": [why]})
    target = targets[place]
    laboratory = line.laboratory or target.source
    if not laboratory:
        raise Incomplete({"laboratory": [NO_LABORATORY]})
    said = {
        "pollutant": target.name[: LONGEST["pollutant"]], "value": f"{line.value:f}",
        "unit_of_value": target.unit or line.unit or NO_UNIT[-1], "sampled_on": str(line.on),
        "laboratory": laboratory, "point": line.point,
    }  # fmt: skip
    return replace(read(said, {}), target_id=target.id)


def sentence_of(refusal: Incomplete) -> str:
    return "；".join(said for told in refusal.errors.values() for said in told)


def unheld(understood: Understood, items: Iterable[ItemRead]) -> list[CellError]:
    """Lines of tickets yet to come in that none of their own targets judges."""
    return [error for item in items for error in _unheld(understood, item)]


def _unheld(understood: Understood, item: ItemRead) -> Iterable[CellError]:
    targets = of_item(item)
    for no, line in enumerate(readings_of(item), start=1):
        try:
            held(line, targets)
        except Incomplete as wrong:
            cell = f"{understood.letters.get(READINGS, 'A')}{item.row}"
            sentence = f"第{no}条：{sentence_of(wrong)}"
            yield CellError(cell, READINGS, f"{line.on} {line.name}", sentence)
