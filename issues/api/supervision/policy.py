"""The rules in force, and every version that was published."""

from collections.abc import Mapping

from flask import Blueprint, Response

from issues.api.door import sent
from issues.api.door.answers import shaped
from issues.api.openapi.described import describes
from issues.api.supervision import shapes
from issues.colour.policies import SHIPPED, policy_on
from issues.ground import clock
from issues.ground.refusals import NotAllowed, NotFound
from issues.queries.admin.catalogue import policy_version
from issues.rights.table import Right, holds
from issues.rules.policy import Policy
from issues.supervision import policy_preview, rulebook
from issues.vocabulary import RUNNING, Colour
from issues.web.door.guards import NOT_YOURS, actor, requires

blueprint = Blueprint("policy", __name__)

TAG = "规则"
TOLD = frozenset({"number", "name", "effective_from"})
"""What a document says of itself beside its parameters; a preview takes it back as it was given."""
SHIPPED_NAME = "初始规则"


@blueprint.get("/policy")
@describes(TAG, "现行规则：各参数的名称和数值", answer=shapes.Policy)
@requires(Right.POLICY)
def current() -> Response:
    sent.refuse_unknown(())
    number, policy = policy_on(clock.today())
    return _answer(number, policy)


@blueprint.get("/policies/<int:number>")
@describes(TAG, "某一版规则", answer=shapes.Policy)
@requires(Right.POLICY)
def version(number: int) -> Response:
    sent.refuse_unknown(())
    row = policy_version(number)
    if row is None and number != SHIPPED:
        raise NotFound
    return _answer(number, Policy.from_document(row.document if row else {}))


def _answer(number: int, policy: Policy) -> Response:
    """The parameters by name, as a preview takes them, and which version they are."""
    row = policy_version(number)
    told = shapes.Policy(
        number=number,
        name=row.name if row else SHIPPED_NAME,
        effective_from=row.effective_from if row else None,
    )
    return shaped(told, **policy.document())


@blueprint.post("/policy/preview")
@describes(
    TAG,
    "试算：按改后的参数，哪些事项会变色；什么也不写",
    answer=shapes.Comparison,
    body={"type": "object", "title": "要改的参数，其余按初始规则"},
)
@requires(Right.POLICY)
def preview() -> Response:
    """For who drafts and who publishes rules: it names tickets of every unit."""
    if not (holds(actor(), Right.DRAFT_POLICY) or holds(actor(), Right.PUBLISH_POLICY)):
        raise NotAllowed(NOT_YOURS)
    given = sent.body()
    if isinstance(given, Mapping):
        given = {name: value for name, value in given.items() if name not in TOLD}
    found = policy_preview.compare(rulebook.read_policy(given), clock.today())
    return shaped(
        shapes.Comparison(
            on=found.on,
            changes=[
                shapes.Recoloured.of(change, from_=change.before, to=change.after)
                for change in found.changes
            ],
            totals=shapes.BothTotals(from_=_totals(found.before), to=_totals(found.after)),
        )
    )


def _totals(counted: Mapping[Colour, int]) -> shapes.Totals:
    return shapes.Totals(**{colour.value: counted[colour] for colour in RUNNING})
