"""Where a refused person goes on: the nearest page above the refused address that they may open."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from issues.ground.refusals import NotFound
from issues.rights.table import holds
from issues.web.door.guards import actor
from issues.web.door.navigation import PLACES
from issues.workflow import load

THINGS = {
    "ticket.page": "{number}",
    "evidence.gallery": "{number} 的佐证材料",
    "notices.page": "这份文书",
    "rounds.page": "本次调度",
    "county_rounds.page": "本次县级调度",
    "covert.page": "这份暗访记录",
    "policy.draft": "这份修订稿",
    "exchange.show": "这次导入",
}
"""Pages of one thing, by what the way back to each is called."""
FORBIDDEN, GONE, WRONG_QUERY = 403, 404, 422


class Way(NamedTuple):
    url: str
    label: str


def way_back(status: int) -> Way:
    """To the thing itself, unless it was not found; to its list; to the first page at last.

    Of what was sent its own address, and of a page whose query was wrong the page without it.
    """
    lists = {place.url: place.label for place in PLACES if holds(actor(), place.power)}
    for url in _above(request.path, itself=status == WRONG_QUERY or request.method != "GET"):
        if url in lists:
            return Way(url, lists[url])
        endpoint, named = _page_at(url)
        if endpoint in THINGS and _is_open(status, named):
            return Way(url, THINGS[endpoint].format(**named))
    return Way("/", "首页")


def _above(path: str, *, itself: bool) -> Iterator[str]:
    """The addresses above one, the nearest first; its own too where that is a page to go to."""
    parts = path.strip("/").split("/")
    first = len(parts) - (not itself)
    yield from ("/" + "/".join(parts[:length]) for length in range(first, 0, -1))


def _page_at(url: str) -> tuple[str, Mapping[str, Any]]:
    try:
        return current_app.url_map.bind("").match(url, method="GET")
    except (HTTPException, RequestRedirect):
        return "", {}


def _is_open(status: int, named: Mapping[str, Any]) -> bool:
    """What was refused for its state is there; of what was forbidden, the ticket may be."""
    if status != FORBIDDEN or "number" not in named:
        return status not in (FORBIDDEN, GONE)
    try:
        load(named["number"], actor())
    except NotFound:
        return False
    return True
