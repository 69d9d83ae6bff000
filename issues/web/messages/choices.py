"""When a person, or the group of the unit they lead, is told of which event."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from issues.messages import choices
from issues.messages.choosing import Quiet
from issues.vocabulary import Timing
from issues.web.door import forms
from issues.web.door.guards import acting, actor, signed_in
from issues.web.messages.addresses import SEE_OTHER, is_of_unit, page, timings

blueprint = Blueprint("choices", __name__)


@blueprint.post("/account/choices")
@signed_in
@acting(page)
def choose() -> ResponseReturnValue:
    for_unit = is_of_unit()
    said = forms.read(timings(for_unit=for_unit))
    told = {one: Timing(said[one.value]) for one in choices.events(for_unit=for_unit)}
    quiet = Quiet(said["quiet_from"], said["quiet_until"])
    choices.choose(actor(), told, quiet, for_unit=for_unit)
    flash("接收方式已保存。", "success")
    view = "addresses.unit_page" if for_unit else "addresses.page"
    return redirect(url_for(view), SEE_OTHER)
