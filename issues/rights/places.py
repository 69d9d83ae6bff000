"""The table of rights read for what is no ticket but lies in a place: pollution sources, keepers.

A county's centre has what lies in its own places, and what its own people set up there.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from auth.actor import Actor
from auth.models import Unit, User
from issues.models import Issue, Keeper, Keeping, Polluter
from issues.rights.table import TABLE, sees_all
from issues.rights.words import Right

Standing = aliased(Keeping)


def polluters_of(actor: Actor) -> ColumnElement[bool]:
    """Those the person may see: all of them, or what lies in the places of their own centre."""
    here = Polluter.region.in_(sorted(actor.territory))
    return _by_place(actor, Right.POLLUTERS, here)


def _by_place(actor: Actor, right: Right, here: ColumnElement[bool]) -> ColumnElement[bool]:
    scopes = [TABLE[right][role] for role in actor.roles]
    return or_(false(), *(here if one.territory else true() for one in scopes if one))


def keepings_of(
    actor: Actor, right: Right = Right.KEEPERS, of: Any = Keeping
) -> ColumnElement[bool]:
    """Of what somebody keeps: all, or the centre's own places and tickets in them."""
    lying = select(Issue.id).where(Issue.region.in_(sorted(actor.territory)))
    here = or_(of.region.in_(sorted(actor.territory)), of.issue_id.in_(lying))
    return _by_place(actor, right, here)


def keepers_of(actor: Actor) -> ColumnElement[bool]:
    """All, or who keeps or kept something in the centre's places, and whom it made known itself."""
    of_here = Keeper.id.in_(select(Standing.keeper_id).where(keepings_of(actor, of=Standing)))
    return _by_place(actor, Right.KEEPERS, or_(of_here, Keeper.made_by_id.in_(_colleagues(actor))))


def endable(actor: Actor, of: Any = Keeping) -> ColumnElement[bool]:
    """Of what somebody keeps: what the person may end. A centre ends what it gave itself."""
    if sees_all(actor, Right.SET_KEEPERS):
        return true()
    own = of.given_by_id.in_(_colleagues(actor))
    return and_(keepings_of(actor, Right.SET_KEEPERS, of), own)


def changeable_keepers(actor: Actor) -> ColumnElement[bool]:
    """Whom the person may change, end or relieve: a centre those it alone set up."""
    if sees_all(actor, Right.SET_KEEPERS):
        return true()
    of_others = exists().where(
        Standing.keeper_id == Keeper.id, Standing.until_on.is_(None), ~endable(actor, Standing)
    )
    own = and_(Keeper.made_by_id.in_(_colleagues(actor)), ~of_others)
    return _by_place(actor, Right.SET_KEEPERS, own)


def accounts_here(actor: Actor) -> ColumnElement[bool]:
    """Of accounts: whose person may be named as a keeper, all or those of units of the places."""
    units = select(Unit.id).where(Unit.region.in_(sorted(actor.territory)))
    return _by_place(actor, Right.SET_KEEPERS, User.unit_id.in_(units))


def _colleagues(actor: Actor) -> Select[Any]:
    maker = aliased(User)
    return select(maker.id).where(maker.unit_id == actor.unit_id)
