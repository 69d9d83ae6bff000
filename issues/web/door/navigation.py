"""What the frame of every page shows: where this person may go, the day, the city."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask, current_app, g, request, session, url_for
from markupsafe import Markup

from auth import pairs
from auth.actor import Actor
from issues.city.items import lacks
from issues.city.sections import ADDRESS
from issues.city.words import NAME, UNNAMED
from issues.ground import clock, practice
from issues.ground.present import present
from issues.manual.chapters import reader_of
from issues.manual.pages import help_for
from issues.once import new_key
from issues.queries.admin import told
from issues.queries.ground.remembered import remembered
from issues.queries.notices.inbox import waiting_and
from issues.rights.table import Power, Right, holds
from issues.vocabulary import Action, Colour
from issues.web.door import long_work
from issues.web.door.answers.headers import style_nonce
from issues.web.door.guards import actor

DIGEST_LENGTH = 12
TELLS = "tells"
"""Under this name a browser's session keeps that there is something to tell of the account."""


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the main navigation, for who holds its power; `group` is where it is filed."""

    url: str
    label: str
    icon: str
    power: Power
    group: str = ""


REGISTER, SUPERVISE, RULES, RUNNING = GROUPS = "登记", "督办", "规则和考核", "管理"
PRACTICE, KEEPING = "/practice", "/keeping"
SHORT = 4
"""So many places fit into the bar itself, on a phone too."""

PLACES = (
    Place("/", "我的工作", "home", Right.VIEW),
    Place("/board", "看板", "layout-dashboard", Right.BOARD),
    Place("/issues", "台账", "list-details", Right.VIEW),
    Place("/notices", "督办文书", "file-text", Right.NOTICES),
    Place("/issues/new", "登记问题", "file-plus", Action.REGISTER, REGISTER),
    Place("/issues/import", "导入台账", "table-import", Right.IMPORT, REGISTER),
    Place("/leads", "线索", "inbox", Right.SEE_LEADS, REGISTER),
    Place("/leads/new", "报送线索", "message-report", Right.REPORT_LEAD, REGISTER),
    Place("/texts", "文件识别", "notes", Right.READ_TEXTS, REGISTER),
    Place("/covert", "暗访", "eye-off", Right.SEE_COVERT, REGISTER),
    Place("/rounds", "调度", "repeat", Right.SEE_ROUNDS, SUPERVISE),
    Place("/county-rounds", "县级调度", "repeat", Right.SEE_COUNTY_ROUNDS, SUPERVISE),
    Place("/points", "工作要点", "target-arrow", Right.VIEW, SUPERVISE),
    Place("/complaints", "信访件", "mail", Right.VIEW, SUPERVISE),
    Place("/polluters", "污染源", "building", Right.POLLUTERS, SUPERVISE),
    Place("/keepers", "包保", "users", Right.KEEPERS, SUPERVISE),
    Place(KEEPING, "我的包保", "users", Right.KEEPING, SUPERVISE),
    Place("/access", "准入", "map-2", Right.CHECK_SITE, SUPERVISE),
    Place("/lookbacks", "回头看", "zoom-check", Right.LOOKBACKS, SUPERVISE),
    Place("/minute", "今日要情", "clock", Right.MINUTE, SUPERVISE),
    Place("/digests", "每周提要", "report", Right.DIGESTS, SUPERVISE),
    Place("/instructions", "批示", "writing-sign", Action.INSTRUCT, SUPERVISE),
    Place("/flags", "佐证疑点统计", "flag", Right.FLAG_COUNTS, SUPERVISE),
    Place("/contradictions", "矛盾线索", "arrows-diff", Right.CONTRADICTIONS, SUPERVISE),
    Place("/burden", "基层减负", "clipboard-check", Right.BURDEN, RULES),
    Place("/scores", "考核", "chart-bar", Right.SCORES, RULES),
    Place("/policy", "规则", "ruler-measure", Right.POLICY, RULES),
    Place("/admin/checklist", "必备材料", "list-check", Right.CHECKLIST, RULES),
    Place("/notices/templates", "文书模板", "forms", Right.TEMPLATES, RULES),
    Place("/admin/accounts", "账号", "users", Right.ACCOUNTS, RUNNING),
    Place("/admin/units", "单位", "sitemap", Right.UNITS, RUNNING),
    Place("/admin/regions", "区域", "map-pin", Right.REGIONS, RUNNING),
    Place("/setup", "设置", "settings", Right.SET_UP, RUNNING),
    Place("/admin/grants", "授权", "user-shield", Right.GRANTS, RUNNING),
    Place("/history", "历史", "history", Right.HISTORY, RUNNING),
    Place("/admin/reviews", "双人复核", "users-group", Right.REVIEW_ACCOUNTS, RUNNING),
    Place("/admin/maps", "地图和图层", "map", Right.MAPS, RUNNING),
    Place("/admin/walls", "大屏地址", "device-tv", Right.WALLS, RUNNING),
    Place("/admin/fonts", "公文字体", "file-certificate", Right.FONTS, RUNNING),
    Place("/admin/running", "后台和存储", "database", Right.JOBS, RUNNING),
    Place("/admin/operations", "运行情况", "chart-line", Right.OPERATIONS, RUNNING),
    Place("/admin/outbox", "站外通知", "send", Right.OUTBOX, RUNNING),
    Place(PRACTICE, "练习城市", "test-pipe", Right.RESET_PRACTICE, RUNNING),
    Place("/admin/calendar", "工作日历", "calendar", Right.CALENDAR, RULES),
)


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    url: str
    icon: str
    is_current: bool
    badge: int | None = None
    group: str = ""


class Practising(NamedTuple):
    """Whether a practice city stands beside this one; whether this is one, and where its home is.

    A page says `practice.is_offered`.
    """

    is_offered: bool
    is_one: bool
    home: str


def register(app: Flask) -> None:
    app.context_processor(frame)
    app.jinja_env.globals.update(
        asset=asset, once_key=new_key, style_nonce=style_nonce, COLOURS=tuple(Colour),
        colour_of=Colour, is_practice=practice.is_practice,
    )  # fmt: skip
    app.jinja_env.filters["moment"] = moment
    app.jinja_env.filters["until"] = until


def moment(at: datetime) -> str:
    """An instant as the city reads it, to the minute."""
    return f"{clock.local(at):%Y-%m-%d %H:%M}"


def until(end: datetime) -> str:
    """A time limit as the city reads it: one that ends with a day, by that day."""
    last = clock.local(end - timedelta(microseconds=1))
    return moment(end) if last.date() == clock.local(end).date() else f"{last:%Y-%m-%d}"


def frame() -> dict[str, Any]:
    """Put together once a request, however many templates draw its answer."""
    if "frame" not in g:
        waiting = waiting_and(NAME, actor())
        badges: dict[Power, int] = {Right.NOTICES: waiting.letters, Right.DIGESTS: waiting.unread}
        if waiting.idle:
            long_work.want_worker()
        if holds(actor(), Right.REVIEW_ACCOUNTS):
            badges[Right.REVIEW_ACCOUNTS] = pairs.count_for(actor())
        places = items(actor(), badges, keeps=waiting.keeps)
        g.has_left = waiting.has_left
        g.frame = {
            "nav": _drawn(places),
            "places": places,
            "may_search": holds(actor(), Right.VIEW),
            "today": clock.today(),
            "printed_at": clock.now(),
            "is_example": current_app.extensions["settings"].demo,
            "practice": Practising(
                is_offered(),
                practice.is_practice(),
                current_app.extensions["practice"].practice.home,
            ),
            "city": waiting.word or UNNAMED,
            "is_quarantined": bool(waiting.quarantine),
            "works": long_work.Badge(waiting.under_way, waiting.untold),
            "account_news": _news(),
            "unread": waiting.messages,
            "help_url": _help(),
        }
    return g.frame


def _help() -> str:
    """What the manual says of this page, for who reads it."""
    act = (request.view_args or {}).get("action")
    return help_for(request.endpoint, act, reader_of(actor().roles))


def _news() -> told.Told | None:
    """What the person has not read yet; asked of the history only where signing in found some."""
    found = told.untold(present(actor().id, "the person")) if session.get(TELLS) else None
    if found is None:
        session.pop(TELLS, None)
    return found


def _drawn(places: tuple[Item, ...]) -> Markup:
    """Drawn once for all who may go to the same places and stand at the same one."""
    template = current_app.jinja_env.get_template("components/frame/_nav.html")
    return remembered(("nav", places), lambda: Markup(template.render(items=places, groups=GROUPS)))  # noqa: S704


def items(person: Actor, badges: Mapping[Power, int], *, keeps: bool) -> tuple[Item, ...]:
    """The places this person may go to, and how much waits there.

    Who has none of the daily places has the first ones in the bar.
    """
    places = [place for place in PLACES if holds(person, place.power) and _is_there(place)]
    places = [place for place in places if keeps or place.url != KEEPING]
    here = max((place.url for place in places if _is_under(place.url)), key=len, default=None)
    bar = [place for place in places if not place.group] or places[:SHORT]
    return tuple(
        Item(
            place.label,
            place.url,
            place.icon,
            place.url == here,
            badges.get(place.power),
            "" if place in bar else place.group,
        )
        for place in places
    )


def home(person: Actor) -> str:
    """Where this person begins: the set-up until it is done, else the first of the navigation."""
    if holds(person, Right.SET_UP) and lacks():
        return ADDRESS
    return next((place.url for place in PLACES if holds(person, place.power)), "/account")


def _is_there(place: Place) -> bool:
    return place.url != PRACTICE or is_offered()


def is_offered() -> bool:
    """Whether there is a practice city beside this one."""
    offered: bool = current_app.extensions["practice"].is_offered
    return offered


def _is_under(url: str) -> bool:
    return request.path == url or (url != "/" and request.path.startswith(f"{url}/"))


def asset(name: str) -> str:
    """The address of a static file with the digest of what it holds, read once a process."""
    known = current_app.extensions.setdefault("assets", {})
    if name not in known:
        path = Path(present(current_app.static_folder, "the static folder")) / name
        if not path.is_file():
            return url_for("static", filename=name)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:DIGEST_LENGTH]
        known[name] = url_for("static", filename=name, v=digest)
    return known[name]
