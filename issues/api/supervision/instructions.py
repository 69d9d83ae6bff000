"""Leaders' written words (批示) and the answers to them."""

from typing import Any

from flask import Blueprint, Response

from issues.api.door import sent
from issues.api.door.answers import cut
from issues.api.door.values import day
from issues.api.openapi.described import describes, listed
from issues.api.openapi.words import listing, ref
from issues.models import Instruction
from issues.queries.worklist.instructions import instructions
from issues.rights.table import Right
from issues.web.door.guards import actor, requires

blueprint = Blueprint("instructions", __name__)


@blueprint.get("/instructions")
@describes(
    "批示", "领导批示和答复,待答复的在前", answer=listing(ref("Instruction")), query=listed()
)
@requires(Right.VIEW)
def words() -> Response:
    sent.refuse_unknown(listed())
    return cut(list(instructions(actor())), _instruction)


def _instruction(row: Instruction) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.issue.number,
        "leader": row.leader.display_name,
        "text": row.text,
        "unit": row.unit.code if row.unit else None,
        "given_on": day(row.given_on),
        "due_on": day(row.due_on),
        "reply": row.reply or None,
        "replied_on": day(row.replied_on),
    }
