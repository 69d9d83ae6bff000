"""What a browser does at a door, and what stands in the database afterwards."""

from loopback import path_of, sent_on
from sqlalchemy import select

from auth.models import SignIn, User
from extensions import db


def gone_and_back(visitor, url, **query):
    """The address at which a browser comes back that left by ours and signed in over there."""
    left = visitor.get(url, 302, **query)
    return path_of(sent_on(left.location))


def sessions():
    """(account, door) of every session ever begun."""
    rows = select(User.name, SignIn.door).join(User, User.id == SignIn.user_id).order_by(SignIn.id)
    return [tuple(row) for row in db.session.execute(rows)]
