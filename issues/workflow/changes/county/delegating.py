"""What the city's office hands to the centre of a county, and takes back."""

from issues.ground.present import present
from issues.territory.centres import centre_of
from issues.vocabulary import Relation, Status
from issues.workflow.act import Act
from issues.workflow.changes.county.proposing import end_proposal
from issues.workflow.changes.county.tasks import end_tasks
from issues.workflow.parties import put_under, refuse_own_supervision, set_units


def delegate(act: Act) -> Status:
    """To the nearest centre above the place; who works on the ticket does not drive it."""
    centre = present(centre_of(act.issue.region), "the centre of the ticket's territory")
    refuse_own_supervision(act.issue, centre)
    put_under(act.issue, centre)
    act.noted["centre"] = centre
    return act.issue.status


def recall(act: Act) -> Status:
    act.noted["centre"] = act.issue.units(Relation.CENTRE)[0]
    put_under(act.issue, None)
    end_proposal(act)
    if ended := end_tasks(act.issue):
        act.noted["ended_tasks"] = ended
        set_units(act.issue)
    return act.issue.status
