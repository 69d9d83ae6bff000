"""Which units stand how to a ticket, and that nobody both reports and accepts."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from auth.actor import Actor
from auth.models import Unit
from extensions import db
from issues.ground.refusals import Incomplete, NotAllowed
from issues.models import Issue, IssueUnit, PartTaken
from issues.territory.centres import centre_of
from issues.vocabulary import Action, Relation
from issues.workflow.standing import Standing, standing_of

REPORT, ACCEPT = "report", "accept"
REPORTING = frozenset({Action.REPORT_PROGRESS})
ACCEPTING = frozenset(
    {
        Action.CONFIRM_PROGRESS, Action.RETURN_PROGRESS, Action.PASS_FIRST_ACCEPTANCE,
        Action.RETURN_ACCEPTANCE, Action.RECORD_SITE_CHECK, Action.APPROVE_CLOSURE,
        Action.RETURN_CLOSURE, Action.CLOSE, Action.INTERIM_CLOSE, Action.RECORD_LOOKBACK,
    }
)  # fmt: skip
_WORKING = {
    Relation.PRIMARY: "primary_unit",
    Relation.RESPONSIBLE: "responsible_units",
    Relation.SUPPORTING: "supporting_units",
    Relation.MEASURE: "measures",
}
"""As which a unit works on a ticket, and the field that says so."""
_SENTENCES = {
    REPORT: "您已参与本事项的核查验收，不能再填报进展。",
    ACCEPT: "您填报过本事项的进展，不能再确认或验收。",
}


def part_of(action: Action) -> str | None:
    """The side an act stands on; None where it stands on neither."""
    if action in REPORTING:
        return REPORT
    return ACCEPT if action in ACCEPTING else None


def refuse_other_side(issue: Issue, actor: Actor, action: Action) -> str | None:
    """The side the person stands on already. Raises NotAllowed where it is not the act's."""
    part = part_of(action)
    return None if part is None else _refuse_other(issue, actor, part)


def _refuse_other(issue: Issue, actor: Actor, part: str) -> str | None:
    taken = None if actor.id is None else _taken(issue, actor)
    if taken not in (None, part):
        raise NotAllowed(_SENTENCES[part])
    return taken


def take_part(issue: Issue, actor: Actor, action: Action, side: str | None) -> None:
    """Put the person on the act's side for good. `side`: what `refuse_other_side` gave."""
    part = part_of(action)
    if part is not None:  # written with what the act writes next
        _take(issue, actor, part, side)


def take_side(issue: Issue, actor: Actor, part: str) -> None:
    """The same for what is no act of a ticket's life. Raises NotAllowed."""
    _take(issue, actor, part, _refuse_other(issue, actor, part))
    db.session.flush()


def _take(issue: Issue, actor: Actor, part: str, side: str | None) -> None:
    if side is None and actor.id is not None:
        db.session.add(PartTaken(issue_id=issue.id, user_id=actor.id, part=part))


def stand_for_values(issue: Issue, actor: Actor) -> None:
    """Who brings a ticket in with values that count as confirmed has accepted, and reports never.

    For a ticket that was not here before: nobody stands on a side of it yet.
    """
    if actor.id is not None:
        db.session.add(PartTaken(issue_id=issue.id, user_id=actor.id, part=ACCEPT))


def _taken(issue: Issue, actor: Actor) -> str | None:
    return db.session.scalar(_TAKEN, {"issue": issue.id, "user": actor.id})


_TAKEN = select(PartTaken.part).where(
    PartTaken.issue_id == bindparam("issue"), PartTaken.user_id == bindparam("user")
)


def set_units(
    issue: Issue,
    *,
    responsible: Iterable[Unit] | None = None,
    supporting: Iterable[Unit] | None = None,
    standing: Standing | None = None,
) -> None:
    """Write every relation anew from the ticket, its measures and its region.

    None keeps the responsible or supporting units it has; the centre it is delegated to is kept
    too. `standing`: what was read of many tickets at once. Raises Incomplete where the primary
    unit would accept its own work, or the centre drive its own.
    """
    _refuse_own_acceptance(issue)
    if responsible is None:
        responsible = issue.units(Relation.RESPONSIBLE)
    if supporting is None:
        supporting = issue.units(Relation.SUPPORTING)
    wanted = _pairs(Relation.PRIMARY, [issue.primary_unit_id])
    wanted |= _pairs(
        Relation.RESPONSIBLE, [issue.primary_unit_id, *(unit.id for unit in responsible)]
    )
    wanted |= _pairs(Relation.LEAD, [issue.lead_unit_id])
    wanted |= _pairs(Relation.SUPPORTING, [unit.id for unit in supporting])
    wanted |= _pairs(Relation.ACCEPTANCE, [issue.acceptance_unit_id])
    wanted |= _pairs(Relation.SUPERVISING, [issue.supervising_unit_id])
    standing = standing_of(issue) if standing is None else standing
    wanted |= _pairs(Relation.MEASURE, standing.units_of_measures())
    wanted |= _pairs(Relation.TASK, standing.units_with_tasks())
    wanted |= _pairs(Relation.TERRITORIAL, [standing.county])
    centres = issue.units(Relation.CENTRE)
    wanted |= _pairs(Relation.CENTRE, [unit.id for unit in centres])
    _write(issue, list(wanted))
    for centre in centres:
        refuse_own_supervision(issue, centre)


def put_under(issue: Issue, centre: Unit | None) -> None:
    """The ticket is driven by this centre from now on; by none where it is taken back."""
    for reach in [one for one in issue.reaches if one.relation == Relation.CENTRE]:
        issue.reaches.remove(reach)
    if centre is not None:
        place = len(issue.reaches)
        issue.reaches.append(IssueUnit(unit=centre, relation=Relation.CENTRE, position=place))


def refuse_own_supervision(issue: Issue, centre: Unit) -> None:
    """Raises Incomplete where the centre works on the ticket, at the field that says so."""
    for relation, name in _WORKING.items():
        if centre.id in {unit.id for unit in issue.units(relation)}:
            sentence = f"{centre.short_name}督办本事项，不能同时是{relation.label}"
            raise Incomplete({name: [sentence]})


def refuse_moved_away(issue: Issue) -> None:
    """Raises Incomplete where the centre it is delegated to does not answer for its place."""
    for centre in issue.units(Relation.CENTRE):
        if centre_of(issue.region) is not centre:
            sentence = f"本事项已交{centre.short_name}督办，改到其他区域前请先收回县级督办"
            raise Incomplete({"region": [sentence]})


def _pairs(relation: Relation, ids: list[int | None]) -> dict[tuple[int, Relation], None]:
    """(unit, relation) without repetition, in order."""
    return {(unit_id, relation): None for unit_id in ids if unit_id is not None}


def _write(issue: Issue, wanted: list[tuple[int, Relation]]) -> None:
    kept = {(reach.unit_id, reach.relation): reach for reach in issue.reaches}
    for key, reach in kept.items():
        if key not in wanted:
            issue.reaches.remove(reach)
    for position, (unit_id, relation) in enumerate(wanted):
        if (unit_id, relation) in kept:
            kept[unit_id, relation].position = position
        else:
            unit = db.session.get_one(Unit, unit_id)
            issue.reaches.append(IssueUnit(unit=unit, relation=relation, position=position))


def _refuse_own_acceptance(issue: Issue) -> None:
    if issue.primary_unit_id and issue.primary_unit_id == issue.acceptance_unit_id:
        raise Incomplete({"acceptance_unit": ["主责单位不能验收自己的整改，请另选验收单位"]})
