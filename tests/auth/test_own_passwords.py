"""Passwords are set by their owners alone: by the present one, or by a link that works once."""

from datetime import timedelta

import pytest
from people import PASSWORD
from racing import at_once, refused
from sqlalchemy import func, select, update

from auth import changing, people as accounts, signin
from auth.actor import NOBODY, SYSTEM
from auth.changing import Way
from auth.models import User
from auth.proofs.models import PasswordLink, PastPassword
from extensions import db, transaction
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.models import Event

OWN = [f"Shan-Shui-Nr-{word}-9" for word in ("yi", "er", "san", "si", "wu", "liu")]


def change(people, current, new):
    changing.check_current(people.chen.id, current)
    ready = changing.prepare(people.chen.id, new, "gb")
    with transaction():
        changing.change_password(people.chen, ready)


def link(people, way=Way.LINK):
    with transaction():
        return changing.reset_by_link(people.sysadmin, people.chen.id, way)[1]


def open_with(people, secret, new=OWN[0], who=NOBODY):
    ready = changing.prepare(people.chen.id, new, "gb")
    with transaction():
        return changing.open_link(secret, ready, address="10.1.2.3", who=who)


def test_the_last_five_passwords_do_not_come_back_and_the_sixth_does(people):
    used = [PASSWORD]
    for new in OWN:
        change(people, used[-1], new)
        used.append(new)
    for old in OWN[1:]:
        with pytest.raises(Incomplete) as told:
            change(people, used[-1], old)
        assert "相同" in told.value.errors["new"][0]
    kept = (
        select(func.count()).select_from(PastPassword).where(PastPassword.user_id == people.chen.id)
    )
    assert db.session.scalar(kept) == 5

    change(people, used[-1], OWN[0])


def test_without_the_history_an_old_password_would_come_back(people, monkeypatch):
    change(people, PASSWORD, OWN[0])
    change(people, OWN[0], OWN[1])
    with pytest.raises(Incomplete, match="补充或更正"):
        change(people, OWN[1], OWN[0])
    monkeypatch.setattr(changing, "_past", lambda _user: [])

    change(people, OWN[1], OWN[0])


def test_a_reset_opens_nothing_to_who_resets(people):
    with transaction():
        token = accounts.issue_token(SYSTEM, people.chen.id)
        session = signin.begin(people.chen.id, None, address="", agent="")
    secret = link(people)

    assert signin.user_of("chen", PASSWORD) is None
    assert signin.user_of("chen", secret) is None
    assert signin.user_of("chen", "") is None
    assert signin.session_of(session) is None
    assert signin.actor_of_token(token) is None
    assert secret not in db.session.scalars(select(PasswordLink.digest)).all()
    with pytest.raises(NotAllowed):
        open_with(people, secret, who=people.sysadmin)
    with pytest.raises(NotAllowed), transaction():
        changing.reset_password(people.sysadmin, people.chen.id)


def test_a_link_sets_the_password_once(people):
    secret = link(people)
    with pytest.raises(Incomplete):
        open_with(people, secret, "short")
    open_with(people, secret)
    assert signin.user_of("chen", OWN[0]) == people.chen.id
    with pytest.raises(NotFound):
        open_with(people, secret, OWN[1])

    last = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert (last.action, last.actor, last.detail) == (
        "set_password", "陈经办", {"address": "10.1.2.3"},
    )  # fmt: skip


def test_a_link_that_was_not_marked_as_used_would_open_again(people):
    secret = link(people)
    open_with(people, secret)
    with transaction():
        db.session.execute(update(PasswordLink).values(used_at=None))

    open_with(people, secret, OWN[1])


@pytest.mark.both
def test_of_two_who_open_a_link_at_once_one_sets_the_password(app, people):
    secret = link(people)
    ready = {new: changing.prepare(people.chen.id, new, "gb") for new in OWN[:2]}

    def opening(new):
        return lambda: changing.open_link(secret, ready[new], address="", who=NOBODY) and new

    told = at_once(app, *map(opening, ready))

    (first,) = (one for one in told if isinstance(one, str))
    assert [type(one) for one in refused(told)] == [NotFound]
    assert signin.user_of("chen", first) == people.chen.id


@pytest.mark.parametrize("ended", ["another", "disabled", "changed", "old", "used up by a slip"])
def test_a_link_that_is_not_good_any_more_opens_nothing(people, ended):
    secret = link(people)
    assert changing.link_of(secret) is not None
    with transaction():
        if ended == "another":
            changing.reset_by_link(people.sysadmin, people.chen.id)
        elif ended == "disabled":
            accounts.disable(people.sysadmin, people.chen.id)
            accounts.enable(people.sysadmin, people.chen.id)
        elif ended == "changed":
            changing.once_password(db.session.get(User, people.chen.id))
        elif ended == "old":
            db.session.execute(update(PasswordLink).values(expires_at=clock.real_now()))
        else:
            changing.reset_by_link(people.sysadmin, people.chen.id, Way.SLIP)

    assert changing.link_of(secret) is None
    with pytest.raises(NotFound):
        open_with(people, secret)


def test_a_link_lives_over_midnight_and_no_longer_than_told(people, monkeypatch):
    made = clock.real_now().astimezone(clock.SHANGHAI).replace(hour=23, minute=59)
    monkeypatch.setattr(clock, "real_now", lambda: made)
    secret = link(people)
    for after, is_good in ((timedelta(minutes=2), True), (timedelta(hours=24), False)):
        monkeypatch.setattr(clock, "real_now", lambda at=made + after: at)
        assert (changing.link_of(secret) is not None) is is_good


def test_a_password_judged_before_a_reset_is_not_set_after_it(people):
    ready = changing.prepare(people.chen.id, OWN[0], "gb")
    link(people)
    with pytest.raises(WrongStatus), transaction():
        changing.change_password(people.chen, ready)

    assert signin.user_of("chen", OWN[0]) is None


def test_the_machine_still_prints_a_password_for_once(people):
    with transaction():
        user, password = changing.reset_password(SYSTEM, people.auditor.id)

    assert user.must_change_password
    assert signin.user_of("auditor", password) == people.auditor.id
