"""A ticket goes on under another: its unit was merged or split, whoever looked after it has left.

Who may is asked by issues/succession, which does it to many tickets at once.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from auth.actor import Actor
from auth.models import Unit, User
from extensions import db
from issues.colour.settle import settle_each
from issues.ground.under_way import counted, tell
from issues.models import Issue
from issues.vocabulary import Action, BesideAct, Relation
from issues.workflow.act import Act, recorded
from issues.workflow.parties import set_units
from issues.workflow.perform import Rules, finish
from issues.workflow.standing import Standing, standing_of_all
from issues.workflow.telling import write_histories

UNITS = ("primary_unit", "lead_unit", "acceptance_unit", "supervising_unit")
PEOPLE = {"inspector": "督察员", "sponsor_account": "包案领导账号", "created_by_id": "登记人"}


def move_units(
    moves: Sequence[tuple[Issue, Unit]],
    actor: Actor, old: Unit, reason: str, *, at: datetime, rules: Rules,
) -> None:  # fmt: skip
    """Wherever the one stands in an open ticket, the other does. Never commits.

    All are read, coloured and told together: a reform may move thousands. Raises Incomplete where
    one would accept its own work.
    """
    standing = standing_of_all([issue for issue, _ in moves])
    acts = []
    with db.session.no_autoflush:
        for issue, new in counted("调整事项", moves):
            act = _begin(issue, actor, BesideAct.MOVE_UNITS, at, rules)
            act.because = f"{old.short_name} → {new.short_name}：{reason}"
            act.noted |= {"from": old.short_name, "to": new.short_name}
            act.noted["before"] = recorded(_moved(issue, old, new, standing[issue.id]))
            issue.version += 1
            acts.append(act)
    tell("写入事项")
    db.session.flush()
    policy = (rules.number, rules.policy)
    settle_each([act.issue for act in acts], at, policy, rules.calendar)
    tell("记入办理过程")
    write_histories([(act, act.issue.status.value) for act in acts])


def _moved(issue: Issue, old: Unit, new: Unit, standing: Standing) -> dict[str, object]:
    """What stood before: the fields that the one stood in, and who took part."""
    held = {name: getattr(issue, name) for name in UNITS if getattr(issue, name) is old}
    stood = {
        "responsible_units": issue.units(Relation.RESPONSIBLE),
        "supporting_units": issue.units(Relation.SUPPORTING),
    }
    for name in held:
        setattr(issue, name, new)
        setattr(issue, f"{name}_id", new.id)
    for measure in standing.measures:
        if measure.unit_id == old.id:
            measure.unit_id = new.id
        if old.id in (also := measure.original.get("also", ())):
            moved = [new.id if one == old.id else one for one in also]
            measure.original = measure.original | {"also": list(dict.fromkeys(moved))}
    for task in standing.tasks:
        if task.unit_id == old.id:
            task.unit, task.unit_id = new, new.id
    responsible, supporting = (
        [new if unit is old else unit for unit in issue.units(relation)]
        for relation in (Relation.RESPONSIBLE, Relation.SUPPORTING)
    )
    set_units(issue, responsible=responsible, supporting=supporting, standing=standing)
    return held | stood


def put_people(
    issue: Issue, actor: Actor, old: User, new: User, reason: str, *, at: datetime, rules: Rules
) -> None:
    """Whatever the one looks after in it, the other does. Never commits."""
    act = _begin(issue, actor, BesideAct.HAND_OVER, at, rules)
    held: Mapping[str, bool] = {
        "inspector": issue.inspector_id == old.id,
        "sponsor_account": issue.sponsor_account_id == old.id,
        "created_by_id": issue.created_by_id == old.id and issue.assigned_on is None,
    }
    told = "、".join(PEOPLE[name] for name, is_held in held.items() if is_held)
    act.because = f"{told}{old.display_name} → {new.display_name}：{reason}"
    act.noted |= {"from": old.display_name, "to": new.display_name}
    for name, is_held in held.items():
        if is_held:
            setattr(issue, name, new.id if name == "created_by_id" else new)
    _end(act)


def _begin(issue: Issue, actor: Actor, called: BesideAct, at: datetime, rules: Rules) -> Act:
    act = Act(issue, Action.AMEND, actor, at, {}, *rules)
    act.called = called
    return act


def _end(act: Act) -> None:
    act.issue.version += 1
    finish(act, act.issue.status.value)
