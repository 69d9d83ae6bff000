"""What the city's office hands to the centre of a county, and takes back."""

from issues.centres import centre_of
from issues.ground.present import present
from issues.vocabulary import Relation, Status
from issues.workflow.act import Act
from issues.workflow.parties import put_under, refuse_own_supervision


def delegate(act: Act) -> Status:
    """To the nearest centre above the place; who works on the ticket does not drive it."""
    centre = present(centre_of(act.issue.region), "the centre of the ticket's territory")
    refuse_own_supervision(act.issue, centre)
    put_under(act.issue, centre)
    act.noted["to"] = centre.short_name
    return act.issue.status


def recall(act: Act) -> Status:
    act.noted["from"] = [unit.short_name for unit in act.issue.units(Relation.CENTRE)]
    put_under(act.issue, None)
    return act.issue.status
