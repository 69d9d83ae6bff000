"""The table for the public: what was handed over on one day, and what became of each letter."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import case, func, select

from auth.actor import Actor
from extensions import db
from issues.evidence.complaints import unnamed
from issues.evidence.complaints.unnamed import Named
from issues.exchange.aliases import unit_names
from issues.exchange.reading.unit_names import Directory
from issues.exchange.writing.register_rows import region_words
from issues.ground.batches import among
from issues.ground.refusals import NotAllowed
from issues.ground.secrecy import persons
from issues.models import Issue, Measure
from issues.queries.complaints.figures import HANDED_OVER, is_interim, of_letters
from issues.rights.table import reach, sees_all
from issues.vocabulary import STRUCK_OFF

TITLE = "群众信访举报转办和边督边改公开情况一览表"
HEADS = {
    "序号": 6, "受理编号": 20, "交办问题基本情况": 40, "行政区域": 10, "污染类型": 10,
    "调查核实情况": 40, "是否属实": 10, "处理和整改情况": 40, "是否办结": 12,
    "责任人被处理情况": 16,
}  # fmt: skip
"""The heading of each column and its width."""
STAR = "*"


class Batch(NamedTuple):
    """The letters that were handed over on one day; `place` is its number among them."""

    place: int
    on: date
    letters: int


class Table(NamedTuple):
    """`sealed` says where a person was found in a text, by letter and heading.

    `named`: the cells that hold who complained all the same, which `rows` hold no more.
    """

    batch: Batch
    rows: list[tuple[str, ...]]
    numbers: list[str]
    sealed: list[tuple[str, str]]
    named: list[Named]


def batches(actor: Actor) -> list[Batch]:
    """By the first day of handing over, the latest first; numbered as the whole city counts."""
    day = Issue.first_assigned_on
    seen = func.sum(case((reach(actor), 1), else_=0))
    rows = select(day, seen).where(*HANDED_OVER, day.is_not(None))
    found = db.session.execute(rows.group_by(day).order_by(day)).all()
    days = [(on, count) for on, count in found if on is not None]
    return [Batch(place, *day) for place, day in enumerate(days, start=1) if day[1]][::-1]


def table_of(actor: Actor, batch: Batch) -> Table:
    """Its letters by their numbers. Texts are read once more for persons, who are left out.

    For who sees the whole city alone. Raises NotAllowed, CannotOpen.
    """
    if not sees_all(actor):
        raise NotAllowed("公开表由查看全市事项的人员查看和导出。")
    letters = select(Issue).where(*of_letters(actor), Issue.first_assigned_on == batch.on)
    issues = db.session.scalars(letters.order_by(Issue.case_number, Issue.id)).all()
    handled = _handled(issues)
    directory = Directory(unit_names())
    told, sealed = [], []
    for order, issue in enumerate(issues, start=1):
        number = f"{STAR if issue.is_starred else ''}{issue.case_number or issue.number}"
        cells = (
            str(order), number, issue.problem, region_words(issue, directory),
            "、".join(issue.types), issue.findings, issue.verified.label if issue.verified else "",
            handled[issue.id], outcome(issue), issue.punished,
        )  # fmt: skip
        masked = tuple(persons.masked(cell) for cell in cells)
        told.append(masked)
        sealed += [
            (number, head)
            for head, cell, shown in zip(HEADS, cells, masked, strict=True)
            if cell != shown or persons.SEALED in cell
        ]
    texts = dict(
        zip(handled, (dict(zip(HEADS, cells, strict=True)) for cells in told), strict=True)
    )
    named = unnamed.named(texts)
    hidden = {(one.row, one.heading) for one in named}
    rows = [
        tuple(
            persons.SEALED if (row, head) in hidden else cell
            for head, cell in zip(HEADS, cells, strict=True)
        )
        for row, cells in enumerate(told, start=1)
    ]
    return Table(batch, rows, [issue.number for issue in issues], sealed, named)


def outcome(issue: Issue) -> str:
    if issue.status in STRUCK_OFF:
        return "已办结"
    return "阶段性办结" if is_interim(issue.status, issue.interim_on) else "未办结"


def _handled(issues: Iterable[Issue]) -> dict[int, str]:
    """The measures of the running round, one after another."""
    rounds = {issue.id: issue.round for issue in issues}
    rows = select(Measure.issue_id, Measure.round, Measure.text).where(
        among(Measure.issue_id, list(rounds)), Measure.dropped_at.is_(None)
    )
    texts: dict[int, list[str]] = defaultdict(list)
    for issue_id, of_round, text in db.session.execute(rows.order_by(Measure.no, Measure.id)):
        if of_round == rounds[issue_id]:
            texts[issue_id].append(text)
    return {issue_id: "\n".join(texts[issue_id]) for issue_id in rounds}
