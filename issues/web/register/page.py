"""The register of tickets: filter, sort, page; the whole filter stands in the URL."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from auth.actor import Actor
from issues.act_fields import Field, optional
from issues.exchange import profiles
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.personal import LONGEST_NAME, Kept, View, kept_of
from issues.queries.ground import names as units
from issues.queries.ground.remembered import moment, remembered, scope
from issues.queries.register import lines as register
from issues.queries.register.filters import Filters
from issues.rights.table import Right, holds
from issues.supervision.maps import layer_names
from issues.vocabulary import Action
from issues.web.door import forms
from issues.web.door.guards import actor, requires
from issues.web.register import bulk
from issues.web.register.columns import SORTED, Look, look_of
from issues.web.register.filter_words import chips, choices

blueprint = Blueprint("register", __name__)

VIEWS = {"all": "全部", "red": "红", "yellow": "黄", "mine": "我的"}
VIEW = (
    Field("name", "text", "名称", limit=LONGEST_NAME),
    optional("shared", "flag", "所有人可见"),
)
"""What is said of a filter that is saved as a view."""
UNKEPT = {"page": "", "after": "", "limit": ""}
"""What of a filter is no part of a saved view."""


class Tab(NamedTuple):
    label: str
    url: str
    count: int  # type: ignore[assignment]  # in place of a tuple's own, which nobody asks
    is_current: bool


class Head(NamedTuple):
    """`direction` is what a screen reader is told; empty where the column is not sorted by."""

    key: str
    label: str
    url: str
    direction: str


@blueprint.get("/issues")
@requires(Right.VIEW)
def page() -> str:
    return draw(Filters.from_args(request.args.to_dict(flat=False)))


def draw(filters: Filters, refusal: Incomplete | None = None) -> str:
    person, today, mark = actor(), clock.today(), moment()
    kept = kept_of(person)
    look = look_of(kept.look)
    key = ("register", mark, scope(person), today, filters, look, kept.views)
    body, is_empty = remembered(key, lambda: _drawn(filters, person, today, mark, look, kept))
    return render_template(
        "register/page.html",
        body=body,
        look=look,
        views=[view for view in kept.views if view.is_own],
        asked=filters.to_args(**UNKEPT),
        said=forms.typed(VIEW) if refusal else {},
        errors=refusal.errors if refusal else {},
        may_share=holds(person, Right.IMPORT),
        may_register=holds(person, Action.REGISTER),
        bulk=[] if is_empty else bulk.offered(person),
    )


def _drawn(
    filters: Filters, person: Actor, today: date, mark: tuple, look: Look, kept: Kept
) -> tuple[Markup, bool]:
    """What stands under the heading, and whether it is empty."""
    names, layers = units.names(), layer_names()
    found = found_of(filters, person, today, mark)
    html = render_template(
        "register/_body.html",
        filters=filters,
        found=found,
        tabs=[*_tabs(filters, person, today, mark), *_own(filters, person, today, kept.views)],
        heads=[_head(filters, *head) for head in look.heads],
        look=look,
        chips=chips(filters, names, layers, link),
        choices=choices(names, layers),
        names=names,
        link=_page_link(filters),
        may_pick=bool(bulk.offered(person)),
        profiles=profiles.offered(person),
        may_keep_profiles=holds(person, Right.EXPORT_PROFILES),
    )
    return Markup(html), not found.lines  # noqa: S704 - rendered by a template that escapes


def link(filters: Filters, **changes: str | int) -> str:
    """The address of the register under this filter."""
    asked: dict[str, Any] = filters.to_args(**changes)
    return url_for("register.page", **asked)


def _page_link(filters: Filters) -> Callable[[int], str]:
    return lambda number: link(filters, page=number if number > 1 else "", after="")


def found_of(filters: Filters, person: Actor, today: date, mark: tuple) -> register.Found:
    asked = tuple(sorted(filters.to_args(page="", sort="", limit="").items()))
    key = ("count", mark, scope(person), today, asked)
    total = remembered(key, lambda: register.count(filters, person, today))
    return register.find(filters, person, today, total)


def _tabs(filters: Filters, person: Actor, today: date, mark: tuple) -> list[Tab]:
    counts = remembered(
        ("views", mark, scope(person), today), lambda: register.view_counts(person, today)
    )
    current = filters.view or "all"
    others = filters.to_args(view="", sort="", **UNKEPT)
    return [
        Tab(
            label,
            url_for("register.page", view=None if view == "all" else view),
            counts[view],
            is_current=not others and view == current,
        )
        for view, label in VIEWS.items()
    ]


def _own(filters: Filters, person: Actor, today: date, views: tuple[View, ...]) -> list[Tab]:
    """The saved views, the shared ones of others among them."""
    asked = [Filters.from_args(view.asked) for view in views]
    here = filters.to_args(**UNKEPT)
    return [
        Tab(view.name, link(one), count, is_current=one.to_args(**UNKEPT) == here)
        for view, one, count in zip(
            views, asked, register.counts(asked, person, today), strict=True
        )
    ]


def _head(filters: Filters, key: str, label: str) -> Head:
    if key not in SORTED:
        return Head(key, label, "", "")
    directions = {key: "ascending", f"-{key}": "descending"}
    direction = directions.get(filters.sort, "")
    url = link(filters, sort=f"-{key}" if filters.sort == key else key)
    return Head(key, label, url, direction)
