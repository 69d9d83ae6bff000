"""The register of tickets: filter, sort, page; the whole filter stands in the URL."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from auth.actor import Actor
from issues import clock
from issues.permissions import Right, holds
from issues.queries import register, units
from issues.queries.filters import Filters
from issues.queries.remembered import moment, remembered, scope
from issues.vocabulary import Action
from issues.web import bulk
from issues.web.filter_words import chips, choices
from issues.web.guards import actor, requires

blueprint = Blueprint("register", __name__)

VIEWS = {"all": "全部", "red": "红", "yellow": "黄", "mine": "我的"}
HEADS = (
    ("number", "编号"), ("title", "事项"), ("colour", "颜色"), ("status", "状态"),
    ("unit", "主责单位"), ("deadline", "时限"), ("", "措施"), ("", "包案领导"),
)  # fmt: skip


class Tab(NamedTuple):
    label: str
    url: str
    count: int
    is_current: bool


class Head(NamedTuple):
    """`direction` is what a screen reader is told; empty where the column is not sorted by."""

    label: str
    url: str
    direction: str


@blueprint.get("/issues")
@requires(Right.VIEW)
def page() -> str:
    filters = Filters.from_args(request.args.to_dict(flat=False))
    person, today, mark = actor(), clock.today(), moment()
    key = ("register", mark, scope(person), today, filters)
    body = remembered(key, lambda: _drawn(filters, person, today, mark))
    return render_template(
        "register/page.html",
        body=body,
        may_register=holds(person, Action.REGISTER),
        bulk=bulk.offered(person),
    )


def _drawn(filters: Filters, person: Actor, today: date, mark: tuple) -> Markup:
    """What stands under the heading."""
    names = units.names()
    html = render_template(
        "register/_body.html",
        filters=filters,
        found=_found(filters, person, today, mark),
        tabs=_tabs(filters, person, today, mark),
        heads=_heads(filters),
        chips=chips(filters, names, link),
        choices=choices(names),
        names=names,
        link=_page_link(filters),
        may_pick=bool(bulk.offered(person)),
    )
    return Markup(html)  # noqa: S704 - rendered by a template that escapes


def link(filters: Filters, **changes: str | int) -> str:
    """The address of the register under this filter."""
    return url_for("register.page", **filters.to_args(**changes))


def _page_link(filters: Filters) -> Callable[[int], str]:
    return lambda number: link(filters, page=number if number > 1 else "", after="")


def _found(filters: Filters, person: Actor, today: date, mark: tuple) -> register.Found:
    asked = tuple(sorted(filters.to_args(page="", sort="", limit="").items()))
    key = ("count", mark, scope(person), today, asked)
    total = remembered(key, lambda: register.count(filters, person, today))
    return register.find(filters, person, today, total)


def _tabs(filters: Filters, person: Actor, today: date, mark: tuple) -> list[Tab]:
    counts = remembered(
        ("views", mark, scope(person), today), lambda: register.view_counts(person, today)
    )
    current = filters.view or "all"
    others = filters.to_args(view="", page="", after="", sort="", limit="")
    return [
        Tab(
            label,
            url_for("register.page", **({} if view == "all" else {"view": view})),
            counts[view],
            is_current=not others and view == current,
        )
        for view, label in VIEWS.items()
    ]


def _heads(filters: Filters) -> list[Head]:
    return [_head(filters, key, label) for key, label in HEADS]


def _head(filters: Filters, key: str, label: str) -> Head:
    if not key:
        return Head(label, "", "")
    directions = {key: "ascending", f"-{key}": "descending"}
    direction = directions.get(filters.sort, "")
    return Head(label, link(filters, sort=f"-{key}" if filters.sort == key else key), direction)
