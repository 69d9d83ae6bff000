"""What a sheet says otherwise of a ticket's measures: changed, more, or fewer."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from issues.exchange.differences.changes import Told
from issues.exchange.differences.difference import Difference, Take
from issues.exchange.differences.standing import act_for, why_it_stays
from issues.exchange.reading.items import BlockCells, ItemRead, MeasureRead
from issues.exchange.ticket_targets import same
from issues.exchange.workbook.sheet import Cell, plain
from issues.exchange.writing.register_rows import Row
from issues.models import Issue, Measure
from issues.rules.dates.deadlines import UnreadableDeadline, read_day
from issues.rules.policy import Policy
from issues.rules.targets.canonical import all_written
from issues.vocabulary import Action

Pair = tuple[MeasureRead, Measure]
Figure = tuple[str, str, Any, Any, tuple[str, Any]]
REPORTED = "进展由责任单位填报、审核后确认，不从表中改；已填报待审核且与表中一致的，可以在这里确认"
SHARED = "措施的共同责任单位随首次导入记下，不能调整"
AIMS = "要达到或保持的目标有方向和性质，请在事项的“目标”页中调整"
IN_DRAFT = "待交办的事项，请在修改草稿中调整措施"
PLANNING = "方案通过以后才能从表中调整措施"


class Plan(NamedTuple):
    """One ticket's measures here and in the sheet. `codes` are units by their id, `names` by code.

    `waiting` is what the units reported and nobody reviewed yet would make of each measure.
    """

    row: Row
    item: ItemRead
    cells: BlockCells
    policy: Policy
    names: Mapping[str, str]
    codes: Mapping[int, str]
    waiting: Mapping[int, Told]

    @property
    def issue(self) -> Issue:
        return self.row.issue

    def has(self, name: str) -> bool:
        return not self.cells.steps or name in self.cells.steps


def plan_differences(plan: Plan) -> Iterator[Difference]:
    pairs, more, fewer = _paired(plan)
    told = {measure.id: (read.confirmed, read.done) for read, measure in pairs}
    if any(told.get(one) != (value, done) for one, (value, done) in plan.waiting.items()):
        plan = plan._replace(waiting={})
    for read, measure in pairs:
        yield from _of_one(plan, read, measure)
    for read in more:
        yield _made(plan, read, f"m+{read.text}", "新增措施", "", read.text, _added(read))
    for measure in fewer:
        label, gone = f"措施{measure.no}（表中没有）", {"id": measure.id, "dropped": True}
        yield _made(plan, None, f"m{measure.id}", label, measure.text, "", gone)


def _paired(plan: Plan) -> tuple[list[Pair], list[MeasureRead], list[Measure]]:
    """By their words, else by the number in their cell, else in their order."""
    left, pairs = list(plan.row.plan), list[Pair]()
    rest = list(plan.item.measures)
    for fits in (_says_the_same, lambda read, one: _number(plan, read) == str(one.no)):
        for read in list(rest):
            if (found := next((one for one in left if fits(read, one)), None)) is not None:
                pairs.append((read, found))
                left.remove(found)
                rest.remove(read)
    if len(rest) == len(left):
        pairs += zip(rest, left, strict=True)
        rest, left = [], []
    return sorted(pairs, key=lambda pair: pair[1].no), rest, left


def _says_the_same(read: MeasureRead, measure: Measure) -> bool:
    return plain(read.text) == plain(measure.text)


def _number(plan: Plan, read: MeasureRead) -> str:
    return plain(cell.text) if (cell := _cell(plan, read, "m_no")) else ""


def _cell(plan: Plan, read: MeasureRead | None, name: str) -> Cell | None:
    row = read.row if read else plan.item.row
    found = (cells[name] for cells in plan.cells.plan if name in cells and cells[name].row == row)
    return next(found, None)


def _of_one(plan: Plan, read: MeasureRead, measure: Measure) -> Iterator[Difference]:
    """The fields of one measure, in the order of the sheet."""
    no, key = f"措施{measure.no}·", f"m{measure.id}."
    if not _says_the_same(read, measure):
        told = {"id": measure.id, "text": read.text}
        yield _made(plan, read, f"{key}text", f"{no}措施内容", measure.text, read.text, told)
    yield from _unit(plan, read, measure)
    for name, label, was, now, field in _figures(read, measure):
        if plan.has(f"m_{name}") and was != now:
            said = {"id": measure.id, field[0]: field[1]}
            yield _made(plan, read, f"{key}{name}", f"{no}{label}", _said(was), _said(now), said)
    aims = plan.row.aims.get(measure.id, ())
    if measure.sense_of_target is not read.sense and measure.target == read.target:
        here, there = (f"{one.sign}{_said(read.target)}" for one in
                       (measure.sense_of_target, read.sense))  # fmt: skip
        yield _stays(plan, read, f"{key}target", f"{no}目标方向", here, there, AIMS)
    if plan.has("m_target") and not same(aims, read.aims):
        here, there = all_written(aims), all_written(read.aims)
        yield _stays(plan, read, f"{key}target", f"{no}目标", here, there, AIMS)
    for name, label, was, now in _reported(read, measure):
        if plan.has(f"m_{name}") and was != now:
            yield _stays(plan, read, f"{key}{name}", f"{no}{label}", _said(was), _said(now))


def _unit(plan: Plan, read: MeasureRead, measure: Measure) -> Iterator[Difference]:
    """Who names nobody answers as the primary unit does, whoever that is here and there."""
    issue = plan.issue
    is_primary = read.unit == plan.item.primary_unit and measure.unit_id == issue.primary_unit_id
    was, now = plan.codes[measure.unit_id], read.unit
    others = {plan.codes[unit] for unit in measure.original.get("also", ())}
    label, key = f"措施{measure.no}·责任单位", f"m{measure.id}.unit"
    if was != now and not is_primary:
        told = {"id": measure.id, "unit": now}
        yield _made(plan, read, key, label, plan.names[was], plan.names[now], told)
    elif (
        not is_primary
        and others != {*read.other_units}
        and others | {was} != {*read.other_units, now}
    ):
        here, there = _named(plan, [was, *others]), _named(plan, [now, *read.other_units])
        yield _stays(plan, read, key, label, here, there, SHARED)


def _named(plan: Plan, codes: Sequence[str]) -> str:
    return "、".join(plan.names[code] for code in codes)


def _figures(
    read: MeasureRead, measure: Measure
) -> Iterator[tuple[str, str, Any, Any, tuple[str, Any]]]:
    """(field of the sheet, its label, here, there, what an amendment is told)."""
    yield "start", "启动时间", measure.start, read.start, ("start", _told(read.start))
    if read.deadline is not None and not _same_deadline(read, measure):
        text = read.deadline.text
        was = measure.deadline_text or _said(measure.deadline)
        yield "deadline", "完成时限", was, text, ("deadline_text", text)
    yield "target", "目标值", measure.target, read.target, ("target", _told(read.target))
    units = measure.unit_of_target or None, read.unit_of_target or None
    yield "unit_of_target", "单位", *units, ("unit_of_target", units[1])


def _same_deadline(read: MeasureRead, measure: Measure) -> bool:
    """The same day; and the same words, where both are more than a day."""
    if read.deadline is None or read.deadline.on != measure.deadline:
        return False
    texts = (read.deadline.text, measure.deadline_text)
    return plain(texts[0]) == plain(texts[1]) or any(_is_day(text) for text in texts)


def _is_day(text: str) -> bool:
    try:
        return bool(read_day(text))
    except UnreadableDeadline:
        return False


def _reported(read: MeasureRead, measure: Measure) -> Iterator[tuple[str, str, Any, Any]]:
    yield "confirmed", "完成值", measure.confirmed, read.confirmed
    yield "progress", "进度描述", plain(measure.progress) or None, plain(read.progress) or None
    yield "done", "是否完成", measure.is_done, read.done


def _stays(
    plan: Plan, read: MeasureRead, key: str, label: str, was: str, now: str, why: str = REPORTED
) -> Difference:
    """Told with why; but for figures that only wait for their review, which it may be."""
    is_waiting = why is REPORTED and plan.waiting and not key.endswith("progress")
    take = Take(Action.CONFIRM_PROGRESS) if is_waiting else None
    return _difference(plan, read, key, label, was, now, take, "" if take else why)


def _made(
    plan: Plan,
    read: MeasureRead | None,
    key: str,
    label: str,
    was: str,
    now: str,
    told: Mapping[str, Any],
) -> Difference:
    """Something that an amendment of the ticket writes, unless the ticket may not be amended."""
    why = why_it_stays(plan.issue, plan.policy, {})
    if act_for(plan.issue) is Action.EDIT:
        why = IN_DRAFT
    elif not why and not plan.row.plan:
        why = PLANNING
    take = None if why else Take(Action.AMEND, measure=told)
    return _difference(plan, read, key, label, was, now, take, why)


def _difference(
    plan: Plan,
    read: MeasureRead | None,
    key: str,
    label: str,
    was: str,
    now: str,
    take: Take | None,
    why: str,
) -> Difference:
    field = key.partition(".")[2] or "text"
    name = "m_units" if field == "unit" else f"m_{field}"
    cell = _cell(plan, read, name) or _cell(plan, read, "m_text")
    place = cell.address if cell and read else ""
    told = {"was": was, "now": now, "cell": place}
    return Difference.of(plan.issue, key, label, **told, take=take, stays=why)


def _added(read: MeasureRead) -> dict[str, Any]:
    told = {
        "text": read.text,
        "unit": read.unit,
        "start": _told(read.start),
        "deadline_text": read.deadline.text if read.deadline else None,
        "target": _told(read.target),
        "unit_of_target": read.unit_of_target or None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _told(value: Any) -> Any:
    return None if value is None else _said(value)


def _said(value: Any) -> str:
    """A value as a cell says it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
