"""A profile's paper of a day: the filter's tickets, the facts of each, and the sums at the end."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from auth.actor import Actor
from issues.evidence.complaints import unnamed
from issues.exchange.writing.profiles.columns import Column
from issues.exchange.writing.profiles.flat_file import flat_file
from issues.exchange.writing.profiles.paper import Line, Paper, Table
from issues.exchange.writing.profiles.profile import BY_UNIT, Profile
from issues.exchange.writing.profiles.workbook import workbook
from issues.exchange.writing.register_workbook import rows_of
from issues.ground.refusals import Incomplete, NotAllowed
from issues.queries.ground import names as units
from issues.queries.ground.names import Names
from issues.queries.ledger import figures
from issues.queries.ledger.beside import Beside
from issues.queries.ledger.facts import Facts, facts_of
from issues.queries.ledger.stood import Stood, stood
from issues.queries.register.filters import Filters
from issues.queries.register.narrowing import standing_of
from issues.rights.table import holds, sees_all
from issues.vocabulary import CARDS, Source

MOST = 10_000
"""Tickets in one file."""
TOO_MANY = f"超过{MOST}条，一次导不出来，请缩小筛选范围。"
OF_A_DAY = (
    "颜色、触发规则、状态、主责单位、行政区域、问题来源和各项次数为统计日期当日，"
    "其余各栏为填报时的内容"
)
SUBTOTAL = "小计"
PRESSED = "红色黄色问题"
NO_COLUMNS = "这个样式没有您能查看的栏目。"
COLUMN_OF = {"source": "source", "region": "region", "unit": "primary"}
"""The column that says what a lot is put together by."""


def refuse_more(found: Sequence[object]) -> None:
    """Raises Incomplete where a file would leave something out."""
    if len(found) > MOST:
        raise Incomplete({}, TOO_MANY)


def paper(profile: Profile, filters: Filters, actor: Actor, today: date) -> Paper:
    """Raises Incomplete where it would be too long.

    A public one is for who sees the whole city, and names nobody: NotAllowed, WrongStatus,
    CannotOpen.
    """
    if profile.is_public and not sees_all(actor):
        raise NotAllowed(f"{profile.label}由查看全市事项的人员导出。")
    asked = replace(filters, sort=filters.sort or profile.sort)
    found = stood(asked, actor, today, MOST + 1, Filters.from_args(profile.asked))
    refuse_more(found)
    columns = [column for column in profile.columns if holds(actor, column.right)]
    if not columns:
        raise Incomplete({}, NO_COLUMNS)
    names, day = units.names(), standing_of(filters, today).day
    found = _in_lots(found, profile.group, names)
    ids = [one.id for one in found]
    rows, head = rows_of(ids, today, actor.roles)
    beside = Beside(ids, day, {column.key for column in columns})
    facts = list(facts_of(found, [*rows], beside, names, day, is_public=profile.is_public))
    if profile.is_public:
        unnamed.refuse(unnamed.named({one.stood.id: _texts(one, columns) for one in facts}))
    return Paper(
        title=f"{head.city}{profile.title}",
        unit=head.unit,
        day=day,
        filled_on=today,
        note="" if day == today else OF_A_DAY,
        size=profile.paper,
        tables=list(_tables(profile, columns, facts, names)),
    )


def _texts(one: Facts, columns: Sequence[Column]) -> dict[str, str]:
    """Its texts by heading, those of its measures one below another."""
    return {
        column.heading: "\n".join(str(said) for said in (
            [step.get(column.key) for step in one.steps]
            if column.of_measure else [one.cells.get(column.key)]
        ) if isinstance(said, str))
        for column in columns
    }  # fmt: skip


def file_of(profile: Profile, filters: Filters, actor: Actor, today: date) -> tuple[bytes, int]:
    """The bytes of a profile's file, and how many tickets are in it. Raises what paper raises."""
    drawn = paper(profile, filters, actor, today)
    counted = sum(not line.is_sum for line in drawn.tables[0].lines)
    if profile.lines == BY_UNIT:
        counted = _whole(drawn.tables[0].lines[-1])
    return (flat_file(drawn) if profile.is_csv else workbook(drawn)), counted


def _whole(line: Line) -> int:
    count = line.cells[figures.IN_ALL]
    return count if isinstance(count, int) else 0


def _tables(
    profile: Profile, columns: Sequence[Column], facts: Sequence[Facts], names: Names
) -> Iterator[Table]:
    if profile.lines == BY_UNIT:
        lines = figures.by_unit(facts, names)
        total = figures.summed(figures.UNIT_COLUMNS, lines)
        yield Table(profile.label, figures.UNIT_COLUMNS, [*lines, total])
        pressed = [one for one in facts if one.stood.colour in CARDS]
        yield Table(PRESSED, columns, list(_lines(profile, columns, pressed, names)))
    else:
        yield Table(profile.label, columns, list(_lines(profile, columns, facts, names)))


def _lines(
    profile: Profile, columns: Sequence[Column], facts: Sequence[Facts], names: Names
) -> Iterator[Line]:
    """The tickets in their order, each lot with its sums, and the sums of all last."""
    for label, lot in _lots(facts, profile.group, names):
        for order, one in lot:
            yield Line({**one.cells, "order": order}, one.steps)
        if profile.group:
            named = {COLUMN_OF[profile.group]: label}
            is_shown = any(column.key in named for column in columns)
            said = SUBTOTAL if is_shown else f"{label}{SUBTOTAL}"
            lot_of = named if is_shown else figures.NO_LOT
            yield figures.totals(columns, [one for _, one in lot], said, lot_of)
    if profile.has_totals:
        yield figures.totals(columns, facts)


def _lots(
    facts: Sequence[Facts], group: str, names: Names
) -> Iterator[tuple[str, list[tuple[int, Facts]]]]:
    """The tickets with their running number, by what they are put together by."""
    numbered = enumerate(facts, start=1)
    for key, lot in groupby(numbered, lambda each: _key(each[1].stood, group, names)):
        yield key[1], list(lot)


def _in_lots(found: Sequence[Stood], group: str, names: Names) -> list[Stood]:
    """In the order of what they are put together by, within a lot as they were."""
    return sorted(found, key=lambda one: _key(one, group, names)[0])


def _key(one: Stood, group: str, names: Names) -> tuple[Any, str]:
    """The place of a lot, and what it is called."""
    if group == "source":
        return list(Source).index(one.source), one.source.label
    if group == "region":
        return names.region_position(one.region), names.region(one.region)
    if group == "unit":
        code = names.code(one.unit_id)
        return names.position(code), names.unit(code)
    return 0, ""
