"""The first week of a city: a list that ticks itself off, on my work until done or put away."""

from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from auth.actor import Actor
from extensions import transaction
from issues import personal
from issues.act_fields import optional
from issues.queries.worklist import first_week
from issues.rights.table import Right, holds
from issues.web.door import forms
from issues.web.door.guards import actor, requires
from issues.web.help.steps import Next, next_step

blueprint = Blueprint("first_week", __name__)
AWAY = optional("away", "flag", "不再显示")


class Line(NamedTuple):
    """One step: what it brings, whether it is done, and who does what for it."""

    title: str
    brings: str
    is_done: bool
    steps: tuple[Next, ...]


class List(NamedTuple):
    lines: tuple[Line, ...]
    is_away: bool

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.lines)

    @property
    def is_due(self) -> bool:
        """Whether my work shows it."""
        return not self.is_away and self.done < len(self.lines)


WEEK: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("本市设置", "市名、编号前缀、机关和代字，文书由此而来", ("setup",)),
    ("行政区域", "县（区）和园区，属地和分县统计由此而来", ("regions",)),
    ("单位", "牵头机构、市级部门，问题交给它们办", ("import units", "unit")),
    (
        "人员和角色",
        "经办、负责人、督察员、单位经办和单位负责人各至少一人",
        ("import people", "account", "grant"),
    ),
    ("第一份台账", "导入现有台账，或者登记第一个问题", ("import", "register")),
    ("第一份文书", "交办时系统起草交办通知，核对后签发", ("assign", "sign")),
    ("第一次调度", "逐件研判后结束，从此有可比的一期", ("round", "end round")),
)
"""In the order of the facts that tick them off."""


def list_of(person: Actor) -> List | None:
    """None for who has no part in it."""
    if not holds(person, Right.FIRST_WEEK):
        return None
    facts, is_away = first_week.first_week(person)
    lines = (
        Line(title, brings, is_done, tuple(map(next_step, steps)))
        for (title, brings, steps), is_done in zip(WEEK, facts, strict=True)
    )
    return List(tuple(lines), is_away)


@blueprint.get("/first-week")
@requires(Right.FIRST_WEEK)
def page() -> str:
    return render_template("worklist/first_week.html", week=list_of(actor()))


@blueprint.post("/first-week")
@requires(Right.FIRST_WEEK)
def choose() -> ResponseReturnValue:
    """Put it away from my work, or have it back; the page stays."""
    is_away = bool(forms.typed((AWAY,))["away"])
    with transaction():
        personal.choose(actor(), first_week.HIDDEN, is_away)
    flash(
        "已不在“我的工作”显示，可从“帮助”进入。" if is_away else "已在“我的工作”显示。", "success"
    )
    return redirect(url_for("worklist.page") if is_away else url_for(".page"), 303)
