"""The whole history for the auditor, who reads it and does nothing else."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from issues.ground import signs
from issues.ground.numbers import LARGEST_ID, whole as whole_number
from issues.queries.admin.history import LOOKS, Wanted, records
from issues.queries.ground.record import doubted
from issues.rights.table import Right
from issues.vocabulary import Subject
from issues.web.door.guards import requires

blueprint = Blueprint("history", __name__)
NARROWED = ("subject", "act", "actor", "since", "until")
"""What of an address goes on to the older page."""


@blueprint.get("/history")
@requires(Right.HISTORY)
def whole() -> ResponseReturnValue:
    """Newest first. A filter that cannot be read finds nothing less: it is left out."""
    asked = request.args
    wanted = Wanted(
        subject=asked.get("subject", ""),
        act=asked.get("act", ""),
        actor=signs.bare(asked.get("actor", "")).strip()[:80],
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        before=whole_number(asked.get("before", ""), 0, LARGEST_ID),
    )
    found = records(wanted)
    further: dict[str, Any] = {name: asked[name] for name in NARROWED if name in asked}
    return render_template(
        "admin/history.html",
        found=found,
        wanted=wanted,
        subjects=Subject.choices(),
        looks=[(act.value, act.label) for act in LOOKS],
        doubted=doubted(),
        older_link=url_for("history.whole", **further, before=found.next),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
