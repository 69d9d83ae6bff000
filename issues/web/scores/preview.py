"""A draft's numbers tried on the last quarter: what each unit had, and what it would have had."""

from flask import Blueprint, render_template

from issues.queries.scores import preview
from issues.rights.table import Right
from issues.supervision import drafts, rulebook
from issues.web.door.guards import actor, requires

blueprint = Blueprint("score_preview", __name__)


@blueprint.get("/scores/preview/<int:draft_id>")
@requires(Right.POLICY)
def page(draft_id: int) -> str:
    """For who sees the draft. Writes nothing."""
    row = drafts.seen(draft_id, actor())
    found = preview.preview(rulebook.read_policy(row.document), actor())
    return render_template("scores/preview.html", draft=row, found=found)
