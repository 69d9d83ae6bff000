"""The facts of one ticket on a day, by the keys of the columns a profile may take."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from issues.colour.closing import UNSAID, closing_of
from issues.exchange.writing.profiles.columns import COLUMNS
from issues.exchange.writing.profiles.paper import Value
from issues.exchange.writing.register_rows import Row
from issues.ground.secrecy import persons
from issues.models import Issue, Measure
from issues.queries.board.tally import NO_UNIT_NAME
from issues.queries.ground.names import NO_UNIT, Names
from issues.queries.ledger.beside import Beside
from issues.queries.ledger.stood import Stood
from issues.rules.colour import folded
from issues.vocabulary import Colour, KeeperLevel, Relation

YES, NO = "是", "否"
DONE, WAITING, GOING, AHEAD = "已完成", "待确认", "推进中", "未到启动时间"
WORDS_OF_LIST = {key: one.cell for key, one in COLUMNS.items() if one.cell and not one.of_measure}
WORDS_OF_MEASURE = {key: one.cell for key, one in COLUMNS.items() if one.cell and one.of_measure}


class Facts(NamedTuple):
    """A ticket's cells by column, and those of each of its measures."""

    stood: Stood
    cells: Mapping[str, Value]
    steps: Sequence[Mapping[str, Value]]


def worked_out(
    one: Stood, issue: Issue, beside: Beside, names: Names, day: date
) -> dict[str, Value]:
    """What the system works out of a ticket: the columns of worked_out.py."""
    carded = beside.of("since", one.id)
    counted = carded.counted if carded else {}
    supporting = issue.units(Relation.SUPPORTING)
    is_public = issue.publicity_from is not None and issue.publicity_from <= day
    return {
        "supporting": "、".join(names.by_id[unit.id].name for unit in supporting),
        "status": one.status.label,
        "colour": one.colour,
        "rules": "、".join(_rules(one, day)),
        "since": _since(one, day, carded.since if carded else None),
        "yellow_cards": counted.get(Colour.YELLOW.value, 0),
        "red_cards": counted.get(Colour.RED.value, 0),
        "notices": beside.of("notices", one.id),
        "extensions": beside.of("extensions", one.id) or 0,
        "publicity_from": issue.publicity_from if is_public else None,
        "publicity_until": issue.publicity_until if is_public else None,
        "lookback": beside.of("lookback", one.id),
        **{
            level.column: (beside.of(level.column, one.id) or {}).get(level.column)
            for level in KeeperLevel
        },
    }


def _rules(one: Stood, day: date) -> list[str]:
    """The rules in force, the gravest first; a closed ticket answers to none."""
    if one.colour in (None, Colour.GREY):
        return []
    found = (each.firing.rule for each in folded(one.firings, day))
    return [f"{rule.value} {rule.label}" for rule in dict.fromkeys(found)]


def _since(one: Stood, day: date, carded: date | None) -> date | None:
    """From when it shows its colour: by a rule, by its card, or by whichever came first."""
    if one.colour not in (Colour.RED, Colour.YELLOW):
        return None
    days = [f.since for f in one.firings if f.rule.colour is one.colour and f.since <= day]
    if carded and one.card == one.colour.value:
        days.append(carded)
    return min(days, default=None)


def facts_of(
    found: Sequence[Stood], rows: Sequence[Row], beside: Beside, names: Names, day: date,
    *, is_public: bool = False,
) -> Iterator[Facts]:  # fmt: skip
    """Of each ticket in its order. In a public one no text names a person."""
    for one, row in zip(found, rows, strict=True):
        cells = (
            {key: row.cells.get(heading) for key, heading in WORDS_OF_LIST.items()}
            | worked_out(one, row.issue, beside, names, day)
            | _ticket(one, row, names, day)
            | {key: beside.of(key, one.id) for key in ("progress", "accepted_on")}
            | _plan(row, day)
        )
        cells["progress"] = cells["progress"] or _said_of_measures(row)
        steps = [
            _step(measure, said, beside, names, day)
            for measure, said in zip(row.plan, row.measures, strict=True)
        ]
        if is_public:
            yield Facts(one, _masked(cells), [_masked(step) for step in steps])
        else:
            yield Facts(one, cells, steps)


def _ticket(one: Stood, row: Row, names: Names, day: date) -> dict[str, Value]:
    issue, code = row.issue, names.code(one.unit_id)
    closing = closing_of(issue) if one.is_struck else None
    closed_on = None if closing is None else closing.on or UNSAID
    return {
        "number": issue.number,
        "title": issue.title,
        "source": one.source.label,
        "region": names.region(one.region),
        "primary": NO_UNIT_NAME if code == NO_UNIT else names.unit(code),
        "deadline": issue.deadline,
        "deadline_kind": issue.deadline_kind.label,
        "assigned_on": issue.assigned_on,
        "claimed_on": _by(issue.claimed_on, day),
        "closed": YES if one.is_struck else NO,
        "closed_on": _by(closed_on, day) if isinstance(closed_on, date) else closed_on,
    }


def _by(on: date | None, day: date) -> date | None:
    """A day that had come by then."""
    return on if on is not None and on <= day else None


def _plan(row: Row, day: date) -> dict[str, Value]:
    plan = row.plan
    texts = [measure.text for measure in plan]
    numbered = (f"{no}．{text}" for no, text in enumerate(texts, start=1))
    return {
        "measures": len(plan),
        "measures_done": sum(_is_done(measure, day) for measure in plan),
        "plan": "\n".join(numbered if len(texts) > 1 else texts),
    }


def _said_of_measures(row: Row) -> str:
    """What the measures say of themselves where no report was written."""
    return "\n".join(dict.fromkeys(measure.progress for measure in row.plan if measure.progress))


def _is_done(measure: Measure, day: date) -> bool:
    return measure.is_done and (measure.done_on is None or measure.done_on <= day)


def _step(
    measure: Measure, said: Mapping[str, Value], beside: Beside, names: Names, day: date
) -> dict[str, Value]:
    units = (measure.unit_id, *measure.original.get("also", ()))
    return {key: said.get(heading) for key, heading in WORDS_OF_MEASURE.items()} | {
        "m_text": measure.text,
        "m_units": "、".join(names.by_id[unit].name for unit in units),
        "m_person": measure.person,
        "m_deadline": measure.deadline,
        "m_stage": _stage(measure, day),
        "m_evidence": beside.of("m_evidence", measure.id) or 0,
        "m_confirmer": beside.of("m_confirmer", measure.id),
        "m_done": YES if _is_done(measure, day) else NO,
    }


def _stage(measure: Measure, day: date) -> str:
    if _is_done(measure, day):
        return DONE
    if measure.is_reported_done and not measure.is_done:
        return WAITING
    return AHEAD if measure.start and measure.start > day else GOING


def _masked(cells: Mapping[str, Value]) -> dict[str, Value]:
    return {
        key: persons.masked(value)
        if isinstance(value, str) and not isinstance(value, Colour)
        else value
        for key, value in cells.items()
    }
