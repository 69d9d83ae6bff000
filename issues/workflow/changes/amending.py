"""What the office changes on an open ticket, with the reason, before and after."""

from datetime import date
from typing import Any

from issues.ground.refusals import Incomplete, NotAllowed
from issues.models import Issue
from issues.rules.policy import Policy
from issues.rules.sources import MOVERS
from issues.tickets.fields import BY_NAME, DEADLINE, FIELDS, UNIT_LISTS
from issues.tickets.handled import HANDLED
from issues.vocabulary import DeadlineKind, Relation, Source, Status
from issues.workflow.act import Act, recorded
from issues.workflow.changes.opening import fill
from issues.workflow.changes.plans import last_day
from issues.workflow.changes.replanning import amend_measures
from issues.workflow.changes.targets import amend_targets
from issues.workflow.parties import refuse_moved_away, set_units

_NEVER_EMPTY = {field.name: field.label for field in FIELDS if field.is_never_emptied}


def amend(act: Act) -> Status:
    """Deadlines only where the source lets the city move them (403 otherwise)."""
    issue, changes = act.issue, dict(act["fields"])
    act.refuse_unless(changes, "fields", "没有要调整的内容")
    _refuse_emptied(changes)
    if DEADLINE & set(changes):
        _refuse_unless_movable(act)
    rows = changes.pop("measures", None) or []
    targets = changes.pop("targets", None) or []
    before = {name: _value(issue, name) for name in changes}
    if "primary_unit" in changes:  # a new one joins the responsible units by itself
        before.setdefault("responsible_units", issue.units(Relation.RESPONSIBLE))
    fill(act, changes)
    if "region" in changes:
        refuse_moved_away(issue)
    if rows:
        carried = last_day(issue)
        before["measures"], after = amend_measures(act, rows)
        _follow_measures(act, carried)
        act.noted["after"] = {"measures": recorded(after)}
        set_units(issue)
    if targets:
        before["targets"], held = amend_targets(act, targets)
        act.noted.setdefault("after", {})["targets"] = recorded(held)
    act.noted["before"] = recorded(before)
    return issue.status


def record_outcome(act: Act) -> Status:
    """What was found of a letter and what followed; a penalty may come after its closing."""
    said = {field.name: act[field.name] for field in HANDLED if field.name in act.given}
    before = {name: getattr(act.issue, name) for name in said}
    fill(act, said)
    after = {name: getattr(act.issue, name) for name in said}
    changed = [name for name in said if before[name] != after[name]]
    act.refuse_unless(changed, "verified", "没有改动查处情况，请填写后提交")
    act.noted["before"] = recorded({name: before[name] for name in changed})
    act.noted["after"] = recorded({name: after[name] for name in changed})
    return act.issue.status


def why_deadline_stays(source: Source, policy: Policy) -> str:
    """Why the city may not move a deadline of this source; "" where it may."""
    mover = policy.sources[source].mover
    return "" if mover == "head" else f"{source.label}的整改时限（{MOVERS[mover]}）不能由市里调整。"


def _refuse_unless_movable(act: Act) -> None:
    if why := why_deadline_stays(act.issue.source, act.policy):
        raise NotAllowed(why)


def _follow_measures(act: Act, carried: date | None) -> None:
    """Where the measures carry the dates, the ticket ends with the latest of them.

    `carried` is the day of the latest before the change. A day that an extension set later stands
    until the measures pass it; a day the city may not move holds its measures back.
    """
    issue, last = act.issue, last_day(act.issue)
    if issue.deadline_kind != DeadlineKind.BY_MEASURES or issue.deadline is None or last is None:
        return
    if last > issue.deadline:
        _refuse_unless_movable(act)
    elif last == issue.deadline or issue.deadline != carried or act.source_rules.mover != "head":
        return
    act.noted |= {"old_deadline": issue.deadline, "deadline": last}
    issue.deadline = last


def _refuse_emptied(changes: dict[str, Any]) -> None:
    errors = {
        f"fields.{name}": [f"{label}不能改为空"]
        for name, label in _NEVER_EMPTY.items()
        if name in changes and not changes[name]
    }
    if errors:
        raise Incomplete(errors)


def _value(issue: Issue, name: str) -> Any:
    if name in UNIT_LISTS:
        return issue.units(UNIT_LISTS[name])
    return getattr(issue, BY_NAME[name].kept_as)


def comment(act: Act) -> Status:
    return act.issue.status
