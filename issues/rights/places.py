"""The table of rights read for what is no ticket but lies in a place: pollution sources."""

from sqlalchemy import ColumnElement, false, or_, true

from auth.actor import Actor
from issues.models import Polluter
from issues.rights.table import TABLE
from issues.rights.words import Right


def polluters_of(actor: Actor) -> ColumnElement[bool]:
    """Those the person may see: all of them, or what lies in the places of their own centre."""
    here = Polluter.region.in_(sorted(actor.territory))
    scopes = [TABLE[Right.POLLUTERS][role] for role in actor.roles]
    return or_(false(), *(here if one.territory else true() for one in scopes if one))
