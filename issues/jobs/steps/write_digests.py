"""A leader's digest of the week: one each, on its first day, or later where that was missed."""

from auth.models import User
from auth.signin import actor_for
from extensions import db
from issues.ground import clock
from issues.jobs.job import Tools
from issues.queries.supervision import digest


def find(tools: Tools) -> list[str]:
    return [str(user_id) for user_id in digest.owed(tools.on)]


def do(tools: Tools, unit: str) -> bool:
    """Asked again: another process may have been faster, or the person switched it off."""
    if int(unit) not in digest.owed(tools.on):
        return False
    digest.make(actor_for(db.session.get_one(User, int(unit))), tools.on, clock.today(), tools.at)
    return True
