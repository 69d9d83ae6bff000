"""The days a form may take, said beside its fields by the function that refuses beyond them."""

from issues.act_fields import Field
from issues.act_fields.bound import bounded
from issues.colour.policies import policy_on
from issues.ground import clock
from issues.models import Issue
from issues.vocabulary import Action
from issues.workflow.bounds import BOUNDS, Place, bounds_of

Fields = tuple[Field, ...]


def limited(fields: Fields, action: Action, issue: Issue | None) -> Fields:
    """The fields with the first and last day that are taken today, and why these."""
    if issue is None or action not in BOUNDS:
        return fields
    today = clock.today()
    _, policy = policy_on(today)
    return bounded(fields, bounds_of(action, Place(issue, today, policy)))
