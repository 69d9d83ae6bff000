"""The page of scores as a workbook: the same figures, and every line they come of."""

import io
from collections.abc import Sequence

from flask import Blueprint, current_app, send_file
from flask.typing import ResponseReturnValue

from issues.exchange.writing.tables import Tables
from issues.ground import clock
from issues.notices.page.gongwen import EXAMPLE_NOTE
from issues.queries.scores import figures, points
from issues.rights.table import Right
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file
from issues.web.exchange.imports import XLSX
from issues.web.scores.page import asked

blueprint = Blueprint("scores_xlsx", __name__)
TOTALS, LINES = "得分", "记分"
HEADS = ("类别", "单位", "总分", "过程分", "结果分", "算法")
LINE_HEADS = (
    "单位", "日期", "计分", "事项编号", "事项", "身份", "基数", "分担比例（%）", "来源权重", "得数",
    "类别", "状态", "说明", "记入季度", "规则版本",
)  # fmt: skip
Row = Sequence[str]


@blueprint.get("/scores.xlsx")
@requires(Right.SCORES)
@builds_file
def page() -> ResponseReturnValue:
    period, person = asked(), actor()
    found = figures.figures(period, person)
    content = written(found, points.all_points(period, person))
    answer = send_file(
        io.BytesIO(content), XLSX, as_attachment=True, max_age=0,
        download_name=f"考核得分-{period.label}.xlsx",
    )  # fmt: skip
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def written(found: figures.Figures, lines: Sequence[points.Line]) -> bytes:
    """Every figure is a text of its exact digits."""
    title = f"{found.period.label}考核得分，{_rules(found.version)}"
    if found.published:
        title += f"，{clock.day_of(found.published.published_at)}公布"
    notes = [title, figures.FORMULA, f"截至{clock.today()}"]
    if current_app.extensions["settings"].demo:
        notes.append(EXAMPLE_NOTE)
    book = Tables()
    book.tell(TOTALS, notes, HEADS, _totals(found))
    book.tell(LINES, [title], LINE_HEADS, [_line(one) for one in lines])
    return book.bytes()


def _rules(number: int) -> str:
    return f"规则第{number}版" if number else "初始规则"


def _totals(found: figures.Figures) -> list[Row]:
    return [
        (label, one.name, one.total, one.process, one.result, one.formula)
        for label, units in found.groups()
        for one in units
    ]


def _line(one: points.Line) -> Row:
    entry = one.entry
    return (
        entry.unit.short_name, entry.on.isoformat(), entry.rule.label, one.number, one.title,
        entry.share_as.label, f"{entry.base:f}", f"{entry.share:f}", f"{entry.weight:f}",
        f"{entry.value:f}", entry.kind.label, one.state.label, entry.reason or entry.because,
        f"{entry.year}年第{entry.quarter}季度", _rules(entry.policy),
    )  # fmt: skip
