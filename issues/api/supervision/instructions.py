"""Leaders' written words (批示) and the answers to them."""

from flask import Blueprint, Response

from extensions import db
from issues.api.door import sent
from issues.api.door.answers import cut
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes, listed
from issues.api.supervision import shapes
from issues.models import Instruction
from issues.queries.worklist.instructions import instructions
from issues.rights.table import Right
from issues.web.door.guards import actor, requires

blueprint = Blueprint("instructions", __name__)


@blueprint.get("/instructions")
@describes(
    "批示", "领导批示和答复，待答复的在前", answer=Listing(shapes.Instruction), query=listed()
)
@requires(Right.VIEW)
def words() -> Response:
    sent.refuse_unknown(listed())
    return cut(list(db.session.scalars(instructions(actor()))), _instruction)


def _instruction(row: Instruction) -> shapes.Instruction:
    return shapes.Instruction.of(
        row,
        number=row.issue.number,
        leader=row.leader.display_name,
        unit=row.unit.code if row.unit else None,
        reply=row.reply or None,
    )
