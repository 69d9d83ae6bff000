"""What the frame of every page shows: where this person may go, the day, the city."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request, url_for
from werkzeug.exceptions import HTTPException

from auth.actor import Actor
from issues import clock
from issues.once import new_key
from issues.permissions import Power, Right, holds
from issues.queries.inbox import waiting_and
from issues.vocabulary import Action
from issues.web.guards import actor
from issues.web.headers import style_nonce

CITY = "巴中市"
DIGEST_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the main navigation, for who holds its power."""

    url: str
    label: str
    icon: str
    power: Power


PLACES = (
    Place("/", "我的工作", "home", Right.VIEW),
    Place("/board", "看板", "layout-dashboard", Right.BOARD),
    Place("/issues", "台账", "list-details", Right.VIEW),
    Place("/notices", "督办文书", "file-text", Right.NOTICES),
    Place("/issues/new", "登记问题", "file-plus", Action.REGISTER),
    Place("/issues/import", "导入台账", "table-import", Right.IMPORT),
    Place("/rounds", "调度", "repeat", Right.SEE_ROUNDS),
    Place("/lookbacks", "回头看", "zoom-check", Right.LOOKBACKS),
    Place("/covert", "暗访", "eye-off", Right.SEE_COVERT),
    Place("/instructions", "批示", "writing-sign", Action.INSTRUCT),
    Place("/scores", "考核", "award", Right.BOARD),
    Place("/policy", "规则", "ruler-measure", Right.POLICY),
    Place("/admin/accounts", "账号", "users", Right.ACCOUNTS),
    Place("/admin/grants", "授权", "user-shield", Right.GRANTS),
    Place("/history", "历史", "history", Right.HISTORY),
    Place("/admin/calendar", "工作日历", "calendar", Right.CALENDAR),
    Place("/admin/fonts", "公文字体", "file-certificate", Right.ACCOUNTS),
    Place("/admin/walls", "大屏地址", "device-tv", Right.WALLS),
    Place("/admin/outbox", "站外通知", "send", Right.ACCOUNTS),
)


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    url: str
    icon: str
    is_current: bool
    badge: int | None = None


def register(app: Flask) -> None:
    app.context_processor(frame)
    app.jinja_env.globals.update(asset=asset, once_key=new_key, style_nonce=style_nonce)
    app.jinja_env.filters["moment"] = moment


def moment(at: datetime) -> str:
    """An instant as the city reads it, to the minute."""
    return f"{clock.local(at):%Y-%m-%d %H:%M}"


def frame() -> dict[str, Any]:
    """Put together once a request, however many templates draw its answer."""
    if "frame" not in g:
        count, city = waiting_and("city", actor())
        g.frame = {
            "nav": items(actor(), count),
            "today": clock.today(),
            "is_example": current_app.extensions["settings"].demo,
            "city": city or CITY,
        }
    return g.frame


def items(person: Actor, letters: int) -> list[Item]:
    """The places this person may go to and that this build serves; so many letters wait there."""
    places = [place for place in _served() if holds(person, place.power)]
    here = max((place.url for place in places if _is_under(place.url)), key=len, default=None)
    return [
        Item(
            place.label,
            place.url,
            place.icon,
            place.url == here,
            letters if place.power is Right.NOTICES else None,
        )
        for place in places
    ]


def home(person: Actor) -> str:
    """Where this person begins: the first place of the navigation."""
    return next((place.url for place in _served() if holds(person, place.power)), "/account")


def _is_under(url: str) -> bool:
    return request.path == url or (url != "/" and request.path.startswith(f"{url}/"))


def _served() -> tuple[Place, ...]:
    known = current_app.extensions.get("places")
    if known is None:
        known = tuple(place for place in PLACES if _answers(place.url))
        current_app.extensions["places"] = known
    return known


def _answers(path: str) -> bool:
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    return endpoint in current_app.view_functions


def asset(name: str) -> str:
    """The address of a static file with the digest of what it holds, read once a process."""
    known = current_app.extensions.setdefault("assets", {})
    if name not in known:
        path = Path(current_app.static_folder) / name
        if not path.is_file():
            return url_for("static", filename=name)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:DIGEST_LENGTH]
        known[name] = url_for("static", filename=name, v=digest)
    return known[name]
