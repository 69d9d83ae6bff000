"""The readings as the administrator's page shows them: bounds, routes, and every figure by area."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from issues.operations.bounds import BOUNDS, Bound
from issues.operations.families import BUILD, FAMILIES, Area, Family, words_of
from issues.operations.passing import Passed, written_of
from issues.operations.readings import Readings, Sample
from issues.operations.routes import Line, lines
from issues.operations.written import written

SORTS = {
    "most": "95% 用时", "median": "50% 用时", "count": "次数", "refused": "被拒（4xx）",
    "failed": "出错（5xx）",
}  # fmt: skip
"""By what the routes are ordered, the largest first."""
FIRST, FINE = "most", "正常"
MOST_ROUTES = 20
WHY = {
    Area.LANES: ("还没有人排过队", "有人登录、上传、导出后，由系统在这里列出排队的人数。"),
    Area.JOBS: ("后台任务还没有运行过", "由系统管理员启动 jobs run 后，这里列出各项任务的结果。"),
    Area.BACKUPS: ("还没有备份过", "设置备份文件夹（BACKUP_DIR）后，系统每天备份、每月演练一次。"),
}
"""Why an area may have nothing to show yet, and what comes next."""
NOTHING = ("还没有读数", "刷新后再看；一直没有的，由系统管理员看网页进程的日志。")
OF = {"lane": "队", "job": "任务", "place": "存放"}
NONE = "—"
FEW = 4
"""So many values of one bound are written out; beyond them the one nearest to the bound."""


class Judged(NamedTuple):
    """One bound as it stands; `state` is empty where there is no figure to judge.

    `area` is empty where the title says it.
    """

    area: str
    title: str
    now: str
    bound: str
    state: str


class Figure(NamedTuple):
    """One value: what it is, how it is written, its name in a scrape."""

    words: str
    value: str
    told: str


class Grid(NamedTuple):
    """Families that are told of the same things, a line for each thing; `heads` name and told."""

    of: str
    heads: list[tuple[str, str]]
    lines: list[tuple[str, list[str]]]


class Part(NamedTuple):
    """One area of the page; where it has neither, `why` says so and what comes next."""

    title: str
    figures: list[Figure]
    grids: list[Grid]
    why: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Routes:
    lines: list[Line]
    total: int
    sort: str


def judged(found: Readings, wrong: list[Passed]) -> Iterator[Judged]:
    """In the order of the table. One whose words were said as a sentence is passed by those."""
    by_bound: dict[int, str] = {}
    for one in wrong:
        by_bound.setdefault(id(one.bound), one.grade.value)
    for bound in BOUNDS:
        figures = bound.figures(found)
        if bound.family.only not in ("", found.database):
            continue
        state = by_bound.get(id(bound), FINE if figures else "")
        now = _now(bound, figures) if figures else bound.none
        area = bound.family.area.value
        area = "" if bound.title.startswith(area) else area
        yield Judged(area, bound.title, now, bound.words, state)


def _now(bound: Bound, figures: list[Sample]) -> str:
    by_value: dict[float, list[str]] = {}
    for one in sorted(figures, key=lambda one: one.value, reverse=not bound.is_least):
        by_value.setdefault(one.value, []).append(_whose(bound.family, one.labels))
    if len(by_value) == 1 or len(figures) > FEW:
        return written_of(bound, next(iter(by_value)))
    return "；".join(
        f"{'、'.join(filter(None, whose))} {written_of(bound, value)}".strip()
        for value, whose in by_value.items()
    )


def routes(found: Readings, sort: str, *, is_whole: bool) -> Routes:
    """The first MOST_ROUTES of them, or all."""
    by = sort if sort in SORTS else FIRST
    every = sorted(lines(found.routes), key=lambda one: (-getattr(one, by), one.route, one.method))
    return Routes(every if is_whole else every[:MOST_ROUTES], len(every), by)


def parts(found: Readings) -> Iterator[Part]:
    """Every figure that `/metrics` tells but the times of routes: they have their own table."""
    for area in Area:
        own = [one for one in FAMILIES if one.area is area and one.kind != "histogram"]
        grids = list(_grids(own, found))
        in_grids = {told for grid in grids for _, told in grid.heads}
        figures = [
            figure
            for family in own
            if family.told not in in_grids
            for figure in _figures(family, found)
        ]
        yield Part(area.value, figures, grids, WHY.get(area, NOTHING))


def _figures(family: Family, found: Readings) -> Iterator[Figure]:
    for one in found.samples.get(family.name, []):
        whose = _whose(family, one.labels)
        if family.name == BUILD:
            yield Figure(family.words, whose, family.told)
            continue
        words = f"{family.words}（{whose}）" if whose else family.words
        yield Figure(words, written(family.unit, one.value), family.told)


def _grids(own: list[Family], found: Readings) -> Iterator[Grid]:
    by_label: dict[str, list[Family]] = {}
    for family in own:
        if len(family.labels) == 1:
            by_label.setdefault(family.labels[0], []).append(family)
    for label, families in by_label.items():
        values = [
            {
                one.labels: written(family.unit, one.value)
                for one in found.samples.get(family.name, [])
            }
            for family in families
        ]
        things = list(dict.fromkeys(labels for each in values for labels in each))
        if len(families) > 1 and things:
            yield Grid(
                OF[label],
                [(family.words, family.told) for family in families],
                [
                    (words_of(label, *labels), [each.get(labels, NONE) for each in values])
                    for labels in things
                ],
            )


def _whose(family: Family, labels: tuple[str, ...]) -> str:
    return "，".join(words_of(*of) for of in zip(family.labels, labels, strict=False))
