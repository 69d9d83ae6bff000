"""A person's deadlines as a calendar, by a secret of their own in the address."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, request

from auth.actor import Actor
from issues.api.openapi.described import describes
from issues.ground import clock
from issues.ground.refusals import NotFound
from issues.messages import feeds
from issues.messages.ical import Entry, calendar
from issues.queries.messages.deadlines import MOST, coming
from issues.web.door.guards import public

blueprint = Blueprint("deadlines", __name__)
BACK, AHEAD = timedelta(days=60), timedelta(days=400)
LONGEST_TOKEN = 100
CALENDAR = "text/calendar"
NAME = "督办时限"


@blueprint.get("/feeds/deadlines.ics")
@describes(
    "日历",
    f"本人的时限，各类最近 {MOST} 项，由账号页面生成的地址打开",
    answers=CALENDAR,
    is_public=True,
    query={"token": ("string", "账号页面生成的密钥")},
)
@public
def feed() -> Response:
    """The same answer to a secret that is none, that ended, and of an account that is disabled."""
    secret = request.args.get("token", "")
    person = feeds.opened_by(secret) if 0 < len(secret) <= LONGEST_TOKEN else None
    if person is None:
        raise NotFound
    answer = Response(_drawn(person), mimetype=CALENDAR)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _drawn(person: Actor) -> str:
    home, today = current_app.extensions["settings"].public_url, clock.today()
    host = urlsplit(home).hostname or "localhost"
    found = coming(today - BACK, today + AHEAD, person)
    entries = (
        Entry(f"{one.sort}-{one.id}@{host}", one.on, f"{one.what} {one.number}", home + one.path)
        for one in found
    )
    return calendar(NAME, entries, clock.real_now())
