"""The rules in force, and every version that was published."""

from typing import Any

from flask import Blueprint, Response, jsonify

from issues import clock
from issues.api import sent
from issues.api.described import describes
from issues.api.schema import ref
from issues.api.values import day
from issues.permissions import Right
from issues.policies import SHIPPED, policy_on
from issues.queries.catalogue import policy_version
from issues.refusals import NotFound
from issues.rules.policy import Policy
from issues.web.guards import requires

blueprint = Blueprint("policy", __name__)

TAG = "规则"
SHIPPED_NAME = "初始规则"


@blueprint.get("/policy")
@describes(TAG, "现行规则:各参数的名称和数值", answer=ref("Policy"))
@requires(Right.POLICY)
def current() -> Response:
    sent.refuse_unknown(())
    number, policy = policy_on(clock.today())
    return jsonify(_document(number, policy))


@blueprint.get("/policies/<int:number>")
@describes(TAG, "某一版规则", answer=ref("Policy"))
@requires(Right.POLICY)
def version(number: int) -> Response:
    sent.refuse_unknown(())
    row = policy_version(number)
    if row is None and number != SHIPPED:
        raise NotFound
    return jsonify(_document(number, Policy.from_document(row.document if row else {})))


def _document(number: int, policy: Policy) -> dict[str, Any]:
    """The parameters by name, as a preview takes them, and which version they are."""
    row = policy_version(number)
    return {
        "number": number,
        "name": row.name if row else SHIPPED_NAME,
        "effective_from": day(row.effective_from) if row else None,
        **policy.document(),
    }
