"""My work: what needs this person today, and nothing else."""

from flask import Blueprint, render_template

from auth import asked_roles
from issues.ground import clock
from issues.queries.notices.unanswered import unanswered
from issues.queries.worklist import arrived, sponsored, tasks
from issues.queries.worklist.waiting import waiting
from issues.rights.table import Right, holds
from issues.rules.scores.points import signed
from issues.vocabulary import Role
from issues.web.door.guards import actor, signed_in
from issues.web.register.bulk_kinds import of_act
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
    waits = waiting(person, today)
    return render_template(
        "worklist/page.html",
        **waits._asdict(),
        parts=waits.parts,
        bulk_of=of_act,
        unanswered=unanswered(person, today),
        driven=tasks.driven_by(person),
        centre_code=person.unit_code,
        arrived_days=arrived.DAYS_TOLD,
        lacking=waiting_for(person),
        week=list_of(person),
        most_papers=MOST_PAPERS,
        signed=signed,
        goes_out=holds(person, Right.WRITE_COVERT),
        sponsored=sponsored.sponsored(person, today) if person.has(Role.LEADER) else None,
    )
