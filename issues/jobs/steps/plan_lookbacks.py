"""The quarter's random look-backs, written into the plan."""

from issues.colour.policies import policy_on
from issues.jobs.job import Tools
from issues.supervision import sampling


def find(tools: Tools) -> list[str]:
    """The tickets drawn this quarter that are not planned yet."""
    _, policy = policy_on(tools.on)
    return [str(lot.issue_id) for lot in sampling.draw(tools.on, policy).waiting]


def do(tools: Tools, unit: str) -> bool:
    _, policy = policy_on(tools.on)
    return sampling.plan(int(unit), sampling.draw(tools.on, policy).last)
