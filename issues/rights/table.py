"""Who may do what: one table, action × role → scope, read by may() and by the WHERE clause.

Every cell that a line does not name is NONE. A cell is literal: the head does not do the office's
acts by being head. Source: docs/rules.md.
"""

from dataclasses import replace
from functools import cache

from sqlalchemy import ColumnElement, and_, false, or_, select

from auth.actor import Actor
from issues.models import Issue, IssueUnit
from issues.rights.scopes import (
    ACCEPTANCE,
    ALL,
    ANY_RELATION,
    DELEGATED,
    LEAD,
    NONE,
    NOT_DRAFT,
    OWN_DRAFT,
    PRIMARY,
    REVIEWING,
    TERRITORY,
    UPLOADING,
    WORKING,
    Scope,
    of,
)
from issues.rights.words import Power, Right
from issues.vocabulary import COUNTY_ROLES, UNIT_ROLES, Action, Relation, Role, Status

MOST_PEOPLE = 512
"""How many people the statements that depend on their rights are kept for, in each process."""


_BY_PLACE = (Role.OFFICE, Role.HEAD, Role.INSPECTOR)


def _row(
    *by_place: Scope, unit: Scope = NONE, county: Scope = NONE, **by_role: Scope
) -> dict[Role, Scope]:
    """One line of the table: the three by their place, a unit's roles together, any by its name."""
    given = dict.fromkeys(UNIT_ROLES, unit) | dict.fromkeys(COUNTY_ROLES, county)
    given |= dict(zip(_BY_PLACE, by_place, strict=False))
    given |= {Role(code): scope for code, scope in by_role.items()}
    return {role: given.get(role, NONE) for role in Role}


_BY_HEAD = _row(head=ALL)
_BY_OFFICE = _row(office=ALL)

TABLE: dict[Power, dict[Role, Scope]] = {
    Action.REGISTER: _row(office=ALL, inspector=ALL),
    Action.IMPORT: _BY_OFFICE,
    Action.EDIT: _row(office=ALL, inspector=OWN_DRAFT),
    Action.ASSIGN: _BY_OFFICE,
    Action.ACKNOWLEDGE: _row(unit=PRIMARY),
    Action.DECLINE: _row(unit=PRIMARY),
    Action.SUBMIT_PLAN: _row(unit_leader=PRIMARY),
    Action.APPROVE_PLAN: _row(office=ALL, county_office=DELEGATED, unit=LEAD),
    Action.RETURN_PLAN: _row(office=ALL, county_office=DELEGATED, unit=LEAD),
    Action.REPORT_PROGRESS: _row(unit=WORKING),
    Action.CONFIRM_PROGRESS: _row(office=ALL, county_office=DELEGATED, unit=LEAD),
    Action.RETURN_PROGRESS: _row(office=ALL, county_office=DELEGATED, unit=LEAD),
    Action.REQUEST_EXTENSION: _row(unit_leader=PRIMARY),
    Action.GRANT_EXTENSION: _BY_HEAD,
    Action.REFUSE_EXTENSION: _BY_HEAD,
    Action.REQUEST_ACCEPTANCE: _row(unit_leader=PRIMARY),
    Action.PASS_FIRST_ACCEPTANCE: _row(office=ACCEPTANCE, head=ACCEPTANCE, unit=ACCEPTANCE),
    Action.RETURN_ACCEPTANCE: _row(office=ACCEPTANCE, head=ACCEPTANCE, unit=ACCEPTANCE),
    Action.RECORD_SITE_CHECK: _row(inspector=ALL),
    Action.PROCEED: _BY_HEAD,
    Action.APPROVE_CLOSURE: _BY_HEAD,
    Action.RETURN_CLOSURE: _BY_HEAD,
    Action.RECORD_OBJECTION: _BY_OFFICE,
    Action.UPHOLD_OBJECTION: _BY_OFFICE,
    Action.DISMISS_OBJECTION: _BY_OFFICE,
    Action.CLOSE: _BY_OFFICE,
    Action.INTERIM_CLOSE: _BY_OFFICE,
    Action.RECORD_LOOKBACK: _row(inspector=ALL),
    Action.PLAN_LOOKBACK: _row(office=ALL, inspector=ALL),
    Action.REOPEN: _BY_OFFICE,
    Action.RECORD_EXPOSURE: _BY_OFFICE,
    Action.RECORD_FINDING: _BY_OFFICE,
    Action.RECORD_OUTCOME: _BY_OFFICE,
    Action.RAISE_CARD: _BY_OFFICE,
    Action.LIFT_CARD: _BY_HEAD,
    Action.AMEND: _BY_OFFICE,
    Action.DELEGATE: _BY_OFFICE,
    Action.RECALL: _BY_OFFICE,
    Action.HAND_TASK: _row(county_office=DELEGATED),
    Action.ANSWER_TASK: _row(unit=of(Relation.TASK)),
    Action.CONFIRM_TASK: _row(county_office=DELEGATED),
    Action.RETURN_TASK: _row(county_office=DELEGATED),
    Action.COMMENT: _row(ALL, ALL, ALL, unit=ANY_RELATION, county=DELEGATED),
    Action.INSTRUCT: _row(leader=NOT_DRAFT),
    Action.REPLY_INSTRUCTION: _row(office=ALL, unit=ANY_RELATION, county_office=DELEGATED),
    Action.LINK: _BY_OFFICE,
    Action.UNLINK: _BY_OFFICE,
    Action.MERGE: _BY_HEAD,
    Action.WITHDRAW: _BY_HEAD,
    Action.UPLOAD: _row(office=ALL, inspector=ALL, unit=UPLOADING),
    Action.REPLACE: _row(office=ALL, inspector=ALL, unit=UPLOADING),
    Right.VIEW: _row(
        ALL, ALL, ALL, unit=ANY_RELATION, county=TERRITORY, leader=NOT_DRAFT, performance=NOT_DRAFT
    ),
    Right.SEE_COVERT: _row(ALL, ALL, ALL),
    Right.WRITE_COVERT: _row(inspector=ALL),
    Right.SEE_WITHDRAWN: _BY_OFFICE,
    Right.SEE_FLAGS: _row(ALL, ALL, ALL, unit=REVIEWING, county_office=DELEGATED),
    Right.REVIEW_READING: _row(office=ALL, inspector=ALL, unit=REVIEWING),
    Right.FLAG_COUNTS: _row(inspector=ALL),
    Right.CONTRADICTIONS: _row(ALL, ALL, ALL),
    Right.REPORT_LEAD: _row(ALL, ALL, ALL, unit=ANY_RELATION, county=TERRITORY),
    Right.SEE_LEADS: _row(ALL, ALL, ALL),
    Right.TRIAGE_LEADS: _row(office=ALL, inspector=ALL),
    Right.IMPORT: _BY_OFFICE,
    Right.SEE_TAKEN_BACK: _row(office=ALL, auditor=ALL),
    Right.EXPORT_PROFILES: _BY_OFFICE,
    Right.READ_TEXTS: _row(office=ALL, head=ALL),
    Right.BOARD: _row(
        ALL, ALL, ALL, unit=ANY_RELATION, county=TERRITORY, leader=ALL, performance=ALL
    ),
    Right.NOTICES: _row(
        ALL, ALL, ALL, unit=ANY_RELATION, county=TERRITORY, leader=ALL, performance=ALL
    ),
    Right.DRAFT_NOTICE: _BY_OFFICE,
    Right.DRAFT_COUNTY_NOTICE: _row(county_office=DELEGATED),
    Right.SIGN_AS_COUNTY: _row(county_head=DELEGATED),
    Right.DRAFT_REFERRAL: _BY_HEAD,
    Right.SIGN_AS_OFFICE: _BY_OFFICE,
    Right.SIGN_AS_HEAD: _BY_HEAD,
    Right.SIGN_AS_LEADER: _row(leader=ALL),
    Right.ANSWER_NOTICE: _row(unit=WORKING),
    Right.REVIEW_REPLY: _BY_OFFICE,
    Right.TEMPLATES: _row(ALL, ALL),
    Right.EDIT_TEMPLATE: _BY_OFFICE,
    Right.FONTS: _row(office=ALL, sysadmin=ALL),
    Right.OUTBOX: _row(office=ALL, sysadmin=ALL),
    Right.SEE_ROUNDS: _row(ALL, ALL, ALL, leader=ALL, performance=ALL),
    Right.ROUNDS: _BY_OFFICE,
    Right.CLOSE_ROUND: _BY_HEAD,
    Right.SEE_COUNTY_ROUNDS: _row(ALL, ALL, ALL, county=DELEGATED, leader=ALL, performance=ALL),
    Right.COUNTY_ROUNDS: _row(county_office=DELEGATED),
    Right.CLOSE_COUNTY_ROUND: _row(county_head=DELEGATED),
    Right.LOOKBACKS: _row(ALL, ALL, ALL),
    Right.POLICY: _row(
        ALL, ALL, ALL, unit=ANY_RELATION, county=TERRITORY, leader=ALL, performance=ALL
    ),
    Right.DRAFT_POLICY: _BY_OFFICE,
    Right.PUBLISH_POLICY: _BY_HEAD,
    Right.CALENDAR: _row(ALL, ALL, ALL, sysadmin=ALL),
    Right.FILL_CALENDAR: _row(office=ALL, sysadmin=ALL),
    Right.GRANT_CLEARANCE: _BY_HEAD,
    Right.WRITE_COMPLAINANT: _row(office=ALL, inspector=ALL),
    Right.ACCOUNTS: _row(sysadmin=ALL),
    Right.UNITS: _row(sysadmin=ALL),
    Right.ALIASES: _row(office=ALL, sysadmin=ALL),
    Right.REGIONS: _row(office=ALL, sysadmin=ALL),
    Right.GRANTS: _row(secadmin=ALL),
    Right.REVIEW_ACCOUNTS: _row(sysadmin=ALL, secadmin=ALL, auditor=ALL),
    Right.HISTORY: _row(auditor=ALL),
    Right.WALLS: _BY_OFFICE,
    Right.MAPS: _BY_OFFICE,
    Right.DIGESTS: _row(leader=ALL),
    Right.CHECKLIST: _row(ALL, ALL, ALL, unit=ANY_RELATION),
    Right.SET_CHECKLIST: _BY_OFFICE,
    Right.JOBS: _row(office=ALL, sysadmin=ALL),
    Right.SET_QUOTA: _row(sysadmin=ALL),
    Right.SET_UP: _row(office=ALL, sysadmin=ALL),
    Right.RESET_PRACTICE: _row(office=ALL, sysadmin=ALL),
    Right.FIRST_WEEK: _row(office=ALL, sysadmin=ALL),
    Right.POLLUTERS: _row(ALL, ALL, ALL, county=TERRITORY, leader=ALL, performance=ALL),
    Right.KEEP_POLLUTERS: _row(office=ALL, inspector=ALL),
    Right.CHECK_SITE: _row(
        ALL, ALL, ALL, unit=ANY_RELATION, county=TERRITORY, leader=ALL, performance=ALL
    ),
    Right.SCORES: _row(ALL, ALL, ALL, unit=ANY_RELATION, leader=ALL, performance=ALL),
    Right.APPEAL_SCORE: _row(unit_leader=ANY_RELATION),
    Right.RULE_SCORE: _row(performance=ALL),
    Right.PUBLISH_SCORES: _row(performance=ALL),
}


def holds(actor: Actor, power: Power) -> bool:
    """Whether any of the person's roles has this power over anything at all."""
    return power in _powers(actor.roles)


@cache
def _powers(roles: frozenset[Role]) -> frozenset[Power]:
    return frozenset(power for power, row in TABLE.items() if any(row[role] for role in roles))


def may(actor: Actor, power: Power, issue: Issue) -> bool:
    """Whether the person has this power over this ticket. Separation of persons is workflow's.

    What was taken back with its import one right reaches, and that reaches nothing else.
    """
    if (issue.status == Status.TAKEN_BACK) != (power is Right.SEE_TAKEN_BACK):
        return False
    return any(_reaches(TABLE[power][role], actor, issue) for role in actor.roles)


def _reaches(scope: Scope, actor: Actor, issue: Issue) -> bool:
    if scope.territory and issue.region not in actor.territory:
        return False
    is_draft = issue.status == Status.DRAFT
    if scope.everything:
        return scope.drafts or not is_draft
    if scope.own_drafts:
        return is_draft and issue.created_by_id == actor.id
    return not is_draft and any(
        reach.unit_id == actor.unit_id and reach.relation in scope.relations
        for reach in issue.reaches
    )


def reach(actor: Actor, power: Power = Right.VIEW) -> ColumnElement[bool]:
    """The same as may(), as a condition on Issue for a WHERE clause."""
    scopes = {TABLE[power][role] for role in actor.roles}
    if power is Right.SEE_TAKEN_BACK:
        return Issue.status == Status.TAKEN_BACK if any(scopes) else false()
    return or_(false(), *(_condition(scope, actor) for scope in scopes if scope))


def sees_all(actor: Actor) -> bool:
    """Whether every ticket is in sight, drafts perhaps left out."""
    scopes = (TABLE[Right.VIEW][role] for role in actor.roles)
    return any(scope.is_everywhere for scope in scopes)


def _condition(scope: Scope, actor: Actor) -> ColumnElement[bool]:
    if scope.territory:
        here = Issue.region.in_(sorted(actor.territory))
        return and_(here, _condition(replace(scope, territory=False), actor))
    if scope.own_drafts:
        return and_(Issue.status == Status.DRAFT, Issue.created_by_id == actor.id)
    there = Issue.status != Status.TAKEN_BACK
    not_draft = Issue.status.not_in((Status.DRAFT, Status.TAKEN_BACK))
    if scope.everything:
        return there if scope.drafts else not_draft
    related = select(IssueUnit.issue_id).where(
        IssueUnit.unit_id == actor.unit_id, IssueUnit.relation.in_(scope.relations)
    )
    return and_(not_draft, Issue.id.in_(related))
