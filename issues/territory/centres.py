"""The centres of counties: which one answers for a place, and the units below it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import aliased

from auth.models import Unit
from extensions import db
from issues import regions
from issues.models import Issue, IssueUnit, Region
from issues.vocabulary import CENTRE, Relation

Whole = aliased(Region)
Part = aliased(Region)


def centre_of(region: str) -> Unit | None:
    """The centre that answers for a place, the nearest one above it."""
    rows = (
        select(Unit)
        .join(Whole, Whole.code == Unit.region)
        .join(Part, regions.inside(Part, Whole))
        .where(Unit.kind == CENTRE, Part.code == region)
        .order_by(Whole.path.desc())
        .limit(1)
    )
    return db.session.scalars(rows).first()


def has_centre(issue_id: object) -> ColumnElement[bool]:
    """The same question of a ticket by its id, as a condition."""
    ticket = aliased(Issue)
    return exists(
        select(Unit.id)
        .join(Whole, Whole.code == Unit.region)
        .join(Part, regions.inside(Part, Whole))
        .join(ticket, ticket.region == Part.code)
        .where(Unit.kind == CENTRE, ticket.id == issue_id)
    )


def units_below(centre: Unit) -> Sequence[Unit]:
    """Whoever answers within the centre's places, itself aside, in the city's order."""
    rows = select(Unit).where(
        Unit.region.in_(regions.codes_within(centre.region)), Unit.id != centre.id
    )
    return db.session.scalars(rows.order_by(Unit.position)).all()


def delegated_to(centre: Unit) -> ColumnElement[bool]:
    """On Issue, whoever looks: the relation, within the centre's places."""
    related = select(IssueUnit.issue_id).where(
        IssueUnit.unit_id == centre.id, IssueUnit.relation == Relation.CENTRE
    )
    return Issue.id.in_(related) & Issue.region.in_(regions.codes_within(centre.region))


def centres_above(unit_id: int) -> Select[int]:
    """The ids of the centres in whose places this unit lies, for an IN: of its own county alone.

    Told by where the unit lies now, not by a code read at sign-in.
    """
    own = aliased(Unit)
    return (
        select(Unit.id)
        .join(Whole, Whole.code == Unit.region)
        .join(Part, regions.inside(Part, Whole))
        .join(own, own.region == Part.code)
        .where(Unit.kind == CENTRE, own.id == unit_id)
    )
