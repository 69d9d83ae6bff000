"""Acts on accounts under 三员: who keeps them, who grants, and what nobody may do."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from auth import changing, people as acts, signin
from auth.actor import SYSTEM
from auth.models import ApiToken, User
from extensions import db, transaction
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.models import Event
from issues.vocabulary import Role


def history_of(user_id):
    rows = select(Event.action, Event.before, Event.after).where(
        Event.subject == "account", Event.subject_id == user_id
    )
    return [tuple(row) for row in db.session.execute(rows.order_by(Event.seq))]


@pytest.fixture
def newcomer(people):
    with transaction():
        return acts.add(people.sysadmin, "newcomer", "新来", people.unit("511902")).id


def test_a_new_account_has_no_role_and_no_password(people, newcomer):
    user = db.session.get(User, newcomer)

    assert signin.actor_for(user).roles == frozenset()
    assert user.password_hash == ""
    assert signin.user_of("newcomer", "") is None
    assert history_of(newcomer) == [("create_account", "", "")]


@pytest.mark.both
@pytest.mark.parametrize("name", ["chen", "", "9lives", "two words", "名字", "x" * 41, "a\0b"])
def test_a_name_that_is_taken_or_malformed_is_refused_at_its_field(people, name):
    with pytest.raises(Incomplete) as refusal, transaction():
        acts.add(people.sysadmin, name, "某人")

    assert "name" in refusal.value.errors


def test_only_the_system_administrator_keeps_accounts(people, newcomer):
    for person in people:
        if person.has(Role.SYSADMIN):
            continue
        for act in (acts.disable, acts.enable, changing.reset_by_link, acts.issue_token):
            with pytest.raises(NotAllowed), transaction():
                act(person, newcomer)
        with pytest.raises(NotAllowed), transaction():
            acts.add(person, "another", "某人")


def test_only_the_security_administrator_grants_and_revokes(people, newcomer):
    for person in people:
        if person.has(Role.SECADMIN):
            continue
        with pytest.raises(NotAllowed), transaction():
            acts.grant(person, newcomer, Role.REPORTER)
        with pytest.raises(NotAllowed), transaction():
            acts.revoke(person, people.chen.id, Role.REPORTER)


def test_a_granted_role_holds_at_once_and_a_revoked_one_no_more(people, newcomer):
    with transaction():
        acts.grant(people.secadmin, newcomer, Role.REPORTER)
    assert people["newcomer"].roles == {Role.REPORTER}
    with transaction():
        acts.revoke(people.secadmin, newcomer, Role.REPORTER)

    assert people["newcomer"].roles == frozenset()
    assert history_of(newcomer)[1:] == [
        ("grant_role", "", "reporter"),
        ("revoke_role", "reporter", ""),
    ]
    with transaction():
        acts.grant(people.secadmin, newcomer, Role.REPORTER)


def test_nobody_grants_to_or_revokes_from_themselves(people):
    for act, role in ((acts.grant, Role.OFFICE), (acts.revoke, Role.SECADMIN)):
        with pytest.raises(NotAllowed), transaction():
            act(people.secadmin, people.secadmin.id, role)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("sysadmin", Role.AUDITOR),
        ("auditor", Role.SYSADMIN),
        ("sysadmin", Role.OFFICE),
        ("auditor", Role.LEADER),
        ("chen", Role.SECADMIN),
        ("sun", Role.AUDITOR),
    ],
)
def test_an_administrator_holds_nothing_else(people, name, role):
    with pytest.raises(NotAllowed), transaction():
        acts.grant(people.secadmin, people[name].id, role)


def test_one_person_may_hold_several_roles_of_business(people):
    with transaction():
        acts.grant(people.secadmin, people.sun.id, Role.HEAD)

    assert people.sun.roles == {Role.OFFICE, Role.HEAD}


def test_a_role_of_a_unit_needs_a_unit(people):
    with pytest.raises(Incomplete) as refusal, transaction():
        acts.grant(people.secadmin, people.zhao.id, Role.UNIT_LEADER)

    assert "role" in refusal.value.errors


def test_a_role_is_not_given_twice_nor_taken_where_it_is_not(people):
    with pytest.raises(WrongStatus), transaction():
        acts.grant(people.secadmin, people.chen.id, Role.REPORTER)
    with pytest.raises(WrongStatus), transaction():
        acts.revoke(people.secadmin, people.chen.id, Role.HEAD)


@pytest.mark.parametrize("name", ["sysadmin", "auditor"])
def test_the_last_administrator_of_a_kind_stays(people, name):
    (role,) = people[name].roles
    with pytest.raises(NotAllowed), transaction():
        acts.revoke(people.secadmin, people[name].id, role)


def test_the_last_auditor_and_oneself_are_not_disabled(people):
    for name in ("auditor", "secadmin", "sysadmin"):
        with pytest.raises(NotAllowed), transaction():
            acts.disable(people.sysadmin, people[name].id)


@pytest.mark.both
def test_disabling_ends_sessions_and_tokens(people):
    with transaction():
        token = acts.issue_token(SYSTEM, people.chen.id)
        session = signin.begin(people.chen.id, "any", address="", agent="")
    assert signin.actor_of_token(token).name == "chen"
    assert signin.session_of(session).actor.name == "chen"
    with transaction():
        acts.disable(people.sysadmin, people.chen.id)

    assert signin.actor_of_token(token) is None
    assert signin.session_of(session) is None
    with transaction():
        acts.enable(people.sysadmin, people.chen.id)
    assert signin.actor_of_token(token) is None
    assert signin.session_of(session) is None


def test_nobody_resets_the_password_of_an_administrator_on_a_page(people):
    for name in ("sysadmin", "secadmin", "auditor"):
        with pytest.raises(NotAllowed), transaction():
            changing.reset_by_link(people.sysadmin, people[name].id)
    with transaction():
        _, password = changing.reset_password(SYSTEM, people.auditor.id)

    assert signin.user_of("auditor", password) == people.auditor.id


def test_a_password_for_once_lives_for_a_week(people):
    with transaction():
        _, password = changing.reset_password(SYSTEM, people.chen.id)
    assert signin.user_of("chen", password) == people.chen.id
    with transaction():
        old = clock.real_now() - signin.ONE_TIME_LIFE - timedelta(minutes=1)
        db.session.execute(update(User).where(User.name == "chen").values(password_changed_at=old))

    assert signin.user_of("chen", password) is None


def test_a_token_is_revoked_by_its_owner_or_the_keeper_and_nobody_else(people):
    with transaction():
        acts.issue_token(SYSTEM, people.chen.id)
        acts.issue_token(SYSTEM, people.chen.id)
    first, second = db.session.scalars(select(ApiToken.id).order_by(ApiToken.id)).all()
    with pytest.raises(NotFound), transaction():
        acts.revoke_token(people.wu, first)
    with transaction():
        acts.revoke_token(people.chen, first)
        acts.revoke_token(people.sysadmin, second)

    assert not db.session.scalars(select(ApiToken).where(ApiToken.revoked_at.is_(None))).all()
    assert [row[0] for row in history_of(people.chen.id)] == ["issue_token"] * 2 + [
        "revoke_token"
    ] * 2


def test_the_actor_of_a_person_carries_unit_and_roles(people):
    chen = people.chen

    assert (chen.unit_code, chen.unit_name, chen.roles) == ("511902", "巴州区", {Role.REPORTER})
    assert not chen.must_change_password
