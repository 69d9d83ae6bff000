"""A county's own centre with its people, and townships below it: not in the cast of every test."""

from people import BAZHOU, FROM_THE_START, PASSWORD, People
from sqlalchemy import select

from auth.models import Grant, Unit, User
from auth.passwords import hash_password
from extensions import db, transaction
from issues.vocabulary import CENTRE, TOWNSHIP, Role

CENTRE_CODE, TOWN, OTHER_TOWN = "511902-ZHZX", "511902-007", "511902-008"
UNITS = (
    (CENTRE_CODE, "巴州区生态环境问题整改指挥中心", "巴州区指挥中心", CENTRE, BAZHOU),
    (TOWN, "大茅坪镇人民政府", "大茅坪镇", TOWNSHIP, TOWN),
    (OTHER_TOWN, "清江镇人民政府", "清江镇", TOWNSHIP, OTHER_TOWN),
)
STAFF = {
    "luo": ("罗经办", CENTRE_CODE, Role.COUNTY_OFFICE),
    "ma": ("马主任", CENTRE_CODE, Role.COUNTY_HEAD),
    "tang": ("唐经办", TOWN, Role.REPORTER),
    "qin": ("秦经办", OTHER_TOWN, Role.REPORTER),
}


def found():
    """Once; asked again it is there. Its people by name, as sign-in would give them."""
    if db.session.scalar(select(Unit.id).where(Unit.code == CENTRE_CODE)) is None:
        with transaction():
            _add()
    people = People()
    return {name: people[name] for name in STAFF}


def _add():
    units = {
        code: Unit(code=code, name=name, short_name=short, kind=kind, region=region, position=90)
        for code, name, short, kind, region in UNITS
    }
    db.session.add_all(units.values())
    password = hash_password(PASSWORD)
    for name, (shown, code, role) in STAFF.items():
        db.session.add(
            User(
                name=name, display_name=shown, unit=units[code], password_hash=password,
                password_changed_at=FROM_THE_START, created_at=FROM_THE_START,
                grants=[Grant(role=role, granted_at=FROM_THE_START)],
            )
        )  # fmt: skip
