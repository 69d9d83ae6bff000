"""The search: one box for all a person sees, as a page of its own and as the list below the box."""

from flask import Blueprint, render_template, request

from issues.ground import clock
from issues.queries.ground.remembered import moment
from issues.queries.register.filters import Filters
from issues.rights.table import Right
from issues.web.door.guards import actor, requires
from issues.web.register.page import found_of

blueprint = Blueprint("search", __name__)

LIST, AT_ONCE = "list", 8
"""What `part` asks for the list alone, and how many tickets it holds."""


@blueprint.get("/search")
@requires(Right.VIEW)
def page() -> str:
    is_list = request.args.get("part") == LIST
    asked = Filters.from_args({"q": request.args.get("q", "")})
    filters = Filters(q=asked.q, limit=str(AT_ONCE) if is_list else "")
    found = found_of(filters, actor(), clock.today(), moment()) if filters.q else None
    template = "register/found_list.html" if is_list and found else "register/search.html"
    return render_template(template, question=filters.q, found=found)
