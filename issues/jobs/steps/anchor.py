"""Sign the heads of all histories once a business day."""

from extensions import db
from issues import audit
from issues.ground import clock
from issues.jobs.job import Tools
from issues.models import Anchor


def find(tools: Tools) -> list[str]:
    """Only today can be anchored: a past day's heads have moved on."""
    if tools.on != clock.today() or db.session.get(Anchor, tools.on) is not None:
        return []
    return [tools.on.isoformat()]


def do(tools: Tools, _unit: str) -> bool:
    return audit.anchor(tools.secret, tools.at)
