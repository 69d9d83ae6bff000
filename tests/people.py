"""The cast: the same few people in every test, and the units they belong to."""

import csv
import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pyotp
from sqlalchemy import select, update

from auth.models import Grant, Unit, User
from auth.passwords import hash_password
from auth.proofs import factors
from auth.proofs.models import SecondFactor
from auth.signin import actor_for
from extensions import db, transaction
from issues.models import Setting
from issues.vocabulary import Role
from seed import city

UNITS = Path(__file__).parents[1] / "seed" / "data" / "units.csv"
PASSWORD = "Bazhou-2025-test"
FROM_THE_START = datetime(2024, 1, 2, 1, 0, tzinfo=UTC)

OFFICE, BUREAU, BAZHOU, ENYANG = "511900-HWB", "511900-STHJ", "511902", "511903"
PERFORMANCE = "511900-JXB"

CAST = {
    "lin": ("林督察", OFFICE, Role.INSPECTOR),
    "lin2": ("林二", OFFICE, Role.INSPECTOR),
    "sun": ("孙经办", OFFICE, Role.OFFICE),
    "zhou": ("周主任", OFFICE, Role.HEAD),
    "chen": ("陈经办", BAZHOU, Role.REPORTER),
    "chenlead": ("陈区长", BAZHOU, Role.UNIT_LEADER),
    "wu": ("吴经办", ENYANG, Role.REPORTER),
    "wulead": ("吴区长", ENYANG, Role.UNIT_LEADER),
    "liu": ("刘经办", BUREAU, Role.REPORTER),
    "liulead": ("刘局长", BUREAU, Role.UNIT_LEADER),
    "zhao": ("赵副市长", None, Role.LEADER),
    "he": ("何绩效", PERFORMANCE, Role.PERFORMANCE),
    "sysadmin": ("系统管理员甲", None, Role.SYSADMIN),
    "secadmin": ("安全管理员乙", None, Role.SECADMIN),
    "auditor": ("审计管理员丙", None, Role.AUDITOR),
}


WORDS = city.WORDS | {"notice_contact": {"name": "市环委办督办组", "phone": ""}}
"""The city's own words in every test that has its people."""


def settle():
    """Write the city's words, the places, the units and the cast into an empty database."""
    with transaction():
        db.session.add_all(Setting(key=key, value=value) for key, value in WORDS.items())
        city.add_places()
        units = {unit.code: unit for unit in _units()}
        db.session.add_all(units.values())
        password = hash_password(PASSWORD)
        for name, (display_name, code, role) in CAST.items():
            db.session.add(
                User(
                    name=name,
                    display_name=display_name,
                    unit=units.get(code),
                    password_hash=password,
                    password_changed_at=FROM_THE_START,
                    created_at=FROM_THE_START,
                    grants=[Grant(role=role, granted_at=FROM_THE_START)],
                )
            )


def _units():
    with UNITS.open(encoding="utf-8-sig", newline="") as file:
        for position, row in enumerate(csv.DictReader(file), 1):
            yield Unit(
                code=row["code"],
                name=row["name"],
                short_name=row["short_name"],
                kind=row["kind"],
                region=row["region_code"],
                position=position,
            )


class People:
    """Actors by name, as sign-in would give them: `people.chen`, `people["chen"]`."""

    def __getitem__(self, name):
        user = db.session.scalars(select(User).where(User.name == name)).one()
        return actor_for(user)

    def __getattr__(self, name):
        if name not in CAST:
            raise AttributeError(name)
        return self[name]

    def __iter__(self):
        return (self[name] for name in CAST)

    def unit(self, code):
        return db.session.scalars(select(Unit).where(Unit.code == code)).one()


def with_settings(app, monkeypatch, **changes):
    """The app goes on with other settings until the test ends."""
    known = app.extensions["settings"]
    monkeypatch.setitem(app.extensions, "settings", dataclasses.replace(known, **changes))


def add_device(name="chen"):
    """A confirmed second factor of one of the cast: the device, with its recovery `codes`.

    The device was confirmed a few minutes ago, so that its present code is good.
    """
    person = People()[name]
    with transaction():
        factors.begin(person)
    device = pyotp.TOTP(factors.begun(person, "巴中市").secret)
    with transaction():
        device.codes = factors.confirm(person, device.now())
        db.session.execute(update(SecondFactor).values(last_step=0))
    return device
