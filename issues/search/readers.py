"""For whom a text is found: what a person may be told, as a condition and of one text."""

from typing import NamedTuple, Self

from sqlalchemy import ColumnElement, and_, or_

from auth.actor import Actor
from extensions import db
from issues.models import SearchText
from issues.rights.table import TABLE, Right, holds
from issues.rights.words import Power
from issues.search.part import Part
from issues.territory.centres import centres_above
from issues.vocabulary import Audience


class Reader(NamedTuple):
    """`unit_id`: whose notices the person is shown, None where none of one unit alone.

    `centres`: the ids of the county's centres whose 通报 are for the person's unit.
    """

    audiences: frozenset[Audience]
    unit_id: int | None
    centres: frozenset[int] = frozenset()

    @classmethod
    def of(cls, actor: Actor) -> Self:
        """Of a right that reaches some tickets only nothing is found: never too much.

        No statement for the city's people, one for a unit's.
        """
        covert, withdrawn, city = (
            _everywhere(actor, right)
            for right in (Right.SEE_COVERT, Right.SEE_WITHDRAWN, Right.NOTICES)
        )
        given = {
            Audience.OPEN: True,
            Audience.COVERT: covert,
            Audience.WITHDRAWN: covert and withdrawn,
            Audience.ADDRESSEE: city,
            Audience.COUNTY: city,
            Audience.CITY: city,
        }
        own = actor.unit_id if holds(actor, Right.NOTICES) else None
        above = () if own is None or city else db.session.scalars(centres_above(own))
        told = frozenset(audience for audience, may in given.items() if may)
        return cls(told, own, frozenset(above))

    def sees(self, part: Part) -> bool:
        is_own = part.audience is Audience.ADDRESSEE and part.unit_id == self.unit_id
        is_county = part.audience is Audience.COUNTY and part.unit_id in self.centres
        return is_own or is_county or part.audience in self.audiences

    def condition(self) -> ColumnElement[bool]:
        """The same as a condition on SearchText."""
        told = SearchText.audience.in_(sorted(one.value for one in self.audiences))
        if self.unit_id is None:
            return told
        own = and_(
            SearchText.audience == Audience.ADDRESSEE.value, SearchText.unit_id == self.unit_id
        )
        county = and_(
            SearchText.audience == Audience.COUNTY.value,
            SearchText.unit_id.in_(sorted(self.centres)),
        )
        return or_(told, own, county)


def _everywhere(actor: Actor, power: Power) -> bool:
    return any(TABLE[power][role].is_everywhere for role in actor.roles)
