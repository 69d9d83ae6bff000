"""My work: what needs this person today, and nothing else."""

from flask import Blueprint, render_template

from auth import asked_roles
from issues.ground import clock
from issues.queries.notices import inbox
from issues.queries.scores import appeals
from issues.queries.worklist import arrived, page as worklist, readings, sponsored, tasks
from issues.rights.table import Right, holds
from issues.rules.scores.points import signed
from issues.vocabulary import Role
from issues.web.door.guards import actor, signed_in
from issues.web.setup.page import waiting_for
from issues.web.worklist.first_week import list_of

blueprint = Blueprint("worklist", __name__)
MOST_PAPERS = 10


@blueprint.get("/")
@signed_in
def page() -> str:
    person = actor()
    if not holds(person, Right.VIEW):
        return render_template(
            "worklist/administrator.html",
            lacking=waiting_for(person),
            week=list_of(person),
            asked=asked_roles.count() if holds(person, Right.GRANTS) else 0,
        )
    today = clock.today()
    return render_template(
        "worklist/page.html",
        piles=worklist.piles(person, today),
        letters=inbox.letters(person),
        tasks=tasks.tasks_of(person, today),
        driven=tasks.driven_by(person),
        centre_code=person.unit_code,
        to_review=readings.readings_to_review(person),
        arrived=arrived.arrived(person, today),
        arrived_days=arrived.DAYS_TOLD,
        lacking=waiting_for(person),
        week=list_of(person),
        scores=appeals.waiting(person),
        most_papers=MOST_PAPERS,
        signed=signed,
        sponsored=sponsored.sponsored(person, today) if person.has(Role.LEADER) else None,
    )
