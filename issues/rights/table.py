"""Who may do what: one table, action × role → scope, read by may() and by the WHERE clause.

Every cell that a line does not name is NONE. A cell is literal: the head does not do the office's
acts by being head. Source: docs/rules.md.
"""

from dataclasses import replace
from functools import cache

from sqlalchemy import ColumnElement, and_, false, or_, select

from auth.actor import Actor
from issues.models import Issue, IssueUnit
from issues.rights.rows import BY_ALL, BY_HEAD, BY_OFFICE, row
from issues.rights.scopes import (
    ACCEPTANCE,
    ALL,
    ANY_RELATION,
    DELEGATED,
    LEAD,
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
from issues.vocabulary import Action, Relation, Role, Status

MOST_PEOPLE = 512
"""How many people the statements that depend on their rights are kept for, in each process."""


TABLE: dict[Power, dict[Role, Scope]] = {
    Action.REGISTER: row(office=ALL, inspector=ALL),
    Action.IMPORT: BY_OFFICE,
    Action.EDIT: row(office=ALL, inspector=OWN_DRAFT),
    Action.ASSIGN: BY_OFFICE,
    Action.ACKNOWLEDGE: row(unit=PRIMARY),
    Action.DECLINE: row(unit=PRIMARY),
    Action.SUBMIT_PLAN: row(unit_leader=PRIMARY),
    Action.APPROVE_PLAN: row(office=ALL, county_office=DELEGATED, unit=LEAD),
    Action.RETURN_PLAN: row(office=ALL, county_office=DELEGATED, unit=LEAD),
    Action.REPORT_PROGRESS: row(unit=WORKING),
    Action.CONFIRM_PROGRESS: row(office=ALL, county_office=DELEGATED, unit=LEAD),
    Action.RETURN_PROGRESS: row(office=ALL, county_office=DELEGATED, unit=LEAD),
    Action.REQUEST_EXTENSION: row(unit_leader=PRIMARY),
    Action.GRANT_EXTENSION: BY_HEAD,
    Action.REFUSE_EXTENSION: BY_HEAD,
    Action.REQUEST_ACCEPTANCE: row(unit_leader=PRIMARY),
    Action.PASS_FIRST_ACCEPTANCE: row(office=ACCEPTANCE, head=ACCEPTANCE, unit=ACCEPTANCE),
    Action.RETURN_ACCEPTANCE: row(office=ACCEPTANCE, head=ACCEPTANCE, unit=ACCEPTANCE),
    Action.RECORD_SITE_CHECK: row(inspector=ALL),
    Action.PROCEED: BY_HEAD,
    Action.APPROVE_CLOSURE: BY_HEAD,
    Action.RETURN_CLOSURE: BY_HEAD,
    Action.RECORD_OBJECTION: BY_OFFICE,
    Action.UPHOLD_OBJECTION: BY_OFFICE,
    Action.DISMISS_OBJECTION: BY_OFFICE,
    Action.CLOSE: BY_OFFICE,
    Action.INTERIM_CLOSE: BY_OFFICE,
    Action.RECORD_LOOKBACK: row(inspector=ALL),
    Action.PLAN_LOOKBACK: row(office=ALL, inspector=ALL),
    Action.REOPEN: BY_OFFICE,
    Action.RECORD_EXPOSURE: BY_OFFICE,
    Action.RECORD_FINDING: BY_OFFICE,
    Action.RECORD_OUTCOME: BY_OFFICE,
    Action.RAISE_CARD: BY_OFFICE,
    Action.LIFT_CARD: BY_HEAD,
    Action.AMEND: BY_OFFICE,
    Action.DELEGATE: BY_OFFICE,
    Action.RECALL: BY_OFFICE,
    Action.HAND_TASK: row(county_office=DELEGATED),
    Action.ANSWER_TASK: row(unit=of(Relation.TASK)),
    Action.CONFIRM_TASK: row(county_office=DELEGATED),
    Action.RETURN_TASK: row(county_office=DELEGATED),
    Action.PROPOSE_CARD: row(county_office=DELEGATED),
    Action.WITHDRAW_PROPOSAL: row(county_office=DELEGATED),
    Action.DECLINE_PROPOSAL: BY_OFFICE,
    Action.COMMENT: row(ALL, ALL, ALL, unit=ANY_RELATION, county=DELEGATED),
    Action.INSTRUCT: row(leader=NOT_DRAFT),
    Action.REPLY_INSTRUCTION: row(office=ALL, unit=ANY_RELATION, county_office=DELEGATED),
    Action.LINK: BY_OFFICE,
    Action.UNLINK: BY_OFFICE,
    Action.MERGE: BY_HEAD,
    Action.WITHDRAW: BY_HEAD,
    Action.UPLOAD: row(office=ALL, inspector=ALL, unit=UPLOADING),
    Action.REPLACE: row(office=ALL, inspector=ALL, unit=UPLOADING),
    Right.VIEW: row(
        ALL, ALL, ALL, unit=ANY_RELATION, county=TERRITORY, leader=NOT_DRAFT, performance=NOT_DRAFT
    ),
    Right.SEE_COVERT: row(ALL, ALL, ALL),
    Right.WRITE_COVERT: row(inspector=ALL),
    Right.SEE_WITHDRAWN: BY_OFFICE,
    Right.SEE_FLAGS: row(ALL, ALL, ALL, unit=REVIEWING, county_office=DELEGATED),
    Right.REVIEW_READING: row(office=ALL, inspector=ALL, unit=REVIEWING),
    Right.FLAG_COUNTS: row(inspector=ALL),
    Right.CONTRADICTIONS: row(ALL, ALL, ALL),
    Right.REPORT_LEAD: row(ALL, ALL, ALL, unit=ANY_RELATION, county=TERRITORY),
    Right.SEE_LEADS: row(ALL, ALL, ALL),
    Right.TRIAGE_LEADS: row(office=ALL, inspector=ALL),
    Right.IMPORT: BY_OFFICE,
    Right.SEE_TAKEN_BACK: row(office=ALL, auditor=ALL),
    Right.EXPORT_PROFILES: BY_OFFICE,
    Right.READ_TEXTS: row(office=ALL, head=ALL),
    Right.BOARD: row(
        ALL, ALL, ALL, unit=ANY_RELATION, county=TERRITORY, leader=ALL, performance=ALL
    ),
    Right.NOTICES: row(
        ALL, ALL, ALL, unit=ANY_RELATION, county=TERRITORY, leader=ALL, performance=ALL
    ),
    Right.DRAFT_NOTICE: BY_OFFICE,
    Right.DRAFT_COUNTY_NOTICE: row(county_office=DELEGATED),
    Right.SIGN_AS_COUNTY: row(county_head=DELEGATED),
    Right.DRAFT_REFERRAL: BY_HEAD,
    Right.SIGN_AS_OFFICE: BY_OFFICE,
    Right.SIGN_AS_HEAD: BY_HEAD,
    Right.SIGN_AS_LEADER: row(leader=ALL),
    Right.ANSWER_NOTICE: row(unit=WORKING),
    Right.REVIEW_REPLY: BY_OFFICE,
    Right.TEMPLATES: row(ALL, ALL),
    Right.EDIT_TEMPLATE: BY_OFFICE,
    Right.FONTS: row(office=ALL, sysadmin=ALL),
    Right.OUTBOX: row(office=ALL, sysadmin=ALL),
    Right.SEE_ROUNDS: row(ALL, ALL, ALL, leader=ALL, performance=ALL),
    Right.ROUNDS: BY_OFFICE,
    Right.CLOSE_ROUND: BY_HEAD,
    Right.SEE_COUNTY_ROUNDS: row(ALL, ALL, ALL, county=DELEGATED, leader=ALL, performance=ALL),
    Right.COUNTY_ROUNDS: row(county_office=DELEGATED),
    Right.CLOSE_COUNTY_ROUND: row(county_head=DELEGATED),
    Right.LOOKBACKS: row(ALL, ALL, ALL),
    Right.POLICY: row(
        ALL, ALL, ALL, unit=ANY_RELATION, county=TERRITORY, leader=ALL, performance=ALL
    ),
    Right.DRAFT_POLICY: BY_OFFICE,
    Right.PUBLISH_POLICY: BY_HEAD,
    Right.CALENDAR: row(ALL, ALL, ALL, sysadmin=ALL),
    Right.FILL_CALENDAR: row(office=ALL, sysadmin=ALL),
    Right.GRANT_CLEARANCE: BY_HEAD,
    Right.WRITE_COMPLAINANT: row(office=ALL, inspector=ALL),
    Right.RECORD_CALLBACK: BY_OFFICE,
    Right.ACCOUNTS: row(sysadmin=ALL),
    Right.UNITS: row(sysadmin=ALL),
    Right.ALIASES: row(office=ALL, sysadmin=ALL),
    Right.REGIONS: row(office=ALL, sysadmin=ALL),
    Right.GRANTS: row(secadmin=ALL),
    Right.REVIEW_ACCOUNTS: row(sysadmin=ALL, secadmin=ALL, auditor=ALL),
    Right.HISTORY: row(auditor=ALL),
    Right.WALLS: BY_OFFICE,
    Right.MAPS: BY_OFFICE,
    Right.DIGESTS: row(leader=ALL),
    Right.MINUTE: row(leader=ALL),
    Right.BURDEN: row(office=ALL, head=ALL, unit_leader=ANY_RELATION, leader=NOT_DRAFT),
    Right.CHECKLIST: row(ALL, ALL, ALL, unit=ANY_RELATION),
    Right.SET_CHECKLIST: BY_OFFICE,
    Right.JOBS: row(office=ALL, sysadmin=ALL),
    Right.OPERATIONS: row(sysadmin=ALL),
    Right.SET_QUOTA: row(sysadmin=ALL),
    Right.SET_UP: row(office=ALL, sysadmin=ALL),
    Right.RESET_PRACTICE: row(office=ALL, sysadmin=ALL),
    Right.FIRST_WEEK: row(office=ALL, sysadmin=ALL),
    Right.POLLUTERS: row(ALL, ALL, ALL, county=TERRITORY, leader=ALL, performance=ALL),
    Right.KEEP_POLLUTERS: row(office=ALL, inspector=ALL),
    Right.CHECK_SITE: BY_ALL,
    Right.KEEPERS: row(ALL, ALL, ALL, county=TERRITORY, leader=ALL, performance=ALL),
    Right.SET_KEEPERS: row(office=ALL, county_office=TERRITORY),
    Right.IMPORT_KEEPERS: BY_OFFICE,
    Right.KEEPING: BY_ALL,
    Right.SCORES: row(ALL, ALL, ALL, unit=ANY_RELATION, leader=ALL, performance=ALL),
    Right.APPEAL_SCORE: row(unit_leader=ANY_RELATION),
    Right.RULE_SCORE: row(performance=ALL),
    Right.PUBLISH_SCORES: row(performance=ALL),
    Right.DRAFT_SCORES: row(office=ALL, performance=ALL),
}


def holds(actor: Actor, power: Power) -> bool:
    """Whether any of the person's roles has this power over anything at all."""
    return power in _powers(actor.roles)


@cache
def _powers(roles: frozenset[Role]) -> frozenset[Power]:
    return frozenset(power for power, cells in TABLE.items() if any(cells[role] for role in roles))


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


def sees_all(actor: Actor, power: Power = Right.VIEW) -> bool:
    """Whether the power reaches every ticket or unit, drafts perhaps left out."""
    scopes = (TABLE[power][role] for role in actor.roles)
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
