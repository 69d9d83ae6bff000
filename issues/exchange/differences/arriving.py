"""What an import may write of a sheet: what is not here yet. All else is compared."""

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from issues.exchange.already_here import (
    BY_CASE,
    Here,
    as_they_came,
    cell_of,
    conflict,
    find_all,
)
from issues.exchange.differences.comparing import compare_with_register
from issues.exchange.differences.difference import Comparison
from issues.exchange.reading.items import CellError, CellNotice, ItemRead, Understood
from issues.exchange.reading.unit_names import Directory
from issues.rules.policy import Policy


class Compared(NamedTuple):
    """`new` are not here yet, `same` say what the register says.

    Of the new ones `again` are those that were taken back before, by their rows. `older` say what
    they said when they came, and the register has gone on since; `apart` say something else, told
    by `errors` where each was found, or by `complaints` where a case number says which it is: that
    row is left and keeps nothing out. `found` holds each difference, `here` the tickets that are
    here, by the rows they were found by.
    """

    new: tuple[ItemRead, ...]
    same: tuple[ItemRead, ...]
    older: tuple[ItemRead, ...]
    apart: tuple[ItemRead, ...]
    errors: tuple[CellError, ...]
    found: Comparison
    again: Mapping[int, Here] = MappingProxyType({})
    here: Mapping[int, Here] = MappingProxyType({})
    complaints: tuple[CellNotice, ...] = ()


def compare(understood: Understood, directory: Directory, policy: Policy) -> Compared:
    every = find_all(understood)
    found = {row: here for row, here in every.items() if not here.is_gone}
    again = {row: here for row, here in every.items() if here.is_gone}
    compared = compare_with_register(understood, directory, policy, found)
    counts = Counter(one.issue_id for one in compared.differences)
    unlike = {row: here for row, here in found.items() if here.id in counts}
    came_so = as_they_came(understood, unlike) if unlike else frozenset()
    new, same, older, apart, errors, complaints = [], [], [], [], [], []
    for item in understood.items:
        here = found.get(item.row)
        if here is None:
            new.append(item)
        elif here.id not in counts:
            same.append(item)
        elif item.row in came_so:
            older.append(item)
        else:
            apart.append(item)
            if here.by == BY_CASE:
                complaints.append(_same_complaint(understood, item, here, counts[here.id]))
                continue
            errors.append(conflict(understood, item, here, counts[here.id]))
    return Compared(
        tuple(new),
        tuple(same),
        tuple(older),
        tuple(apart),
        tuple(errors),
        compared,
        again,
        found,
        tuple(complaints),
    )


def _same_complaint(understood: Understood, item: ItemRead, here: Here, count: int) -> CellNotice:
    """That a row is a complaint here, though it says otherwise: no error, it is left as it is."""
    cell, heading = cell_of(understood, item, BY_CASE)
    sentence = (
        f"与{here.number}的受理编号相同，是同一信访件，不再登记；"
        f"内容与台账不一致，有{count}处，可比对后逐处接受"
    )
    return CellNotice(cell, heading, here.value, sentence)
