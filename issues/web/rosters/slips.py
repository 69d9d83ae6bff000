"""Closed slips for everybody a workbook brought in: one page each, printed in one answer.

The links on them are in no other answer; printing again makes new ones, and the first open nothing.
"""

from io import BytesIO

from flask import Blueprint, current_app, send_file
from flask.typing import ResponseReturnValue

from auth import changing
from auth.changing import Way
from extensions import transaction
from issues.city import words
from issues.ground import clock
from issues.ground.refusals import WrongStatus
from issues.queries.admin.rosters import without_password
from issues.rights.table import Right
from issues.rosters import kept
from issues.rosters.outcome import MADE, Outcome
from issues.vocabulary import RosterKind
from issues.web.account.proof import proven
from issues.web.admin.slip import Slip, draw_all
from issues.web.door.addresses import outside
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file

blueprint = Blueprint("slips", __name__, url_prefix="/admin/accounts/import")
NOBODY = "这批账号的本人都已设定密码，不需要密封单。"


@blueprint.post("/<int:people_id>/slips")
@requires(Right.ACCOUNTS)
@proven
@builds_file
def every(people_id: int) -> ResponseReturnValue:
    with transaction():
        row = kept.load(RosterKind.PEOPLE, people_id, for_change=True)
        lines = Outcome.of(row.report).lines if row.confirmed_at else []
        people = without_password([one.key for one in lines if one.outcome == MADE])
        if not people:
            raise WrongStatus(NOBODY)
        city, until = words.name(), clock.local(clock.real_now() + Way.SLIP.life)
        slips = []
        for user in people:
            _, secret = changing.reset_by_link(actor(), user.id, Way.SLIP)
            unit = user.unit.short_name if user.unit else ""
            link = outside("opening.page", key=secret)
            slips.append(Slip(city, unit, user.display_name, user.name, link, until))
        pages = draw_all(slips, current_app.extensions["faces"]())
    answer = send_file(
        BytesIO(pages), mimetype="application/pdf", max_age=0, download_name="密封单.pdf"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
