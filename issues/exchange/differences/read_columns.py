"""What a sheet says otherwise of a ticket's targets and readings, line by line."""

from collections.abc import Collection, Iterator, Sequence

from issues.evidence.measured import live_targets
from issues.exchange.differences.difference import Difference, Take
from issues.exchange.differences.plans import AIMS
from issues.exchange.measured.holding import Judge, held, of_rows, readings_of, sentence_of
from issues.exchange.measured.lines import as_compared
from issues.exchange.reading.items import ItemRead
from issues.exchange.ticket_targets import HEADING, READINGS, same, told_in
from issues.exchange.workbook.sheet import plain
from issues.exchange.writing.register_rows import Row
from issues.ground.refusals import Incomplete
from issues.models import Issue
from issues.rules.targets.reading_lines import ReadingLine, is_said_of, written
from issues.vocabulary import BesideAct

CORRECTED = "已登记的监测数据在事项的“监测数据”页更正，不从表中改"
STRUCK = "已登记的监测数据在事项的“监测数据”页撤回，不从表中删"


def column_differences(row: Row, item: ItemRead, heads: Collection[str]) -> Iterator[Difference]:
    """Of a column that the sheet has not, nothing."""
    if HEADING in heads:
        yield from _of_targets(row, item)
    if READINGS in heads:
        yield from _of_readings(row, item)


def _of_targets(row: Row, item: ItemRead) -> Iterator[Difference]:
    was, now = str(row.cells.get(HEADING) or ""), item.extra.get(HEADING, "")
    (here, kept), (there, left) = told_in(was), told_in(now)
    if plain(was) == plain(now) or (same(here, there) and kept == left):
        return
    yield Difference.of(row.issue, f"+{HEADING}", HEADING, was=was, now=now, stays=AIMS)


def _of_readings(row: Row, item: ItemRead) -> Iterator[Difference]:
    here = as_compared(str(row.cells.get(READINGS) or ""))
    there = _unsaid(readings_of(item), here)
    if not (here or there):
        return
    targets = of_rows(live_targets(row.issue))
    added = _unsaid([_named(one, targets) for one in there], here)
    for line in added:
        was = next((one for one in here if _is_changed(one, line)), None)
        if was is None:
            yield _added(row.issue, line, targets)
        else:
            here.remove(was)
            yield _told(row.issue, was=written(was), now=written(line), stays=CORRECTED)
    for one in here:
        yield _told(row.issue, was=written(one), now="", stays=STRUCK)


def _unsaid(lines: Sequence[ReadingLine], here: list[ReadingLine]) -> list[ReadingLine]:
    """Lines that say none of those here; each that is said is taken out of them."""
    left = []
    for line in sorted(lines, key=_fullest_first):
        found = next((one for one in here if is_said_of(line, one)), None)
        if found is None:
            left.append(line)
        else:
            here.remove(found)
    return left


def _fullest_first(line: ReadingLine) -> tuple[bool, bool]:
    return not line.laboratory, not line.point


def _named(line: ReadingLine, targets: Sequence[Judge]) -> ReadingLine:
    """Under the name and unit of its target; as it stands where none judges it."""
    try:
        measured = held(line, targets)
    except Incomplete:
        return line
    name = next(one.name for one in targets if one.id == measured.target_id)
    return ReadingLine(
        line.on, name, line.value, measured.unit_of_value, line.laboratory, line.point
    )


def _is_changed(was: ReadingLine, now: ReadingLine) -> bool:
    """Another figure of the same item and day at the same place."""
    same_place = now.point in {"", was.point}
    return (was.on, was.name) == (now.on, now.name) and same_place


def _added(issue: Issue, line: ReadingLine, targets: Sequence[Judge]) -> Difference:
    try:
        measured = held(line, targets)
    except Incomplete as wrong:
        return _told(issue, was="", now=written(line), stays=sentence_of(wrong))
    take = Take(BesideAct.RECORD_READING, reading=measured)
    return _told(issue, was="", now=written(line), take=take)


def _told(
    issue: Issue, *, was: str, now: str, stays: str = "", take: Take | None = None
) -> Difference:
    key = f"+{READINGS}·{now or was}"
    return Difference.of(issue, key, READINGS, was=was, now=now, stays=stays, take=take)
