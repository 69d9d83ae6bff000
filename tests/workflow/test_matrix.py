"""Who may do what, when: the tables of the product against a matrix typed by hand (docs/rules.md).

A line of MATRIX is: act · statuses it may be done in · who. Nothing of it is read from the code, so
that a cell changed by mistake in either place shows.
"""

import itertools

import pytest
from people import BAZHOU

from auth.actor import Actor
from issues.models import Issue, IssueUnit
from issues.rights.table import TABLE, may
from issues.vocabulary import Action, Relation, Role, Status
from issues.workflow import TRANSITIONS

LETTERS = {
    "D": Status.DRAFT, "A": Status.ASSIGNED, "P": Status.PLANNING, "V": Status.PLAN_REVIEW,
    "R": Status.RECTIFYING, "F": Status.FIRST_ACCEPTANCE, "S": Status.SITE_CHECK,
    "H": Status.APPROVAL, "U": Status.PUBLICITY, "C": Status.CLOSED, "T": Status.STANDING,
    "M": Status.MERGED, "W": Status.WITHDRAWN,
}  # fmt: skip
OPEN = "APVRFSHUT"
EVERY = "DAPVRFSHUCTMW"
RELATIONS = {
    "primary": Relation.PRIMARY, "responsible": Relation.RESPONSIBLE, "lead": Relation.LEAD,
    "supporting": Relation.SUPPORTING, "acceptance": Relation.ACCEPTANCE,
    "supervising": Relation.SUPERVISING, "measure": Relation.MEASURE,
    "territorial": Relation.TERRITORIAL, "centre": Relation.CENTRE, "task": Relation.TASK,
}  # fmt: skip
ANY = " ".join(RELATIONS)
WORKING = "primary responsible supporting measure"
CENTRE = "county_office at: centre, county_head at: centre"
PEOPLE, LEADERS = "unit", "unit leader"

# who: roles by name; `unit:` is reporter and leader of a unit in one of the relations,
# `unit leader:` the leader alone; `own draft` an inspector's draft.
MATRIX = f"""
register               | -       | office, inspector
edit                   | D       | office, own draft
assign                 | D       | office
acknowledge            | A       | unit: primary
decline                | A       | unit: primary
submit_plan            | P       | unit leader: primary
approve_plan           | V       | office, county_office at: centre, unit: lead
return_plan            | V       | office, county_office at: centre, unit: lead
report_progress        | RT      | unit: {WORKING}
confirm_progress       | RT      | office, county_office at: centre, unit: lead
return_progress        | RT      | office, county_office at: centre, unit: lead
request_extension      | R       | unit leader: primary
grant_extension        | R       | head
refuse_extension       | R       | head
request_acceptance     | R       | unit leader: primary
pass_first_acceptance  | F       | office at: acceptance, head at: acceptance, unit: acceptance
return_acceptance      | F       | office at: acceptance, head at: acceptance, unit: acceptance
record_site_check      | S       | inspector
proceed                | RFSH    | head
approve_closure        | H       | head
return_closure         | H       | head
record_objection       | U       | office
dismiss_objection      | U       | office
uphold_objection       | U       | office
close                  | U       | office
interim_close          | R       | office
record_lookback        | CT      | inspector
plan_lookback          | CT      | office, inspector
reopen                 | CT      | office
record_exposure        | {OPEN}  | office
record_finding         | {OPEN}C | office
record_outcome         | {OPEN}C | office
raise_card             | {OPEN}  | office
lift_card              | {OPEN}  | head
amend                  | {OPEN}  | office
delegate               | {OPEN}  | office
recall                 | {OPEN}  | office
hand_task              | {OPEN}  | county_office at: centre
answer_task            | {OPEN}  | unit: task
confirm_task           | {OPEN}  | county_office at: centre
return_task            | {OPEN}  | county_office at: centre
propose_card           | {OPEN}  | county_office at: centre
withdraw_proposal      | {OPEN}  | county_office at: centre
decline_proposal       | {OPEN}  | office
comment                | {EVERY} | office, head, inspector, {CENTRE}, unit: {ANY}
instruct               | {OPEN}  | leader
reply_instruction      | {OPEN}C | office, county_office at: centre, unit: {ANY}
link                   | D{OPEN}C | office
unlink                 | D{OPEN}C | office
merge                  | DAPVRFSHU | head
withdraw               | DAPVRFSHU | head
"""
ROLES = {role.value: role for role in Role}
NOBODY = None


def typed():
    """Every (act, status, role, relation) the lines above allow."""
    for line in MATRIX.strip().splitlines():
        act, statuses, people = (part.strip() for part in line.split("|"))
        places = [LETTERS[letter] for letter in statuses.replace("-", "")]
        for who in people.split(", "):
            for role, relation in cells(who):
                for status in places:
                    if is_reachable(role, status, who):
                        yield Action(act), status, role, relation


def cells(who):
    """The roles and relations one word of a line stands for."""
    name, _, related = who.partition(": ")
    if name == "own draft":
        return [(Role.INSPECTOR, "own")]
    if name.endswith(" at"):
        return [(ROLES[name.removesuffix(" at")], RELATIONS[one]) for one in related.split()]
    if name == PEOPLE:
        roles = (Role.REPORTER, Role.UNIT_LEADER)
        return list(itertools.product(roles, (RELATIONS[one] for one in related.split())))
    if name == LEADERS:
        return [(Role.UNIT_LEADER, RELATIONS[one]) for one in related.split()]
    return [(ROLES[name], relation) for relation in (NOBODY, "own", *RELATIONS.values())]


def is_reachable(role, status, who):
    """A draft is out of sight of units and leaders, whatever their relation."""
    hidden = role in {Role.REPORTER, Role.UNIT_LEADER, Role.LEADER} or " at" in who
    return not (status is Status.DRAFT and hidden)


def generated():
    """The same from the product: its statuses, its rights, asked of one ticket after another."""
    for action, status in itertools.product(TRANSITIONS, Status):
        if status not in TRANSITIONS[action].origins:
            continue
        for relation in (NOBODY, "own", *Relation):
            issue = ticket(status, relation)
            for role in Role:
                if may(person(role), action, issue):
                    yield action, status, role, relation


def ticket(status, relation):
    """A ticket to which unit 7 stands in one relation, or which person 3 wrote."""
    issue = Issue(status=status, region=BAZHOU, created_by_id=3 if relation == "own" else 1)
    if isinstance(relation, Relation):
        issue.reaches.append(IssueUnit(unit_id=7, relation=relation))
    return issue


def person(role):
    return Actor(
        id=3, name="somebody", display_name="某人", unit_id=7, unit_code=BAZHOU, unit_name="某单位",
        roles=frozenset({role}), territory=frozenset({BAZHOU}),
    )  # fmt: skip


def test_the_tables_say_what_was_typed_by_hand():
    wanted, found = set(typed()), set(generated())

    def told(cells_):
        return sorted(f"{a.value} {s.value} {r.value} {k}" for a, s, r, k in cells_)

    assert told(found - wanted) == [], "allowed, and nowhere typed"
    assert told(wanted - found) == [], "typed, and not allowed"
    assert len(wanted) > 1000


def test_registering_is_by_office_and_inspector_alone():
    assert {role for role in Role if TABLE[Action.REGISTER][role]} == {Role.OFFICE, Role.INSPECTOR}


def test_every_act_has_a_line():
    lines = {line.split("|")[0].strip() for line in MATRIX.strip().splitlines()}

    assert lines == {action.value for action in TRANSITIONS}


@pytest.mark.parametrize("change", ["head", "status"])
def test_a_cell_changed_by_mistake_is_found(monkeypatch, change):
    if change == "head":
        row = TABLE[Action.CLOSE] | {Role.HEAD: TABLE[Action.CLOSE][Role.OFFICE]}
        monkeypatch.setitem(TABLE, Action.CLOSE, row)
    else:
        swapped = TRANSITIONS[Action.ASSIGN]
        monkeypatch.setitem(TRANSITIONS, Action.ACKNOWLEDGE, swapped)

    assert set(typed()) != set(generated())
