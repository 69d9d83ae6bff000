"""C13: one number of one thing in two units."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from issues.rules.contradictions.quantities import PHYSICAL, Quantity, quantities, shown, unit_of
from issues.rules.contradictions.sources import Found, Paper, Step, Text
from issues.rules.contradictions.words import plain
from issues.vocabulary import ContradictionKind, SourceKind

READ = (
    SourceKind.LEDGER, SourceKind.REPORT, SourceKind.REPLY, SourceKind.EXTENSION, SourceKind.CLAIM,
)  # fmt: skip
_THING = re.compile(r"[一-鿿]{2}")
_VERBS = frozenset({"完成", "累计", "已经", "共计", "实际", "合计", "总计", "约计", "达到"})
MOST_COMPARED = 20
LEAST_DIGITS = 2
"""A figure of one digit is too common to be the same one."""


class Mention(NamedTuple):
    """A number with a unit, the two signs before it, and the text it stands in."""

    quantity: Quantity
    thing: str
    text: Text
    all_units: frozenset[tuple[Decimal, str, Decimal]]


def unit_differs(paper: Paper) -> Iterator[Found]:
    """Where the thing has the same last two signs, or the number is a measure's own figure."""
    groups: dict[tuple[Decimal, str], list[Mention]] = {}
    for one in _mentions(paper):
        groups.setdefault((one.quantity.number, one.thing), []).append(one)
    told: set[Decimal] = set()
    for (number, _), group in groups.items():
        pair = next(filter(_differ, combinations(group[:MOST_COMPARED], 2)), None)
        if pair is not None:
            told.add(number)
            yield _found(*pair)
    for step in paper.steps:
        if step.target not in told:
            yield from _of_figures(paper, step)


def _of_figures(paper: Paper, step: Step) -> Iterator[Found]:
    """“完成2.4米” beside a figure of 2.4 公里, in the words that are of this measure alone."""
    known = unit_of(step.unit)
    figure = step.target
    if figure is None or known is None or known[0] not in PHYSICAL or not _tells(figure):
        return
    for text in paper.of(*READ):
        if text.measure_id != step.id and (text.measure_id or len(paper.steps) > 1):
            continue
        found = [one for one in quantities(plain(text.text)) if one.dimension in PHYSICAL]
        own = (known[0], figure * known[1])
        if any((one.dimension, one.amount / one.number if one.number else 0) == known
               for one in found):  # fmt: skip
            continue
        for one in found:
            if one.number == figure and (one.dimension, one.amount) != own:
                yield Found(
                    ContradictionKind.UNIT_DIFFERS,
                    f"同为{shown(figure)}，一处单位为{one.unit}，一处为{step.unit}",
                    text.side(one.start, one.end),
                    step.side(f"{step.name}目标值{shown(figure)}{step.unit}"),
                )


def _mentions(paper: Paper) -> Iterator[Mention]:
    texts = [*(step.words() for step in paper.steps), *paper.of(*READ)]
    for text in texts:
        words = plain(text.text)
        found = [one for one in quantities(words) if one.dimension in PHYSICAL]
        units = frozenset((one.number, one.dimension, one.amount) for one in found)
        for one in found:
            thing = words[max(0, one.start - 4) : one.start].rstrip()[-2:]
            if _THING.fullmatch(thing) and thing not in _VERBS and _tells(one.number):
                yield Mention(one, thing, text, units)


def _differ(pair: tuple[Mention, Mention]) -> bool:
    """Two units, of which neither text gives the other beside its own."""
    one, other = pair
    is_said = _says(one, other.quantity) or _says(other, one.quantity)
    return _is_other(one.quantity, other.quantity) and not is_said


def _is_other(one: Quantity, other: Quantity) -> bool:
    return one.dimension != other.dimension or one.amount != other.amount


def _says(mention: Mention, count: Quantity) -> bool:
    """Whether the same text says the other's figure in the other's unit as well."""
    return (count.number, count.dimension, count.amount) in mention.all_units


def _tells(number: Decimal) -> bool:
    digits = "".join(map(str, number.normalize().as_tuple().digits)).rstrip("0")
    return len(digits) >= LEAST_DIGITS or number >= 100  # noqa: PLR2004 - three signs are telling


def _found(first: Mention, second: Mention) -> Found:
    one, other = first.quantity, second.quantity
    return Found(
        ContradictionKind.UNIT_DIFFERS,
        f"同为{shown(one.number)}，一处单位为{other.unit}，一处为{one.unit}",
        second.text.side(other.start, other.end),
        first.text.side(one.start, one.end),
    )
