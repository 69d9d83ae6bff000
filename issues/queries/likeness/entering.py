"""What a problem that is about to be entered is like, and what past tickets suggest for it."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.ground import clock
from issues.ground.batches import among
from issues.likeness.scoring import LIKELY, Facts
from issues.likeness.search import Similar, similar
from issues.models import Issue
from issues.rights.table import MOST_PEOPLE, reach

JUDGED = 10
TOLD = 3
"""Of the tickets a suggestion comes from, the likest are named."""


class Suggested(NamedTuple):
    """A value for a field of the form, and the tickets that had it, the likest first."""

    field: str
    label: str
    value: str
    word: str
    numbers: tuple[str, ...]

    @property
    def told(self) -> str:
        more = f"等{len(self.numbers)}件" if len(self.numbers) > TOLD else ""
        return "、".join(self.numbers[:TOLD]) + more


class Entering(NamedTuple):
    """`found`: those that are likely the same; `suggested` from these and the less like."""

    found: list[Similar]
    suggested: list[Suggested]


def beside(facts: Facts, actor: Actor) -> Entering:
    """What stands beside a form while it is filled. Three statements."""
    near = similar(*facts._replace(on=clock.today()), scope=reach(actor), limit=JUDGED)
    return Entering(_likely(near), _suggested(near, facts.region))


def likely(facts: Facts, actor: Actor) -> list[Similar]:
    """What a problem is likely the same as, the likest first.

    To be asked before it is entered: a search takes longer than the writing others wait for.
    """
    scope = _scope(actor.rights_only)
    return _likely(similar(*facts._replace(on=clock.today()), scope=scope, limit=JUDGED))


@lru_cache(maxsize=MOST_PEOPLE)
def _scope(actor: Actor) -> ColumnElement[bool]:
    """The same object for the same person: what is asked with it is put together once."""
    return reach(actor)


def _likely(near: Sequence[Similar]) -> list[Similar]:
    return [one for one in near if one.likeness >= LIKELY]


def _suggested(near: Sequence[Similar], region: str) -> list[Suggested]:
    """The unit and the type most of them have, each by how like it is; a unit of the same place."""
    if not near:
        return []
    rows = (
        select(Issue.id, Issue.types, Issue.region, Unit.code, Unit.short_name)
        .outerjoin(Unit, (Unit.id == Issue.primary_unit_id) & Unit.ended_at.is_(None))
        .where(among(Issue.id, [one.id for one in near]))
    )
    of_id = {row.id: row for row in db.session.execute(rows)}
    units: dict[tuple[str, str], list[Similar]] = defaultdict(list)
    types: dict[tuple[str, str], list[Similar]] = defaultdict(list)
    for one in near:
        row = of_id[one.id]
        if row.code and (not region or row.region == region):
            units[(row.code, row.short_name)].append(one)
        for kind in row.types:
            types[(kind, kind)].append(one)
    found = (_most("primary_unit", "主责单位", units), _most("types", "问题类型", types))
    return [one for one in found if one is not None]


def _most(field: str, label: str, had: dict[tuple[str, str], list[Similar]]) -> Suggested | None:
    if not had:
        return None
    value, word = max(had, key=lambda key: (sum(one.likeness for one in had[key]), key))
    return Suggested(field, label, value, word, tuple(one.number for one in had[(value, word)]))
