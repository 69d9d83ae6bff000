"""基层减负 over the API: the page's figures."""

from flask import Blueprint, Response

from issues.api.burden import shapes
from issues.api.door import sent
from issues.api.door.answers import shaped
from issues.api.openapi.described import describes
from issues.queries.burden import figures
from issues.rights.table import Right
from issues.web.door import asked
from issues.web.door.guards import actor, requires

blueprint = Blueprint("burden", __name__)
ASKED = {
    "unit": ("string", "单位代码，缺省为看得到的全部单位"),
    "year": ("integer", "年度，缺省为今年"),
}


@blueprint.get("/burden")
@describes("考核", "单位被问到已知内容、填表和退回的次数", answer=shapes.Burden, query=ASKED)
@requires(Right.BURDEN)
def index() -> Response:
    sent.refuse_unknown(ASKED)
    year = asked.year()
    found = figures.figures(actor(), year, sent.word_of("unit"))
    return shaped(
        shapes.Burden(
            year=year,
            unit=found.unit.code if found.unit else None,
            total=shapes.Counted.of(found.total),
            units=[shapes.Counted.of(one) for one in found.by_unit],
            acts=[shapes.Counted.of(one) for one in found.by_action],
            months=[shapes.Counted.of(one) for one in found.by_month],
            asked_since=found.asked_since,
            returns_since=found.returns_since,
        )
    )
