"""Open the assessment round of the month on its day, with every ticket worse than its card."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from auth.actor import SYSTEM
from extensions import db
from issues import audit
from issues.jobs.job import Tools
from issues.models import AssessmentRound, Issue, RoundItem
from issues.policies import policy_on
from issues.rules.colour import computed_colour
from issues.rules.firings import Firing
from issues.rules.policy import Policy
from issues.vocabulary import CARDS, OPEN, Colour

MONTHS = {"monthly": 1, "bimonthly": 2}
WEEK = 7
HALVES = 15
_WORSE = {Colour.GREEN.value: 0, "": 0, Colour.YELLOW.value: 1, Colour.RED.value: 2}


def find(tools: Tools) -> list[str]:
    _, policy = policy_on(tools.on)
    known = select(AssessmentRound.id).where(AssessmentRound.on == tools.on)
    if not is_round_day(tools.on, policy) or db.session.scalar(known) is not None:
        return []
    return [tools.on.isoformat()]


def is_round_day(on: date, policy: Policy) -> bool:
    """The policy's day of the month; weekly on its weekday of that day's number modulo 7."""
    if policy.round_cadence == "weekly":
        return on.weekday() == policy.round_day % WEEK
    if policy.round_cadence == "half_monthly":
        return on.day in {policy.round_day, (policy.round_day + HALVES - 1) % 28 + 1}
    return on.day == policy.round_day and on.month % MONTHS[policy.round_cadence] == 0


def do(tools: Tools, _unit: str) -> bool:
    """The day is unique: of two processes one opens the round."""
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    made = db.session.execute(
        insert(AssessmentRound).values(on=tools.on, digest="").on_conflict_do_nothing()
    )
    if not made.rowcount:
        return False
    round_ = db.session.scalars(select(AssessmentRound).where(AssessmentRound.on == tools.on)).one()
    rows = [_item(round_, issue, tools.on) for issue in _candidates(tools.on)]
    db.session.add_all(rows)
    db.session.flush()
    audit.record("round", round_.id, "open", SYSTEM, at=tools.at, detail={"items": len(rows)})
    return True


def _candidates(on: date) -> list[Issue]:
    rows = select(Issue).where(Issue.status.in_(OPEN)).order_by(Issue.number)
    worse = []
    for issue in db.session.scalars(rows):
        computed = computed_colour(issue, on)
        if computed in CARDS and _WORSE[computed.value] > _WORSE[issue.card]:
            worse.append(issue)
    return worse


def _item(round_: AssessmentRound, issue: Issue, on: date) -> RoundItem:
    found = [Firing.from_document(document) for document in issue.firings]
    rules = sorted({firing.rule.value for firing in found if firing.since <= on})
    return RoundItem(
        round_id=round_.id,
        issue_id=issue.id,
        computed=computed_colour(issue, on).value,
        card=issue.card,
        rules=rules,
    )
