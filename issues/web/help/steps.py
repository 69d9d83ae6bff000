"""What is to be done next where a list is empty: by whom, and where, if this person may.

Who does it is read from the table of rights, so no page promises what nobody can do.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from flask import Flask, current_app, url_for

from issues.city.items import ITEMS, lacks
from issues.city.sections import Needs
from issues.rights.table import TABLE, Power, Right, holds
from issues.vocabulary import Action, Role
from issues.web.door.guards import actor


class Step(NamedTuple):
    """An act and its page: the first of the endpoints that this build answers."""

    label: str
    power: Power
    endpoints: tuple[str, ...]
    asked: Mapping[str, Any] = {}


class Next(NamedTuple):
    """`url` is empty where the step is not this person's."""

    label: str
    who: str
    url: str


STEPS: Mapping[str, Step] = {
    "setup": Step("填写本市设置", Right.FIRST_WEEK, ("setup.page",)),
    "regions": Step("设定行政区域", Right.FIRST_WEEK, ("regions.listed", "setup.page")),
    "unit": Step("新建单位", Right.UNITS, ("units.new",)),
    "import units": Step("按工作簿导入单位", Right.UNITS, ("rosters.units",)),
    "import people": Step("按工作簿导入人员", Right.ACCOUNTS, ("rosters.people",)),
    "account": Step("新建账号", Right.ACCOUNTS, ("admin.new_account",)),
    "grant": Step("授予角色", Right.GRANTS, ("grants.grant_list",)),
    "import": Step("导入台账", Right.IMPORT, ("exchange.start",)),
    "register": Step("登记问题", Action.REGISTER, ("new.new",)),
    "assign": Step("交办", Action.ASSIGN, ("register.page",), {"status": "draft"}),
    "notice": Step("起草督办文书", Right.DRAFT_NOTICE, ("notices.new",)),
    "sign": Step("签发督办文书", Right.SIGN_AS_HEAD, ("notices.listed",)),
    "round": Step("开启调度", Right.ROUNDS, ("rounds.listed",)),
    "end round": Step("结束调度", Right.CLOSE_ROUND, ("rounds.listed",)),
    "covert": Step("记录暗访", Right.WRITE_COVERT, ("covert.new",)),
    "lead": Step("报送线索", Right.REPORT_LEAD, ("lead_form.new",)),
    "instruct": Step("批示", Action.INSTRUCT, ("register.page",)),
    "close": Step("销号", Action.CLOSE, ("register.page",), {"status": "publicity"}),
    "lookback": Step("安排回头看", Action.PLAN_LOOKBACK, ("register.page",), {"status": "closed"}),
    "points": Step("导入工作要点", Right.IMPORT, ("exchange.start",)),
    "map": Step("上传标准地图", Right.MAPS, ("map_sheets.sheets",)),
    "keeper": Step("登记包保人", Right.SET_KEEPERS, ("keepers.new", "keepers.listed")),
    "plan": Step("报送整改方案", Action.SUBMIT_PLAN, ()),
}


SET_UP_BY: Mapping[str, str] = {"regions": "regions", "units": "import units"}
"""By an item of the set-up: the step that does it; all else is written on its page."""
ENTERING = frozenset(item.key for item in ITEMS if item.needs is Needs.IMPORT)
"""What registering a problem and importing a ledger wait for."""
BRINGING_UNITS = frozenset({"regions"})
"""A unit lies in a place, so the places come first."""


def register(app: Flask) -> None:
    app.jinja_env.globals.update(
        next_step=next_step,
        before_entering=lambda: steps_before(ENTERING),
        before_units=lambda: steps_before(BRINGING_UNITS),
    )


def next_step(name: str) -> Next:
    step = STEPS[name]
    known = current_app.view_functions
    page = next((one for one in step.endpoints if one in known), "")
    may = bool(page) and holds(actor(), step.power)
    return Next(step.label, who_may(step.power), url_for(page, **step.asked) if may else "")


def steps_before(keys: Collection[str]) -> list[Next]:
    """What these items of the set-up still wait for, each step once. Three statements."""
    lacking = [told.item.key for told in lacks() if told.item.key in keys]
    return [next_step(name) for name in dict.fromkeys(SET_UP_BY.get(k, "setup") for k in lacking)]


def who_may(power: Power) -> str:
    """The roles that hold a power, as a sentence names them."""
    return "、".join(role.label for role in Role if TABLE[power][role])
