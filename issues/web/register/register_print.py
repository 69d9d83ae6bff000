"""The register on paper: every line of the filter as one table, up to what one file may hold."""

from flask import Blueprint, render_template, request

from issues.ground import clock
from issues.personal import kept_of
from issues.queries.ground import names as units
from issues.queries.ledger.paper import MOST
from issues.queries.register import lines as register
from issues.queries.register.filters import Filters
from issues.queries.register.narrowing import read_day
from issues.rights.table import Right
from issues.supervision.maps import layer_names
from issues.web.door.guards import actor, requires
from issues.web.door.turns import builds_file
from issues.web.register.columns import look_of
from issues.web.register.filter_words import chips
from issues.web.register.page import Head, link

blueprint = Blueprint("register_print", __name__)


@blueprint.get("/issues/print")
@requires(Right.VIEW)
@builds_file
def page() -> str:
    filters = Filters.from_args(request.args.to_dict(flat=False))
    person, today = actor(), clock.today()
    look, names = look_of(kept_of(person).look), units.names()
    return render_template(
        "register/out/print.html",
        found=register.on_one_page(filters, person, today, MOST),
        heads=[Head(key, label, "", "") for key, label in look.heads],
        look=look,
        names=names,
        chips=chips(filters, names, layer_names(), link),
        day=read_day(filters.on) or today,
        back=link(filters, page=""),
        may_pick=False,
    )
