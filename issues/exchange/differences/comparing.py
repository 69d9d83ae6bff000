"""A sheet beside the register, ticket by ticket and cell by cell. Writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from issues.colour.past import CLOSING_UNSAID
from issues.exchange.already_here import Here, by_number, find_here
from issues.exchange.differences import alike
from issues.exchange.differences.changes import Told, changed_since, told_by_units, unit_codes
from issues.exchange.differences.columns import BY_STEPS, COLUMNS, KEYS
from issues.exchange.differences.difference import Comparison, Difference, Take
from issues.exchange.differences.plans import Plan, plan_differences
from issues.exchange.differences.read_columns import column_differences
from issues.exchange.differences.standing import act_for, holds_already, why_it_stays
from issues.exchange.differences.unread import HEADINGS, text_of, unread_differences, words_of
from issues.exchange.reading.extra_columns import kept, open_part
from issues.exchange.reading.items import BlockCells, ItemRead, Understood
from issues.exchange.reading.unit_names import Directory
from issues.exchange.ticket_targets import READ as READ_BY_LINE
from issues.exchange.workbook.sheet import Cell, plain
from issues.exchange.worked_out import OURS, plain_heading
from issues.exchange.writing.brought import COLUMNS_OF_THEIR_OWN
from issues.exchange.writing.register_rows import Row, register_rows
from issues.ground import under_way
from issues.ground.batches import without_collecting
from issues.ground.secrecy import persons
from issues.rules.policy import Policy
from issues.tickets.supplement import SUPPLEMENT

Said = tuple[Row, Mapping[int, Told]]
AT_ONCE = 500
REVIEWED = (".confirmed", ".progress", ".done")
LASTS = "补充信息随首次导入保存，不能在这里调整"


class Side(NamedTuple):
    """What both sides are read with."""

    directory: Directory
    policy: Policy
    names: Mapping[str, str]
    codes: Mapping[int, str]
    others: frozenset[str]


@without_collecting()
def compare_with_register(
    understood: Understood,
    directory: Directory,
    policy: Policy,
    found: Mapping[int, Here] | None = None,
) -> Comparison:
    """Every difference of the tickets that are in both, by their rows in the sheet."""
    found = find_here(understood) if found is None else found
    names = {code: directory.called(code) for code in directory.units}
    side = Side(directory, policy, names, unit_codes(), frozenset(understood.others))
    items = {item.row: item for item in understood.items}
    blocks = {block.rows[0]: block for block in understood.cells}
    unread = {row: _number(block) for row, block in blocks.items() if row not in items}
    known = by_number(unread.values())
    ids = {row: here.id for row, here in found.items()}
    ids |= {row: known[number].id for row, number in unread.items() if number in known}
    differences: list[Difference] = []
    wrong = {error.cell: error.sentence for error in understood.errors}
    rows = sorted(ids)
    for start in range(0, len(rows), AT_ONCE):
        under_way.tell("与台账比对", start, len(rows))
        some = rows[start : start + AT_ONCE]
        for row, said in _registered(some, ids, side):
            if row in items:
                differences += _of_ticket(side, items[row], blocks[row], said)
            else:
                differences += unread_differences(side.directory, blocks[row], said[0], wrong)
    return Comparison(
        tickets=len(ids),
        differences=_with_who(differences),
        new=tuple(item for item in understood.items if item.row not in ids),
        errors=tuple(
            error
            for error in understood.errors
            if not any(blocks[row].holds(error.cell) for row in rows if row in unread)
        ),
    )


def _number(block: BlockCells) -> str:
    return plain(block.own["number"].text) if "number" in block.own else ""


def _registered(
    rows: Sequence[int], ids: Mapping[int, int], side: Side
) -> Iterator[tuple[int, Said]]:
    """What the register says of each, and what its units' reports would make of its measures."""
    wanted = dict.fromkeys(ids[row] for row in rows)
    roles = SUPPLEMENT.export.roles
    said = register_rows(side.directory, side.policy, [*wanted], roles, lambda _issue: {})
    by_id = {row.issue.id: row for row in said}
    waiting = told_by_units(wanted)
    for row in rows:
        yield row, (by_id[ids[row]], waiting.get(ids[row], {}))


def _of_ticket(side: Side, item: ItemRead, block: BlockCells, said: Said) -> Iterator[Difference]:
    row, waiting = said
    words = words_of(row, side.directory)
    for name, cell in block.own.items():
        if name in COLUMNS and name in words:
            yield from _of_cell(side, item, row, name, cell, words[name])
    yield from _of_supplement(side, item, row)
    yield from column_differences(row, item, side.others)
    yield from plan_differences(
        Plan(row, item, block, side.policy, side.names, side.codes, waiting)
    )


def _of_cell(
    side: Side, item: ItemRead, row: Row, name: str, cell: Cell, was: str
) -> Iterator[Difference]:
    column, issue = COLUMNS[name], row.issue
    now = cell.text
    if name in persons.GUARDED:  # in a ticket from before they were sealed they stand open
        was, now = persons.masked(was), persons.masked(now)
    if column.alike(side.directory, was, now):
        return
    told = dict(column.told(item)) if column.told else {}
    if told and holds_already(issue, told):
        return
    why = column.stays or why_it_stays(issue, side.policy, told)
    take = None if why else Take(act_for(issue), told)
    label = HEADINGS[name]
    said = {"was": was, "now": now, "cell": cell.address}
    yield Difference.of(issue, name, label, **said, take=take, stays=why)


def _of_supplement(side: Side, item: ItemRead, row: Row) -> Iterator[Difference]:
    """Columns that are no field; one that stands in neither the sheet nor its words is left."""
    said = open_part(kept(item))
    for heading in sorted(side.others | said.keys()):
        was = text_of(row.cells.get(heading))
        now = said.get(heading, "")
        if _is_of_a_field(heading, said) or alike.figures(side.directory, was, now):
            continue
        if heading in row.cells or heading in said:
            yield Difference.of(row.issue, f"+{heading}", heading, was=was, now=now, stays=LASTS)


def _is_of_a_field(heading: str, said: Mapping[str, str]) -> bool:
    """Compared as a field, or worked out by the system: unless the ledger brought such a column."""
    if heading in {*KEYS, *COLUMNS_OF_THEIR_OWN, *READ_BY_LINE, CLOSING_UNSAID}:
        return True
    return plain_heading(heading) in OURS and heading not in said


def _with_who(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    """Each with who changed the register's side since the ticket came in."""
    since = changed_since({one.issue_id for one in differences})
    return tuple(
        replace(one, since=next((since[key] for key in _kept_under(one) if key in since), None))
        for one in differences
    )


def _kept_under(one: Difference) -> list[tuple[int, str]]:
    """What the history may call the field."""
    if one.take is None and one.stays == BY_STEPS:
        return [(one.issue_id, "")]
    if one.key.startswith("m"):
        return [(one.issue_id, "reported" if one.key.endswith(REVIEWED) else "measures")]
    told = one.take.fields if one.take else {}
    return [(one.issue_id, name) for name in (*told, one.key)]
