"""What a person keeps for themselves: views of the register by name, and how it looks to them.

It is nobody else's business, so it stands in no history. Nothing here commits.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Text,
    bindparam,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)

from auth.actor import Actor
from extensions import db, plain_rows
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotFound
from issues.models import Preference, SavedView

REGISTER, DIGEST, TOLD, PHRASES, OPINIONS = "register", "digest", "told", "phrases", "opinions"
"""`TOLD`: up to which line of the account's own history the person has read."""
LONGEST_NAME = 20
MOST_VIEWS = 12


class View(NamedTuple):
    id: int
    name: str
    query: str
    is_shared: bool
    is_own: bool

    @property
    def asked(self) -> dict[str, list[str]]:
        return parse_qs(self.query)


class Kept(NamedTuple):
    views: tuple[View, ...]
    look: dict[str, Any]


def kept_of(actor: Actor) -> Kept:
    """One's own views and the shared ones, and how the register looks. One statement."""
    rows = plain_rows(_keeping(), {"whose": actor.id}).all()
    found = [
        View(row.id, row.name, row.said, bool(row.is_shared), row.user_id == actor.id)
        for row in sorted(rows, key=lambda row: row.id)
        if row.kind == "view"
    ]
    looks = (json.loads(row.said) for row in rows if row.kind == "look")
    return Kept(tuple(found), next(looks, {}))


@cache
def _keeping() -> CompoundSelect[Any]:
    """Every register asks this, so it is put together once."""
    row = SavedView
    whose: BindParameter[int] = bindparam("whose")
    views = select(
        literal("view").label("kind"), row.id.label("id"), row.name.label("name"),
        row.query.label("said"), row.is_shared.label("is_shared"), row.user_id.label("user_id"),
    ).where(or_(row.user_id == whose, row.is_shared))  # fmt: skip
    look = select(
        literal("look"), literal(0), Preference.key, cast(Preference.value, Text), false(),
        Preference.user_id,
    ).where(Preference.user_id == whose, Preference.key == REGISTER)  # fmt: skip
    return union_all(views, look)


def save_view(actor: Actor, name: str, asked: Mapping[str, str], *, is_shared: bool) -> SavedView:
    """A filter under a name; the same name again takes the new filter. Raises Incomplete."""
    errors = {}
    if not 0 < len(name) <= LONGEST_NAME:
        errors["name"] = [f"请给视图起个名字，最多{LONGEST_NAME}字"]
    if not asked:
        errors["query"] = ["请先在台账中选好条件，再存为视图"]
    own = select(SavedView).where(SavedView.user_id == actor.id)
    row = db.session.scalars(own.where(SavedView.name == name)).first()
    many = db.session.scalar(select(func.count()).select_from(own.subquery())) or 0
    if row is None and many >= MOST_VIEWS:
        errors["name"] = [f"最多存{MOST_VIEWS}个视图，请先删除不用的"]
    if errors:
        raise Incomplete(errors)
    if row is None:
        row = SavedView(user_id=actor.id, name=name, made_at=clock.real_now())
        db.session.add(row)
    row.query, row.is_shared = urlencode(asked), is_shared
    db.session.flush()
    return row


def drop_view(actor: Actor, view_id: int) -> str:
    """Raises NotFound where the view is another person's."""
    row = db.session.get(SavedView, view_id)
    if row is None or row.user_id != actor.id:
        raise NotFound
    db.session.delete(row)
    return row.name


def choose(actor: Actor, key: str, value: Any) -> None:
    row = db.session.get(Preference, (actor.id, key))
    if row is None:
        db.session.add(Preference(user_id=actor.id, key=key, value=value))
    else:
        row.value = value


def chosen(actor: Actor, key: str, default: Any) -> Any:
    row = db.session.get(Preference, (actor.id, key))
    return default if row is None else row.value
