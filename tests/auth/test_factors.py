"""Codes of a device and recovery codes: each is good once, near its time, for its own account."""

from datetime import datetime, timedelta

import pyotp
import pytest
from racing import at_once, refused
from sqlalchemy import select, text

from auth import signin
from auth.acting import locked
from auth.proofs import factors
from auth.proofs.models import SecondFactor
from extensions import db, transaction
from issues.ground import clock
from issues.ground.refusals import Incomplete, WrongStatus
from issues.ground.secrecy import sealing

AT = datetime(2025, 11, 25, 23, 59, 50, tzinfo=clock.SHANGHAI)


@pytest.fixture
def at(monkeypatch):
    """Sets the real clock."""

    def stand(moment):
        monkeypatch.setattr(clock, "real_now", lambda: moment)

    stand(AT)
    return stand


@pytest.fixture
def device(people, at):
    """Chen's, confirmed with the code of AT; its recovery codes stand in `codes`."""
    with transaction():
        factors.begin(people.chen)
    totp = pyotp.TOTP(factors.begun(people.chen, "巴中市").secret)
    with transaction():
        totp.codes = factors.confirm(people.chen, totp.at(AT))
    return totp


def use(people, code, name="chen"):
    with transaction():
        return factors.use(locked(people[name].id), code)


def test_a_code_is_good_a_step_early_or_late_and_no_further(people, at, device):
    later = AT + timedelta(minutes=5)
    at(later)
    for by, is_good in ((-2, False), (2, False), (-1, True), (0, True), (1, True)):
        assert use(people, device.at(later, counter_offset=by)) is is_good


def test_a_code_is_good_once_and_none_before_it(people, at, device):
    assert not use(people, device.at(AT))
    later = AT + timedelta(minutes=1)
    at(later)
    now, before = device.at(later), device.at(later, counter_offset=-1)
    assert use(people, now)
    assert not use(people, now)
    assert not use(people, before)


def test_without_the_newest_step_a_code_would_be_good_again(people, at, device, monkeypatch):
    later = AT + timedelta(minutes=1)
    at(later)
    assert use(people, device.at(later))
    with transaction():
        db.session.execute(text("UPDATE second_factor SET last_step = 0"))

    assert use(people, device.at(later))


def test_a_code_shown_before_midnight_is_good_after_it(people, at, device):
    at(AT + timedelta(seconds=15))
    assert clock.day_of(clock.real_now()) > clock.day_of(AT)
    assert use(people, device.at(AT, counter_offset=1))


@pytest.mark.both
def test_of_two_who_send_one_code_at_once_one_is_taken(app, people, at, device):
    later = AT + timedelta(minutes=1)
    at(later)
    user_id, code = people.chen.id, device.at(later)
    told = at_once(app, *[lambda: factors.use(locked(user_id), code)] * 4)

    assert sorted(told) == [False, False, False, True]


def test_a_recovery_code_is_good_once_however_it_is_typed(app, people, device):
    assert len(set(device.codes)) == factors.HOW_MANY
    assert use(people, device.codes[0].lower().replace("-", " "))
    assert not use(people, device.codes[0])
    assert factors.kept(people.chen.id).codes_left == factors.HOW_MANY - 1
    user_id, code = people.chen.id, device.codes[1]
    told = at_once(app, *[lambda: factors.use(locked(user_id), code)] * 4)
    assert sorted(told) == [False, False, False, True]


def test_a_code_of_one_is_none_of_another(people, device, at):
    later = AT + timedelta(minutes=1)
    at(later)
    assert not use(people, device.at(later), "wu")
    assert not use(people, device.codes[0], "wu")
    assert use(people, device.codes[0])


def test_the_secret_is_sealed_at_rest_and_wiped_at_the_end(people, device):
    row = db.session.scalars(select(SecondFactor)).one()
    assert device.secret.encode() not in row.sealed
    assert sealing.open_sealed(row.sealed, f"second_factor:{row.user_id}").decode() == device.secret
    with transaction():
        factors.end(people.chen, device.codes[0])

    assert db.session.scalars(select(SecondFactor.sealed)).all() == [b""]
    assert db.session.execute(text("SELECT count(*) FROM recovery_code")).scalar() == 0
    assert not factors.is_on(people.chen.id)


def test_a_wrong_key_of_the_installation_says_so(people, device, app):
    later_code = device.now()
    sealing.use_secrets(["another secret of some length"])
    try:
        with pytest.raises(sealing.CannotOpen, match="另一把密钥"):
            use(people, later_code)
        assert use(people, device.codes[0])
    finally:
        sealing.use_secrets([app.extensions["settings"].secret_key])


def test_codes_are_changed_and_ended_only_with_a_code(people, device):
    for act in (factors.new_codes, factors.end):
        with pytest.raises(Incomplete), transaction():
            act(people.chen, "000000")
    with transaction():
        fresh = factors.new_codes(people.chen, device.codes[0])
    assert not use(people, device.codes[1])
    assert use(people, fresh[0])


def test_a_device_is_not_replaced_by_who_only_sits_at_the_browser(people, device):
    with pytest.raises(WrongStatus), transaction():
        factors.begin(people.chen)


@pytest.mark.both
def test_of_two_begun_at_once_one_device_holds(app, people, at):
    chen = people.chen
    at_once(app, lambda: factors.begin(chen), lambda: factors.begin(chen))
    totp = pyotp.TOTP(factors.begun(chen, "巴中市").secret)
    told = at_once(app, *[lambda: factors.confirm(chen, totp.at(AT))] * 2)

    assert len(refused(told)) == 1
    live = select(SecondFactor).where(SecondFactor.confirmed_at.is_not(None))
    assert len(db.session.scalars(live).all()) == 1


def test_a_new_device_ends_the_other_sessions(people, at):
    with transaction():
        session = signin.begin(people.chen.id, None, address="", agent="")
        factors.begin(people.chen)
    totp = pyotp.TOTP(factors.begun(people.chen, "巴中市").secret)
    assert signin.session_of(session) is not None
    with transaction():
        factors.confirm(people.chen, totp.at(AT))

    assert signin.session_of(session) is None
