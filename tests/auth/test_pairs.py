"""What takes two administrators, and that no door and no race lets one do it alone."""

from datetime import timedelta

import pytest
from racing import at_once, refused
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from auth import changing, pairs, people as acts, signin
from auth.actor import SYSTEM
from auth.models import Grant
from auth.proofs.models import PairRequest
from extensions import db, transaction
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, Refusal, WrongStatus
from issues.models import Event
from issues.vocabulary import PairAct, Role


@pytest.fixture
def gao(people):
    """Somebody without a role."""
    with transaction():
        return acts.add(SYSTEM, "gao", "高某", people.unit("511902")).id


def ask(people, user_id, role=Role.AUDITOR, by="secadmin"):
    with transaction():
        return pairs.ask(people[by], PairAct.GRANT, user_id, "接任", role).id


def test_one_of_the_three_is_made_by_two(people, gao):
    for role in (Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR):
        with pytest.raises(NotAllowed, match="两位管理员"), transaction():
            acts.grant(people.secadmin, gao, role)
    request = ask(people, gao)
    assert people["gao"].roles == frozenset()
    for name in ("secadmin", "sun", "zhou"):
        with pytest.raises(NotAllowed), transaction():
            pairs.confirm(people[name], request)
    with transaction():
        pairs.confirm(people.sysadmin, request)

    assert people["gao"].roles == {Role.AUDITOR}
    rows = select(Event.action, Event.actor).where(
        Event.subject == "account", Event.subject_id == gao
    )
    assert [tuple(row) for row in db.session.execute(rows.order_by(Event.seq))][1:] == [
        ("ask_pair", "安全管理员乙"), ("confirm_pair", "系统管理员甲"),
        ("grant_role", "安全管理员乙"),
    ]  # fmt: skip


def test_the_database_itself_knows_no_request_one_person_confirmed(people, gao):
    request = ask(people, gao)
    alone = {"decided_by_id": people.secadmin.id, "decided_at": clock.real_now()}
    row = update(PairRequest).where(PairRequest.id == request)
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(row.values(alone | {"outcome": "confirmed"}))
    with transaction():
        db.session.execute(row.values(alone | {"outcome": "withdrawn"}))


def test_nobody_asks_or_decides_about_themselves(people, gao):
    with transaction():
        acts.grant(SYSTEM, gao, Role.SECADMIN)
    with pytest.raises(NotAllowed), transaction():
        pairs.ask(people["gao"], PairAct.GRANT, gao, "接任", Role.AUDITOR)
    with transaction():
        about_auditor = pairs.ask(
            people.sysadmin, PairAct.RESET_PASSWORD, people.auditor.id, "忘记"
        ).id
    with pytest.raises(NotAllowed), transaction():
        pairs.confirm(people.auditor, about_auditor)


@pytest.mark.parametrize("held", [Role.SYSADMIN, Role.REPORTER])
def test_who_took_a_role_meanwhile_is_made_nothing_else(people, gao, held):
    request = ask(people, gao)
    with transaction():
        acts.grant(SYSTEM, gao, held)
    with pytest.raises(NotAllowed, match="不得兼任"), transaction():
        pairs.confirm(people.sysadmin, request)

    assert people["gao"].roles == {held}


def test_who_lost_the_right_meanwhile_asked_for_nothing(people, gao):
    with transaction():
        second = acts.add(SYSTEM, "second", "安全管理员丁").id
        acts.grant(SYSTEM, second, Role.SECADMIN)
    request = ask(people, gao, by="second")
    with transaction():
        acts.revoke(people.secadmin, second, Role.SECADMIN)
    with pytest.raises(WrongStatus, match="申请人"), transaction():
        pairs.confirm(people.sysadmin, request)


@pytest.mark.both
def test_of_two_who_confirm_at_once_one_does(app, people, gao):
    request, first, second = ask(people, gao), people.sysadmin, people.auditor
    told = at_once(
        app, lambda: pairs.confirm(first, request)[1], lambda: pairs.confirm(second, request)[1]
    )

    assert len(refused(told)) == 1
    live = select(Grant).where(Grant.user_id == gao, Grant.revoked_at.is_(None))
    assert len(db.session.scalars(live).all()) == 1


def test_of_two_powers_given_at_once_one_account_gets_one(app, people, gao):
    request = ask(people, gao, Role.AUDITOR)
    secadmin, sysadmin = people.secadmin, people.sysadmin
    told = at_once(
        app,
        lambda: pairs.confirm(sysadmin, request)[1],
        lambda: acts.grant(secadmin, gao, Role.OFFICE),
    )

    assert len(refused(told)) == 1
    assert len(people["gao"].roles) == 1


def test_two_administrators_roles_are_refused_by_the_database_too(people, gao):
    """The control: past every act, by SQL."""
    with transaction():
        acts.grant(SYSTEM, gao, Role.SYSADMIN)
    second = text("UPDATE role_grant SET user_id = :gao WHERE user_id = :auditor")
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(second, {"gao": gao, "auditor": people.auditor.id})
    with transaction():
        db.session.execute(text("DROP INDEX uq_role_grant_administrator"))
        db.session.execute(second, {"gao": gao, "auditor": people.auditor.id})
    assert len(people["gao"].roles) == 2


def test_the_command_line_mixes_no_powers_either(app, people, gao):
    with transaction():
        acts.grant(SYSTEM, gao, Role.SYSADMIN)
    for role in (Role.AUDITOR, Role.OFFICE):
        with pytest.raises(NotAllowed), transaction():
            acts.grant(SYSTEM, gao, role)


def test_an_administrators_password_is_reset_by_two_and_known_to_neither(people):
    with pytest.raises(NotAllowed), transaction():
        changing.reset_by_link(people.sysadmin, people.auditor.id)
    with transaction():
        request = pairs.ask(people.sysadmin, PairAct.RESET_PASSWORD, people.auditor.id, "忘记").id
    with transaction():
        row, secret = pairs.confirm(people.secadmin, request)
    assert row.user_id == people.auditor.id
    assert signin.user_of("auditor", secret) is None
    ready = changing.prepare(people.auditor.id, "Shan-Shui-Nr-yi-9", "gb")
    with pytest.raises(NotAllowed), transaction():
        changing.open_link(secret, ready, address="", who=people.secadmin)


def test_a_request_is_refused_withdrawn_or_grows_old(people, gao):
    request = ask(people, gao)
    with pytest.raises(WrongStatus, match="等待复核"):
        ask(people, gao)
    with transaction():
        assert pairs.refuse(people.secadmin, request).outcome.value == "withdrawn"
    request = ask(people, gao)
    with transaction():
        assert pairs.refuse(people.auditor, request).outcome.value == "refused"
    request = ask(people, gao)
    with transaction():
        old = clock.real_now() - pairs.LIFE - timedelta(minutes=1)
        db.session.execute(
            update(PairRequest).where(PairRequest.id == request).values(asked_at=old)
        )
    for act in (pairs.confirm, pairs.refuse):
        with pytest.raises(WrongStatus), transaction():
            act(people.sysadmin, request)
    assert pairs.waiting() == []
    ask(people, gao)
    assert len(pairs.waiting()) == 1


@pytest.mark.parametrize(
    ("act", "by", "name", "role", "reason"),
    [
        (PairAct.GRANT, "sysadmin", "gao", Role.AUDITOR, "接任"),
        (PairAct.RESET_PASSWORD, "secadmin", "auditor", None, "忘记"),
        (PairAct.GRANT, "secadmin", "gao", Role.OFFICE, "接任"),
        (PairAct.GRANT, "secadmin", "gao", None, "接任"),
        (PairAct.GRANT, "secadmin", "gao", Role.AUDITOR, ""),
        (PairAct.GRANT, "secadmin", "gao", Role.AUDITOR, "长" * 201),
        (PairAct.RESET_FACTOR, "sysadmin", "chen", None, "丢失"),
    ],
)
def test_what_may_not_be_asked_leaves_no_request(people, gao, act, by, name, role, reason):
    with pytest.raises(Refusal) as told, transaction():
        pairs.ask(people[by], act, people[name].id, reason, role)

    assert isinstance(told.value, Incomplete | NotAllowed | WrongStatus)
    assert db.session.scalars(select(PairRequest)).all() == []
